/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-text-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-key-text-private.h"
#include "bcast-profile-private.h"

#define TOP_COMMENT " Profiles of Broadcast. Secrets are never kept in this file."

static void
write_profile (GKeyFile     *key_file,
               const char   *group,
               BcastProfile *profile)
{
  guint n_pspecs;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (profile), &n_pspecs);

  g_key_file_set_string (key_file, group, "kind",
                         bcast_profile_kind_to_nick (bcast_profile_get_kind (profile)));
  for (guint i = 0; i < n_pspecs; i++)
    {
      const char *name = pspecs[i]->name;
      g_auto(GValue) value = G_VALUE_INIT;

      if (g_str_equal (name, "id") || g_str_equal (name, "kind"))
        continue;

      g_object_get_property (G_OBJECT (profile), name, &value);
      if (G_VALUE_HOLDS_STRING (&value))
        g_key_file_set_string (key_file, group, name, g_value_get_string (&value));
      else if (G_VALUE_HOLDS_BOOLEAN (&value))
        g_key_file_set_boolean (key_file, group, name, g_value_get_boolean (&value));
      else if (G_VALUE_HOLDS_INT (&value))
        g_key_file_set_string (key_file, group, name, bcast_profile_authorizer_to_nick (g_value_get_int (&value)));
      else
        g_key_file_set_uint64 (key_file, group, name, g_value_get_uint (&value));
    }
}

static void
copy_comment (GKeyFile   *from,
              GKeyFile   *to,
              const char *group,
              const char *key)
{
  g_autofree char *comment = g_key_file_get_comment (from, group, key, NULL);

  if (comment == NULL || *comment == '\0')
    return;

  g_strchomp (comment);
  g_key_file_set_comment (to, group, key, comment, NULL);
}

/* GKeyFile takes what stands on top for the comment of the file and of the first group as well. */
static void
copy_group_comment (GKeyFile   *from,
                    GKeyFile   *to,
                    const char *group)
{
  g_autofree char *first = g_key_file_get_start_group (from);

  if (g_strcmp0 (group, first) != 0)
    copy_comment (from, to, group, NULL);
}

/* Keys and comments that a newer version, or a person, put there stay. */
static void
copy_unknown (GKeyFile   *from,
              GKeyFile   *to,
              const char *group)
{
  g_auto(GStrv) keys = g_key_file_get_keys (from, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_value (from, group, keys[i], NULL);

      if (!g_key_file_has_key (to, group, keys[i], NULL))
        g_key_file_set_value (to, group, keys[i], value);
      copy_comment (from, to, group, keys[i]);
    }
  copy_group_comment (from, to, group);
}

static void
copy_unknown_groups (GKeyFile *from,
                     GKeyFile *to)
{
  g_auto(GStrv) groups = g_key_file_get_groups (from, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    if (!g_str_has_prefix (groups[i], BCAST_PROFILE_TEXT_GROUP)
        && !g_str_equal (groups[i], BCAST_KEY_TEXT_HEADER))
      copy_unknown (from, to, groups[i]);
}

/* The text of a key file with @profiles in their order; what @old has beside them is kept, but not
 * the profiles that are gone. */
char *
bcast_profile_text_format (GListModel *profiles,
                           GKeyFile   *old,
                           gsize      *length)
{
  g_autoptr(GKeyFile) key_file = g_key_file_new ();
  g_autofree char *body = NULL;
  char *text;

  g_key_file_set_integer (key_file, BCAST_KEY_TEXT_HEADER, BCAST_KEY_TEXT_FORMAT,
                          BCAST_PROFILE_TEXT_FORMAT);
  copy_unknown (old, key_file, BCAST_KEY_TEXT_HEADER);

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr(BcastProfile) profile = g_list_model_get_item (profiles, i);
      const char *id = bcast_profile_get_id (profile);
      g_autofree char *group = g_strconcat (BCAST_PROFILE_TEXT_GROUP, id, NULL);

      write_profile (key_file, group, profile);
      copy_unknown (old, key_file, group);
    }
  copy_unknown_groups (old, key_file);

  g_key_file_set_comment (key_file, NULL, NULL, TOP_COMMENT, NULL);
  copy_comment (old, key_file, NULL, NULL);
  body = g_key_file_to_data (key_file, NULL, NULL);
  text = g_strconcat (body, "\n" BCAST_KEY_TEXT_END "\n", NULL);
  *length = strlen (text);
  return text;
}
