/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests of a refresh, one after the other. */

#include "bcast-channel-directory-private.h"

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-member.h"
#include "bcast-workspace-sandbox.h"

#define PRESENCE_PREFIX "presence-"
#define MAX_COUNTED     200 /* of the sandbox, which has them at hand */

static void ask_channels (BcastChannelDirectory *self);

/*
 * bcast_channel_directory_stop:
 * @self: a directory
 *
 * Gives up on the answers that are waited for.
 */
void
bcast_channel_directory_stop (BcastChannelDirectory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->found, g_hash_table_unref);
  self->again = FALSE;
}

static void
finish (BcastChannelDirectory *self)
{
  gboolean again = self->again;

  bcast_channel_directory_stop (self);
  bcast_channel_directory_emit_changed (self);
  if (again)
    bcast_channel_directory_refresh (self);
}

/* Objects of channels that stay are the same ones, so that what is selected stays selected. */
static GPtrArray *
make_channels (BcastChannelDirectory *self)
{
  GPtrArray *made = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_channels = g_list_model_get_n_items (G_LIST_MODEL (self->channels));
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (self->found), (GCompareFunc) g_strcmp0);

  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr(BcastOccupiedChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      g_hash_table_insert (known, (char *) bcast_occupied_channel_get_name (channel), channel);
    }
  for (GList *l = names; l != NULL; l = l->next)
    {
      BcastOccupiedChannel *channel = g_hash_table_lookup (known, l->data);

      channel = channel != NULL ? g_object_ref (channel) : bcast_occupied_channel_new (l->data);
      bcast_occupied_channel_set_counts (channel, g_hash_table_lookup (self->found, l->data));
      g_ptr_array_add (made, channel);
    }
  return made;
}

static gboolean
is_at (GListStore *store,
       guint       position,
       gpointer    item)
{
  g_autoptr(GObject) there = g_list_model_get_item (G_LIST_MODEL (store), position);

  return there == item;
}

/* Tells only of the part that is another one. */
static void
replace (GListStore *store,
         GPtrArray  *items)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint start = 0;
  guint n_same = 0;

  while (start < n_before && start < items->len && is_at (store, start, items->pdata[start]))
    start++;
  while (n_same < n_before - start && n_same < items->len - start
         && is_at (store, n_before - 1 - n_same, items->pdata[items->len - 1 - n_same]))
    n_same++;
  if (n_before - n_same > start || items->len - n_same > start)
    g_list_store_splice (store, start, n_before - start - n_same, items->pdata + start,
                         items->len - start - n_same);
}

static gboolean
has_same_users (BcastChannelDirectory *self,
                GPtrArray             *users)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->users)) != users->len)
    return FALSE;
  for (guint i = 0; i < users->len; i++)
    {
      g_autoptr(BcastMember) user = g_list_model_get_item (G_LIST_MODEL (self->users), i);

      if (!g_str_equal (bcast_member_get_user_id (user), bcast_member_get_user_id (users->pdata[i])))
        return FALSE;
    }
  return TRUE;
}

static void
users_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BcastChannelDirectory) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = bcast_workspace_query_finish (BCAST_WORKSPACE (object), result, &error);
  g_autoptr(GPtrArray) users = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (body != NULL)
    users = bcast_channel_directory_parse_users (body, &error);
  g_clear_error (&self->users_error);
  self->users_error = g_steal_pointer (&error);
  if (users == NULL)
    g_list_store_remove_all (self->users);
  else if (!has_same_users (self, users))
    g_list_store_splice (self->users, 0, g_list_model_get_n_items (G_LIST_MODEL (self->users)), users->pdata,
                         users->len);
  finish (self);
}

static void
ask_users (BcastChannelDirectory *self)
{
  if (self->chosen == NULL || !g_hash_table_contains (self->found, self->chosen)
      || !bcast_channel_type_is_presence (bcast_channel_name_find_type (self->chosen)))
    {
      g_clear_error (&self->users_error);
      g_list_store_remove_all (self->users);
      finish (self);
      return;
    }
  bcast_workspace_query_async (self->workspace, self->chosen, TRUE, NULL, NULL, self->cancellable, users_cb,
                               g_object_ref (self));
}

static void
show_channels (BcastChannelDirectory *self)
{
  g_autoptr(GPtrArray) channels = make_channels (self);

  self->has_answer = TRUE;
  g_clear_error (&self->error);
  replace (self->channels, channels);
  ask_users (self);
}

