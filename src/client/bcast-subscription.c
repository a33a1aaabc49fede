/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-subscription-private.h"

/**
 * BcastSubscription:
 *
 * One client's hold on one channel. It lives as long as the user wants the channel, over any number
 * of connections.
 */
struct _BcastSubscription
{
  GObject                 parent_instance;

  char                   *channel;
  BcastSubscriptionState  state;
  GError                 *error; /* only while refused, or subscribed with a problem */
  BcastMemberList        *members;
  gint64                  count; /* -1: the server has not told */
};

G_DEFINE_FINAL_TYPE (BcastSubscription, bcast_subscription, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CHANNEL,
  PROP_STATE,
  PROP_MEMBERS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const char * const nicks[] = {
  [BCAST_SUBSCRIPTION_WAITING] = "waiting",
  [BCAST_SUBSCRIPTION_SUBSCRIBING] = "subscribing",
  [BCAST_SUBSCRIPTION_SUBSCRIBED] = "subscribed",
  [BCAST_SUBSCRIPTION_REFUSED] = "refused",
};

static void
bcast_subscription_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BcastSubscription *self = BCAST_SUBSCRIPTION (object);

  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_value_set_string (value, self->channel);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_MEMBERS:
      g_value_set_object (value, self->members);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_subscription_finalize (GObject *object)
{
  BcastSubscription *self = BCAST_SUBSCRIPTION (object);

  g_free (self->channel);
  g_clear_error (&self->error);
  g_object_unref (self->members);

  G_OBJECT_CLASS (bcast_subscription_parent_class)->finalize (object);
}

static void
bcast_subscription_class_init (BcastSubscriptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = bcast_subscription_get_property;
  object_class->finalize = bcast_subscription_finalize;

  props[PROP_CHANNEL] = g_param_spec_string ("channel", NULL, NULL, NULL, flags);
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, BCAST_SUBSCRIPTION_WAITING,
                                        BCAST_SUBSCRIPTION_REFUSED, BCAST_SUBSCRIPTION_WAITING, flags);
  props[PROP_MEMBERS] = g_param_spec_object ("members", NULL, NULL, BCAST_TYPE_MEMBER_LIST, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
bcast_subscription_init (BcastSubscription *self)
{
  self->members = bcast_member_list_new ();
  self->count = -1;
}

/**
 * bcast_subscription_new:
 * @channel: a channel's full name
 *
 * Returns: (transfer full): a subscription that waits
 */
BcastSubscription *
bcast_subscription_new (const char *channel)
{
  g_return_val_if_fail (channel != NULL, NULL);

  BcastSubscription *self = g_object_new (BCAST_TYPE_SUBSCRIPTION, NULL);

  self->channel = g_strdup (channel);
  return self;
}

/**
 * bcast_subscription_set_state:
 * @self: a subscription
 * @state: what became of it
 * @error: (nullable): why it was refused
 *
 * Members are known only while subscribed; in any other state the list is emptied.
 */
void
bcast_subscription_set_state (BcastSubscription      *self,
                              BcastSubscriptionState  state,
                              const GError           *error)
{
  g_return_if_fail (BCAST_IS_SUBSCRIPTION (self));
  g_return_if_fail ((state == BCAST_SUBSCRIPTION_REFUSED) == (error != NULL));

  gboolean changed = self->state != state;

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->state = state;
  if (state != BCAST_SUBSCRIPTION_SUBSCRIBED)
    {
      bcast_member_list_clear (self->members);
      self->count = -1;
    }

  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/**
 * bcast_subscription_set_problem:
 * @self: a subscription that is confirmed
 * @problem: (nullable): what is wrong with what comes, such as data that cannot be decrypted
 *
 * The subscription stays, and goes on to receive.
 */
void
bcast_subscription_set_problem (BcastSubscription *self,
                                const GError      *problem)
{
  g_return_if_fail (BCAST_IS_SUBSCRIPTION (self));
  g_return_if_fail (self->state == BCAST_SUBSCRIPTION_SUBSCRIBED);

  g_clear_error (&self->error);
  self->error = problem != NULL ? g_error_copy (problem) : NULL;
}

/**
 * bcast_subscription_set_count:
 * @self: a subscription
 * @count: how many connections are subscribed to the channel, as the server tells
 */
void
bcast_subscription_set_count (BcastSubscription *self,
                              gint64             count)
{
  g_return_if_fail (BCAST_IS_SUBSCRIPTION (self));

  self->count = count;
}

/**
 * bcast_subscription_get_channel:
 * @self: a subscription
 *
 * Returns: the channel's full name
 */
const char *
bcast_subscription_get_channel (BcastSubscription *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION (self), NULL);

  return self->channel;
}

/**
 * bcast_subscription_get_state:
 * @self: a subscription
 *
 * Returns: what became of it so far
 */
BcastSubscriptionState
bcast_subscription_get_state (BcastSubscription *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION (self), BCAST_SUBSCRIPTION_WAITING);

  return self->state;
}

/**
 * bcast_subscription_get_error:
 * @self: a subscription
 *
 * Returns: (transfer none) (nullable): why it was refused, or what is wrong with what comes although it
 *   was not; %NULL when all is well
 */
const GError *
bcast_subscription_get_error (BcastSubscription *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION (self), NULL);

  return self->error;
}

/**
 * bcast_subscription_get_members:
 * @self: a subscription
 *
 * Returns: (transfer none): who is there; empty unless subscribed to a presence channel
 */
BcastMemberList *
bcast_subscription_get_members (BcastSubscription *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION (self), NULL);

  return self->members;
}

/**
 * bcast_subscription_get_count:
 * @self: a subscription
 *
 * Returns: how many connections are subscribed to the channel, -1 unless the server tells. Servers tell
 *   it for all but presence channels, when the app asks for it.
 *   Source: Channels documentation, “Events”, section “Subscription count events”.
 */
gint64
bcast_subscription_get_count (BcastSubscription *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION (self), -1);

  return self->count;
}

/**
 * bcast_subscription_state_to_nick:
 * @state: a state
 *
 * Returns: a stable word for @state, for JSON output and style classes
 */
const char *
bcast_subscription_state_to_nick (BcastSubscriptionState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (nicks), "unknown");

  return nicks[state];
}
