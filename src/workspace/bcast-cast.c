/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-cast-private.h"

const char * const bcast_cast_signers[BCAST_CAST_N_SIGNERS] = {
  [BCAST_CLIENT_SIGNER_PROFILE] = "profile",
  [BCAST_CLIENT_SIGNER_LOCAL] = "local",
  [BCAST_CLIENT_SIGNER_ENDPOINT] = "endpoint",
};

static void
member_free (gpointer data)
{
  BcastCastMember *self = data;

  bcast_client_options_free (self->options);
  g_ptr_array_unref (self->channels);
  g_free (self);
}

/**
 * bcast_cast_new:
 *
 * Returns: (transfer full): a cast of nobody
 */
BcastCast *
bcast_cast_new (void)
{
  BcastCast *self = g_new0 (BcastCast, 1);

  self->members = g_ptr_array_new_with_free_func (member_free);
  return self;
}

/**
 * bcast_cast_new_ready:
 *
 * Returns: (transfer full): Alice and Bob with a public, a private and a presence channel, as a first start
 *   shows them
 */
BcastCast *
bcast_cast_new_ready (void)
{
  static const struct { const char *name, *user_id, *user_info, *channels[4]; } ready[] = {
    { "Alice", "alice", "{\"name\":\"Alice\"}", { "releases", "private-user.1", "presence-lobby", NULL } },
    { "Bob", "bob", "{\"name\":\"Bob\"}", { "releases", "presence-lobby", NULL } },
  };
  BcastCast *self = bcast_cast_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ready); i++)
    {
      g_autoptr(BcastClientOptions) options = bcast_client_options_new (ready[i].name);
      BcastCastMember *member;

      options->user_id = g_strdup (ready[i].user_id);
      options->user_info = g_strdup (ready[i].user_info);
      member = bcast_cast_add (self, options);
      for (guint j = 0; ready[i].channels[j] != NULL; j++)
        bcast_cast_member_join (member, ready[i].channels[j]);
    }
  return self;
}

/**
 * bcast_cast_free:
 * @self: (transfer full) (nullable): a cast
 */
void
bcast_cast_free (BcastCast *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->members);
  g_free (self);
}

/**
 * bcast_cast_add:
 * @self: a cast
 * @options: who the client is; copied
 *
 * Returns: (transfer none): the new member, the last
 */
BcastCastMember *
bcast_cast_add (BcastCast                *self,
                const BcastClientOptions *options)
{
  g_return_val_if_fail (self != NULL && options != NULL, NULL);

  BcastCastMember *member = g_new0 (BcastCastMember, 1);

  member->options = bcast_client_options_copy (options);
  member->channels = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->members, member);
  return member;
}

/**
 * bcast_cast_member_join:
 * @self: one of a cast
 * @channel: a channel's full name
 */
void
bcast_cast_member_join (BcastCastMember *self,
                        const char      *channel)
{
  g_return_if_fail (self != NULL && channel != NULL);

  g_ptr_array_add (self->channels, g_strdup (channel));
}

gboolean
bcast_cast_member_has_secrets (const BcastCastMember *self)
{
  g_autoptr(BcastAuthorizerSecrets) secrets = bcast_client_options_dup_secrets (self->options);

  return !bcast_authorizer_secrets_is_empty (secrets);
}