typedef struct
{
  BcastChannelDirectory *directory;
  char                  *channel;
} Counting;

static void
counting_free (Counting *counting)
{
  g_object_unref (counting->directory);
  g_free (counting->channel);
  g_free (counting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counting, counting_free)

/* A channel is worth showing without its number. */
static void
count_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Counting) counting = user_data;
  BcastChannelDirectory *self = counting->directory;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = bcast_workspace_query_finish (BCAST_WORKSPACE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (body != NULL)
    bcast_channel_directory_parse_counts (body, g_hash_table_lookup (self->found, counting->channel));
  if (--self->n_counting == 0)
    show_channels (self);
}

static void
ask_count (BcastChannelDirectory *self,
           const char            *channel)
{
  Counting *counting = g_new (Counting, 1);

  counting->directory = g_object_ref (self);
  counting->channel = g_strdup (channel);
  self->n_counting++;
  bcast_workspace_query_async (self->workspace, channel, FALSE, NULL, "subscription_count", self->cancellable, count_cb,
                               counting);
}

/* One request a channel: of a server that charges for them, only what is looked at is asked. */
static gboolean
is_count_wanted (BcastChannelDirectory *self,
                 const char            *channel)
{
  if (!self->no_counts || bcast_channel_type_is_presence (bcast_channel_name_find_type (channel)))
    return FALSE;
  return bcast_workspace_get_sandbox_log (self->workspace) != NULL
         ? self->n_counting < MAX_COUNTED : g_strcmp0 (channel, self->chosen) == 0;
}

static void
ask_counts (BcastChannelDirectory *self)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (self->found), (GCompareFunc) g_strcmp0);

  self->n_counting = 0;
  for (GList *l = names; l != NULL; l = l->next)
    if (is_count_wanted (self, l->data))
      ask_count (self, l->data);
  if (self->n_counting == 0)
    show_channels (self);
}

/* Channels are worth showing without the numbers of their users. */
static void
presence_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(BcastChannelDirectory) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = bcast_workspace_query_finish (BCAST_WORKSPACE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (body != NULL)
    (void) bcast_channel_directory_parse_channels (body, self->found, NULL);
  ask_counts (self);
}

/* The number of users is told only where all channels that are asked about have it. */
static void
ask_presence (BcastChannelDirectory *self)
{
  const char *prefix = self->prefix != NULL ? self->prefix : "";
  gboolean any = FALSE;
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->found);
  while (!any && g_hash_table_iter_next (&iter, &name, NULL))
    any = g_str_has_prefix (name, PRESENCE_PREFIX);
  if (any)
    bcast_workspace_query_async (self->workspace, NULL, FALSE,
                                 g_str_has_prefix (prefix, PRESENCE_PREFIX) ? prefix : PRESENCE_PREFIX, "user_count",
                                 self->cancellable, presence_cb, g_object_ref (self));
  else
    ask_counts (self);
}

static void
fail (BcastChannelDirectory *self,
      GError                *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->has_answer = TRUE;
  g_list_store_remove_all (self->channels);
  g_list_store_remove_all (self->users);
  finish (self);
}

static void
channels_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(BcastChannelDirectory) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = bcast_workspace_query_finish (BCAST_WORKSPACE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The documentation does not list it for `GET channels`: a server may refuse to tell. */
  if (!self->no_counts && g_error_matches (error, BCAST_ERROR, BCAST_ERROR_REFUSED))
    {
      self->no_counts = TRUE;
      ask_channels (self);
      return;
    }
  if (body != NULL && bcast_channel_directory_parse_channels (body, self->found, &error))
    ask_presence (self);
  else
    fail (self, g_steal_pointer (&error));
}

static void
ask_channels (BcastChannelDirectory *self)
{
  gboolean counts = !self->no_counts && (self->prefix == NULL || !g_str_has_prefix (self->prefix, PRESENCE_PREFIX));

  bcast_workspace_query_async (self->workspace, NULL, FALSE, self->prefix, counts ? "subscription_count" : NULL,
                               self->cancellable, channels_cb, g_object_ref (self));
}

/*
 * bcast_channel_directory_ask:
 * @self: a directory with a workspace, that does not ask already
 *
 * Begins a refresh.
 */
void
bcast_channel_directory_ask (BcastChannelDirectory *self)
{
  self->cancellable = g_cancellable_new ();
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  bcast_channel_directory_emit_changed (self);
  ask_channels (self);
}
