/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bcast_authorizer_check_socket_id (const char  *socket_id,
                                           GError     **error);

G_END_DECLS
