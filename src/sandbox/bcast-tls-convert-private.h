/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

GTlsCertificate *bcast_tls_convert (STACK_OF (X509)  *chain,
                                    EVP_PKEY         *key,
                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
