/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Listening with Laravel Echo, which adds the prefix of a channel by the method that is called, and the
 * namespace to every event name but those with a dot or a backslash in front.
 * Source: Laravel Echo, “EventFormatter”, “PusherConnector” and the channel classes. */

#include "bcast-listening-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define LIBRARY           "Laravel Echo"
#define DEFAULT_NAMESPACE "App\\Events\\"
#define CLIENT_PREFIX     "client-"

typedef struct
{
  const char *wire_name;
  gboolean    presence_only;
  const char *call;
} OwnName;

/* Methods of Echo for the protocol's own events. A presence channel has the first that fits. */
static const OwnName own_names[] = {
  { "subscription_succeeded", TRUE, ".here((members) => console.log(members))" },
  { "subscription_succeeded", FALSE, ".subscribed(() => console.log(\"subscribed\"))" },
  { "member_added", TRUE, ".joining((member) => console.log(member))" },
  { "member_removed", TRUE, ".leaving((member) => console.log(member))" },
  { "subscription_error", FALSE, ".error((error) => console.log(error))" },
};

static char *
dup_channel (const BcastListeningEvent *event)
{
  const char *method = "channel";
  const char *prefix = "";

  if (bcast_channel_type_is_presence (event->type))
    {
      method = "join";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_PRESENCE);
    }
  else if (bcast_channel_type_is_encrypted (event->type))
    {
      method = "encryptedPrivate";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_ENCRYPTED);
    }
  else if (bcast_channel_type_needs_auth (event->type))
    {
      method = "private";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_PRIVATE);
    }

  g_autofree char *name = bcast_listening_quote_javascript (event->channel + strlen (prefix));

  return g_strdup_printf ("Echo.%s(%s)", method, name);
}

/* Takes over @call. */
static void
add (GPtrArray                 *list,
     const BcastListeningEvent *event,
     char                      *call,
     gboolean                   exact,
     const char                *note)
{
  g_autofree char *channel = dup_channel (event);

  bcast_listening_add (list, &(BcastListening) {
    BCAST_LISTENING_RECEIVER, (char *) LIBRARY, g_strdup_printf ("%s\n  %s;", channel, call),
    g_strdup (note), exact });
  g_free (call);
}

static void
add_own (GPtrArray                 *list,
         const BcastListeningEvent *event)
{
  const char *name = strchr (event->name, ':') + 1;
  gboolean is_internal = g_str_has_prefix (event->name, "pusher_internal:");
  gboolean is_presence = bcast_channel_type_is_presence (event->type);

  for (guint i = 0; i < G_N_ELEMENTS (own_names); i++)
    if (strcmp (own_names[i].wire_name, name) == 0 && (is_presence || !own_names[i].presence_only))
      {
        add (list, event, g_strdup (own_names[i].call), TRUE, NULL);
        return;
      }

  if (is_internal && strcmp (name, "subscription_count") != 0)
    return;

  g_autofree char *wire_name = g_strconcat ("pusher:", name, NULL);
  g_autofree char *quoted = bcast_listening_quote_javascript (wire_name);

  add (list, event, g_strdup_printf (".on(%s,\n    (data) => console.log(data))", quoted), TRUE, NULL);
}

static void
add_whisper (GPtrArray                 *list,
             const BcastListeningEvent *event)
{
  g_autofree char *name = bcast_listening_quote_javascript (event->name + strlen (CLIENT_PREFIX));
  g_autofree char *channel = dup_channel (event);

  add (list, event, g_strdup_printf (".listenForWhisper(%s,\n    (data) => console.log(data))", name), TRUE,
       _("Echo adds “client-” itself."));
  bcast_listening_add (list, &(BcastListening) {
    BCAST_LISTENING_SENDER, (char *) LIBRARY, g_strdup_printf ("%s\n  .whisper(%s, data);", channel, name),
    g_strdup (_("Echo adds “client-” itself.")), TRUE });
}

static void
add_listen (GPtrArray                 *list,
            const BcastListeningEvent *event,
            const char                *mark,
            const char                *name,
            gboolean                   exact,
            const char                *note)
{
  g_autofree char *marked = g_strconcat (mark, name, NULL);
  g_autofree char *quoted = bcast_listening_quote_javascript (marked);

  add (list, event, g_strdup_printf (".listen(%s,\n    (data) => console.log(data))", quoted), exact, note);
}

/* The name as Echo wants it when it shall add its namespace, or NULL when no such name leads there: Echo
 * makes a backslash of every dot. */
static char *
dup_short_name (const char *name)
{
  if (!g_str_has_prefix (name, DEFAULT_NAMESPACE))
    return NULL;

  name += strlen (DEFAULT_NAMESPACE);
  if (*name == '\0' || *name == '\\' || strchr (name, '.') != NULL)
    return NULL;
  return g_strdelimit (g_strdup (name), "\\", '.');
}

static void
add_named (GPtrArray                 *list,
           const BcastListeningEvent *event)
{
  g_autofree char *short_name = dup_short_name (event->name);

  if (strcmp (event->name, BCAST_LISTENING_NOTIFICATION) == 0)
    add (list, event, g_strdup (".notification(\n    (notification) => console.log(notification))"), TRUE,
         _("The class of the notification is in the data, as “type”."));

  if (short_name == NULL && strchr (event->name, '\\') != NULL)
    add_listen (list, event, "\\", event->name, TRUE,
                _("The backslash in front, like a dot, keeps Echo from putting App\\Events\\ before the name."));
  else if (*event->name == '.')
    add_listen (list, event, ".", event->name, TRUE,
                _("Echo takes off the first dot. The second one is part of the name on the wire."));
  else
    add_listen (list, event, ".", event->name, TRUE,
                _("The dot in front keeps Echo from putting App\\Events\\ before the name. On the wire there "
                  "is no such dot."));

  if (short_name != NULL)
    add_listen (list, event, "", short_name, FALSE,
                _("With Echo’s default namespace, App.Events; another one is set by its option “namespace”."));
}

static void
add_of_user (GPtrArray                 *list,
             const BcastListeningEvent *event)
{
  g_autofree char *name = bcast_listening_quote_javascript (event->name);

  if (!event->is_reserved)
    bcast_listening_add (list, &(BcastListening) {
      BCAST_LISTENING_RECEIVER, (char *) LIBRARY,
      g_strdup_printf ("Echo.connector.signin();\n"
                       "Echo.connector.pusher.user.bind(%s,\n  (data) => console.log(data));", name),
      g_strdup (_("Echo has no method of its own for the events of a signed-in user.")), TRUE });
}

/*
 * bcast_listening_add_echo:
 * @list: where to
 * @event: an event
 *
 * Adds how to listen with Laravel Echo, and how to send a client event with it. It knows nothing of events
 * of the connection.
 */
void
bcast_listening_add_echo (GPtrArray                 *list,
                          const BcastListeningEvent *event)
{
  if (event->channel == NULL)
    return;
  if (event->type == BCAST_CHANNEL_SERVER_TO_USER)
    add_of_user (list, event);
  else if (event->is_reserved)
    add_own (list, event);
  else if (event->is_client_event && event->name[strlen (CLIENT_PREFIX)] != '\0')
    add_whisper (list, event);
  else
    add_named (list, event);
}
