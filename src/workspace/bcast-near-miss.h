/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastNearMissKind:
 * @BCAST_NEAR_MISS_PREFIX: a channel's prefix is missing, or is another one
 * @BCAST_NEAR_MISS_TWICE: a channel has two prefixes
 * @BCAST_NEAR_MISS_CASE: only upper and lower case differ
 * @BCAST_NEAR_MISS_EDGE: blanks, slashes or dots at an end
 * @BCAST_NEAR_MISS_MIXED: several of the above at once
 * @BCAST_NEAR_MISS_TYPO: one character differs
 * @BCAST_NEAR_MISS_DOT: a dot or backslash in front of an event name, which only code has there
 * @BCAST_NEAR_MISS_NAMESPACE: an event name's namespace is missing, too much, or written otherwise
 * @BCAST_NEAR_MISS_CLIENT: the `client-` in front of an event name is missing, too much, or written otherwise
 *
 * How a name fails to be another one.
 */
typedef enum
{
  BCAST_NEAR_MISS_PREFIX,
  BCAST_NEAR_MISS_TWICE,
  BCAST_NEAR_MISS_CASE,
  BCAST_NEAR_MISS_EDGE,
  BCAST_NEAR_MISS_MIXED,
  BCAST_NEAR_MISS_TYPO,
  BCAST_NEAR_MISS_DOT,
  BCAST_NEAR_MISS_NAMESPACE,
  BCAST_NEAR_MISS_CLIENT,
} BcastNearMissKind;

/**
 * BcastNearMiss:
 * @kind: what is off
 * @is_channel: whether it is the channel; otherwise it is the event's name
 * @text: a sentence or two for people, with both names and what to do
 *
 * A likely reason why an event is not heard.
 */
typedef struct
{
  BcastNearMissKind  kind;
  gboolean           is_channel;
  char              *text;
} BcastNearMiss;

/**
 * BcastNearMissSubscription:
 * @client: the name of a client
 * @channel: a channel it is subscribed to
 *
 * One subscription, borrowed from the caller.
 */
typedef struct
{
  const char *client;
  const char *channel;
} BcastNearMissSubscription;

GPtrArray *bcast_near_miss_find (const char                      *channel,
                                 const char                      *name,
                                 const BcastNearMissSubscription *subscriptions,
                                 gsize                            n_subscriptions,
                                 const char * const              *seen_names) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_near_miss_free (BcastNearMiss                   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastNearMiss, bcast_near_miss_free)

G_END_DECLS
