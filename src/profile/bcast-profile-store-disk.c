/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-error.h"
#include "bcast-private-file-private.h"
#include "bcast-profile-text-private.h"

#define FOLDER_NAME "broadcast"
#define FILE_NAME   "profiles.ini"
#define MAX_READ_BYTES (BCAST_PROFILE_TEXT_MAX_BYTES + 1) /* one more, to see that it is too large */

static void
remember (BcastProfileStore *self,
          char              *contents,
          gsize              length)
{
  g_free (self->contents);
  self->contents = contents;
  self->length = length;
}

static void
remember_ids (BcastProfileStore *self,
              GPtrArray         *profiles)
{
  for (guint i = 0; i < profiles->len; i++)
    g_hash_table_add (self->known_ids, g_strdup (bcast_profile_get_id (profiles->pdata[i])));
}

static void
take_key_file (BcastProfileStore *self,
               BcastProfileText  *text)
{
  g_key_file_unref (self->key_file);
  self->key_file = g_key_file_ref (text->key_file);
}

static gboolean
is_newer (BcastProfileText *text)
{
  return text->format > BCAST_PROFILE_TEXT_FORMAT;
}

/* Moves the file out of the way when this version would lose something by writing over it. */
static gboolean
keep_aside_if_needed (BcastProfileStore  *self,
                      BcastProfileText   *text,
                      GError            **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  char *aside;

  if (text->problem == NULL && !is_newer (text))
    return TRUE;

  aside = bcast_private_file_keep_aside (self->path, text->problem == NULL ? "newer" : "damaged",
                                         now, error);
  if (aside == NULL)
    return FALSE;

  g_free (self->kept_aside);
  self->kept_aside = aside;
  return TRUE;
}

static gboolean
write_file (BcastProfileStore  *self,
            GError            **error)
{
  gsize length;
  g_autofree char *contents = bcast_profile_text_format (G_LIST_MODEL (self), self->key_file, &length);
  g_autoptr(BcastProfileText) read_back = bcast_profile_text_parse (contents, length);

  if (read_back->problem != NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The profiles could not be saved, for the file could not be read again: %s. Shorten "
                     "what was pasted into them, or delete some."), read_back->problem);
      return FALSE;
    }
  if (!bcast_private_file_save (self->path, contents, length, error))
    return FALSE;

  remember (self, g_steal_pointer (&contents), length);
  remember_ids (self, self->profiles);
  return TRUE;
}

static void
set_damage_error (BcastProfileStore  *self,
                  BcastProfileText   *text,
                  const char         *aside_failure,
                  GError            **error)
{
  g_autofree char *path = g_filename_display_name (self->path);
  g_autofree char *aside = self->kept_aside != NULL ? g_filename_display_name (self->kept_aside) : NULL;
  g_autofree char *why = text->problem != NULL
    ? g_strdup_printf (_("The profiles in “%s” could not be read whole: %s."), path, text->problem)
    : g_strdup_printf (_("The profiles in “%s” were saved by a newer version of this program."), path);
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                         "%u profile could be read and is shown.",
                                                         "%u profiles could be read and are shown.",
                                                         text->profiles->len), text->profiles->len);
  g_autofree char *what = aside_failure != NULL
    ? g_strdup_printf (_("Nothing will be saved until that file is moved away. %s"), aside_failure)
    : g_strdup_printf (_("That file is kept as “%s”; changes go to a new one."), aside);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED, "%s %s %s", why, what, count);
}

static void
replace_profiles (BcastProfileStore *self,
                  GPtrArray         *profiles)
{
  guint n_old = self->profiles->len;

  g_ptr_array_unref (self->profiles);
  self->profiles = g_ptr_array_ref (profiles);
  if (n_old > 0 || profiles->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, profiles->len);
}

/* What was rescued goes to disk at once: a program that only loads would else lose it. */
static void
rescue (BcastProfileStore  *self,
        BcastProfileText   *text,
        GError            **error)
{
  g_autoptr(GError) local_error = NULL;

  /* As if it had never been read: a file that stays in place is looked at again before a save. */
  remember (self, NULL, 0);

  if (!keep_aside_if_needed (self, text, &local_error))
    {
      set_damage_error (self, text, local_error->message, error);
      return;
    }

  set_damage_error (self, text, NULL, error);
  if (text->profiles->len > 0 && !write_file (self, &local_error))
    g_debug ("The rescued profiles wait for the next save: %s", local_error->message);
}

