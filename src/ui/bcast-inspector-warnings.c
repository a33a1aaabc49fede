/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector-warnings.h"

#define MAX_ROWS_BACK 64 /* as many as the timeline reads at once */

/* The texts belong to the mirrors, which nobody changes meanwhile. */
static GArray *
list_subscriptions (BcastWorkspace *workspace)
{
  GListModel *clients = bcast_workspace_get_clients (workspace);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (BcastNearMissSubscription));
  guint n_clients = g_list_model_get_n_items (clients);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);
      GListModel *subscriptions = bcast_client_mirror_get_subscriptions (client);
      guint n_subscriptions = g_list_model_get_n_items (subscriptions);

      for (guint j = 0; j < n_subscriptions; j++)
        {
          g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, j);
          BcastNearMissSubscription entry = { bcast_client_mirror_get_name (client),
                                              bcast_subscription_mirror_get_channel (subscription) };

          g_array_append_val (list, entry);
        }
    }
  return list;
}

static void
add_seen (GPtrArray              *names,
          BcastEvent             *earlier,
          const BcastEventRecord *record)
{
  const BcastEventRecord *other = bcast_event_get_record (earlier);

  if (bcast_event_get_n_deliveries (earlier) > 0 && g_strcmp0 (other->channel, record->channel) == 0
      && other->name != NULL
      && !g_ptr_array_find_with_equal_func (names, other->name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (other->name));
}

/* Names that came on the same channel shortly before. */
static char **
list_seen_names (BcastWorkspace         *workspace,
                 const BcastEventRecord *record)
{
  GListModel *timeline = G_LIST_MODEL (bcast_workspace_get_timeline (workspace));
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BcastEvent) found = NULL;
  guint position = 0;

  if (timeline != NULL)
    found = bcast_event_list_find (BCAST_EVENT_LIST (timeline), record->id, &position);
  for (guint i = 1; found != NULL && i <= MIN (position, MAX_ROWS_BACK); i++)
    {
      g_autoptr(BcastEvent) earlier = g_list_model_get_item (timeline, position - i);

      if (earlier != NULL)
        add_seen (names, earlier, record);
    }

  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * bcast_inspector_warnings_find:
 * @workspace: where @event is from
 * @event: an event
 *
 * Looks for names that are almost right. The channel is judged only when nobody here was subscribed to it:
 * by those who are subscribed now.
 *
 * Returns: (transfer full) (element-type BcastNearMiss): what it found
 */
GPtrArray *
bcast_inspector_warnings_find (BcastWorkspace *workspace,
                               BcastEvent     *event)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (BCAST_IS_EVENT (event), NULL);

  const BcastEventRecord *record = bcast_event_get_record (event);
  g_autoptr(GArray) subscriptions = list_subscriptions (workspace);
  g_auto(GStrv) seen_names = list_seen_names (workspace, record);
  GPtrArray *misses = bcast_near_miss_find (record->channel != NULL ? record->channel : "",
                                            record->name != NULL ? record->name : "",
                                            (const BcastNearMissSubscription *) subscriptions->data,
                                            subscriptions->len, (const char * const *) seen_names);

  for (guint i = misses->len; i > 0; i--)
    if (((BcastNearMiss *) misses->pdata[i - 1])->is_channel && record->outcome != BCAST_EVENT_UNHEARD)
      g_ptr_array_remove_index (misses, i - 1);
  return misses;
}
