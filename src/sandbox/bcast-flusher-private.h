/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "bcast-poller-private.h"

G_BEGIN_DECLS

typedef struct _BcastFlusher BcastFlusher;

typedef void (*BcastFlushFunc) (gpointer object);

BcastFlusher *bcast_flusher_new  (GMainContext   *context,
                                  BcastFlushFunc  func) G_GNUC_WARN_UNUSED_RESULT;
void          bcast_flusher_free (BcastFlusher   *self);
BcastPoller  *bcast_flusher_get_poller (BcastFlusher *self);
void          bcast_flusher_add  (BcastFlusher   *self,
                                  gpointer        object);
void          bcast_flusher_run  (BcastFlusher   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastFlusher, bcast_flusher_free)

G_END_DECLS
