/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-client-mirror-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-limits.h"

/* A request to the network context; what is not needed stays NULL. */
typedef struct
{
  char *client;
  char *channel;
  char *user_id;
  char *user_info;
} Request;

static Request *
request_new (const char *client,
             const char *channel)
{
  Request *request = g_new0 (Request, 1);

  request->client = g_strdup (client);
  request->channel = g_strdup (channel);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->client);
  g_free (request->channel);
  g_free (request->user_id);
  g_free (request->user_info);
  g_free (request);
}

static void
post (BcastWorkspace   *self,
      BcastNetworkFunc  func,
      Request          *request)
{
  bcast_network_post (self->network, func, request, request_free);
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
disconnected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  bcast_client_disconnect_finish (BCAST_CLIENT (object), result, NULL);
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

  bcast_network_add_client (network, request->client, request->user_id, request->user_info);
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
  bcast_client_disconnect_async (client->client, NULL, disconnected_cb, NULL);
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
    bcast_client_disconnect_async (client->client, NULL, disconnected_cb, NULL);
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

/**
 * bcast_workspace_get_clients:
 * @self: a workspace
 *
 * Returns: (transfer none): a list of #BcastClientMirror
 */
GListModel *
bcast_workspace_get_clients (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return G_LIST_MODEL (self->clients);
}

/**
 * bcast_workspace_find_client:
 * @self: a workspace
 * @name: a client's name
 *
 * Returns: (transfer none) (nullable): the client called @name
 */
BcastClientMirror *
bcast_workspace_find_client (BcastWorkspace *self,
                             const char     *name)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  GListModel *list = G_LIST_MODEL (self->clients);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (list, i);

      if (g_str_equal (bcast_client_mirror_get_name (client), name))
        return client;
    }
  return NULL;
}

static gboolean
check_client (BcastWorkspace  *self,
              const char      *name,
              const char      *user_id,
              const char      *user_info,
              GError         **error)
{
  g_autoptr(GError) problem = NULL;

  if (*name == '\0')
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The client has no name. Enter one, such as Carol."));
  else if (bcast_workspace_find_client (self, name) != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("There is a client called “%s” already. Choose another name."), name);
  else if (user_id != NULL && strlen (user_id) > BCAST_LIMIT_USER_ID)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The user id has %zu characters, and %d are allowed. Shorten it."),
                 strlen (user_id), BCAST_LIMIT_USER_ID);
  else if (user_info != NULL && *user_info != '\0'
           && !bcast_json_scan (user_info, strlen (user_info), NULL, NULL, &problem))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The user info is no JSON: %s"), problem->message);
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_workspace_add_client:
 * @self: an open workspace
 * @name: the client's name, not taken yet
 * @user_id: (nullable): the user it acts as; %NULL to use @name in lower case
 * @user_info: (nullable): what others see of the user, as JSON
 * @error: %BCAST_ERROR_INVALID, %BCAST_ERROR_TOO_LARGE or %BCAST_ERROR_NOT_CONNECTED
 *
 * Adds a client that is not connected yet.
 *
 * Returns: (transfer none) (nullable): the client, or %NULL with @error set
 */
BcastClientMirror *
bcast_workspace_add_client (BcastWorkspace  *self,
                            const char      *name,
                            const char      *user_id,
                            const char      *user_info,
                            GError         **error)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!bcast_workspace_check_open (self, error) || !check_client (self, name, user_id, user_info, error))
    return NULL;

  g_autofree char *own_id = user_id != NULL && *user_id != '\0' ? g_strdup (user_id) : g_utf8_strdown (name, -1);
  const char *info = user_info != NULL && *user_info != '\0' ? user_info : NULL;
  g_autoptr(BcastClientMirror) client = bcast_client_mirror_new (name, own_id);
  Request *request = request_new (name, NULL);

  request->user_id = g_strdup (own_id);
  request->user_info = g_strdup (info);
  post (self, add_request, request);
  g_list_store_append (self->clients, client);
  return client;
}

/**
 * bcast_workspace_remove_client:
 * @self: a workspace
 * @client: one of its clients
 *
 * Disconnects @client and forgets it.
 */
void
bcast_workspace_remove_client (BcastWorkspace    *self,
                               BcastClientMirror *client)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (BCAST_IS_CLIENT_MIRROR (client));

  guint position;

  if (!g_list_store_find (self->clients, client, &position))
    return;

  if (self->network != NULL)
    post (self, remove_request, request_new (bcast_client_mirror_get_name (client), NULL));
  g_list_store_remove (self->clients, position);
  bcast_workspace_update_state (self);
}

