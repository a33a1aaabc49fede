/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CONNECTION_STEP (bcast_connection_step_get_type ())

/* One step in the life of a client's connection. Never changes once made. */
G_DECLARE_FINAL_TYPE (BcastConnectionStep, bcast_connection_step, BCAST, CONNECTION_STEP, GObject)

BcastConnectionStep *bcast_connection_step_new_state    (gint64               time_us,
                                                         BcastClientState     before,
                                                         BcastClientState     state,
                                                         const char          *socket_id,
                                                         const char          *reason) G_GNUC_WARN_UNUSED_RESULT;
BcastConnectionStep *bcast_connection_step_new_retry    (gint64               time_us,
                                                         BcastClientState     state,
                                                         guint                delay_ms,
                                                         const char          *reason) G_GNUC_WARN_UNUSED_RESULT;

gint64               bcast_connection_step_get_time_us  (BcastConnectionStep *self);
gboolean             bcast_connection_step_is_retry     (BcastConnectionStep *self);
BcastClientState     bcast_connection_step_get_before   (BcastConnectionStep *self);
BcastClientState     bcast_connection_step_get_state    (BcastConnectionStep *self);
guint                bcast_connection_step_get_delay_ms (BcastConnectionStep *self);
const char          *bcast_connection_step_get_socket_id (BcastConnectionStep *self);
const char          *bcast_connection_step_get_reason   (BcastConnectionStep *self);

G_END_DECLS
