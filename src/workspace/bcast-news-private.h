/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client.h"
#include "bcast-connection-step.h"
#include "bcast-server-kind.h"

G_BEGIN_DECLS

/**
 * BcastNewsKind:
 * @BCAST_NEWS_CLIENT: a client's state, socket id or error
 * @BCAST_NEWS_SUBSCRIPTION: a subscription's state, error or members
 * @BCAST_NEWS_STATS: numbers for the status bar and unread counts
 *
 * What the network context tells the main context.
 */
typedef enum
{
  BCAST_NEWS_CLIENT,
  BCAST_NEWS_SUBSCRIPTION,
  BCAST_NEWS_STATS,
} BcastNewsKind;

/**
 * BcastUnread:
 * @client: a client's name
 * @channel: a channel
 * @n_unread: how many events came since the last news
 */
typedef struct
{
  char  *client;
  char  *channel;
  guint  n_unread;
} BcastUnread;

/**
 * BcastNews:
 *
 * One message from the network context to the main context. It owns all it points to, so that no
 * object is shared between the two.
 */
typedef struct
{
  BcastNewsKind            kind;
  char                    *client;
  char                    *error;

  BcastClientState         state;
  char                    *socket_id;
  gint64                   connect_us;
  gint64                   retry_us; /* monotonic time of the next attempt, 0 for none */
  GPtrArray               *steps;    /* of BcastConnectionStep: what happened since the last news */
  BcastSignInState         sign_in_state;
  char                    *sign_in_error;
  char                    *signed_in_id;
  char                   **online;
  BcastServerKind          server_kind;

  char                    *channel;
  BcastSubscriptionState   subscription_state;
  char                   **members; /* id and info by turns */
  gint64                   count;   /* of subscribers, -1 when it is not known */

  guint64                  n_events;
  double                   events_per_s;
  gint64                   median_us;
  gint64                   p99_us;
  GPtrArray               *unread; /* of BcastUnread */
} BcastNews;

BcastNews *bcast_news_new  (BcastNewsKind  kind,
                            const char    *client) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_news_free (BcastNews     *self);
void       bcast_unread_free (gpointer     unread);

G_END_DECLS
