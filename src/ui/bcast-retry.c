/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-retry.h"

/**
 * bcast_retry_find_next:
 * @workspace: a workspace
 *
 * Returns: the monotonic time at which the first of its clients tries to connect again, 0 when none does
 */
gint64
bcast_retry_find_next (BcastWorkspace *workspace)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (workspace), 0);

  GListModel *clients = bcast_workspace_get_clients (workspace);
  guint n_clients = g_list_model_get_n_items (clients);
  gint64 next_us = 0;

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);
      gint64 retry_us = bcast_client_mirror_get_retry_us (client);

      if (retry_us > 0 && (next_us == 0 || retry_us < next_us))
        next_us = retry_us;
    }
  return next_us;
}

/**
 * bcast_retry_now:
 * @workspace: a workspace
 *
 * Connects the clients that wait for their next attempt; those that a person has disconnected stay so.
 */
void
bcast_retry_now (BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (workspace));

  GListModel *clients = bcast_workspace_get_clients (workspace);
  guint n_clients = g_list_model_get_n_items (clients);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      if (bcast_client_mirror_get_retry_us (client) > 0)
        bcast_workspace_connect (workspace, client);
    }
}
