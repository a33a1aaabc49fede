/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BcastSendQueue BcastSendQueue;

BcastSendQueue  *bcast_send_queue_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_send_queue_free      (BcastSendQueue         *self);
void             bcast_send_queue_push      (BcastSendQueue         *self,
                                             GBytes                 *frame);
void             bcast_send_queue_set_pong  (BcastSendQueue         *self,
                                             GBytes                 *frame);
gsize            bcast_send_queue_get_bytes (BcastSendQueue         *self);
GPollableReturn  bcast_send_queue_write     (BcastSendQueue         *self,
                                             GPollableOutputStream  *output,
                                             GError                **error);

G_END_DECLS
