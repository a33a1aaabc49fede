/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-mirror-private.h"

#define MOST_STEPS 500 /* of a connection's history; ours to choose */

G_DEFINE_FINAL_TYPE (BcastClientMirror, bcast_client_mirror, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_STATE,
  PROP_SOCKET_ID,
  PROP_ERROR,
  PROP_RETRY_US,
  PROP_SIGN_IN_STATE,
  N_PROPS
};

enum
{
  SIGN_IN_CHANGED,
  OPTIONS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
bcast_client_mirror_finalize (GObject *object)
{
  BcastClientMirror *self = BCAST_CLIENT_MIRROR (object);

  bcast_client_options_free (self->options);
  g_free (self->socket_id);
  g_free (self->error);
  g_object_unref (self->history);
  g_free (self->sign_in_error);
  g_free (self->signed_in_id);
  g_strfreev (self->online);
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
      g_value_set_string (value, self->options->name);
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
    case PROP_RETRY_US:
      g_value_set_int64 (value, self->retry_us);
      break;
    case PROP_SIGN_IN_STATE:
      g_value_set_int (value, self->sign_in_state);
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
  properties[PROP_RETRY_US] = g_param_spec_int64 ("retry-us", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SIGN_IN_STATE] = g_param_spec_int ("sign-in-state", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGN_IN_CHANGED] = g_signal_new ("sign-in-changed", BCAST_TYPE_CLIENT_MIRROR, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPTIONS_CHANGED] = g_signal_new ("options-changed", BCAST_TYPE_CLIENT_MIRROR, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_client_mirror_init (BcastClientMirror *self)
{
  self->subscriptions = g_list_store_new (BCAST_TYPE_SUBSCRIPTION_MIRROR);
  self->by_channel = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->connect_us = -1;
  self->history = g_list_store_new (BCAST_TYPE_CONNECTION_STEP);
  self->online = g_new0 (char *, 1);
}

BcastClientMirror *
bcast_client_mirror_new (const BcastClientOptions *options)
{
  BcastClientMirror *self = g_object_new (BCAST_TYPE_CLIENT_MIRROR, NULL);

  self->options = bcast_client_options_copy (options);
  return self;
}

void
bcast_client_mirror_set_options (BcastClientMirror        *self,
                                 const BcastClientOptions *options)
{
  g_autoptr(BcastClientOptions) before = g_steal_pointer (&self->options);

  self->options = bcast_client_options_copy (options);
  g_signal_emit (self, signals[OPTIONS_CHANGED], 0);
}

void
bcast_client_mirror_emit_sign_in_changed (BcastClientMirror *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGN_IN_STATE]);
  g_signal_emit (self, signals[SIGN_IN_CHANGED], 0);
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

void
bcast_client_mirror_set_retry_us (BcastClientMirror *self,
                                  gint64             retry_us)
{
  if (self->retry_us == retry_us)
    return;

  self->retry_us = retry_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_US]);
}

/* Adds what happened, and forgets the oldest of what is too much. */
void
bcast_client_mirror_add_steps (BcastClientMirror *self,
                               GPtrArray         *steps)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  guint n_too_many = n_before + steps->len > MOST_STEPS ? n_before + steps->len - MOST_STEPS : 0;

  g_list_store_splice (self->history, n_before, 0, steps->pdata, steps->len);
  if (n_too_many > 0)
    g_list_store_splice (self->history, 0, n_too_many, NULL, 0);
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

  return self->options->name;
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

  return self->options->user_id;
}

/**
 * bcast_client_mirror_get_options:
 * @self: a client
 *
 * Returns: (transfer none): who it is and how it is authorized; "options-changed" is emitted when others
 *   take their place
 */
const BcastClientOptions *
bcast_client_mirror_get_options (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return self->options;
}

/**
 * bcast_client_mirror_get_retry_us:
 * @self: a client
 *
 * Returns: the monotonic time at which the next attempt to connect begins, 0 when none waits
 */
gint64
bcast_client_mirror_get_retry_us (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), 0);

  return self->retry_us;
}

/**
 * bcast_client_mirror_get_history:
 * @self: a client
 *
 * Returns: (transfer none): a list of #BcastConnectionStep: what became of its connection, the newest last.
 *   The oldest are forgotten.
 */
GListModel *
bcast_client_mirror_get_history (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return G_LIST_MODEL (self->history);
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
