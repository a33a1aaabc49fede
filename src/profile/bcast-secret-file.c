/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-error.h"
#include "bcast-key-text-private.h"
#include "bcast-private-file-private.h"

#define MAX_FILE_BYTES (32 * 1024 * 1024) /* 500 profiles with three secrets of 16 KiB, and those of clients */
#define FORMAT         "1"
#define GROUP          "secrets"
#define TOP_OF_FILE    "# Secrets of Broadcast. Keep this file to yourself (mode 0600).\n" \
                       "[" BCAST_KEY_TEXT_HEADER "]\n" BCAST_KEY_TEXT_FORMAT "=" FORMAT "\n\n" \
                       "[" GROUP "]\n"
#define END_OF_FILE    "\n" BCAST_KEY_TEXT_END "\n"
#define SEPARATOR      "/" /* in a key, between the profile's id and the kind; neither has it */

/* This is no GKeyFile, because that leaves copies of all values behind in memory: here what is read
 * is one buffer and what is written is another, and both are wiped. Values stand as they are, for a
 * secret is one line without spaces around it. */
typedef struct
{
  char     *text;
  gsize     length;
  GArray   *entries; /* BcastKeyLine, inside the text */
  gboolean  is_newer;
  gboolean  is_whole;
} SecretFile;

static void
secret_file_clear (SecretFile *self)
{
  if (self->text != NULL)
    explicit_bzero (self->text, self->length);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SecretFile, secret_file_clear)

static gboolean
is_text (const char *bytes,
         gsize       length,
         const char *text)
{
  return length == strlen (text) && memcmp (bytes, text, length) == 0;
}

static void
secret_file_parse (SecretFile *self)
{
  gboolean is_in_header = FALSE, is_in_secrets = FALSE, has_end = FALSE, has_broken = FALSE;
  BcastKeyReader reader;
  BcastKeyLine line;

  self->entries = g_array_new (FALSE, FALSE, sizeof (BcastKeyLine));
  bcast_key_reader_init (&reader, self->text, self->length);

  while (bcast_key_reader_next (&reader, &line))
    {
      if (line.type == BCAST_KEY_LINE_GROUP)
        {
          is_in_header = is_text (line.name, line.name_length, BCAST_KEY_TEXT_HEADER);
          is_in_secrets = is_text (line.name, line.name_length, GROUP);
        }
      else if (line.type == BCAST_KEY_LINE_ENTRY && is_in_secrets)
        g_array_append_val (self->entries, line);
      else if (line.type == BCAST_KEY_LINE_ENTRY && is_in_header
               && is_text (line.name, line.name_length, BCAST_KEY_TEXT_FORMAT))
        self->is_newer = !is_text (line.value, line.value_length, FORMAT);
      else if (line.type == BCAST_KEY_LINE_END)
        has_end = TRUE;
      else if (line.type != BCAST_KEY_LINE_BLANK)
        has_broken = TRUE;
    }

  self->is_whole = has_end && !has_broken && self->length <= MAX_FILE_BYTES;
}

static char *
make_key (BcastSecretRequest *request,
          const char         *kind)
{
  return g_strconcat (request->profile_id, SEPARATOR, kind, NULL);
}

static gboolean
has_prefix (const BcastKeyLine *entry,
            const char         *prefix)
{
  return entry->name_length >= strlen (prefix) && memcmp (entry->name, prefix, strlen (prefix)) == 0;
}

/* What is left out: the entry named @key, or with @is_prefix all entries that begin like it. */
static gboolean
is_dropped (const BcastKeyLine *entry,
            const char         *key,
            gboolean            is_prefix)
{
  if (key == NULL)
    return FALSE;
  return is_prefix ? has_prefix (entry, key) : is_text (entry->name, entry->name_length, key);
}

/* A file that is too large would not be read again. */
static gboolean
check_size (gsize    length,
            GError **error)
{
  if (length <= MAX_FILE_BYTES)
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                       _("There are too many secrets for one file. Delete profiles that are not used any more, or keep "
                         "the secrets in the desktop’s keyring."));
  return FALSE;
}

