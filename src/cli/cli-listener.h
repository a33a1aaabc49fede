/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"
#include "cli-output.h"

G_BEGIN_DECLS

/**
 * CliListener:
 *
 * Watches one client of a workspace and prints what happens to it.
 */
typedef struct _CliListener CliListener;

CliListener *cli_listener_new            (BcastWorkspace    *workspace,
                                          BcastClientMirror *client,
                                          CliOutput         *output,
                                          guint              n_wanted) G_GNUC_WARN_UNUSED_RESULT;
void         cli_listener_free           (CliListener       *self);

gboolean     cli_listener_is_subscribed  (CliListener       *self);
gboolean     cli_listener_has_all        (CliListener       *self);
CliExit      cli_listener_get_failure    (CliListener       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliListener, cli_listener_free)

G_END_DECLS
