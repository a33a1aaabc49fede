/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Listening with pusher-js, which looks for names exactly as they are on the wire, but for those of the
 * protocol itself.
 * Source: pusher-js, “Channel”, “UserFacade” and “WatchlistFacade”. */

#include "bcast-listening-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define LIBRARY "pusher-js"

typedef struct
{
  const char *wire_name;
  const char *name;
  const char *argument;
} OwnName;

/* What pusher-js passes on of the protocol's own events, and under which name. */
static const OwnName own_names[] = {
  { "pusher_internal:subscription_succeeded", "pusher:subscription_succeeded", "data" },
  { "pusher_internal:subscription_count", "pusher:subscription_count", "data" },
  { "pusher_internal:member_added", "pusher:member_added", "member" },
  { "pusher_internal:member_removed", "pusher:member_removed", "member" },
  { "pusher:member_added", "pusher:member_added", "member" },
  { "pusher:member_removed", "pusher:member_removed", "member" },
  { "pusher:subscription_error", "pusher:subscription_error", "error" },
};

static const OwnName *
find_own_name (const char *wire_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_names); i++)
    if (strcmp (own_names[i].wire_name, wire_name) == 0)
      return &own_names[i];
  return NULL;
}

static void
add (GPtrArray  *list,
     char       *code,
     const char *note)
{
  bcast_listening_add (list, &(BcastListening) {
    BCAST_LISTENING_RECEIVER, (char *) LIBRARY, code, g_strdup (note), TRUE });
}

static void
add_of_connection (GPtrArray  *list,
                   const char *name)
{
  g_autofree char *quoted = bcast_listening_quote_javascript (name);

  if (strcmp (name, "pusher:error") == 0)
    add (list, g_strdup ("pusher.connection.bind(\"error\",\n  (error) => console.log(error));"), NULL);
  else if (strcmp (name, "pusher_internal:watchlist_events") == 0)
    add (list, g_strdup ("pusher.user.watchlist.bind(\"online\",\n  (event) => console.log(event.user_ids));\n"
                         "pusher.user.watchlist.bind(\"offline\",\n  (event) => console.log(event.user_ids));"),
         NULL);
  else if (!g_str_has_prefix (name, "pusher_internal:"))
    add (list, g_strdup_printf ("pusher.bind(%s,\n  (data) => console.log(data));", quoted), NULL);
}

static void
add_of_user (GPtrArray                 *list,
             const BcastListeningEvent *event)
{
  g_autofree char *name = bcast_listening_quote_javascript (event->name);

  if (!event->is_reserved)
    add (list, g_strdup_printf ("pusher.signin();\npusher.user.bind(%s,\n  (data) => console.log(data));", name),
         _("No subscription: the event comes to every connection on which this user is signed in."));
}

static void
add_of_channel (GPtrArray                 *list,
                const BcastListeningEvent *event)
{
  const OwnName *own = find_own_name (event->name);
  g_autofree char *channel = bcast_listening_quote_javascript (event->channel);
  g_autofree char *name = bcast_listening_quote_javascript (own != NULL ? own->name : event->name);
  gboolean has_sender = event->is_client_event && bcast_channel_type_is_presence (event->type);
  g_autofree char *callback = has_sender
                              ? g_strdup ("(data, metadata) => console.log(metadata.user_id, data)")
                              : g_strdup_printf ("(%1$s) => console.log(%1$s)",
                                                 own != NULL ? own->argument : "data");

  if (own == NULL && g_str_has_prefix (event->name, "pusher_internal:"))
    return;
  add (list, g_strdup_printf ("pusher.subscribe(%s)\n  .bind(%s,\n    %s);", channel, name, callback),
       bcast_channel_type_is_encrypted (event->type)
       ? _("The build that can decrypt is “pusher-js/with-encryption”; the plain one refuses such channels.")
       : NULL);
}

static void
add_trigger (GPtrArray                 *list,
             const BcastListeningEvent *event)
{
  g_autofree char *channel = bcast_listening_quote_javascript (event->channel);
  g_autofree char *name = bcast_listening_quote_javascript (event->name);

  bcast_listening_add (list, &(BcastListening) {
    BCAST_LISTENING_SENDER, (char *) LIBRARY,
    g_strdup_printf ("pusher.channel(%s)\n  .trigger(%s, data);", channel, name),
    g_strdup (_("Who sends a client event does not get it back.")), TRUE });
}

/*
 * bcast_listening_add_pusher_js:
 * @list: where to
 * @event: an event
 *
 * Adds how to listen with pusher-js, and how to send a client event with it.
 */
void
bcast_listening_add_pusher_js (GPtrArray                 *list,
                               const BcastListeningEvent *event)
{
  if (event->channel == NULL)
    add_of_connection (list, event->name);
  else if (event->type == BCAST_CHANNEL_SERVER_TO_USER)
    add_of_user (list, event);
  else
    add_of_channel (list, event);
  if (event->is_client_event)
    add_trigger (list, event);
}
