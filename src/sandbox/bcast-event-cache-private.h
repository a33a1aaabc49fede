/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BCAST_EVENT_CACHE_TTL_S   (30 * 60) /* what hosted Pusher documents as its longest */
#define BCAST_EVENT_CACHE_MAX     1000      /* ours: channels that are remembered at once */

/**
 * BcastCachedEvent:
 * @event: its name
 * @data: its data
 * @expires_us: when it is forgotten, on the monotonic clock
 *
 * The last event that was published to a cache channel.
 */
typedef struct
{
  char   *event;
  char   *data;
  gint64  expires_us;
} BcastCachedEvent;

typedef struct _BcastEventCache BcastEventCache;

BcastEventCache        *bcast_event_cache_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_event_cache_free (BcastEventCache *self);
void                    bcast_event_cache_put  (BcastEventCache *self,
                                                const char      *channel,
                                                const char      *event,
                                                const char      *data,
                                                gint64           now_us);
const BcastCachedEvent *bcast_event_cache_find (BcastEventCache *self,
                                                const char      *channel,
                                                gint64           now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastEventCache, bcast_event_cache_free)

G_END_DECLS
