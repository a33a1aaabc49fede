/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-authorizer-secrets.h"
#include "bcast-profile.h"
#include "cli-session.h"

G_BEGIN_DECLS

/**
 * CliAuthorizer:
 *
 * The options that tell who signs, whom to trust and with what to encrypt, as they came from the command
 * line.
 */
typedef struct
{
  char  *ca_file;
  char  *auth_endpoint;
  char  *user_auth_endpoint;
  char **auth_headers;
  char  *auth_file;
  char  *master_key_file;
} CliAuthorizer;

void                    cli_authorizer_clear           (CliAuthorizer   *self);
void                    cli_authorizer_add_options     (CliAuthorizer   *self,
                                                        GOptionContext  *context);
void                    cli_authorizer_apply           (CliAuthorizer   *self,
                                                        BcastProfile    *profile);
gboolean                cli_authorizer_load            (CliAuthorizer            *self,
                                                        CliOutput                *output,
                                                        char                    **master_key,
                                                        BcastAuthorizerSecrets  **secrets,
                                                        GError                  **error);
void                    cli_authorizer_look_up         (CliAuthorizer            *self,
                                                        CliSession               *session,
                                                        const char               *profile_id,
                                                        char                    **master_key,
                                                        BcastAuthorizerSecrets  **secrets);

G_END_DECLS
