/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsCertificate *bcast_server_certificate_parse              (const char       *certificates,
                                                              const char       *key,
                                                              const char       *certificates_name,
                                                              const char       *key_name,
                                                              GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         bcast_server_certificate_save               (GTlsCertificate  *certificate,
                                                              const char       *path,
                                                              GError          **error);
char            *bcast_server_certificate_dup_warning        (GTlsCertificate  *certificate,
                                                              gint64            now_s) G_GNUC_WARN_UNUSED_RESULT;
char            *bcast_server_certificate_format_fingerprint (GTlsCertificate  *certificate) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
