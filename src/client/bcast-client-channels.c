/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-subscription-private.h"

static void
hold_free (gpointer data)
{
  BcastHold *hold = data;

  g_cancellable_cancel (hold->authorizing);
  g_clear_object (&hold->authorizing);
  g_clear_object (&hold->subscription);
  bcast_hold_forget_key (hold);
  g_clear_pointer (&hold->parked, bcast_authorization_free);
  bcast_waiters_free (hold->waiters);
  g_free (hold->channel);
  g_free (hold);
}

/* Everybody who waited for the subscription has lost interest. */
static void
deserted_cb (gpointer user_data)
{
  BcastHold *hold = user_data;

  if (!hold->lasting && hold->subscription != NULL)
    bcast_client_unsubscribe (hold->client, hold->channel);
}

static BcastHold *
hold_new (BcastClient *client,
          const char  *channel)
{
  BcastHold *hold = g_new0 (BcastHold, 1);

  hold->client = client;
  hold->channel = g_strdup (channel);
  hold->type = bcast_channel_name_find_type (channel);
  hold->waiters = bcast_waiters_new (client->context, deserted_cb, hold);
  return hold;
}

static void
set_hold_state (BcastHold              *hold,
                BcastSubscriptionState  state,
                const GError           *error)
{
  g_autoptr(BcastSubscription) subscription = g_object_ref (hold->subscription);
  BcastClient *self = hold->client;

  /* The subscription and its members tell of it themselves, and whoever hears that may leave the channel. */
  bcast_subscription_set_state (subscription, state, error);
  bcast_client_emit_subscription_changed (self, subscription);
}

void
bcast_client_channels_init (BcastClient *self)
{
  self->subscriptions = g_list_store_new (BCAST_TYPE_SUBSCRIPTION);
  self->holds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, hold_free);
  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_frame_unref);
}

/* The object dies: nobody hears of it any more. */
void
bcast_client_channels_clear (BcastClient *self)
{
  g_hash_table_remove_all (self->holds);
}

BcastHold *
bcast_client_find_hold (BcastClient *self,
                        const char  *channel)
{
  return g_hash_table_lookup (self->holds, channel);
}

static gboolean
is_current (BcastHold         *hold,
            BcastSubscription *subscription)
{
  return hold != NULL && hold->subscription == subscription;
}

/* Whether the server was asked and has not answered. */
gboolean
bcast_hold_is_pending (BcastHold *hold)
{
  return hold->requested
         && (hold->subscription == NULL
             || bcast_subscription_get_state (hold->subscription) == BCAST_SUBSCRIPTION_SUBSCRIBING);
}

/* The server confirmed the subscription: those who waited are served. */
void
bcast_hold_confirm (BcastHold *hold)
{
  BcastClient *self = hold->client;
  g_autoptr(BcastSubscription) subscription = g_object_ref (hold->subscription);

  hold->lasting = TRUE;
  set_hold_state (hold, BCAST_SUBSCRIPTION_SUBSCRIBED, NULL);

  hold = bcast_client_find_hold (self, bcast_subscription_get_channel (subscription));
  if (is_current (hold, subscription))
    bcast_waiters_finish (hold->waiters, NULL);
}

/* The authorizer or the server said no. */
void
bcast_hold_refuse (BcastHold    *hold,
                   const GError *error)
{
  BcastClient *self = hold->client;

  if (hold->subscription == NULL)
    {
      hold->requested = FALSE;
      bcast_hold_end (hold);
      return;
    }

  g_autoptr(BcastSubscription) subscription = g_object_ref (hold->subscription);

  hold->lasting = TRUE;
  set_hold_state (hold, BCAST_SUBSCRIPTION_REFUSED, error);

  hold = bcast_client_find_hold (self, bcast_subscription_get_channel (subscription));
  if (is_current (hold, subscription))
    bcast_waiters_finish (hold->waiters, error);
}

static void
send_subscribe (BcastHold  *hold,
                const char *auth,
                const char *channel_data)
{
  g_autofree char *text = bcast_frame_format_subscribe (hold->channel, auth, channel_data);

  hold->requested = TRUE;
  bcast_socket_send (hold->client->socket, text);
}

/* Without channel_data the server takes the user who is signed in. Source: Channels documentation,
 * “Presence channels”; waiting for the sign-in as in pusher-js, PresenceChannel.authorize. */
