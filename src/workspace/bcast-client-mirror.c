/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-mirror-private.h"

/**
 * BcastClientMirror:
 *
 * What the main context knows of one client; the client itself lives in the network context.
 */
struct _BcastClientMirror
{
  GObject           parent_instance;

  char             *name;
  char             *user_id;
  BcastClientState  state;
  char             *socket_id;
  char             *error;
  gint64            connect_us;
  gboolean          wanted; /* whether the user wants it connected */
  GListStore       *subscriptions;
  GHashTable       *by_channel;   /* the same, by their channel: there may be thousands */
  guint             n_subscribed; /* of them, those that the server has confirmed */
};

G_DEFINE_FINAL_TYPE (BcastClientMirror, bcast_client_mirror, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_STATE,
  PROP_SOCKET_ID,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
bcast_client_mirror_finalize (GObject *object)
{
  BcastClientMirror *self = BCAST_CLIENT_MIRROR (object);

  g_free (self->name);
  g_free (self->user_id);
  g_free (self->socket_id);
  g_free (self->error);
  g_hash_table_unref (self->by_channel);
  g_clear_object (&self->subscriptions);

  G_OBJECT_CLASS (bcast_client_mirror_parent_class)->finalize (object);
}

static void
bcast_client_mirror_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BcastClientMirror *self = BCAST_CLIENT_MIRROR (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_SOCKET_ID:
      g_value_set_string (value, self->socket_id);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bcast_client_mirror_class_init (BcastClientMirrorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = bcast_client_mirror_finalize;
  object_class->get_property = bcast_client_mirror_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SOCKET_ID] = g_param_spec_string ("socket-id", NULL, NULL, NULL, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_client_mirror_init (BcastClientMirror *self)
{
  self->subscriptions = g_list_store_new (BCAST_TYPE_SUBSCRIPTION_MIRROR);
  self->by_channel = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->connect_us = -1;
}

BcastClientMirror *
bcast_client_mirror_new (const char *name,
                         const char *user_id)
{
  BcastClientMirror *self = g_object_new (BCAST_TYPE_CLIENT_MIRROR, NULL);

  self->name = g_strdup (name);
  self->user_id = g_strdup (user_id);
  return self;
}

static void
set_text (BcastClientMirror  *self,
          char              **field,
          const char         *text,
          guint               property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
bcast_client_mirror_set_state (BcastClientMirror *self,
                               BcastClientState   state,
                               const char        *socket_id,
                               gint64             connect_us,
                               const char        *error)
{
  self->connect_us = connect_us;
  set_text (self, &self->socket_id, socket_id, PROP_SOCKET_ID);
  set_text (self, &self->error, error, PROP_ERROR);

  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

gint64
bcast_client_mirror_get_connect_us (BcastClientMirror *self)
{
  return self->connect_us;
}

void
bcast_client_mirror_set_wanted (BcastClientMirror *self,
                                gboolean           wanted)
{
  self->wanted = wanted;
}

gboolean
bcast_client_mirror_get_wanted (BcastClientMirror *self)
{
  return self->wanted;
}

BcastSubscriptionMirror *
bcast_client_mirror_add_subscription (BcastClientMirror *self,
                                      const char        *channel)
{
  g_autoptr(BcastSubscriptionMirror) subscription = bcast_subscription_mirror_new (self->name, channel);

  g_hash_table_insert (self->by_channel, (char *) bcast_subscription_mirror_get_channel (subscription),
                       g_object_ref (subscription));
  g_list_store_append (self->subscriptions, subscription);
  return subscription;
}

static gboolean
is_subscribed (BcastSubscriptionMirror *subscription)
{
  return bcast_subscription_mirror_get_state (subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED;
}

void
bcast_client_mirror_set_subscription_state (BcastClientMirror       *self,
                                            BcastSubscriptionMirror *subscription,
                                            BcastSubscriptionState   state,
                                            const char              *error)
{
  self->n_subscribed -= is_subscribed (subscription);
  self->n_subscribed += state == BCAST_SUBSCRIPTION_SUBSCRIBED;
  bcast_subscription_mirror_set_state (subscription, state, error);
}

guint
bcast_client_mirror_count_subscribed (BcastClientMirror *self)
{
  return self->n_subscribed;
}

gboolean
bcast_client_mirror_remove_subscription (BcastClientMirror *self,
                                         const char        *channel)
{
  BcastSubscriptionMirror *subscription = bcast_client_mirror_find_subscription (self, channel);
  guint position;

  if (subscription == NULL || !g_list_store_find (self->subscriptions, subscription, &position))
    return FALSE;

  self->n_subscribed -= is_subscribed (subscription);
  g_list_store_remove (self->subscriptions, position);
  g_hash_table_remove (self->by_channel, channel);
  return TRUE;
}

/**
 * bcast_client_mirror_get_name:
 * @self: a client
 *
 * Returns: its name, unique in its workspace
 */
const char *
bcast_client_mirror_get_name (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return self->name;
}

/**
 * bcast_client_mirror_get_user_id:
 * @self: a client
 *
 * Returns: (nullable): the user it acts as
 */
const char *
bcast_client_mirror_get_user_id (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return self->user_id;
}

/**
 * bcast_client_mirror_get_state:
 * @self: a client
 *
 * Returns: the state of its connection
 */
BcastClientState
bcast_client_mirror_get_state (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), BCAST_CLIENT_INITIALIZED);

  return self->state;
}

/**
 * bcast_client_mirror_get_socket_id:
 * @self: a client
 *
 * Returns: (nullable): its socket id while it is connected
 */
const char *
bcast_client_mirror_get_socket_id (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return self->socket_id;
}

/**
 * bcast_client_mirror_get_error:
 * @self: a client
 *
 * Returns: (nullable): why it is not connected, a sentence
 */
const char *
bcast_client_mirror_get_error (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return self->error;
}

/**
 * bcast_client_mirror_get_subscriptions:
 * @self: a client
 *
 * Returns: (transfer none): a list of #BcastSubscriptionMirror
 */
GListModel *
bcast_client_mirror_get_subscriptions (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return G_LIST_MODEL (self->subscriptions);
}

/**
 * bcast_client_mirror_find_subscription:
 * @self: a client
 * @channel: a channel's full name
 *
 * Returns: (transfer none) (nullable): the client's subscription to @channel
 */
BcastSubscriptionMirror *
bcast_client_mirror_find_subscription (BcastClientMirror *self,
                                       const char        *channel)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  return g_hash_table_lookup (self->by_channel, channel);
}
