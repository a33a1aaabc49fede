/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-mirror-private.h"

/**
 * BcastSubscriptionMirror:
 *
 * What the main context knows of one subscription; the subscription itself lives in the network
 * context.
 */
struct _BcastSubscriptionMirror
{
  GObject                 parent_instance;

  char                   *client;
  char                   *channel;
  BcastSubscriptionState  state;
  char                   *error;
  guint                   n_unread;
  BcastMemberList        *members;
  gint64                  count;
};

G_DEFINE_FINAL_TYPE (BcastSubscriptionMirror, bcast_subscription_mirror, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CLIENT,
  PROP_CHANNEL,
  PROP_STATE,
  PROP_ERROR,
  PROP_N_UNREAD,
  PROP_N_MEMBERS,
  PROP_COUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
bcast_subscription_mirror_finalize (GObject *object)
{
  BcastSubscriptionMirror *self = BCAST_SUBSCRIPTION_MIRROR (object);

  g_free (self->client);
  g_free (self->channel);
  g_free (self->error);
  g_clear_object (&self->members);

  G_OBJECT_CLASS (bcast_subscription_mirror_parent_class)->finalize (object);
}

static void
bcast_subscription_mirror_get_property (GObject    *object,
                                        guint       property_id,
                                        GValue     *value,
                                        GParamSpec *pspec)
{
  BcastSubscriptionMirror *self = BCAST_SUBSCRIPTION_MIRROR (object);

  switch (property_id)
    {
    case PROP_CLIENT:
      g_value_set_string (value, self->client);
      break;
    case PROP_CHANNEL:
      g_value_set_string (value, self->channel);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_N_UNREAD:
      g_value_set_uint (value, self->n_unread);
      break;
    case PROP_N_MEMBERS:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self->members)));
      break;
    case PROP_COUNT:
      g_value_set_int64 (value, self->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bcast_subscription_mirror_class_init (BcastSubscriptionMirrorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = bcast_subscription_mirror_finalize;
  object_class->get_property = bcast_subscription_mirror_get_property;

  properties[PROP_CLIENT] = g_param_spec_string ("client", NULL, NULL, NULL, flags);
  properties[PROP_CHANNEL] = g_param_spec_string ("channel", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_N_UNREAD] = g_param_spec_uint ("n-unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_MEMBERS] = g_param_spec_uint ("n-members", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COUNT] = g_param_spec_int64 ("count", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_subscription_mirror_init (BcastSubscriptionMirror *self)
{
  self->members = bcast_member_list_new ();
  self->count = -1;
}

BcastSubscriptionMirror *
bcast_subscription_mirror_new (const char *client,
                               const char *channel)
{
  BcastSubscriptionMirror *self = g_object_new (BCAST_TYPE_SUBSCRIPTION_MIRROR, NULL);

  self->client = g_strdup (client);
  self->channel = g_strdup (channel);
  return self;
}

void
bcast_subscription_mirror_set_state (BcastSubscriptionMirror *self,
                                     BcastSubscriptionState   state,
                                     const char              *error)
{
  if (g_strcmp0 (self->error, error) != 0)
    {
      g_free (self->error);
      self->error = g_strdup (error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }

  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

/* members: user id and user info by turns, an empty text for no info */
void
bcast_subscription_mirror_set_members (BcastSubscriptionMirror *self,
                                       const char * const      *members)
{
  GListModel *list = G_LIST_MODEL (self->members);
  guint n_before = g_list_model_get_n_items (list);
  g_autoptr(GHashTable) user_ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; members[i] != NULL; i += 2)
    g_hash_table_add (user_ids, (char *) members[i]);
  for (guint i = n_before; i > 0; i--)
    {
      g_autoptr(BcastMember) member = g_list_model_get_item (list, i - 1);

      if (!g_hash_table_contains (user_ids, bcast_member_get_user_id (member)))
        bcast_member_list_remove (self->members, bcast_member_get_user_id (member));
    }

  for (guint i = 0; members[i] != NULL; i += 2)
    {
      const char *info = *members[i + 1] != '\0' ? members[i + 1] : NULL;
      BcastMember *known = bcast_member_list_find (self->members, members[i]);

      if (known == NULL || g_strcmp0 (bcast_member_get_user_info (known), info) != 0)
        bcast_member_list_put (self->members, members[i], info);
    }

  if (g_list_model_get_n_items (list) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MEMBERS]);
}

void
bcast_subscription_mirror_set_count (BcastSubscriptionMirror *self,
                                     gint64                   count)
{
  if (self->count == count)
    return;

  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

void
bcast_subscription_mirror_add_unread (BcastSubscriptionMirror *self,
                                      guint                    n_unread)
{
  if (n_unread == 0)
    return;

  self->n_unread += n_unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNREAD]);
}

/**
 * bcast_subscription_mirror_get_channel:
 * @self: a subscription
 *
 * Returns: the channel's full name
 */
const char *
bcast_subscription_mirror_get_channel (BcastSubscriptionMirror *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self), NULL);

  return self->channel;
}

/**
 * bcast_subscription_mirror_get_client:
 * @self: a subscription
 *
 * Returns: the name of the client that holds it
 */
const char *
bcast_subscription_mirror_get_client (BcastSubscriptionMirror *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self), NULL);

  return self->client;
}

/**
 * bcast_subscription_mirror_get_state:
 * @self: a subscription
 *
 * Returns: its state
 */
BcastSubscriptionState
bcast_subscription_mirror_get_state (BcastSubscriptionMirror *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self), BCAST_SUBSCRIPTION_WAITING);

  return self->state;
}

/**
 * bcast_subscription_mirror_get_error:
 * @self: a subscription
 *
 * Returns: (nullable): why it was refused, or what is wrong with what comes, a sentence
 */
const char *
bcast_subscription_mirror_get_error (BcastSubscriptionMirror *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self), NULL);

  return self->error;
}

/**
 * bcast_subscription_mirror_get_n_unread:
 * @self: a subscription
 *
 * Returns: how many events came since bcast_subscription_mirror_mark_read()
 */
guint
bcast_subscription_mirror_get_n_unread (BcastSubscriptionMirror *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self), 0);

  return self->n_unread;
}

/**
 * bcast_subscription_mirror_mark_read:
 * @self: a subscription
 *
 * The user has seen what came; the count begins at 0 again.
 */
void
bcast_subscription_mirror_mark_read (BcastSubscriptionMirror *self)
{
  g_return_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self));

  if (self->n_unread == 0)
    return;

  self->n_unread = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNREAD]);
}

/**
 * bcast_subscription_mirror_get_members:
 * @self: a subscription
 *
 * Returns: (transfer none): the members of a presence channel; empty for every other type
 */
BcastMemberList *
bcast_subscription_mirror_get_members (BcastSubscriptionMirror *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self), NULL);

  return self->members;
}

/**
 * bcast_subscription_mirror_get_count:
 * @self: a subscription
 *
 * Returns: how many connections are subscribed to the channel, -1 unless the server tells
 */
gint64
bcast_subscription_mirror_get_count (BcastSubscriptionMirror *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_MIRROR (self), -1);

  return self->count;
}
