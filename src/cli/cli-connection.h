/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile.h"
#include "bcast-profile-store.h"
#include "bcast-secret-bundle.h"
#include "cli-authorizer.h"
#include "cli-session.h"

G_BEGIN_DECLS

/**
 * CliConnection:
 *
 * The options that tell which app to talk to, as they came from the command line; set by the command:
 * @nothing_yet: what to say when no app is told and there is no sandbox, marked for translation
 *
 * Then, set by cli_connection_resolve(), what they mean:
 * @target: the app; for a stored profile a copy of it
 * @secret: its secret, %NULL when there is none
 * @master_key: the app's encryption master key, %NULL when there is none
 * @authorizer_secrets: what the user's app is sent, %NULL for nothing
 * @secret_error: why the profile's secret could not be looked up
 * @journal_path: the profile's journal, %NULL when no stored profile is meant
 */
typedef struct
{
  CliAuthorizer           authorizer;
  char                   *profile;
  char                   *host;
  int                     port;
  char                   *http_host;
  int                     http_port;
  gboolean                tls;
  gboolean                accept_any_certificate;
  char                   *path;
  char                   *cluster;
  char                   *app_id;
  char                   *key;
  char                   *secret_file;
  int                     connect_timeout_s;

  const char             *nothing_yet;

  BcastProfile           *target;
  char                   *secret;
  char                   *master_key;
  BcastAuthorizerSecrets *authorizer_secrets;
  GError                 *secret_error;
  char                   *journal_path;
} CliConnection;

void               cli_connection_init         (CliConnection   *self);
void               cli_connection_clear        (CliConnection   *self);
void               cli_connection_add_options  (CliConnection   *self,
                                                GOptionContext  *context);
gboolean           cli_connection_resolve      (CliConnection   *self,
                                                CliSession      *session,
                                                GError         **error);
gboolean           cli_connection_load_authorizer (CliConnection *self,
                                                CliOutput       *output,
                                                GError         **error);
BcastSecretBundle *cli_connection_dup_secrets   (CliConnection   *self) G_GNUC_WARN_UNUSED_RESULT;
BcastProfile      *cli_connection_dup_described (CliConnection  *self,
                                                const char      *id,
                                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           cli_connection_check_secret (CliConnection   *self,
                                                GError         **error);
BcastProfileStore *cli_connection_load_profiles (CliOutput      *output,
                                                gboolean        *is_whole,
                                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
BcastProfile      *cli_connection_find_profile (BcastProfileStore *store,
                                                const char      *wanted,
                                                const char      *nothing_yet,
                                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliConnection, cli_connection_clear)

G_END_DECLS
