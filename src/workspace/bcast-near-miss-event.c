/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The name of an event by itself, and against those that were received on its channel before. */

#include "bcast-near-miss-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-event-name.h"

#define MAX_SEEN     200
#define MAX_WARNINGS 3 /* about one event's name */
#define CLIENT       "client-"

/* Laravel's default namespace for events, written as Echo's option has it. */
#define DOTTED_NAMESPACE "App.Events."

static gboolean
has_dotted_namespace (const char *name)
{
  return g_ascii_strncasecmp (name, DOTTED_NAMESPACE, strlen (DOTTED_NAMESPACE)) == 0;
}

/* The name that was probably meant: without what stands at the ends, with single backslashes, also where a
 * namespace that begins like Laravel's default has dots. */
static char *
dup_meant (const char *name)
{
  g_autofree char *trimmed = bcast_near_miss_dup_trimmed (name, ".\\", "./\\");
  GString *meant = g_string_new (trimmed);

  while (g_string_replace (meant, "\\\\", "\\", 0) > 0)
    ;
  if (has_dotted_namespace (meant->str))
    g_strdelimit (meant->str, ".", '\\');
  return g_string_free (meant, FALSE);
}

static gboolean
is_blank_at_end (const char *name)
{
  g_autofree char *trimmed = bcast_near_miss_dup_trimmed (name, "", "./\\");

  return strcmp (trimmed, name) != 0;
}

/* What is wrong with a name whatever else was received, given what may be meant. NULL when nothing is. */
static char *
judge_name (const char        *name,
            const char        *shown,
            const char        *meant,
            BcastNearMissKind *kind)
{
  *kind = BCAST_NEAR_MISS_EDGE;
  if (is_blank_at_end (name))
    return g_strdup_printf (_("The event name “%s” has a blank, a dot or a slash at an end, so that who listens "
                              "for “%s” does not get it. Send it without."), shown, meant);
  *kind = BCAST_NEAR_MISS_DOT;
  if (*name == '.' || *name == '\\')
    return g_strdup_printf (_("The event name “%s” begins with a dot or a backslash. That is for Echo’s listen() "
                              "alone, which takes it off: send “%s”."), shown, meant);
  *kind = BCAST_NEAR_MISS_NAMESPACE;
  if (strstr (name, "\\\\") != NULL)
    return g_strdup_printf (_("The event name “%s” has two backslashes in a row, as in the text of a program. "
                              "Laravel sends one: “%s”."), shown, meant);
  if (has_dotted_namespace (name))
    return g_strdup_printf (_("The event name “%s” has dots, but Laravel sends backslashes, and Echo listens for "
                              "those: send “%s”."), shown, meant);
  return NULL;
}

/* Other separators are none of ours: client.created is a fine name for an event about a client. */
static gboolean
is_odd_client_prefix (const char *name)
{
  return g_str_has_prefix (name, CLIENT CLIENT)
         || (g_ascii_strncasecmp (name, CLIENT, strlen (CLIENT)) == 0 && !g_str_has_prefix (name, CLIENT));
}

static const char *
skip_client_prefixes (const char *name)
{
  while (g_ascii_strncasecmp (name, CLIENT, strlen (CLIENT)) == 0)
    name += strlen (CLIENT);
  return name;
}

static void
add_about_name (GPtrArray  *list,
                const char *name)
{
  BcastNearMissKind kind;
  g_autofree char *meant = dup_meant (name);
  g_autofree char *shown = bcast_near_miss_dup_shown (name);
  g_autofree char *shown_meant = bcast_near_miss_dup_shown (meant);
  char *text = *meant != '\0' ? judge_name (name, shown, shown_meant, &kind) : NULL;

  if (text == NULL && is_odd_client_prefix (name))
    {
      kind = BCAST_NEAR_MISS_CLIENT;
      text = g_strdup_printf (_("The event name “%s” may be meant to be “client-%s”: client events have “client-” "
                                "in front, once. Echo’s whisper() adds it by itself."),
                              shown, skip_client_prefixes (shown));
    }
  if (text != NULL)
    bcast_near_miss_take (list, kind, FALSE, text);
}

