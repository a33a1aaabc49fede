/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-peer-stream-private.h"

G_BEGIN_DECLS

typedef struct _BcastFrameQueue BcastFrameQueue;

BcastFrameQueue *bcast_frame_queue_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_frame_queue_free      (BcastFrameQueue *self);
gboolean         bcast_frame_queue_is_empty  (BcastFrameQueue *self);
gsize            bcast_frame_queue_get_bytes (BcastFrameQueue *self);
void             bcast_frame_queue_push      (BcastFrameQueue *self,
                                              GBytes          *frame);
void             bcast_frame_queue_clear     (BcastFrameQueue *self);
void             bcast_frame_queue_discard   (BcastFrameQueue *self);
gssize           bcast_frame_queue_write     (BcastFrameQueue *self,
                                              BcastPeerStream *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastFrameQueue, bcast_frame_queue_free)

G_END_DECLS