static void
join_as_user (BcastHold          *hold,
              BcastAuthorization *authorization)
{
  BcastClient *self = hold->client;
  g_autoptr(BcastAuthorization) owned = authorization;
  g_autoptr(GError) error = NULL;

  if (bcast_client_sign_in_is_pending (self))
    {
      hold->parked = g_steal_pointer (&owned);
      return;
    }

  if (self->sign_in_state == BCAST_SIGN_IN_DONE)
    {
      send_subscribe (hold, owned->auth, NULL);
      return;
    }

  error = g_error_new (BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                       _("“%s” was signed without channel_data, which tells a presence channel who "
                         "joins. Have the authorizer add it, or sign the client in."), hold->channel);
  bcast_hold_refuse (hold, error);
}

/* The sign-in came to something: those who waited to know who joins go on. */
void
bcast_client_channels_unpark (BcastClient *self)
{
  g_autoptr(GPtrArray) channels = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->holds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((BcastHold *) value)->parked != NULL)
      g_ptr_array_add (channels, g_strdup (((BcastHold *) value)->channel));

  for (guint i = 0; i < channels->len; i++)
    {
      BcastHold *hold = bcast_client_find_hold (self, g_ptr_array_index (channels, i));

      if (hold != NULL && hold->parked != NULL)
        join_as_user (hold, g_steal_pointer (&hold->parked));
    }
}

typedef struct
{
  BcastHold    *hold; /* gone once @cancellable is cancelled */
  GCancellable *cancellable;
} Authorizing;

static void
authorized_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Authorizing *authorizing = user_data;
  g_autoptr(GCancellable) cancellable = authorizing->cancellable;
  BcastHold *hold = authorizing->hold;
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastAuthorization) authorization = NULL;

  authorization = bcast_authorizer_authorize_finish (BCAST_AUTHORIZER (object), result, &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;

  g_clear_object (&hold->authorizing);
  if (authorization == NULL
      || (bcast_channel_type_is_encrypted (hold->type)
          && !bcast_hold_take_key (hold, authorization->shared_secret, &error)))
    bcast_hold_refuse (hold, error);
  else if (authorization->channel_data == NULL && bcast_channel_type_is_presence (hold->type))
    join_as_user (hold, g_steal_pointer (&authorization));
  else
    send_subscribe (hold, authorization->auth, authorization->channel_data);
}

static void
authorize (BcastHold *hold)
{
  BcastClient *self = hold->client;
  Authorizing *authorizing = g_new0 (Authorizing, 1);

  hold->authorizing = g_cancellable_new ();
  authorizing->hold = hold;
  authorizing->cancellable = g_object_ref (hold->authorizing);
  bcast_authorizer_authorize_async (self->authorizer, self->socket_id, hold->channel, self->user_id,
                                    self->user_info, hold->authorizing, authorized_cb, authorizing);
}

/* Starts one subscription on the connection that is there. */
void
bcast_hold_request (BcastHold *hold)
{
  BcastClient *self = hold->client;
  g_autoptr(BcastSubscription) subscription = g_object_ref (hold->subscription);
  g_autoptr(GError) error = NULL;

  hold->requested = FALSE;
  set_hold_state (hold, BCAST_SUBSCRIPTION_SUBSCRIBING, NULL);

  hold = bcast_client_find_hold (self, bcast_subscription_get_channel (subscription));
  if (!is_current (hold, subscription) || hold->requested || hold->authorizing != NULL || hold->parked != NULL
      || !bcast_client_is_usable (self))
    return;

  if (!bcast_channel_type_needs_auth (hold->type))
    send_subscribe (hold, NULL, NULL);
  else if (self->authorizer != NULL)
    authorize (hold);
  else
    {
      error = g_error_new (BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                           _("“%s” needs a signature, and there is nobody to sign. Enter the app's "
                             "secret in the profile."), hold->channel);
      bcast_hold_refuse (hold, error);
    }
}

/* A new connection is there: asks for everything that is wanted, with fresh signatures. */
void
bcast_client_channels_request (BcastClient *self)
{
  g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (self->subscriptions);
  guint epoch = self->epoch;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (wanted, g_list_model_get_item (model, i));

  for (guint i = 0; i < wanted->len && epoch == self->epoch; i++)
    {
      BcastSubscription *subscription = g_ptr_array_index (wanted, i);
      BcastHold *hold = bcast_client_find_hold (self, bcast_subscription_get_channel (subscription));

      if (is_current (hold, subscription) && hold->authorizing == NULL && !hold->requested
          && hold->parked == NULL)
        bcast_hold_request (hold);
    }
}

