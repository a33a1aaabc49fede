/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-store-private.h"

static GType
bcast_profile_store_get_item_type (GListModel *model)
{
  return BCAST_TYPE_PROFILE;
}

static guint
bcast_profile_store_get_n_items (GListModel *model)
{
  return BCAST_PROFILE_STORE (model)->profiles->len;
}

static gpointer
bcast_profile_store_get_item (GListModel *model,
                              guint       position)
{
  BcastProfileStore *self = BCAST_PROFILE_STORE (model);

  if (position >= self->profiles->len)
    return NULL;
  return g_object_ref (self->profiles->pdata[position]);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = bcast_profile_store_get_item_type;
  iface->get_n_items = bcast_profile_store_get_n_items;
  iface->get_item = bcast_profile_store_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastProfileStore, bcast_profile_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
bcast_profile_store_finalize (GObject *object)
{
  BcastProfileStore *self = BCAST_PROFILE_STORE (object);

  g_ptr_array_unref (self->profiles);
  g_key_file_unref (self->key_file);
  g_hash_table_unref (self->known_ids);
  g_free (self->contents);
  g_free (self->kept_aside);
  g_free (self->path);

  G_OBJECT_CLASS (bcast_profile_store_parent_class)->finalize (object);
}

static void
bcast_profile_store_class_init (BcastProfileStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_profile_store_finalize;
}

static void
bcast_profile_store_init (BcastProfileStore *self)
{
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->key_file = g_key_file_new ();
  self->known_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* The profile of that id, or NULL. */
BcastProfile *
bcast_profile_store_find_id (BcastProfileStore *self,
                             const char        *id)
{
  for (guint i = 0; i < self->profiles->len; i++)
    if (g_str_equal (bcast_profile_get_id (self->profiles->pdata[i]), id))
      return self->profiles->pdata[i];

  return NULL;
}

/**
 * bcast_profile_store_new:
 * @path: the key file, which need not exist yet
 *
 * Returns: (transfer full): an empty store; see bcast_profile_store_load()
 */
BcastProfileStore *
bcast_profile_store_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  BcastProfileStore *self = g_object_new (BCAST_TYPE_PROFILE_STORE, NULL);

  self->path = g_strdup (path);
  return self;
}

/**
 * bcast_profile_store_add:
 * @self: a store
 * @profile: a profile that is not in it
 *
 * Appends @profile. Nothing is saved yet.
 */
void
bcast_profile_store_add (BcastProfileStore *self,
                         BcastProfile      *profile)
{
  bcast_profile_store_insert (self, G_MAXUINT, profile);
}

/**
 * bcast_profile_store_insert:
 * @self: a store
 * @position: where to; beyond the end means at the end
 * @profile: a profile that is not in it
 *
 * Puts @profile where it was before it was removed, for instance. Nothing is saved yet.
 */
void
bcast_profile_store_insert (BcastProfileStore *self,
                            guint              position,
                            BcastProfile      *profile)
{
  g_return_if_fail (BCAST_IS_PROFILE_STORE (self));
  g_return_if_fail (BCAST_IS_PROFILE (profile));
  g_return_if_fail (bcast_profile_store_find_id (self, bcast_profile_get_id (profile)) == NULL);

  position = MIN (position, self->profiles->len);
  g_ptr_array_insert (self->profiles, position, g_object_ref (profile));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/**
 * bcast_profile_store_remove:
 * @self: a store
 * @profile: a profile
 * @position: (out) (optional): where it was
 *
 * Takes @profile out. Nothing is saved yet, and its secrets stay where they are: see
 * bcast_secret_store_clear_async().
 *
 * Returns: whether it was there
 */
gboolean
bcast_profile_store_remove (BcastProfileStore *self,
                            BcastProfile      *profile,
                            guint             *position)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_STORE (self), FALSE);
  g_return_val_if_fail (BCAST_IS_PROFILE (profile), FALSE);

  guint found;

  if (!g_ptr_array_find (self->profiles, profile, &found))
    return FALSE;

  g_ptr_array_remove_index (self->profiles, found);
  if (position != NULL)
    *position = found;
  g_list_model_items_changed (G_LIST_MODEL (self), found, 1, 0);
  return TRUE;
}

/**
 * bcast_profile_store_find:
 * @self: a store
 * @id_or_name: what a user or a setting calls a profile
 *
 * Looks for an id first, then for a name, then for a name in other capitals.
 *
 * Returns: (transfer none) (nullable): the first such profile
 */
BcastProfile *
bcast_profile_store_find (BcastProfileStore *self,
                          const char        *id_or_name)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (id_or_name != NULL, NULL);

  g_autofree char *folded = g_utf8_casefold (id_or_name, -1);
  BcastProfile *found = bcast_profile_store_find_id (self, id_or_name);

  for (guint i = 0; found == NULL && i < self->profiles->len; i++)
    if (g_str_equal (bcast_profile_get_name (self->profiles->pdata[i]), id_or_name))
      found = self->profiles->pdata[i];

  for (guint i = 0; found == NULL && i < self->profiles->len; i++)
    {
      g_autofree char *name = g_utf8_casefold (bcast_profile_get_name (self->profiles->pdata[i]), -1);

      if (g_str_equal (name, folded))
        found = self->profiles->pdata[i];
    }
  return found;
}

/**
 * bcast_profile_store_get_kept_aside:
 * @self: a store
 *
 * Returns: (nullable): where the last file that could not be understood went
 */
const char *
bcast_profile_store_get_kept_aside (BcastProfileStore *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_STORE (self), NULL);

  return self->kept_aside;
}
