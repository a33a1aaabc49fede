/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-text-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-key-text-private.h"
#include "bcast-profile-private.h"

/* GKeyFile goes through its lists from the start for each group and each comment: without a limit a
 * file of a megabyte could keep the program busy for minutes. */
#define MAX_PROFILES 500
#define MAX_GROUPS   1000
#define MAX_LINES    20000

/* What is gathered while a file is cleaned of everything that GKeyFile would refuse it for. */
typedef struct
{
  BcastProfileText *result;
  GString          *clean;
  GHashTable       *groups;     /* names seen */
  GHashTable       *keys;       /* names seen in the group */
  gboolean          is_in_group; /* FALSE also in a group that is there twice */
  gboolean          has_end;
} Cleaner;

/* Only the first problem is told: the others mostly follow from it. */
static void G_GNUC_PRINTF (2, 3)
note_problem (BcastProfileText *self,
              const char       *format,
              ...)
{
  va_list args;

  if (self->problem != NULL)
    return;

  va_start (args, format);
  self->problem = g_strdup_vprintf (format, args);
  va_end (args);
}

static void
append_line (Cleaner            *cleaner,
             const BcastKeyLine *line)
{
  g_string_append_len (cleaner->clean, line->text, line->text_length);
  g_string_append_c (cleaner->clean, '\n');
}

static void
take_group (Cleaner            *cleaner,
            const BcastKeyLine *line)
{
  char *name = g_strndup (line->name, line->name_length);

  g_hash_table_remove_all (cleaner->keys);
  cleaner->is_in_group = FALSE;
  if (!g_hash_table_add (cleaner->groups, name))
    note_problem (cleaner->result, _("the group in line %u is there twice"), line->number);
  else if (g_hash_table_size (cleaner->groups) > MAX_GROUPS)
    note_problem (cleaner->result, _("it has more than %u groups"), MAX_GROUPS);
  else
    {
      cleaner->is_in_group = TRUE;
      append_line (cleaner, line);
    }
}

static void
take_entry (Cleaner            *cleaner,
            const BcastKeyLine *line)
{
  if (!cleaner->is_in_group)
    note_problem (cleaner->result, _("line %u belongs to no group"), line->number);
  else if (!g_hash_table_add (cleaner->keys, g_strndup (line->name, line->name_length)))
    note_problem (cleaner->result, _("the key in line %u is there twice"), line->number);
  else
    append_line (cleaner, line);
}

static void
take_line (Cleaner            *cleaner,
           const BcastKeyLine *line)
{
  switch (line->type)
    {
    case BCAST_KEY_LINE_BLANK:
      if (line->text_length > 0)
        append_line (cleaner, line);
      break;
    case BCAST_KEY_LINE_END:
      cleaner->has_end = TRUE;
      break;
    case BCAST_KEY_LINE_GROUP:
      take_group (cleaner, line);
      break;
    case BCAST_KEY_LINE_ENTRY:
      take_entry (cleaner, line);
      break;
    case BCAST_KEY_LINE_BROKEN:
      note_problem (cleaner->result, _("line %u makes no sense"), line->number);
      break;
    }
}

static void
clean_and_load (BcastProfileText *self,
                const char       *text,
                gsize             length)
{
  g_autoptr(GString) clean = g_string_sized_new (length + 1);
  g_autoptr(GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;
  Cleaner cleaner = { .result = self, .clean = clean, .groups = groups, .keys = keys };
  BcastKeyReader reader;
  BcastKeyLine line;

  bcast_key_reader_init (&reader, text, length);
  while (bcast_key_reader_next (&reader, &line) && line.number <= MAX_LINES)
    take_line (&cleaner, &line);
  if (reader.number > MAX_LINES)
    note_problem (self, _("it has more than %u lines"), MAX_LINES);

  /* Our own files end in a mark; one that a person wrote has no header either. */
  if (g_hash_table_contains (groups, BCAST_KEY_TEXT_HEADER) && !cleaner.has_end)
    note_problem (self, _("its end is missing"));

  if (!g_key_file_load_from_data (self->key_file, clean->str, clean->len, G_KEY_FILE_KEEP_COMMENTS
                                  | G_KEY_FILE_KEEP_TRANSLATIONS, &error))
    note_problem (self, "%s", error->message);
}

/* NULL where there is none, or one with escapes that do not exist: for some of those GKeyFile prints
 * a warning. */
static char *
dup_text (GKeyFile   *key_file,
          const char *group,
          const char *key)
{
  g_autofree char *raw = g_key_file_get_value (key_file, group, key, NULL);

  for (const char *at = raw; at != NULL && (at = strchr (at, '\\')) != NULL; at += 2)
    if (at[1] == '\0' || strchr ("sntr\\", at[1]) == NULL)
      return NULL;

  return raw != NULL ? g_key_file_get_string (key_file, group, key, NULL) : NULL;
}

static gboolean
read_authorizer (GKeyFile   *key_file,
                 const char *group,
                 const char *key,
                 GValue     *value)
{
  g_autofree char *nick = dup_text (key_file, group, key);
  BcastProfileAuthorizer authorizer;

  if (nick == NULL || !bcast_profile_authorizer_from_nick (nick, &authorizer))
    return FALSE;
  g_value_set_int (value, (int) authorizer);
  return TRUE;
}

static gboolean
read_value (GKeyFile   *key_file,
            const char *group,
            GParamSpec *pspec,
            GValue     *value)
{
  g_autoptr(GError) error = NULL;
  guint64 number;

  switch (G_PARAM_SPEC_VALUE_TYPE (pspec))
    {
    case G_TYPE_BOOLEAN:
      g_value_set_boolean (value, g_key_file_get_boolean (key_file, group, pspec->name, &error));
      return error == NULL;

    case G_TYPE_UINT:
      number = g_key_file_get_uint64 (key_file, group, pspec->name, &error);
      g_value_set_uint (value, MIN (number, G_MAXUINT));
      return error == NULL && number <= G_MAXUINT;

    case G_TYPE_INT:
      return read_authorizer (key_file, group, pspec->name, value);

    default:
      g_value_take_string (value, dup_text (key_file, group, pspec->name));
      return g_value_get_string (value) != NULL;
    }
}

/* Every property but these two stands in the file under its own name. */
static gboolean
is_plain_property (GParamSpec *pspec)
{
  return !g_str_equal (pspec->name, "id") && !g_str_equal (pspec->name, "kind");
}

static void
read_properties (BcastProfileText *self,
                 const char       *group,
                 BcastProfile     *profile)
{
  guint n_pspecs;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (profile), &n_pspecs);

  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      if (!is_plain_property (pspecs[i])
          || !g_key_file_has_key (self->key_file, group, pspecs[i]->name, NULL))
        continue;

      g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (pspecs[i]));
      if (read_value (self->key_file, group, pspecs[i], &value))
        g_object_set_property (G_OBJECT (profile), pspecs[i]->name, &value);
      else
        note_problem (self, _("the value of “%s” in [%s] cannot be one"), pspecs[i]->name, group);
    }
}

