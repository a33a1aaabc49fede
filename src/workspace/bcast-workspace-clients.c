/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-authorizer-secrets.h"
#include "bcast-channel-name.h"
#include "bcast-client-mirror-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-limits.h"

/* A request to the network context; what is not needed stays NULL. */
typedef struct
{
  char               *client;
  char               *channel;
  BcastClientOptions *options;
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
  bcast_client_options_free (request->options);
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
check_user (const BcastClientOptions  *options,
            GError                   **error)
{
  const char *user_id = options->user_id;
  const char *user_info = options->user_info;
  g_autoptr(GError) problem = NULL;

  if (user_id != NULL && strlen (user_id) > BCAST_LIMIT_USER_ID)
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

/* Who signs in is held to stricter rules, because the id becomes the name of a channel. */
static gboolean
check_sign_in (const BcastClientOptions  *options,
               GError                   **error)
{
  if (options->signs_in && !bcast_user_id_check (options->user_id, error))
    return FALSE;

  for (guint i = 0; options->watchlist != NULL && options->watchlist[i] != NULL; i++)
    {
      g_autoptr(GError) problem = NULL;

      if (!bcast_user_id_check (options->watchlist[i], &problem))
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("The watchlist has a user that cannot be: %s"),
                       problem->message);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_signer (const BcastClientOptions  *options,
              GError                   **error)
{
  g_autoptr(BcastAuthorizerSecrets) secrets = NULL;
  static const char * const none[] = { NULL };
  const char *field;

  secrets = bcast_authorizer_secrets_new (options->headers != NULL ? (const char * const *) options->headers : none,
                                          options->params != NULL ? (const char * const *) options->params : none,
                                          options->cookies != NULL ? options->cookies : "",
                                          options->bearer != NULL ? options->bearer : "");
  return bcast_authorizer_secrets_check (secrets, &field, error);
}

/* Gives the options that count, or NULL with @error set. */
static BcastClientOptions *
complete_options (const BcastClientOptions  *options,
                  GError                   **error)
{
  g_autoptr(BcastClientOptions) complete = bcast_client_options_copy (options);

  if (complete->user_id == NULL || *complete->user_id == '\0')
    {
      g_free (complete->user_id);
      complete->user_id = g_utf8_strdown (complete->name, -1);
    }
  if (complete->user_info != NULL && *complete->user_info == '\0')
    g_clear_pointer (&complete->user_info, g_free);

  if (!check_user (complete, error) || !check_sign_in (complete, error) || !check_signer (complete, error))
    return NULL;
  return g_steal_pointer (&complete);
}

static gboolean
check_name (BcastWorkspace  *self,
            const char      *name,
            GError         **error)
{
  if (*name == '\0')
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The client has no name. Enter one, such as Carol."));
  else if (bcast_workspace_find_client (self, name) != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("There is a client called “%s” already. Choose another name."), name);
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_workspace_add_client_with:
 * @self: an open workspace
 * @options: who it is, under a name that is not taken yet; copied
 * @error: %BCAST_ERROR_INVALID, %BCAST_ERROR_TOO_LARGE or %BCAST_ERROR_NOT_CONNECTED
 *
 * Adds a client that is not connected yet.
 *
 * Returns: (transfer none) (nullable): the client, or %NULL with @error set
 */
BcastClientMirror *
bcast_workspace_add_client_with (BcastWorkspace            *self,
                                 const BcastClientOptions  *options,
                                 GError                   **error)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  g_autoptr(BcastClientOptions) complete = NULL;

  if (!bcast_workspace_check_open (self, error)
      || !check_name (self, options->name, error)
      || (complete = complete_options (options, error)) == NULL)
    return NULL;

  g_autoptr(BcastClientMirror) client = bcast_client_mirror_new (complete);
  Request *request = request_new (complete->name, NULL);

  request->options = g_steal_pointer (&complete);
  post (self, add_request, request);
  g_list_store_append (self->clients, client);
  return client;
}

/**
 * bcast_workspace_add_client:
 * @self: an open workspace
 * @name: the client's name, not taken yet
 * @user_id: (nullable): the user it acts as; %NULL to use @name in lower case
 * @user_info: (nullable): what others see of the user, as JSON
 * @error: %BCAST_ERROR_INVALID, %BCAST_ERROR_TOO_LARGE or %BCAST_ERROR_NOT_CONNECTED
 *
 * Adds a client that is not connected yet and is authorized as the profile says.
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
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr(BcastClientOptions) options = bcast_client_options_new (name);

  options->user_id = g_strdup (user_id);
  options->user_info = g_strdup (user_info);
  return bcast_workspace_add_client_with (self, options, error);
}

/**
 * bcast_workspace_change_client:
 * @self: an open workspace
 * @client: one of its clients
 * @options: who it is from now on, under the same name; copied
 * @error: %BCAST_ERROR_INVALID, %BCAST_ERROR_TOO_LARGE or %BCAST_ERROR_NOT_CONNECTED
 *
 * A client that is connected is connected anew, because the server keeps who it was.
 *
 * Returns: whether the options are good
 */
gboolean
bcast_workspace_change_client (BcastWorkspace            *self,
                               BcastClientMirror         *client,
                               const BcastClientOptions  *options,
                               GError                   **error)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (client), FALSE);
  g_return_val_if_fail (g_strcmp0 (options->name, bcast_client_mirror_get_name (client)) == 0, FALSE);

  g_autoptr(BcastClientOptions) complete = NULL;

  if (!bcast_workspace_check_open (self, error) || (complete = complete_options (options, error)) == NULL)
    return FALSE;

  Request *request = request_new (complete->name, NULL);

  bcast_client_mirror_set_options (client, complete);
  request->options = g_steal_pointer (&complete);
  post (self, change_request, request);
  return TRUE;
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