/* Not so if both have a namespace that the other lacks: those are two classes. */
static gboolean
is_in_namespace (const char *longer,
                 const char *shorter)
{
  gsize length = strlen (longer);
  gsize rest = strlen (shorter);

  return rest > 0 && rest < length && longer[length - rest - 1] == '\\'
         && strcmp (longer + length - rest, shorter) == 0;
}

static gboolean
is_client_of (const char *one,
              const char *other)
{
  return g_str_has_prefix (one, CLIENT) && strcmp (one + strlen (CLIENT), other) == 0;
}

static gboolean
compare_names (const char        *name,
               const char        *seen,
               BcastNearMissKind *kind)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *folded_seen = g_utf8_casefold (seen, -1);
  g_autofree char *meant = dup_meant (name);
  g_autofree char *meant_seen = dup_meant (seen);

  if (*meant == '\0' || *meant_seen == '\0')
    return FALSE;
  if (strcmp (folded, folded_seen) == 0)
    *kind = BCAST_NEAR_MISS_CASE;
  else if (g_ascii_strcasecmp (meant, meant_seen) == 0)
    *kind = BCAST_NEAR_MISS_DOT;
  else if (is_in_namespace (meant, meant_seen) || is_in_namespace (meant_seen, meant))
    *kind = BCAST_NEAR_MISS_NAMESPACE;
  else if (is_client_of (name, seen) || is_client_of (seen, name))
    *kind = BCAST_NEAR_MISS_CLIENT;
  else
    return FALSE;
  return TRUE;
}

static char *
format_difference (BcastNearMissKind  kind,
                   const char        *name,
                   const char        *seen)
{
  switch (kind)
    {
    case BCAST_NEAR_MISS_CASE:
      return g_strdup_printf (_("“%s” was received on this channel before, and “%s” differs from it in upper and "
                                "lower case, which count. Use one spelling."), seen, name);
    case BCAST_NEAR_MISS_NAMESPACE:
      return g_strdup_printf (_("“%s” was received on this channel before, and “%s” differs from it in the "
                                "namespace, which is part of the name: Laravel sends it unless there is a "
                                "broadcastAs(). Use one of the two."), seen, name);
    case BCAST_NEAR_MISS_CLIENT:
      return g_strdup_printf (_("“%s” was received on this channel before, and “%s” differs from it in “client-”, "
                                "which only events sent by clients have. Use one of the two."), seen, name);
    default:
      return g_strdup_printf (_("“%s” was received on this channel before, and “%s” differs from it only in dots, "
                                "slashes or blanks. Use one of the two."), seen, name);
    }
}

static void
add_about_seen (GPtrArray  *list,
                const char *name,
                const char *seen)
{
  BcastNearMissKind kind;

  if (strlen (seen) > BCAST_NEAR_MISS_MAX_BYTES || !g_utf8_validate (seen, -1, NULL)
      || bcast_event_name_is_reserved (seen) || !compare_names (name, seen, &kind))
    return;

  g_autofree char *shown = bcast_near_miss_dup_shown (name);
  g_autofree char *shown_seen = bcast_near_miss_dup_shown (seen);

  bcast_near_miss_take (list, kind, FALSE, format_difference (kind, shown, shown_seen));
}

/*
 * bcast_near_miss_add_event:
 * @list: where to
 * @name: the name of an event, in UTF-8, none of the protocol's own
 * @seen_names: (nullable) (array zero-terminated=1): names that were received on its channel before
 *
 * Adds what may be wrong with the name. One that was received before is held against no other.
 */
void
bcast_near_miss_add_event (GPtrArray          *list,
                           const char         *name,
                           const char * const *seen_names)
{
  guint n_before = list->len;

  add_about_name (list, name);
  if (seen_names == NULL || g_strv_contains (seen_names, name))
    return;
  for (guint i = 0; seen_names[i] != NULL && i < MAX_SEEN && list->len - n_before < MAX_WARNINGS; i++)
    add_about_seen (list, name, seen_names[i]);
}
