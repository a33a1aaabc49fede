/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-frame.h"

G_BEGIN_DECLS

/**
 * BcastServerKind:
 *
 * The servers that speak the Channels protocol and can be told apart. @BCAST_SERVER_PUSHER is the hosted one.
 */
typedef enum
{
  BCAST_SERVER_UNKNOWN,
  BCAST_SERVER_SANDBOX,
  BCAST_SERVER_PUSHER,
  BCAST_SERVER_SOKETI,
  BCAST_SERVER_REVERB,
  BCAST_SERVER_SOCKUDO,
  BCAST_SERVER_LARAVEL_WEBSOCKETS,
  BCAST_SERVER_POXA,
  BCAST_N_SERVERS,
} BcastServerKind;

/**
 * BcastServerCertainty:
 * @BCAST_SERVER_IS_UNKNOWN: nothing tells one kind from the others
 * @BCAST_SERVER_IS_LIKELY: what the server does fits one kind best
 * @BCAST_SERVER_IS_CERTAIN: the server says what it is, or only one kind answers so
 *
 * How sure a kind is.
 */
typedef enum
{
  BCAST_SERVER_IS_UNKNOWN,
  BCAST_SERVER_IS_LIKELY,
  BCAST_SERVER_IS_CERTAIN,
} BcastServerCertainty;

/**
 * BcastServerFeature:
 * @BCAST_SERVER_SIGN_IN: `pusher:signin`
 * @BCAST_SERVER_TO_USER: events for all connections of a signed-in user
 * @BCAST_SERVER_WATCHLIST: events on who of a watchlist is online
 * @BCAST_SERVER_CACHE: cache channels
 * @BCAST_SERVER_ENCRYPTED_CACHE: cache channels that are encrypted
 * @BCAST_SERVER_COUNT_EVENTS: `pusher:subscription_count`
 * @BCAST_SERVER_ENCRYPTED_CLIENT_EVENTS: client events on encrypted channels
 * @BCAST_SERVER_INFO_ON_PUBLISH: `info` with an event that is published
 * @BCAST_SERVER_BATCH: `/batch_events`
 * @BCAST_SERVER_TERMINATE: `/users/{id}/terminate_connections`
 * @BCAST_SERVER_USERS_WITH_INFO: what members say of themselves in `/channels/{name}/users`
 * @BCAST_SERVER_PRESENCE_LIMIT: a limit on the members of a presence channel
 * @BCAST_SERVER_WEBHOOKS: webhooks
 * @BCAST_SERVER_TIMESTAMP_CHECK: requests that were signed long ago are refused
 *
 * What not all servers have.
 */
typedef enum
{
  BCAST_SERVER_SIGN_IN,
  BCAST_SERVER_TO_USER,
  BCAST_SERVER_WATCHLIST,
  BCAST_SERVER_CACHE,
  BCAST_SERVER_ENCRYPTED_CACHE,
  BCAST_SERVER_COUNT_EVENTS,
  BCAST_SERVER_ENCRYPTED_CLIENT_EVENTS,
  BCAST_SERVER_INFO_ON_PUBLISH,
  BCAST_SERVER_BATCH,
  BCAST_SERVER_TERMINATE,
  BCAST_SERVER_USERS_WITH_INFO,
  BCAST_SERVER_PRESENCE_LIMIT,
  BCAST_SERVER_WEBHOOKS,
  BCAST_SERVER_TIMESTAMP_CHECK,
  BCAST_N_SERVER_FEATURES,
} BcastServerFeature;

const char *bcast_server_kind_get_name (BcastServerKind     kind);
const char *bcast_server_kind_lacks    (BcastServerKind     kind,
                                        BcastServerFeature  feature);

/**
 * BcastServerClues:
 * @seen: private
 *
 * What a server has given away so far. Holds nothing that needs to be freed, and may be copied.
 */
typedef struct
{
  guint64 seen;
} BcastServerClues;

void            bcast_server_clues_init       (BcastServerClues       *self,
                                               const char             *host);
void            bcast_server_clues_add_header (BcastServerClues       *self,
                                               const char             *name,
                                               const char             *value);
void            bcast_server_clues_add_frame  (BcastServerClues       *self,
                                               BcastFrame             *frame);
void            bcast_server_clues_add_reply  (BcastServerClues       *self,
                                               const char             *path,
                                               guint                   status,
                                               const char             *body);
void            bcast_server_clues_merge      (BcastServerClues       *self,
                                               const BcastServerClues *other);
BcastServerKind bcast_server_clues_get_kind   (const BcastServerClues *self,
                                               BcastServerCertainty   *certainty);

G_END_DECLS
