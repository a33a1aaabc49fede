/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-near-miss-private.h"

#include <string.h>

#include "bcast-event-name.h"

/**
 * bcast_near_miss_free:
 * @self: a near miss
 */
void
bcast_near_miss_free (BcastNearMiss *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self);
}

/*
 * bcast_near_miss_take:
 * @list: where to
 * @kind: what is off
 * @is_channel: whether it is the channel
 * @text: (transfer full): what to say of it
 */
void
bcast_near_miss_take (GPtrArray         *list,
                      BcastNearMissKind  kind,
                      gboolean           is_channel,
                      char              *text)
{
  BcastNearMiss *miss = g_new (BcastNearMiss, 1);

  *miss = (BcastNearMiss) { kind, is_channel, text };
  g_ptr_array_add (list, miss);
}

static gboolean
is_to_trim (gunichar    character,
            const char *more)
{
  return g_unichar_isspace (character) || (character < 0x80 && strchr (more, (char) character) != NULL);
}

/*
 * bcast_near_miss_dup_trimmed:
 * @name: a name, in UTF-8
 * @more_at_start: characters of ASCII
 * @more_at_end: the same
 *
 * Returns: (transfer full): @name without blanks and those characters at its ends
 */
char *
bcast_near_miss_dup_trimmed (const char *name,
                             const char *more_at_start,
                             const char *more_at_end)
{
  const char *start = name;
  const char *end = name + strlen (name);

  while (*start != '\0' && is_to_trim (g_utf8_get_char (start), more_at_start))
    start = g_utf8_next_char (start);
  while (end > start)
    {
      const char *last = g_utf8_find_prev_char (start, end);

      if (last == NULL || !is_to_trim (g_utf8_get_char (last), more_at_end))
        break;
      end = last;
    }
  return g_strndup (start, end - start);
}

/*
 * bcast_near_miss_dup_shown:
 * @name: a name, in UTF-8
 *
 * Returns: (transfer full): @name fit to stand within a sentence: what cannot be seen is spelled out
 */
char *
bcast_near_miss_dup_shown (const char *name)
{
  GString *shown = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == ' ' || (g_unichar_isprint (character) && !g_unichar_isspace (character)))
        g_string_append_unichar (shown, character);
      else
        g_string_append_printf (shown, "\\u%04x", character);
    }
  return g_string_free (shown, FALSE);
}

/**
 * bcast_near_miss_find:
 * @channel: the channel of an event
 * @name: the event's name, as it was sent or received
 * @subscriptions: (array length=n_subscriptions): what clients here are subscribed to
 * @n_subscriptions: how many
 * @seen_names: (nullable) (array zero-terminated=1): names that were received on @channel before
 *
 * Looks for names that are almost the right ones. Nothing is said of the channel when a client here is
 * subscribed to exactly that one.
 *
 * Returns: (transfer full) (element-type BcastNearMiss): what it found, the likeliest first; often empty
 */
GPtrArray *
bcast_near_miss_find (const char                      *channel,
                      const char                      *name,
                      const BcastNearMissSubscription *subscriptions,
                      gsize                            n_subscriptions,
                      const char * const              *seen_names)
{
  g_return_val_if_fail (channel != NULL && name != NULL, NULL);
  g_return_val_if_fail (subscriptions != NULL || n_subscriptions == 0, NULL);

  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_near_miss_free);

  if (strlen (channel) <= BCAST_NEAR_MISS_MAX_BYTES && g_utf8_validate (channel, -1, NULL))
    bcast_near_miss_add_channel (list, channel, subscriptions, n_subscriptions);
  if (strlen (name) <= BCAST_NEAR_MISS_MAX_BYTES && g_utf8_validate (name, -1, NULL)
      && !bcast_event_name_is_reserved (name))
    bcast_near_miss_add_event (list, name, seen_names);
  return list;
}
