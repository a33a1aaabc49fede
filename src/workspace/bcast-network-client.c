/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-network-private.h"

#define TELL_EVERY_MS 16 /* the time of one frame */

static gboolean
stats_cb (gpointer data)
{
  BcastNetwork *self = data;
  BcastNews *news = bcast_news_new (BCAST_NEWS_STATS, NULL);
  GHashTableIter clients;
  BcastNetworkClient *client;
  gboolean busy;

  news->n_events = self->stats.n_events;
  news->events_per_s = bcast_stats_window_get_rate (&self->stats);
  bcast_stats_window_get_percentiles (&self->stats, &news->median_us, &news->p99_us);
  news->unread = g_ptr_array_new_with_free_func (bcast_unread_free);

  g_hash_table_iter_init (&clients, self->clients);
  while (g_hash_table_iter_next (&clients, NULL, (gpointer *) &client))
    {
      GHashTableIter channels;
      gpointer channel;
      guint *n_unread;

      g_hash_table_iter_init (&channels, client->unread);
      while (g_hash_table_iter_next (&channels, &channel, (gpointer *) &n_unread))
        {
          if (*n_unread == 0)
            continue;

          BcastUnread *unread = g_new0 (BcastUnread, 1);

          unread->client = g_strdup (client->name);
          unread->channel = g_strdup (channel);
          unread->n_unread = *n_unread;
          g_ptr_array_add (news->unread, unread);
          *n_unread = 0;
        }
    }

  busy = bcast_stats_window_tick (&self->stats) || news->events_per_s > 0;
  bcast_network_tell (self, news);

  if (busy)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->stats_source, g_source_unref);
  return G_SOURCE_REMOVE;
}

/*
 * bcast_network_touch_stats:
 *
 * Something was counted: news of it will go out with the next tick.
 */
void
bcast_network_touch_stats (BcastNetwork *self)
{
  if (self->stats_source == NULL)
    self->stats_source = bcast_network_add_timeout (self, BCAST_STATS_SLOT_MS, stats_cb, self);
}

BcastNetworkClient *
bcast_network_find_client (BcastNetwork *self,
                           const char   *name)
{
  return name != NULL ? g_hash_table_lookup (self->clients, name) : NULL;
}

static void
tell_client_now (BcastNetworkClient *self)
{
  BcastNews *news = bcast_news_new (BCAST_NEWS_CLIENT, self->name);

  news->state = bcast_client_get_state (self->client);
  news->socket_id = g_strdup (bcast_client_get_socket_id (self->client));
  news->connect_us = bcast_client_get_connect_time_us (self->client);
  news->error = g_strdup (self->error);
  self->told_us = g_get_monotonic_time ();
  bcast_network_tell (self->network, news);
}

static gboolean
tell_client_cb (gpointer data)
{
  BcastNetworkClient *self = data;

  g_clear_pointer (&self->tell_source, g_source_unref);
  tell_client_now (self);
  return G_SOURCE_REMOVE;
}

/* At once, but not more often than the screen is drawn: a server may send a hundred thousand errors a
 * second, and only the last of them is shown. */
static void
tell_client (BcastNetworkClient *self,
             const GError       *error)
{
  gint64 next_ms = (self->told_us - g_get_monotonic_time ()) / 1000 + TELL_EVERY_MS;

  g_free (self->error);
  self->error = error != NULL ? g_strdup (error->message) : NULL;
  if (self->tell_source != NULL)
    return;
  if (next_ms <= 0)
    tell_client_now (self);
  else
    self->tell_source = bcast_network_add_timeout (self->network, (guint) next_ms, tell_client_cb, self);
}

static void
state_changed_cb (BcastClient  *client,
                  int           old_state,
                  int           new_state,
                  const GError *reason,
                  gpointer      user_data)
{
  BcastNetworkClient *self = user_data;

  tell_client (self, new_state == BCAST_CLIENT_CONNECTED ? NULL : reason);
}

