/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which class or call of Masonite sends an event of a name.
 * Source: Masonite, “Broadcast”, “CanBroadcast” and the channel classes. */

#include "bcast-listening-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define LIBRARY "Masonite"

/* By custom classes begin with a capital. */
static gboolean
is_class_name (const char *name)
{
  static const char * const keywords[] = { "False", "None", "True", NULL };

  if (!g_ascii_isupper (*name) || g_strv_contains (keywords, name))
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_')
      return FALSE;
  return TRUE;
}

/* Masonite adds a prefix unless the name has it already, so that a name with two of them must be whole. */
static char *
dup_channel (const BcastListeningEvent *event)
{
  const char *class = "Channel";
  const char *prefix = "";
  const char *name = event->channel;

  if (bcast_channel_type_is_presence (event->type))
    {
      class = "PresenceChannel";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_PRESENCE);
    }
  else if (bcast_channel_type_needs_auth (event->type))
    {
      class = "PrivateChannel";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_PRIVATE);
    }
  if (!g_str_has_prefix (name + strlen (prefix), prefix))
    name += strlen (prefix);

  g_autofree char *quoted = bcast_listening_quote_python (name);

  return g_strdup_printf ("%s(%s)", class, quoted);
}

static void
add_class (GPtrArray                 *list,
           const BcastListeningEvent *event)
{
  g_autofree char *channel = dup_channel (event);

  bcast_listening_add (list, &(BcastListening) {
    BCAST_LISTENING_SENDER, (char *) LIBRARY,
    g_strdup_printf ("class %1$s(CanBroadcast):\n    def broadcast_on(self):\n        return %2$s\n\n"
                     "broadcast.channel(%1$s())", event->name, channel),
    g_strdup (bcast_channel_type_needs_auth (event->type)
              ? _("The class gives the event its name. Masonite drops the event without a word while no user "
                  "is logged in, as in a command or a job.")
              : _("The class gives the event its name, unless it has a broadcast_as().")),
    TRUE });
}

static void
add_call (GPtrArray                 *list,
          const BcastListeningEvent *event)
{
  gboolean is_encrypted = bcast_channel_type_is_encrypted (event->type);
  g_autofree char *channel = bcast_listening_quote_python (event->channel);
  g_autofree char *name = bcast_listening_quote_python (event->name);

  bcast_listening_add (list, &(BcastListening) {
    BCAST_LISTENING_SENDER, (char *) LIBRARY,
    g_strdup_printf ("broadcast.channel(%s, %s, data)", channel, name),
    g_strdup (is_encrypted
              ? _("Fails, for Masonite gives pusher-http-python no master key to encrypt with.")
              : _("Channel and event exactly as on the wire, with or without a user who is logged in.")),
    !is_encrypted });
}

/*
 * bcast_listening_add_masonite:
 * @list: where to
 * @event: an event on a channel, sent by a server
 *
 * Adds the class of Masonite that sends it, if one can have its name, and the call that does.
 */
void
bcast_listening_add_masonite (GPtrArray                 *list,
                              const BcastListeningEvent *event)
{
  if (is_class_name (event->name) && !bcast_channel_type_is_encrypted (event->type))
    add_class (list, event);
  add_call (list, event);
}
