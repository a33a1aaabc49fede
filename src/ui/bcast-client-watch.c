/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-watch.h"

/**
 * BcastClientWatch:
 *
 * Tells, at most once for each turn of the main loop, that something about the clients of a workspace or
 * their subscriptions is different. For widgets that show a sum of all that.
 */
struct _BcastClientWatch
{
  GObject         parent_instance;

  BcastWorkspace *workspace;
  GPtrArray      *watched; /* every object with a handler of ours */
  guint           idle_id;
};

G_DEFINE_FINAL_TYPE (BcastClientWatch, bcast_client_watch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
changed_cb (gpointer user_data)
{
  BcastClientWatch *self = user_data;

  self->idle_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
queue_changed (BcastClientWatch *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (changed_cb, self);
}

static void
watch (BcastClientWatch *self,
       gpointer          object,
       const char       *detailed_signal,
       GCallback         callback)
{
  g_signal_connect_swapped (object, detailed_signal, callback, self);
  g_ptr_array_add (self->watched, g_object_ref (object));
}

static void
unwatch_all (BcastClientWatch *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (self->watched->pdata[i], self);
  g_ptr_array_set_size (self->watched, 0);
}

static void rewire (BcastClientWatch *self);

static void
watch_client (BcastClientWatch  *self,
              BcastClientMirror *client)
{
  GListModel *subscriptions = bcast_client_mirror_get_subscriptions (client);
  guint n_subscriptions = g_list_model_get_n_items (subscriptions);

  watch (self, client, "notify", G_CALLBACK (queue_changed));
  watch (self, client, "options-changed", G_CALLBACK (queue_changed));
  watch (self, subscriptions, "items-changed", G_CALLBACK (rewire));
  for (guint i = 0; i < n_subscriptions; i++)
    {
      g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, i);

      watch (self, subscription, "notify::state", G_CALLBACK (queue_changed));
    }
}

/* A handful of objects: making all connections anew is simpler than following each change. */
static void
rewire (BcastClientWatch *self)
{
  unwatch_all (self);
  queue_changed (self);
  if (self->workspace == NULL)
    return;

  GListModel *clients = bcast_workspace_get_clients (self->workspace);
  guint n_clients = g_list_model_get_n_items (clients);

  watch (self, self->workspace, "notify", G_CALLBACK (queue_changed));
  watch (self, clients, "items-changed", G_CALLBACK (rewire));
  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      watch_client (self, client);
    }
}

static void
bcast_client_watch_dispose (GObject *object)
{
  BcastClientWatch *self = BCAST_CLIENT_WATCH (object);

  unwatch_all (self);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_client_watch_parent_class)->dispose (object);
}

static void
bcast_client_watch_finalize (GObject *object)
{
  BcastClientWatch *self = BCAST_CLIENT_WATCH (object);

  g_ptr_array_unref (self->watched);

  G_OBJECT_CLASS (bcast_client_watch_parent_class)->finalize (object);
}

static void
bcast_client_watch_class_init (BcastClientWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bcast_client_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = bcast_client_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_client_watch_init (BcastClientWatch *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * bcast_client_watch_new:
 *
 * Returns: (transfer full): a watch on nothing yet
 */
BcastClientWatch *
bcast_client_watch_new (void)
{
  return g_object_new (BCAST_TYPE_CLIENT_WATCH, NULL);
}

/**
 * bcast_client_watch_set_workspace:
 * @self: a watch
 * @workspace: (nullable): whose clients to watch
 *
 * Watches the clients of another workspace. “changed” follows.
 */
void
bcast_client_watch_set_workspace (BcastClientWatch *self,
                                  BcastWorkspace   *workspace)
{
  g_return_if_fail (BCAST_IS_CLIENT_WATCH (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (g_set_object (&self->workspace, workspace))
    rewire (self);
}

/**
 * bcast_client_watch_count_confirmed:
 * @self: a watch
 *
 * Returns: the number of channels, counted once for each client, that a server confirmed
 */
guint
bcast_client_watch_count_confirmed (BcastClientWatch *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_WATCH (self), 0);

  guint n_confirmed = 0;

  for (guint i = 0; i < self->watched->len; i++)
    if (BCAST_IS_SUBSCRIPTION_MIRROR (self->watched->pdata[i])
        && bcast_subscription_mirror_get_state (self->watched->pdata[i]) == BCAST_SUBSCRIPTION_SUBSCRIBED)
      n_confirmed++;
  return n_confirmed;
}
