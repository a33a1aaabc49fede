/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_WATCH (bcast_client_watch_get_type ())

/* Signal "changed": clients, their states or their subscriptions are others now. */
G_DECLARE_FINAL_TYPE (BcastClientWatch, bcast_client_watch, BCAST, CLIENT_WATCH, GObject)

BcastClientWatch *bcast_client_watch_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_client_watch_set_workspace   (BcastClientWatch *self,
                                                      BcastWorkspace   *workspace);
guint             bcast_client_watch_count_confirmed (BcastClientWatch *self);

G_END_DECLS
