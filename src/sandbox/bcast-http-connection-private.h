/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BCAST_TYPE_HTTP_CONNECTION (bcast_http_connection_get_type ())

G_DECLARE_FINAL_TYPE (BcastHttpConnection, bcast_http_connection, BCAST, HTTP_CONNECTION, GTcpConnection)

typedef void (*BcastHttpConnectionFunc) (BcastHttpConnection *self,
                                         gpointer             user_data);

BcastHttpConnection *bcast_http_connection_new      (GSocket                 *socket) G_GNUC_WARN_UNUSED_RESULT;
void                 bcast_http_connection_set_func (BcastHttpConnection     *self,
                                                     BcastHttpConnectionFunc  func,
                                                     gpointer                 user_data);
BcastHttpConnection *bcast_http_connection_dup      (BcastHttpConnection     *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
