/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BCAST_SANDBOX_LOOPBACK "127.0.0.1"

GPtrArray *bcast_sandbox_listen (const char  *host,
                                 guint16      preferred_port,
                                 gboolean     any_port,
                                 guint16     *port,
                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