static void
want (BcastWorkspace    *self,
      BcastClientMirror *client,
      gboolean           wanted)
{
  bcast_client_mirror_set_wanted (client, wanted);
  post (self, wanted ? connect_request : disconnect_request,
        request_new (bcast_client_mirror_get_name (client), NULL));
}

static void
want_all (BcastWorkspace    *self,
          BcastClientMirror *client,
          gboolean           wanted)
{
  GListModel *list = G_LIST_MODEL (self->clients);

  if (self->network == NULL)
    return;

  if (client != NULL)
    want (self, client, wanted);
  else
    for (guint i = 0; i < g_list_model_get_n_items (list); i++)
      {
        g_autoptr(BcastClientMirror) each = g_list_model_get_item (list, i);

        want (self, each, wanted);
      }
  bcast_workspace_update_state (self);
}

/**
 * bcast_workspace_connect:
 * @self: a workspace
 * @client: (nullable): one of its clients, or %NULL for all
 *
 * Connects and keeps connected. How it goes is seen in the client's state.
 */
void
bcast_workspace_connect (BcastWorkspace    *self,
                         BcastClientMirror *client)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  want_all (self, client, TRUE);
}

/**
 * bcast_workspace_disconnect:
 * @self: a workspace
 * @client: (nullable): one of its clients, or %NULL for all
 *
 * Disconnects in good order and stays disconnected.
 */
void
bcast_workspace_disconnect (BcastWorkspace    *self,
                            BcastClientMirror *client)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  want_all (self, client, FALSE);
}

/**
 * bcast_workspace_subscribe:
 * @self: an open workspace
 * @client: one of its clients
 * @channel: a channel's full name
 * @error: %BCAST_ERROR_INVALID, %BCAST_ERROR_TOO_LARGE or %BCAST_ERROR_NOT_CONNECTED
 *
 * Subscribes now, or once @client is connected. A refused subscription is tried again. How it goes
 * is seen in the subscription's state.
 *
 * Returns: whether @channel is a channel that can be subscribed to
 */
gboolean
bcast_workspace_subscribe (BcastWorkspace     *self,
                           BcastClientMirror  *client,
                           const char         *channel,
                           GError            **error)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (client), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);

  if (!bcast_workspace_check_open (self, error)
      || !bcast_channel_name_check (channel, BCAST_LIMIT_CHANNEL_NAME_LENIENT, error))
    return FALSE;

  if (bcast_channel_name_find_type (channel) == BCAST_CHANNEL_SERVER_TO_USER)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("Channels that begin with “#” are the server's own; a client is subscribed to "
                             "its own one by signing in."));
      return FALSE;
    }

  if (bcast_client_mirror_find_subscription (client, channel) == NULL)
    bcast_client_mirror_add_subscription (client, channel);
  post (self, subscribe_request, request_new (bcast_client_mirror_get_name (client), channel));
  return TRUE;
}

/**
 * bcast_workspace_unsubscribe:
 * @self: a workspace
 * @client: one of its clients
 * @channel: a channel that it holds
 */
void
bcast_workspace_unsubscribe (BcastWorkspace    *self,
                             BcastClientMirror *client,
                             const char        *channel)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (BCAST_IS_CLIENT_MIRROR (client));
  g_return_if_fail (channel != NULL);

  if (!bcast_client_mirror_remove_subscription (client, channel) || self->network == NULL)
    return;

  post (self, unsubscribe_request, request_new (bcast_client_mirror_get_name (client), channel));
  bcast_workspace_update_state (self);
}

/**
 * bcast_workspace_add_cast:
 * @self: an open workspace
 *
 * Adds Alice and Bob with a public, a private and a presence channel, as a first start shows them.
 * They are not connected yet.
 */
void
bcast_workspace_add_cast (BcastWorkspace *self)
{
  static const struct { const char *name, *user_id, *user_info, *channels[4]; } cast[] = {
    { "Alice", "alice", "{\"name\":\"Alice\"}", { "releases", "private-user.1", "presence-lobby", NULL } },
    { "Bob", "bob", "{\"name\":\"Bob\"}", { "releases", "presence-lobby", NULL } },
  };

  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  for (guint i = 0; i < G_N_ELEMENTS (cast); i++)
    {
      BcastClientMirror *client = bcast_workspace_add_client (self, cast[i].name, cast[i].user_id,
                                                              cast[i].user_info, NULL);

      for (guint j = 0; client != NULL && cast[i].channels[j] != NULL; j++)
        bcast_workspace_subscribe (self, client, cast[i].channels[j], NULL);
    }
}