/* The connection is gone, and with it all that the server knew. Returns what is to be announced. */
GPtrArray *
bcast_client_channels_reset (BcastClient *self)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->holds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BcastHold *hold = value;

      g_cancellable_cancel (hold->authorizing);
      g_clear_object (&hold->authorizing);
      g_clear_pointer (&hold->parked, bcast_authorization_free);
      bcast_hold_forget_key (hold);
      hold->requested = FALSE;
      if (hold->subscription == NULL)
        g_hash_table_iter_remove (&iter);
      else if (bcast_subscription_get_state (hold->subscription) != BCAST_SUBSCRIPTION_REFUSED
               && bcast_subscription_get_state (hold->subscription) != BCAST_SUBSCRIPTION_WAITING)
        g_ptr_array_add (changed, g_object_ref (hold->subscription));
    }

  for (guint i = 0; i < changed->len; i++)
    bcast_subscription_set_state (g_ptr_array_index (changed, i), BCAST_SUBSCRIPTION_WAITING, NULL);
  return changed;
}

/* There will be no connection: who waits for a subscription need not wait on. */
void
bcast_client_channels_fail (BcastClient  *self,
                            const GError *error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->holds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BcastHold *hold = value;

      g_ptr_array_add (all, g_steal_pointer (&hold->waiters));
      hold->waiters = bcast_waiters_new (self->context, deserted_cb, hold);
    }

  for (guint i = 0; i < all->len; i++)
    {
      bcast_waiters_finish (g_ptr_array_index (all, i), error);
      bcast_waiters_free (g_ptr_array_index (all, i));
    }
}

/* Makes sure that @channel is wanted. Returns the client's side of it, or %NULL when a handler of
 * the list's signal took it back at once. */
BcastHold *
bcast_client_want (BcastClient *self,
                   const char  *channel)
{
  BcastHold *hold = bcast_client_find_hold (self, channel);

  if (hold == NULL)
    {
      hold = hold_new (self, channel);
      g_hash_table_insert (self->holds, hold->channel, hold);
    }

  if (hold->subscription != NULL)
    return hold;

  g_autoptr(BcastSubscription) subscription = bcast_subscription_new (channel);

  /* The user comes back to a channel that was being left: the answer still to come will do. */
  if (hold->requested)
    bcast_subscription_set_state (subscription, BCAST_SUBSCRIPTION_SUBSCRIBING, NULL);
  hold->subscription = g_object_ref (subscription);
  g_list_store_append (self->subscriptions, subscription);

  hold = bcast_client_find_hold (self, channel);
  return is_current (hold, subscription) ? hold : NULL;
}

/* Ends the user's wish for a channel. While the server has yet to answer nothing is sent, because
 * it may not know the subscription yet; the answer will be followed by a goodbye. */
void
bcast_hold_leave (BcastHold *hold)
{
  BcastClient *self = hold->client;
  gboolean was_pending = bcast_hold_is_pending (hold);
  g_autoptr(BcastSubscription) subscription = g_steal_pointer (&hold->subscription);
  BcastWaiters *waiters = g_steal_pointer (&hold->waiters);
  g_autoptr(GError) error = NULL;
  guint position;

  hold->waiters = bcast_waiters_new (self->context, deserted_cb, hold);
  hold->lasting = FALSE;
  if (!was_pending)
    bcast_hold_end (hold);

  if (g_list_store_find (self->subscriptions, subscription, &position))
    g_list_store_remove (self->subscriptions, position);

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The channel is not wanted any more."));
  bcast_waiters_finish (waiters, error);
  bcast_waiters_free (waiters);
}

/* Forgets a channel that nobody wants, and tells the server if it was asked for it. */
void
bcast_hold_end (BcastHold *hold)
{
  BcastClient *self = hold->client;

  if (hold->requested)
    {
      g_autofree char *text = bcast_frame_format_unsubscribe (hold->channel);

      bcast_socket_send (self->socket, text);
    }
  g_hash_table_remove (self->holds, hold->channel);
}
