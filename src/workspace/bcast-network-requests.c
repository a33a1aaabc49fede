/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-network-requests-private.h"

/* A request to the network context; what is not needed stays NULL. */
typedef struct
{
  char               *client;
  char               *channel;
  BcastClientOptions *options;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->client);
  g_free (request->channel);
  bcast_client_options_free (request->options);
  g_free (request);
}

static void
post (BcastNetwork             *self,
      BcastNetworkFunc          func,
      const char               *client,
      const char               *channel,
      const BcastClientOptions *options)
{
  Request *request = g_new0 (Request, 1);

  request->client = g_strdup (client);
  request->channel = g_strdup (channel);
  request->options = options != NULL ? bcast_client_options_copy (options) : NULL;
  bcast_network_post (self, func, request, request_free);
}

/* Outcomes of these reach the main context as news, so that there is nothing to do with a result. */
static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  bcast_client_connect_finish (BCAST_CLIENT (object), result, NULL);
}

static void
subscribed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  bcast_client_subscribe_finish (BCAST_CLIENT (object), result, NULL);
}

static void
add_request (BcastNetwork *network,
             gpointer      data)
{
  Request *request = data;

  bcast_network_add_client (network, request->options);
}

static void
change_request (BcastNetwork *network,
                gpointer      data)
{
  Request *request = data;

  bcast_network_change_client (network, request->options);
}

static void
remove_request (BcastNetwork *network,
                gpointer      data)
{
  Request *request = data;
  BcastNetworkClient *client = bcast_network_find_client (network, request->client);

  if (client == NULL)
    return;

  /* The task of closing keeps the connection alive until the server has heard of it. */
  bcast_network_disconnect_client (network, client);
  g_hash_table_remove (network->clients, request->client);
}

static void
connect_request (BcastNetwork *network,
                 gpointer      data)
{
  Request *request = data;
  BcastNetworkClient *client = bcast_network_find_client (network, request->client);

  if (client != NULL)
    bcast_client_connect_async (client->client, NULL, connected_cb, NULL);
}

static void
disconnect_request (BcastNetwork *network,
                    gpointer      data)
{
  Request *request = data;
  BcastNetworkClient *client = bcast_network_find_client (network, request->client);

  if (client != NULL)
    bcast_network_disconnect_client (network, client);
}

static void
subscribe_request (BcastNetwork *network,
                   gpointer      data)
{
  Request *request = data;
  BcastNetworkClient *client = bcast_network_find_client (network, request->client);

  if (client != NULL)
    bcast_client_subscribe_async (client->client, request->channel, NULL, subscribed_cb, NULL);
}

static void
unsubscribe_request (BcastNetwork *network,
                     gpointer      data)
{
  Request *request = data;
  BcastNetworkClient *client = bcast_network_find_client (network, request->client);

  if (client != NULL)
    bcast_client_unsubscribe (client->client, request->channel);
}

void
bcast_network_request_add (BcastNetwork             *self,
                           const BcastClientOptions *options)
{
  post (self, add_request, NULL, NULL, options);
}

void
bcast_network_request_change (BcastNetwork             *self,
                              const BcastClientOptions *options)
{
  post (self, change_request, NULL, NULL, options);
}

void
bcast_network_request_remove (BcastNetwork *self,
                              const char   *client)
{
  post (self, remove_request, client, NULL, NULL);
}

/* Connects and keeps connected, or with @wanted FALSE disconnects in good order. */
void
bcast_network_request_connect (BcastNetwork *self,
                               const char   *client,
                               gboolean      wanted)
{
  post (self, wanted ? connect_request : disconnect_request, client, NULL, NULL);
}

void
bcast_network_request_subscribe (BcastNetwork *self,
                                 const char   *client,
                                 const char   *channel)
{
  post (self, subscribe_request, client, channel, NULL);
}

void
bcast_network_request_unsubscribe (BcastNetwork *self,
                                   const char   *client,
                                   const char   *channel)
{
  post (self, unsubscribe_request, client, channel, NULL);
}
