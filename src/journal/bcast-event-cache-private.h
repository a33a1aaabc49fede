/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"

G_BEGIN_DECLS

typedef struct _BcastEventCache BcastEventCache;

BcastEventCache *_bcast_event_cache_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void             _bcast_event_cache_free        (BcastEventCache *self);

GPtrArray       *_bcast_event_cache_get_block   (BcastEventCache *self,
                                                 gint64           block);
void             _bcast_event_cache_set_block   (BcastEventCache *self,
                                                 gint64           block,
                                                 GPtrArray       *events);
void             _bcast_event_cache_drop_block  (BcastEventCache *self,
                                                 gint64           block);
void             _bcast_event_cache_drop_all    (BcastEventCache *self);

void             _bcast_event_cache_track       (BcastEventCache *self,
                                                 BcastEvent      *event);
BcastEvent      *_bcast_event_cache_find_live   (BcastEventCache *self,
                                                 gint64           event_id);
GArray          *_bcast_event_cache_dup_live_ids (BcastEventCache *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
