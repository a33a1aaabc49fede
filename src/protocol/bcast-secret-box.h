/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BCAST_SECRET_BOX_KEY_BYTES 32

GBytes   *bcast_secret_box_parse_key  (const char  *base64,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes   *bcast_secret_box_derive_key (GBytes      *master_key,
                                       const char  *channel) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_secret_box_seal       (GBytes      *key,
                                       const char  *plain,
                                       GBytes      *nonce,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_secret_box_is_sealed  (const char  *data);
char     *bcast_secret_box_open       (GBytes      *key,
                                       const char  *data,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
