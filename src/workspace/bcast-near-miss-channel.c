/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The channel of an event against those that clients here are subscribed to. */

#include "bcast-near-miss-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"

#define MAX_WARNINGS 5
#define MAX_CLIENTS  3 /* named in one sentence */

static gboolean
is_subscribed (const char                      *channel,
               const BcastNearMissSubscription *subscriptions,
               gsize                            n_subscriptions)
{
  for (gsize i = 0; i < n_subscriptions; i++)
    if (strcmp (subscriptions[i].channel, channel) == 0)
      return TRUE;
  return FALSE;
}

/* Who is subscribed to the same channel as the subscription at @first. */
static char *
dup_clients (const BcastNearMissSubscription *subscriptions,
             gsize                            n_subscriptions,
             gsize                            first,
             guint                           *n_clients)
{
  GString *clients = g_string_new (NULL);

  *n_clients = 0;
  for (gsize i = first; i < n_subscriptions; i++)
    if (strcmp (subscriptions[i].channel, subscriptions[first].channel) == 0)
      {
        g_autofree char *client = g_utf8_make_valid (subscriptions[i].client, -1);

        if ((*n_clients)++ < MAX_CLIENTS)
          g_string_append_printf (clients, "%s%s", clients->len > 0 ? ", " : "", client);
      }
  if (*n_clients > MAX_CLIENTS)
    {
      g_string_append_c (clients, ' ');
      g_string_append_printf (clients, ngettext ("and %u more", "and %u more", *n_clients - MAX_CLIENTS),
                              *n_clients - MAX_CLIENTS);
    }
  return g_string_free (clients, FALSE);
}

static gboolean
is_public (const char *channel)
{
  return bcast_channel_name_find_type (channel) == BCAST_CHANNEL_PUBLIC;
}

/* What to do, given where the event went and what is subscribed. */
static char *
format_advice (BcastNearMissKind  kind,
               const char        *channel,
               const char        *other)
{
  switch (kind)
    {
    case BCAST_NEAR_MISS_PREFIX:
      if (is_public (other))
        return g_strdup_printf (_("The subscription lacks the prefix: subscribe to “%s”, or send to “%s”."),
                                channel, other);
      if (is_public (channel))
        return g_strdup_printf (_("The event’s channel lacks the prefix: send to “%s”, or subscribe to “%s”."),
                                other, channel);
      return g_strdup_printf (_("The prefixes differ: send to “%s”, or subscribe to “%s”."), other, channel);
    case BCAST_NEAR_MISS_TWICE:
      return g_strdup_printf (_("One of them has a prefix too many: send to “%s”, or subscribe to “%s”. Channel "
                                "classes of Laravel and methods of Echo add the prefix by themselves."),
                              other, channel);
    case BCAST_NEAR_MISS_CASE:
      return g_strdup_printf (_("Upper and lower case count: send to “%s”, or subscribe to “%s”."),
                              other, channel);
    case BCAST_NEAR_MISS_EDGE:
      return g_strdup_printf (_("They differ only in blanks, slashes or dots at an end: send to “%s”, or "
                                "subscribe to “%s”."), other, channel);
    case BCAST_NEAR_MISS_TYPO:
      return g_strdup_printf (_("That may be a slip in typing: send to “%s”, or subscribe to “%s”."),
                              other, channel);
    default:
      return g_strdup_printf (_("They differ only in prefix, in case, or in what stands at an end: send to “%s”, "
                                "or subscribe to “%s”."), other, channel);
    }
}

static void
add_warning (GPtrArray         *list,
             BcastNearMissKind  kind,
             const char        *channel,
             const char        *subscribed,
             const char        *clients,
             guint              n_clients)
{
  g_autofree char *shown = bcast_near_miss_dup_shown (channel);
  g_autofree char *shown_other = bcast_near_miss_dup_shown (subscribed);
  g_autofree char *advice = format_advice (kind, shown, shown_other);
  g_autofree char *fact =
    g_strdup_printf (ngettext ("The event went to “%s”, but %s is subscribed to “%s”.",
                               "The event went to “%s”, but %s are subscribed to “%s”.", n_clients),
                     shown, clients, shown_other);

  bcast_near_miss_take (list, kind, TRUE, g_strdup_printf ("%s %s", fact, advice));
}

static void
add_second_prefix (GPtrArray  *list,
                   const char *channel)
{
  const char *rest = bcast_channel_name_skip_prefix (channel);
  const char *bare = bcast_channel_name_skip_prefix (rest);

  if (rest == channel || bare == rest || *bare == '\0'
      || bcast_channel_name_find_type (channel) == BCAST_CHANNEL_SERVER_TO_USER)
    return;

  g_autofree char *shown = bcast_near_miss_dup_shown (channel);
  g_autofree char *shown_rest = bcast_near_miss_dup_shown (rest);
  g_autofree char *shown_bare = bcast_near_miss_dup_shown (bare);

  bcast_near_miss_take (list, BCAST_NEAR_MISS_TWICE, TRUE,
    g_strdup_printf (_("“%s” has two prefixes; “%s” may be meant. Channel classes of Laravel and methods of Echo "
                       "add the prefix by themselves: give them “%s”."), shown, shown_rest, shown_bare));
}

/*
 * bcast_near_miss_add_channel:
 * @list: where to
 * @channel: the channel of an event, in UTF-8
 * @subscriptions: (array length=n_subscriptions): what clients here are subscribed to
 * @n_subscriptions: how many
 *
 * Adds what may be wrong with the channel.
 */
void
bcast_near_miss_add_channel (GPtrArray                       *list,
                             const char                      *channel,
                             const BcastNearMissSubscription *subscriptions,
                             gsize                            n_subscriptions)
{
  g_autoptr(GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  if (is_subscribed (channel, subscriptions, n_subscriptions))
    return;

  for (gsize i = 0; i < n_subscriptions && list->len < MAX_WARNINGS; i++)
    {
      const char *subscribed = subscriptions[i].channel;
      BcastNearMissKind kind;
      guint n_clients;

      if (!g_hash_table_add (done, (gpointer) subscribed) || strlen (subscribed) > BCAST_NEAR_MISS_MAX_BYTES
          || !g_utf8_validate (subscribed, -1, NULL)
          || !bcast_near_miss_compare_channels (channel, subscribed, &kind))
        continue;

      g_autofree char *clients = dup_clients (subscriptions, n_subscriptions, i, &n_clients);

      add_warning (list, kind, channel, subscribed, clients, n_clients);
    }
  if (list->len == 0)
    add_second_prefix (list, channel);
}
