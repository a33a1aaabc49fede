/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-network-private.h"

#define TELL_EVERY_MS 16 /* the time of one frame */
#define MEMBERS_PER_MS 50 /* that news of a roster may have, lest large ones keep everybody busy */
#define MOST_STEPS    100 /* between two news */

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
  news->server_kind = bcast_server_clues_get_kind (&self->clues, NULL);
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
fill_sign_in (BcastNews   *news,
              BcastClient *client)
{
  const GError *error = bcast_client_get_sign_in_error (client);

  news->sign_in_state = bcast_client_get_sign_in_state (client);
  news->sign_in_error = error != NULL ? g_strdup (error->message) : NULL;
  news->signed_in_id = g_strdup (bcast_client_get_signed_in_id (client));
  news->online = bcast_client_dup_online (client);
}

static void
tell_client_now (BcastNetworkClient *self)
{
  BcastNews *news = bcast_news_new (BCAST_NEWS_CLIENT, self->name);

  news->state = bcast_client_get_state (self->client);
  news->socket_id = g_strdup (bcast_client_get_socket_id (self->client));
  news->connect_us = bcast_client_get_connect_time_us (self->client);
  news->error = g_strdup (self->error);
  news->steps = g_steal_pointer (&self->steps);
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
  news->retry_us = self->retry_us;
  fill_sign_in (news, self->client);
  bcast_server_clues_merge (&self->network->clues, bcast_client_get_server_clues (self->client));
  news->server_kind = bcast_server_clues_get_kind (&self->network->clues, NULL);
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
retell_client (BcastNetworkClient *self)
{
  gint64 next_ms = (self->told_us - g_get_monotonic_time ()) / 1000 + TELL_EVERY_MS;

  if (self->tell_source != NULL)
    return;
  if (next_ms <= 0)
    tell_client_now (self);
  else
    self->tell_source = bcast_network_add_timeout (self->network, (guint) next_ms, tell_client_cb, self);
}

static void
tell_client (BcastNetworkClient *self,
             const GError       *error)
{
  g_free (self->error);
  self->error = error != NULL ? g_strdup (error->message) : NULL;
  retell_client (self);
}

/* What happens is told soon; a server that makes it happen all the time is not told in full. */
static void
add_step (BcastNetworkClient  *self,
          BcastConnectionStep *step)
{
  if (self->steps->len < MOST_STEPS)
    g_ptr_array_add (self->steps, step);
  else
    g_object_unref (step);
}

static void
state_changed_cb (BcastClient  *client,
                  int           old_state,
                  int           new_state,
                  const GError *reason,
                  gpointer      user_data)
{
  BcastNetworkClient *self = user_data;

  self->retry_us = 0;
  add_step (self, bcast_connection_step_new_state (g_get_real_time (), old_state, new_state,
                                                   bcast_client_get_socket_id (client),
                                                   reason != NULL ? reason->message : NULL));
  tell_client (self, new_state == BCAST_CLIENT_CONNECTED ? NULL : reason);
}

/* Whoever signed in, or failed to, and whoever of the watchlist came. */
static void
sign_in_changed_cb (BcastClient *client,
                    gpointer     user_data)
{
  BcastNetworkClient *self = user_data;

  retell_client (self);
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
  BcastNetworkClient *self = user_data;
  const GError *error = bcast_client_get_error (client);

  self->retry_us = g_get_monotonic_time () + delay_ms * (gint64) 1000;
  add_step (self, bcast_connection_step_new_retry (g_get_real_time (), bcast_client_get_state (client), delay_ms,
                                                   error != NULL ? error->message : NULL));
  tell_client (self, error);
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

/* Returns how many members were told. */
static guint
tell_subscription (BcastNetworkClient *self,
                   const char         *channel)
{
  BcastSubscription *subscription = bcast_client_find_subscription (self->client, channel);

  if (subscription == NULL)
    return 0;

  BcastNews *news = bcast_news_new (BCAST_NEWS_SUBSCRIPTION, self->name);
  const GError *error = bcast_subscription_get_error (subscription);
  BcastMemberList *members = bcast_subscription_get_members (subscription);

  news->channel = g_strdup (channel);
  news->subscription_state = bcast_subscription_get_state (subscription);
  news->error = error != NULL ? g_strdup (error->message) : NULL;
  news->count = bcast_subscription_get_count (subscription);
  news->members = members != NULL ? dup_members (members) : g_new0 (char *, 1);
  bcast_network_tell (self->network, news);
  return members != NULL ? g_list_model_get_n_items (G_LIST_MODEL (members)) : 0;
}

static gboolean
changed_cb (gpointer data)
{
  BcastNetworkClient *self = data;
  GHashTableIter iter;
  gpointer channel;
  guint n_members = 0;

  g_clear_pointer (&self->changed_source, g_source_unref);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &channel, NULL))
    {
      n_members += tell_subscription (self, channel);
      g_hash_table_iter_remove (&iter);
    }
  self->changed_us = g_get_monotonic_time () + (gint64) n_members * 1000 / MEMBERS_PER_MS;
  return G_SOURCE_REMOVE;
}