static void
error_cb (BcastClient  *client,
          const GError *error,
          gpointer      user_data)
{
  tell_client (user_data, error);
}

/* The state stays "connecting" while attempts fail, for ten seconds: too long to keep quiet about why. */
static void
retry_scheduled_cb (BcastClient *client,
                    guint        delay_ms,
                    gpointer     user_data)
{
  tell_client (user_data, bcast_client_get_error (client));
}

static char **
dup_members (BcastMemberList *members)
{
  GListModel *list = G_LIST_MODEL (members);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **strings;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(BcastMember) member = g_list_model_get_item (list, i);
      const char *info = bcast_member_get_user_info (member);

      g_strv_builder_add (builder, bcast_member_get_user_id (member));
      g_strv_builder_add (builder, info != NULL ? info : "");
    }
  strings = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return strings;
}

static void
tell_subscription (BcastNetworkClient *self,
                   const char         *channel)
{
  BcastSubscription *subscription = bcast_client_find_subscription (self->client, channel);

  if (subscription == NULL)
    return;

  BcastNews *news = bcast_news_new (BCAST_NEWS_SUBSCRIPTION, self->name);
  const GError *error = bcast_subscription_get_error (subscription);
  BcastMemberList *members = bcast_subscription_get_members (subscription);

  news->channel = g_strdup (channel);
  news->subscription_state = bcast_subscription_get_state (subscription);
  news->error = error != NULL ? g_strdup (error->message) : NULL;
  news->members = members != NULL ? dup_members (members) : g_new0 (char *, 1);
  bcast_network_tell (self->network, news);
}

static gboolean
changed_cb (gpointer data)
{
  BcastNetworkClient *self = data;
  GHashTableIter iter;
  gpointer channel;

  g_clear_pointer (&self->changed_source, g_source_unref);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &channel, NULL))
    {
      tell_subscription (self, channel);
      g_hash_table_iter_remove (&iter);
    }
  return G_SOURCE_REMOVE;
}

/* A roster of thousands that fills member by member makes one news, not thousands. */
static void
subscription_changed_cb (BcastClient       *client,
                         BcastSubscription *subscription,
                         gpointer           user_data)
{
  BcastNetworkClient *self = user_data;

  g_hash_table_add (self->changed, g_strdup (bcast_subscription_get_channel (subscription)));
  if (self->changed_source != NULL)
    return;

  self->changed_source = bcast_network_add_timeout (self->network, TELL_EVERY_MS, changed_cb, self);
}

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          gpointer     user_data)
{
  bcast_network_receive (user_data, frame, received_us);
}

/*
 * bcast_network_add_client:
 *
 * Makes a client that is not connected yet. Called in the network context.
 */
void
bcast_network_add_client (BcastNetwork *self,
                          const char   *name,
                          const char   *user_id,
                          const char   *user_info)
{
  BcastNetworkClient *client = g_new0 (BcastNetworkClient, 1);

  client->network = self;
  client->name = g_strdup (name);
  client->client = bcast_client_new (self->app, self->authorizer);
  client->unread = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  client->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bcast_client_set_user (client->client, user_id, user_info);

  g_signal_connect (client->client, "state-changed", G_CALLBACK (state_changed_cb), client);
  g_signal_connect (client->client, "error", G_CALLBACK (error_cb), client);
  g_signal_connect (client->client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), client);
  g_signal_connect (client->client, "subscription-changed", G_CALLBACK (subscription_changed_cb), client);
  g_signal_connect (client->client, "event", G_CALLBACK (event_cb), client);
  g_hash_table_replace (self->clients, client->name, client);
}

void
bcast_network_client_free (gpointer data)
{
  BcastNetworkClient *self = data;

  g_signal_handlers_disconnect_by_data (self->client, self);
  bcast_network_clear_source (&self->changed_source);
  bcast_network_clear_source (&self->tell_source);
  g_object_unref (self->client);
  g_hash_table_unref (self->unread);
  g_hash_table_unref (self->changed);
  g_free (self->error);
  g_free (self->name);
  g_free (self);
}
