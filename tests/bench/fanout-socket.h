/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The app that every server of these benches serves. */
#define FANOUT_APP_ID "1"
#define FANOUT_KEY    "bench"
#define FANOUT_SECRET "secret"

#define FANOUT_DATA_BYTES 200

int      fanout_socket_connect    (guint16     port);
int      fanout_socket_open       (guint16     port);
gboolean fanout_socket_subscribe  (int         fd,
                                   const char *channel);
int      fanout_socket_enter      (guint16     port,
                                   const char *channel);
gboolean fanout_socket_write      (int         fd,
                                   const void *bytes,
                                   gsize       size);
GBytes  *fanout_socket_make_frame (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char    *fanout_make_data         (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
