/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-channel-name.h"
#include "bcast-listening.h"

G_BEGIN_DECLS

/* An event as it is on the wire. */
typedef struct
{
  const char       *channel; /* NULL for an event of the connection */
  const char       *name;
  BcastChannelType  type;
  gboolean          is_client_event;
  gboolean          is_reserved;
} BcastListeningEvent;

/* The event that Laravel sends for a notification, whatever the notification's own class is. */
#define BCAST_LISTENING_NOTIFICATION "Illuminate\\Notifications\\Events\\BroadcastNotificationCreated"

void  bcast_listening_add             (GPtrArray                 *list,
                                       const BcastListening      *entry);

char *bcast_listening_quote_javascript (const char               *text) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_listening_quote_php       (const char                *text) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_listening_quote_python    (const char                *text) G_GNUC_WARN_UNUSED_RESULT;

void  bcast_listening_add_pusher_js   (GPtrArray                 *list,
                                       const BcastListeningEvent *event);
void  bcast_listening_add_echo        (GPtrArray                 *list,
                                       const BcastListeningEvent *event);
void  bcast_listening_add_laravel     (GPtrArray                 *list,
                                       const BcastListeningEvent *event);
void  bcast_listening_add_masonite    (GPtrArray                 *list,
                                       const BcastListeningEvent *event);

G_END_DECLS