static gboolean
write_file (SecretFile  *self,
            const char  *path,
            const char  *dropped,
            gboolean     is_prefix,
            const char  *secret,
            GError     **error)
{
  /* Large enough from the start: a buffer that grows leaves copies behind. */
  gsize size = strlen (TOP_OF_FILE) + self->length + strlen (END_OF_FILE) + 2
               + (secret != NULL ? strlen (dropped) + strlen (secret) : 0);
  GString *text = g_string_sized_new (size + self->entries->len);
  gboolean is_written;

  g_string_append (text, TOP_OF_FILE);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BcastKeyLine *entry = &g_array_index (self->entries, BcastKeyLine, i);

      if (is_dropped (entry, dropped, is_prefix))
        continue;
      g_string_append_len (text, entry->text, entry->text_length);
      g_string_append_c (text, '\n');
    }
  if (secret != NULL)
    {
      g_string_append (text, dropped);
      g_string_append_c (text, '=');
      g_string_append (text, secret);
      g_string_append_c (text, '\n');
    }
  g_string_append (text, END_OF_FILE);

  is_written = check_size (text->len, error) && bcast_private_file_save (path, text->str, text->len, error);
  explicit_bzero (text->str, text->len);
  g_string_free (text, TRUE);
  return is_written;
}

/* Keeps a file that is not whole aside and puts what can be read of it in its place, so that the next
 * look-up finds it. */
static gboolean
rescue (SecretFile  *self,
        const char  *path,
        GError     **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *aside = bcast_private_file_keep_aside (path, self->is_newer ? "newer" : "damaged",
                                                          now, error);
  g_autofree char *shown = NULL;

  if (aside == NULL || !write_file (self, path, NULL, FALSE, NULL, error))
    return FALSE;

  shown = g_filename_display_name (aside);
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED,
               _("The file with the secrets could not be read whole. It is kept as “%s”, and what could be "
                 "read goes on being used. Enter the secrets that are missing again."), shown);
  return FALSE;
}

static gboolean
secret_file_load (SecretFile  *self,
                  const char  *path,
                  GError     **error)
{
  if (!bcast_private_file_load (path, MAX_FILE_BYTES + 1, BCAST_PRIVATE_FILE_STRICT,
                                &self->text, &self->length, error))
    return FALSE;

  secret_file_parse (self);
  if (self->text == NULL || (self->is_whole && !self->is_newer))
    return TRUE;
  return rescue (self, path, error);
}

static void
look_up (GTask              *task,
         BcastSecretRequest *request)
{
  g_autofree char *key = make_key (request, request->kind);
  g_auto(SecretFile) file = { 0 };
  g_autoptr(GError) error = NULL;
  char *found = NULL;

  if (!secret_file_load (&file, request->path, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < file.entries->len; i++)
    {
      const BcastKeyLine *entry = &g_array_index (file.entries, BcastKeyLine, i);

      if (found == NULL && is_text (entry->name, entry->name_length, key))
        found = g_strndup (entry->value, entry->value_length);
    }
  g_task_return_pointer (task, found, (GDestroyNotify) bcast_secret_free);
}

static gboolean
change (BcastSecretRequest  *request,
        GError             **error)
{
  gboolean is_clear = request->op == BCAST_SECRET_OP_CLEAR;
  g_autofree char *key = make_key (request, request->kind != NULL ? request->kind : "");
  g_auto(SecretFile) file = { 0 };

  if (!secret_file_load (&file, request->path, error))
    return FALSE;
  if (is_clear && file.text == NULL)
    return TRUE;
  return write_file (&file, request->path, key, request->kind == NULL, request->secret, error);
}

static void
run_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  static GMutex one_at_a_time;
  BcastSecretRequest *request = task_data;
  gboolean is_change = request->op == BCAST_SECRET_OP_STORE || request->op == BCAST_SECRET_OP_CLEAR;
  g_autoptr(GError) error = NULL;
  int lock;

  if (is_change && !bcast_private_file_make_folder (request->path, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_mutex_lock (&one_at_a_time);
  lock = bcast_private_file_lock (request->path);
  if (request->op == BCAST_SECRET_OP_LOOKUP)
    look_up (task, request);
  else if (!is_change || change (request, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  bcast_private_file_unlock (lock);
  g_mutex_unlock (&one_at_a_time);
}

/* Reads and writes in a thread, one task at a time. Between programs the lock on the folder sees to that, for
 * which nobody waits long; between threads, of which each writes to a disk that may be slow, a mutex. */
void
bcast_secret_file_run (GTask *task)
{
  g_task_run_in_thread (task, run_in_thread);
  g_object_unref (task);
}