/* A roster of thousands that fills member by member makes one news, not thousands. And as each news has the
 * whole roster, the larger it is the longer the next one waits: who draws it must keep up. */
static void
subscription_changed_cb (BcastClient       *client,
                         BcastSubscription *subscription,
                         gpointer           user_data)
{
  BcastNetworkClient *self = user_data;

  g_hash_table_add (self->changed, g_strdup (bcast_subscription_get_channel (subscription)));
  if (self->changed_source != NULL)
    return;

  gint64 wait_ms = (self->changed_us - g_get_monotonic_time ()) / 1000;

  self->changed_source = bcast_network_add_timeout (self->network, (guint) MAX (wait_ms, TELL_EVERY_MS), changed_cb,
                                                    self);
}

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          gpointer     user_data)
{
  bcast_network_receive (user_data, frame, received_us);
}

static void
apply_options (BcastNetworkClient *self)
{
  g_autoptr(BcastAuthorizer) authorizer = bcast_signers_new_authorizer (self->network->signers, self->options);

  bcast_client_set_authorizer (self->client, authorizer);
  bcast_client_set_user (self->client, self->options->user_id, self->options->user_info);
  bcast_client_set_signs_in (self->client, self->options->signs_in);
}

/*
 * bcast_network_add_client:
 *
 * Makes a client that is not connected yet. Called in the network context.
 */
void
bcast_network_add_client (BcastNetwork             *self,
                          const BcastClientOptions *options)
{
  BcastNetworkClient *client = g_new0 (BcastNetworkClient, 1);

  client->network = self;
  client->options = bcast_client_options_copy (options);
  client->name = client->options->name;
  client->client = bcast_client_new (self->app, NULL);
  client->unread = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  client->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  client->steps = g_ptr_array_new_with_free_func (g_object_unref);
  apply_options (client);

  g_signal_connect (client->client, "state-changed", G_CALLBACK (state_changed_cb), client);
  g_signal_connect (client->client, "error", G_CALLBACK (error_cb), client);
  g_signal_connect (client->client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), client);
  g_signal_connect (client->client, "sign-in-changed", G_CALLBACK (sign_in_changed_cb), client);
  g_signal_connect (client->client, "subscription-changed", G_CALLBACK (subscription_changed_cb), client);
  g_signal_connect (client->client, "event", G_CALLBACK (event_cb), client);
  g_hash_table_replace (self->clients, client->name, client);
}

static void
disconnected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  bcast_client_disconnect_finish (BCAST_CLIENT (object), result, NULL);
}

/*
 * bcast_network_disconnect_client:
 *
 * Closes a client's connection in good order, as long as the network is there. Called in the network context.
 */
void
bcast_network_disconnect_client (BcastNetwork       *self,
                                 BcastNetworkClient *client)
{
  bcast_client_disconnect_async (client->client, self->hurry, disconnected_cb, NULL);
}

/*
 * bcast_network_change_client:
 *
 * Gives the client of that name other options. A server keeps who somebody was when the connection was
 * made, so that it is made anew. Called in the network context.
 */
void
bcast_network_change_client (BcastNetwork             *self,
                             const BcastClientOptions *options)
{
  BcastNetworkClient *client = bcast_network_find_client (self, options->name);
  BcastClientState state;

  if (client == NULL)
    return;

  /* The table's key is the name in the options. */
  g_hash_table_steal (self->clients, client->name);
  bcast_client_options_free (client->options);
  client->options = bcast_client_options_copy (options);
  client->name = client->options->name;
  g_hash_table_insert (self->clients, client->name, client);

  state = bcast_client_get_state (client->client);
  if (state == BCAST_CLIENT_CONNECTED)
    bcast_network_disconnect_client (self, client);
  apply_options (client);
  if (state == BCAST_CLIENT_CONNECTED)
    bcast_client_connect_async (client->client, NULL, NULL, NULL);
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
  g_ptr_array_unref (self->steps);
  g_free (self->error);
  bcast_client_options_free (self->options);
  g_free (self);
}
