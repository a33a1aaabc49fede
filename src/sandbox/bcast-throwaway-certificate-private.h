/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsCertificate *bcast_throwaway_certificate_new (const char  *host,
                                                  GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
