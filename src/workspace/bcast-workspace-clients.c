/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-client-mirror-private.h"
#include "bcast-error.h"
#include "bcast-network-requests-private.h"

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
check_is_free (BcastWorkspace  *self,
               const char      *name,
               GError         **error)
{
  if (bcast_workspace_find_client (self, name) == NULL)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("There is a client called “%s” already. Choose another name."), name);
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
      || !check_is_free (self, options->name, error)
      || (complete = bcast_client_options_complete (options, error)) == NULL)
    return NULL;

  g_autoptr(BcastClientMirror) client = bcast_client_mirror_new (complete);

  bcast_network_request_add (self->network, complete);
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

  if (!bcast_workspace_check_open (self, error)
      || (complete = bcast_client_options_complete (options, error)) == NULL)
    return FALSE;

  bcast_client_mirror_set_options (client, complete);
  bcast_network_request_change (self->network, complete);
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
    bcast_network_request_remove (self->network, bcast_client_mirror_get_name (client));
  g_list_store_remove (self->clients, position);
  bcast_workspace_update_state (self);
}

static void
want (BcastWorkspace    *self,
      BcastClientMirror *client,
      gboolean           wanted)
{
  bcast_client_mirror_set_wanted (client, wanted);
  bcast_network_request_connect (self->network, bcast_client_mirror_get_name (client), wanted);
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

  if (!bcast_workspace_check_open (self, error) || !bcast_client_channel_check (channel, error))
    return FALSE;

  if (bcast_client_mirror_find_subscription (client, channel) == NULL)
    bcast_client_mirror_add_subscription (client, channel);
  bcast_network_request_subscribe (self->network, bcast_client_mirror_get_name (client), channel);
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

  bcast_network_request_unsubscribe (self->network, bcast_client_mirror_get_name (client), channel);
  bcast_workspace_update_state (self);
}
