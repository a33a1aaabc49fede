/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-member-list.h"

#include <string.h>

/* A server may name any number of users, and say anything of them; hosted Pusher ends at 100 with a
 * kilobyte each. More than anybody can look at is not worth the memory. */
#define MOST_MEMBERS 100000
#define MOST_BYTES   (32 * 1024 * 1024)

/**
 * BcastMemberList:
 *
 * Who is on a presence channel: a #GListModel of #BcastMember in the order of arrival, with at most
 * one member for each user id.
 */
struct _BcastMemberList
{
  GObject     parent_instance;

  GSequence  *members; /* BcastMember, owned */
  GHashTable *by_id;   /* user id, lent by the member ─▶ its GSequenceIter */
  gsize       bytes;   /* of all ids and infos */
};

static GType
bcast_member_list_get_item_type (GListModel *model)
{
  return BCAST_TYPE_MEMBER;
}

static guint
bcast_member_list_get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (BCAST_MEMBER_LIST (model)->members);
}

static gpointer
bcast_member_list_get_item (GListModel *model,
                            guint       position)
{
  BcastMemberList *self = BCAST_MEMBER_LIST (model);

  if (position >= bcast_member_list_get_n_items (model))
    return NULL;
  return g_object_ref (g_sequence_get (g_sequence_get_iter_at_pos (self->members, (int) position)));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bcast_member_list_get_item_type;
  iface->get_n_items = bcast_member_list_get_n_items;
  iface->get_item = bcast_member_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastMemberList, bcast_member_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
bcast_member_list_finalize (GObject *object)
{
  BcastMemberList *self = BCAST_MEMBER_LIST (object);

  g_hash_table_unref (self->by_id);
  g_sequence_free (self->members);

  G_OBJECT_CLASS (bcast_member_list_parent_class)->finalize (object);
}

static void
bcast_member_list_class_init (BcastMemberListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_member_list_finalize;
}

static void
bcast_member_list_init (BcastMemberList *self)
{
  self->members = g_sequence_new (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

static gsize
measure (BcastMember *member)
{
  const char *info = bcast_member_get_user_info (member);

  return strlen (bcast_member_get_user_id (member)) + (info != NULL ? strlen (info) : 0);
}

/* Puts @member in the place of the one with the same id, or at the end; tells whether one more is
 * there now, in @added, and where. */
static gboolean
store (BcastMemberList *self,
       BcastMember     *member,
       guint           *position,
       gboolean        *added)
{
  const char *user_id = bcast_member_get_user_id (member);
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, user_id);

  gsize bytes = self->bytes + measure (member) - (iter != NULL ? measure (g_sequence_get (iter)) : 0);

  *added = iter == NULL;
  if (bytes > MOST_BYTES)
    return FALSE;
  if (iter != NULL)
    {
      g_hash_table_remove (self->by_id, user_id);
      g_sequence_set (iter, g_object_ref (member));
    }
  else if (g_sequence_get_length (self->members) >= MOST_MEMBERS)
    return FALSE;
  else
    iter = g_sequence_append (self->members, g_object_ref (member));

  self->bytes = bytes;
  g_hash_table_insert (self->by_id, (char *) user_id, iter);
  *position = (guint) g_sequence_iter_get_position (iter);
  return TRUE;
}

/**
 * bcast_member_list_new:
 *
 * Returns: (transfer full): an empty list
 */
BcastMemberList *
bcast_member_list_new (void)
{
  return g_object_new (BCAST_TYPE_MEMBER_LIST, NULL);
}

/**
 * bcast_member_list_put:
 * @self: a list
 * @user_id: a user
 * @user_info: (nullable): what is known about the user, as JSON
 *
 * Adds a user, or replaces what is known about one who is there. What is too much is passed over.
 */
void
bcast_member_list_put (BcastMemberList *self,
                       const char      *user_id,
                       const char      *user_info)
{
  g_return_if_fail (BCAST_IS_MEMBER_LIST (self));
  g_return_if_fail (user_id != NULL);

  g_autoptr(BcastMember) member = bcast_member_new (user_id, user_info);
  guint position = 0;
  gboolean added = FALSE;

  if (store (self, member, &position, &added))
    g_list_model_items_changed (G_LIST_MODEL (self), position, added ? 0 : 1, 1);
}

/**
 * bcast_member_list_remove:
 * @self: a list
 * @user_id: a user
 *
 * Returns: whether the user was there
 */
gboolean
bcast_member_list_remove (BcastMemberList *self,
                          const char      *user_id)
{
  g_return_val_if_fail (BCAST_IS_MEMBER_LIST (self), FALSE);
  g_return_val_if_fail (user_id != NULL, FALSE);

  GSequenceIter *iter = g_hash_table_lookup (self->by_id, user_id);

  if (iter == NULL)
    return FALSE;

  guint position = (guint) g_sequence_iter_get_position (iter);

  self->bytes -= measure (g_sequence_get (iter));
  g_hash_table_remove (self->by_id, user_id);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  return TRUE;
}

/**
 * bcast_member_list_replace:
 * @self: a list
 * @members: (element-type BcastMember): who is there now; of equal user ids the last one counts
 *
 * Replaces all members with one announcement, as a server's roster does.
 */
void
bcast_member_list_replace (BcastMemberList *self,
                           GPtrArray       *members)
{
  g_return_if_fail (BCAST_IS_MEMBER_LIST (self));
  g_return_if_fail (members != NULL);

  guint n_before = bcast_member_list_get_n_items (G_LIST_MODEL (self));

  self->bytes = 0;
  g_hash_table_remove_all (self->by_id);
  g_sequence_remove_range (g_sequence_get_begin_iter (self->members),
                           g_sequence_get_end_iter (self->members));
  for (guint i = 0; i < members->len; i++)
    {
      guint position;
      gboolean added;

      store (self, g_ptr_array_index (members, i), &position, &added);
    }

  guint n_after = bcast_member_list_get_n_items (G_LIST_MODEL (self));

  if (n_before > 0 || n_after > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, n_after);
}

/**
 * bcast_member_list_clear:
 * @self: a list
 *
 * Removes all members.
 */
void
bcast_member_list_clear (BcastMemberList *self)
{
  g_autoptr(GPtrArray) nobody = g_ptr_array_new ();

  bcast_member_list_replace (self, nobody);
}

/**
 * bcast_member_list_find:
 * @self: a list
 * @user_id: a user
 *
 * Returns: (transfer none) (nullable): the member, if the user is there
 */
BcastMember *
bcast_member_list_find (BcastMemberList *self,
                        const char      *user_id)
{
  g_return_val_if_fail (BCAST_IS_MEMBER_LIST (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  GSequenceIter *iter = g_hash_table_lookup (self->by_id, user_id);

  return iter != NULL ? g_sequence_get (iter) : NULL;
}