/**
 * bcast_profile_store_dup_default_path:
 *
 * Returns: (transfer full): `broadcast/profiles.ini` in the user's config folder
 */
char *
bcast_profile_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_config_dir (), FOLDER_NAME, FILE_NAME, NULL);
}

static gboolean
load_locked (BcastProfileStore  *self,
             GError            **error)
{
  g_autoptr(BcastProfileText) text = NULL;
  char *contents;
  gsize length;

  if (!bcast_private_file_load (self->path, MAX_READ_BYTES, BCAST_PRIVATE_FILE_NONE,
                                &contents, &length, error))
    return FALSE;

  text = bcast_profile_text_parse (contents != NULL ? contents : "", length);
  if (contents == NULL)
    g_clear_pointer (&text->problem, g_free);

  remember (self, contents, length);
  take_key_file (self, text);
  g_hash_table_remove_all (self->known_ids);
  remember_ids (self, text->profiles);
  replace_profiles (self, text->profiles);

  if (text->problem == NULL && !is_newer (text))
    return TRUE;

  rescue (self, text, error);
  return FALSE;
}

/**
 * bcast_profile_store_load:
 * @self: a store
 * @error: %BCAST_ERROR_DAMAGED when not everything was understood: what was is in the list, the file
 *   is at bcast_profile_store_get_kept_aside(), and one can go on; %BCAST_ERROR_UNAVAILABLE when the
 *   file cannot be read at all: the list is as it was
 *
 * Replaces the list with what is on disk. A missing file is no error and gives an empty list.
 *
 * Returns: whether all was read
 */
gboolean
bcast_profile_store_load (BcastProfileStore  *self,
                          GError            **error)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_STORE (self), FALSE);

  int lock = bcast_private_file_lock (self->path);
  gboolean is_loaded = load_locked (self, error);

  bcast_private_file_unlock (lock);
  return is_loaded;
}

/* Somebody else's additions are appended; of a profile that both changed ours is kept. */
static void
merge (BcastProfileStore *self,
       BcastProfileText  *text)
{
  for (guint i = 0; i < text->profiles->len; i++)
    {
      BcastProfile *profile = text->profiles->pdata[i];
      const char *id = bcast_profile_get_id (profile);

      if (bcast_profile_store_find_id (self, id) == NULL && !g_hash_table_contains (self->known_ids, id))
        bcast_profile_store_add (self, profile);
    }
}

static gboolean
take_over_changes_on_disk (BcastProfileStore  *self,
                           GError            **error)
{
  g_autofree char *contents = NULL;
  g_autoptr(BcastProfileText) text = NULL;
  gsize length;

  if (!bcast_private_file_load (self->path, MAX_READ_BYTES, BCAST_PRIVATE_FILE_NONE,
                                &contents, &length, error))
    return FALSE;
  if (contents == NULL)
    return TRUE;
  if (self->contents != NULL && length == self->length && memcmp (contents, self->contents, length) == 0)
    return TRUE;

  text = bcast_profile_text_parse (contents, length);
  if (!keep_aside_if_needed (self, text, error))
    return FALSE;

  take_key_file (self, text);
  merge (self, text);
  return TRUE;
}

/**
 * bcast_profile_store_save:
 * @self: a store
 * @error: %BCAST_ERROR_UNAVAILABLE when the file or its folder cannot be written, or what stands
 *   there can be neither understood nor kept aside; %BCAST_ERROR_TOO_LARGE
 *
 * Writes the list to disk, whole or not at all, readable for this user alone. Profiles that another
 * program added in the meantime are added here as well.
 *
 * Returns: whether it was written
 */
gboolean
bcast_profile_store_save (BcastProfileStore  *self,
                          GError            **error)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_STORE (self), FALSE);

  if (!bcast_private_file_make_folder (self->path, error))
    return FALSE;

  int lock = bcast_private_file_lock (self->path);
  gboolean is_saved = take_over_changes_on_disk (self, error) && write_file (self, error);

  bcast_private_file_unlock (lock);
  return is_saved;
}
