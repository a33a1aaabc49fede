/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace.h"

#include "bcast-channel-name.h"

/**
 * bcast_workspace_add_members:
 * @self: an open workspace
 * @cast: whom to add
 *
 * Adds clients with their subscriptions. They are not connected yet. Whose name is taken is passed over.
 */
void
bcast_workspace_add_members (BcastWorkspace  *self,
                             const BcastCast *cast)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (cast != NULL);

  for (guint i = 0; i < cast->members->len; i++)
    {
      const BcastCastMember *member = cast->members->pdata[i];
      BcastClientMirror *client = bcast_workspace_add_client_with (self, member->options, NULL);

      for (guint j = 0; client != NULL && j < member->channels->len; j++)
        bcast_workspace_subscribe (self, client, member->channels->pdata[j], NULL);
    }
}

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
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  g_autoptr(BcastCast) cast = bcast_cast_new_ready ();

  bcast_workspace_add_members (self, cast);
}

/* The channel of a user comes with the sign-in, by itself. */
static void
join_all (BcastCastMember *member,
          GListModel      *subscriptions)
{
  for (guint i = 0; i < g_list_model_get_n_items (subscriptions); i++)
    {
      g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, i);
      const char *channel = bcast_subscription_mirror_get_channel (subscription);

      if (bcast_channel_name_find_type (channel) != BCAST_CHANNEL_SERVER_TO_USER)
        bcast_cast_member_join (member, channel);
    }
}

/**
 * bcast_workspace_dup_cast:
 * @self: a workspace
 *
 * Returns: (transfer full): its clients with the subscriptions that were asked for
 */
BcastCast *
bcast_workspace_dup_cast (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  BcastCast *cast = bcast_cast_new ();
  GListModel *clients = bcast_workspace_get_clients (self);

  for (guint i = 0; i < g_list_model_get_n_items (clients); i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      join_all (bcast_cast_add (cast, bcast_client_mirror_get_options (client)),
                bcast_client_mirror_get_subscriptions (client));
    }
  return cast;
}