/* A file that a person wrote may leave the kind out where it is plain; in one of ours it stands first,
 * so that without it there is nothing of the profile at all. */
static gboolean
read_kind (GKeyFile         *key_file,
           const char       *group,
           const char       *id,
           BcastProfileKind *kind)
{
  g_autofree char *nick = dup_text (key_file, group, "kind");
  g_autofree char *cluster = dup_text (key_file, group, "cluster");

  if (g_key_file_has_key (key_file, group, "kind", NULL))
    return nick != NULL && bcast_profile_kind_from_nick (nick, kind);
  if (g_key_file_has_group (key_file, BCAST_KEY_TEXT_HEADER))
    return FALSE;

  if (g_str_equal (id, BCAST_SANDBOX_PROFILE_ID))
    *kind = BCAST_PROFILE_SANDBOX;
  else
    *kind = cluster != NULL && *cluster != '\0' ? BCAST_PROFILE_CLUSTER : BCAST_PROFILE_SERVER;
  return TRUE;
}

static void
read_profile (BcastProfileText *self,
              const char       *group)
{
  const char *id = group + strlen (BCAST_PROFILE_TEXT_GROUP);
  BcastProfileKind kind;

  if (self->profiles->len == MAX_PROFILES)
    {
      note_problem (self, _("it has more than %u profiles"), MAX_PROFILES);
      return;
    }
  if (!bcast_profile_id_is_valid (id) || !read_kind (self->key_file, group, id, &kind))
    {
      note_problem (self, _("[%s] is not a profile that this version knows"), group);
      return;
    }

  g_autoptr(BcastProfile) profile = bcast_profile_new (id, kind);

  read_properties (self, group, profile);
  g_ptr_array_add (self->profiles, g_steal_pointer (&profile));
}

static void
read_header (BcastProfileText *self)
{
  g_autoptr(GError) error = NULL;
  guint64 format;

  self->format = BCAST_PROFILE_TEXT_FORMAT;
  if (!g_key_file_has_group (self->key_file, BCAST_KEY_TEXT_HEADER))
    return;

  format = g_key_file_get_uint64 (self->key_file, BCAST_KEY_TEXT_HEADER, BCAST_KEY_TEXT_FORMAT, &error);
  if (error != NULL || format == 0 || format > G_MAXINT)
    note_problem (self, _("it does not say in which format it is"));
  else
    self->format = format;
}

/* Reads as much of @text as can be understood. When that is not all, @problem says why; the caller
 * must then not write over the file. */
BcastProfileText *
bcast_profile_text_parse (const char *text,
                          gsize       length)
{
  BcastProfileText *self = g_new0 (BcastProfileText, 1);
  g_auto(GStrv) groups = NULL;

  self->key_file = g_key_file_new ();
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);

  if (length > BCAST_PROFILE_TEXT_MAX_BYTES)
    {
      note_problem (self, _("it is larger than 1 MiB"));
      length = BCAST_PROFILE_TEXT_MAX_BYTES;
    }

  clean_and_load (self, text, length);
  read_header (self);

  groups = g_key_file_get_groups (self->key_file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], BCAST_PROFILE_TEXT_GROUP))
      read_profile (self, groups[i]);

  if (self->profiles->len == 0 && !g_key_file_has_group (self->key_file, BCAST_KEY_TEXT_HEADER))
    note_problem (self, _("there is nothing in it"));
  return self;
}

void
bcast_profile_text_free (BcastProfileText *self)
{
  g_clear_pointer (&self->key_file, g_key_file_unref);
  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  g_free (self->problem);
  g_free (self);
}
