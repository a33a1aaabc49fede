/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-secret-store.h"
#include "cli-session.h"

G_BEGIN_DECLS

char             *cli_secret_load       (const char        *secret_file,
                                         CliOutput         *output,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char             *cli_secret_load_file  (const char        *path,
                                         CliOutput         *output,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char             *cli_secret_load_text  (const char        *path,
                                         CliOutput         *output,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char             *cli_secret_look_up    (CliSession        *session,
                                         const char        *profile_id,
                                         const char        *kind,
                                         BcastSecretPlace  *place,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean          cli_secret_parse_place (const char       *nick,
                                          BcastSecretPlace *place);
gboolean          cli_secret_keep       (CliSession        *session,
                                         BcastSecretPlace   place,
                                         const char        *profile_id,
                                         const char        *kind,
                                         const char        *label,
                                         const char        *secret,
                                         GError           **error);
gboolean          cli_secret_forget     (CliSession        *session,
                                         const char        *profile_id,
                                         GError           **error);

G_END_DECLS
