/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

#include "bcast-channel-name.h"
#include "bcast-client-mirror-private.h"

static void
take_unread (BcastWorkspace  *self,
             const BcastNews *news)
{
  for (guint i = 0; i < news->unread->len; i++)
    {
      const BcastUnread *unread = g_ptr_array_index (news->unread, i);
      BcastClientMirror *client = bcast_workspace_find_client (self, unread->client);
      BcastSubscriptionMirror *subscription =
        client != NULL ? bcast_client_mirror_find_subscription (client, unread->channel) : NULL;

      if (subscription != NULL)
        bcast_subscription_mirror_add_unread (subscription, unread->n_unread);
    }
}

static void
take_stats (BcastWorkspace  *self,
            const BcastNews *news)
{
  self->stats.n_events = news->n_events;
  self->stats.events_per_s = news->events_per_s;
  self->stats.median_us = news->median_us;
  self->stats.p99_us = news->p99_us;
  take_unread (self, news);
  bcast_workspace_set_server_kind (self, news->server_kind);
  bcast_workspace_emit_stats_changed (self);
}

static void
take_subscription (BcastClientMirror *client,
                   const BcastNews   *news)
{
  BcastSubscriptionMirror *subscription = bcast_client_mirror_find_subscription (client, news->channel);

  /* A client that signed in subscribes to its user's own channel without being asked. */
  if (subscription == NULL && bcast_channel_name_find_type (news->channel) == BCAST_CHANNEL_SERVER_TO_USER)
    subscription = bcast_client_mirror_add_subscription (client, news->channel);
  if (subscription == NULL)
    return;

  bcast_subscription_mirror_set_count (subscription, news->count);
  bcast_subscription_mirror_set_members (subscription, (const char * const *) news->members);
  bcast_client_mirror_set_subscription_state (client, subscription, news->subscription_state, news->error);
}

static void
take_client (BcastWorkspace    *self,
             BcastClientMirror *client,
             const BcastNews   *news)
{
  bcast_client_mirror_add_steps (client, news->steps);
  bcast_client_mirror_set_retry_us (client, news->retry_us);
  bcast_client_mirror_set_sign_in (client, news->sign_in_state, news->sign_in_error, news->signed_in_id,
                                   (const char * const *) news->online);
  bcast_client_mirror_set_state (client, news->state, news->socket_id, news->connect_us, news->error);
  bcast_workspace_set_server_kind (self, news->server_kind);
}

/* Called in the main context with what the network context had to tell; news of clients that were
 * removed meanwhile are dropped. */
void
bcast_workspace_take_news (const BcastNews *news,
                           gpointer         user_data)
{
  BcastWorkspace *self = user_data;
  BcastClientMirror *client = news->client != NULL ? bcast_workspace_find_client (self, news->client) : NULL;

  if (self->network == NULL)
    return;

  if (news->kind == BCAST_NEWS_STATS)
    {
      take_stats (self, news);
      return;
    }

  if (client == NULL)
    return;

  if (news->kind == BCAST_NEWS_CLIENT)
    take_client (self, client, news);
  else
    take_subscription (client, news);
  bcast_workspace_update_state (self);
}

/* From best to worst; a client that nobody wants connected does not count. */
static guint
rank_state (BcastClientState state)
{
  static const guint ranks[] = {
    [BCAST_CLIENT_CONNECTED] = 0,
    [BCAST_CLIENT_INITIALIZED] = 1,
    [BCAST_CLIENT_CONNECTING] = 2,
    [BCAST_CLIENT_DISCONNECTED] = 3,
    [BCAST_CLIENT_UNAVAILABLE] = 4,
    [BCAST_CLIENT_FAILED] = 5,
  };

  return ranks[state];
}

void
bcast_workspace_update_state (BcastWorkspace *self)
{
  GListModel *list = G_LIST_MODEL (self->clients);
  BcastClientMirror *worst = NULL;

  self->stats.n_clients = 0;
  self->stats.n_subscriptions = 0;
  self->stats.connect_us = -1;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (list, i);
      BcastClientState state = bcast_client_mirror_get_state (client);

      if (state == BCAST_CLIENT_CONNECTED)
        {
          self->stats.n_clients++;
          self->stats.n_subscriptions += bcast_client_mirror_count_subscribed (client);
          self->stats.connect_us = MAX (self->stats.connect_us, bcast_client_mirror_get_connect_us (client));
        }
      if (bcast_client_mirror_get_wanted (client)
          && (worst == NULL || rank_state (state) > rank_state (bcast_client_mirror_get_state (worst))))
        worst = client;
    }

  if (worst == NULL)
    bcast_workspace_set_overall (self, BCAST_CLIENT_DISCONNECTED, NULL);
  else
    bcast_workspace_set_overall (self, bcast_client_mirror_get_state (worst), bcast_client_mirror_get_error (worst));
  bcast_workspace_emit_stats_changed (self);
}
