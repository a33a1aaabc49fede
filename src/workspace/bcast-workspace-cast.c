/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace.h"

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
