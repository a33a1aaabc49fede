/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile-store.h"
#include "bcast-secret-store.h"
#include "cli-session.h"

G_BEGIN_DECLS

/**
 * CliSandboxApp:
 * @app_id: the app's id; set by the user or %NULL at first
 * @key: its key; the same
 * @secret: its secret; the same
 * @is_kept: whether the secret is kept for the next time
 * @place: where
 * @store: (nullable): the profiles, when the Sandbox profile is one that takes part
 * @profile: (nullable): the Sandbox profile
 *
 * The one app that `serve` serves.
 */
typedef struct
{
  char              *app_id;
  char              *key;
  char              *secret;
  gboolean           is_kept;
  BcastSecretPlace   place;
  BcastProfileStore *store;
  BcastProfile      *profile;
} CliSandboxApp;

void      cli_sandbox_app_clear       (CliSandboxApp     *self);
gboolean  cli_sandbox_app_complete    (CliSandboxApp     *self,
                                       CliSession        *session,
                                       const char        *place_nick,
                                       GError           **error);
gboolean  cli_sandbox_app_follow_port (CliSandboxApp     *self,
                                       guint              port,
                                       GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSandboxApp, cli_sandbox_app_clear)

G_END_DECLS
