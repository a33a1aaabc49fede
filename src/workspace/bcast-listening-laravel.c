/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which class of Laravel sends an event of a name.
 * Source: Laravel, “BroadcastEvent” and the channel classes of Illuminate\Broadcasting. */

#include "bcast-listening-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define LIBRARY "Laravel"

/* Words that cannot name a class, in whatever case. Sorted. */
static const char * const reserved[] = {
  "abstract", "and", "array", "as", "bool", "break", "callable", "case", "catch", "class", "clone", "const",
  "continue", "declare", "default", "die", "do", "echo", "else", "elseif", "empty", "enddeclare", "endfor",
  "endforeach", "endif", "endswitch", "endwhile", "eval", "exit", "extends", "false", "final", "finally",
  "float", "fn", "for", "foreach", "function", "global", "goto", "if", "implements", "include",
  "include_once", "instanceof", "insteadof", "int", "interface", "isset", "iterable", "list", "match",
  "mixed", "namespace", "never", "new", "null", "object", "or", "parent", "print", "private", "protected",
  "public", "readonly", "require", "require_once", "return", "self", "static", "string", "switch", "throw",
  "trait", "true", "try", "unset", "use", "var", "void", "while", "xor", "yield",
};

static gboolean
is_identifier (const char *text)
{
  if (!g_ascii_isalpha (*text) && *text != '_')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_')
      return FALSE;
  return TRUE;
}

static gboolean
is_reserved (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_ascii_strcasecmp (reserved[i], text) == 0)
      return TRUE;
  return FALSE;
}

/* Whether a class in a namespace can have this name. One without a namespace could as well, but apps have
 * theirs in one. */
static gboolean
split_class (const char  *name,
             char       **namespace,
             char       **class)
{
  g_auto(GStrv) parts = g_strsplit (name, "\\", -1);
  guint n_parts = g_strv_length (parts);

  if (n_parts < 2 || is_reserved (parts[n_parts - 1]))
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    if (!is_identifier (parts[i]))
      return FALSE;

  *class = g_strdup (parts[n_parts - 1]);
  *namespace = g_strndup (name, strlen (name) - strlen (*class) - 1);
  return TRUE;
}

static char *
dup_channel (const BcastListeningEvent *event)
{
  const char *class = "Channel";
  const char *prefix = "";

  if (bcast_channel_type_is_presence (event->type))
    {
      class = "PresenceChannel";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_PRESENCE);
    }
  else if (bcast_channel_type_is_encrypted (event->type))
    {
      class = "EncryptedPrivateChannel";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_ENCRYPTED);
    }
  else if (bcast_channel_type_needs_auth (event->type))
    {
      class = "PrivateChannel";
      prefix = bcast_channel_type_get_prefix (BCAST_CHANNEL_PRIVATE);
    }

  g_autofree char *name = bcast_listening_quote_php (event->channel + strlen (prefix));

  return g_strdup_printf ("new %s(%s)", class, name);
}

/* Takes over @code. */
static void
add (GPtrArray  *list,
     char       *code,
     const char *note)
{
  bcast_listening_add (list, &(BcastListening) {
    BCAST_LISTENING_SENDER, (char *) LIBRARY, code, g_strdup (note), TRUE });
}

static void
add_class (GPtrArray  *list,
           const char *namespace,
           const char *class,
           const char *channel)
{
  add (list,
       g_strdup_printf ("namespace %s;\n\n"
                        "class %s implements ShouldBroadcast\n{\n"
                        "    public function broadcastOn()\n    {\n        return %s;\n    }\n}",
                        namespace, class, channel),
       _("Without broadcastAs() an event has the name of its class, namespace included."));
}

static void
add_name (GPtrArray  *list,
          const char *name,
          const char *channel)
{
  g_autofree char *quoted = bcast_listening_quote_php (name);

  add (list,
       g_strdup_printf ("public function broadcastOn()\n{\n    return %s;\n}\n\n"
                        "public function broadcastAs()\n{\n    return %s;\n}", channel, quoted),
       _("In a class that implements ShouldBroadcast. Without broadcastAs() the event would have the name of "
         "its class, namespace included."));
}

/*
 * bcast_listening_add_laravel:
 * @list: where to
 * @event: an event on a channel, sent by a server
 *
 * Adds the class of Laravel that sends it.
 */
void
bcast_listening_add_laravel (GPtrArray                 *list,
                             const BcastListeningEvent *event)
{
  g_autofree char *channel = dup_channel (event);
  g_autofree char *namespace = NULL;
  g_autofree char *class = NULL;

  if (strcmp (event->name, BCAST_LISTENING_NOTIFICATION) == 0)
    add (list, g_strdup ("public function via($notifiable)\n{\n    return ['broadcast'];\n}"),
         _("Any notification that goes out by “broadcast”. The channel is that of the one notified."));
  else if (split_class (event->name, &namespace, &class))
    add_class (list, namespace, class, channel);
  else
    add_name (list, event->name, channel);
}
