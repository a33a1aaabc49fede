/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *bcast_signature_hmac        (const char    *secret,
                                       gconstpointer  data,
                                       gsize          length) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_signature_md5         (gconstpointer  data,
                                       gsize          length) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_signature_equal       (const char    *a,
                                       const char    *b);

char     *bcast_signature_channel_string (const char *socket_id,
                                          const char *channel,
                                          const char *channel_data) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_signature_user_string    (const char *socket_id,
                                          const char *user_data) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_signature_auth           (const char *key,
                                          const char *secret,
                                          const char *string_to_sign) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_signature_check_auth     (const char *key,
                                          const char *secret,
                                          const char *string_to_sign,
                                          const char *auth,
                                          GError    **error);

char     *bcast_signature_webhook        (const char    *secret,
                                          gconstpointer  body,
                                          gsize          length) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_signature_check_webhook  (const char    *secret,
                                          gconstpointer  body,
                                          gsize          length,
                                          const char    *signature);

G_END_DECLS
