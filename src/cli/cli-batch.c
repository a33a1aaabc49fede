/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-batch.h"

#include "cli-input.h"

#include "bcast-draft.h"
#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_BATCH_BYTES (16 * 1024 * 1024)

/* One event of the file, while it is read. */
typedef struct
{
  GPtrArray *channels;
  char      *name;
  char      *data;
  char      *exclude;
  char      *info;
} Item;

static void
item_clear (Item *self)
{
  g_ptr_array_unref (self->channels);
  g_free (self->name);
  g_free (self->data);
  g_free (self->exclude);
  g_free (self->info);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Item, item_clear)

static gboolean
take_text (const BcastJsonSpan  *value,
           char                **text)
{
  if (value->type == BCAST_JSON_NULL)
    return TRUE;
  if (value->type != BCAST_JSON_STRING || !bcast_json_span_is_text (value))
    return FALSE;
  g_free (*text);
  *text = bcast_json_span_dup_string (value, NULL);
  return TRUE;
}

static gboolean
take_channel (const BcastJsonSpan *value,
              gpointer             user_data)
{
  GPtrArray *channels = user_data;
  char *channel = NULL;

  if (!take_text (value, &channel) || channel == NULL)
    return FALSE;
  g_ptr_array_add (channels, channel);
  return TRUE;
}

/* Data is what the string holds, or any other value as it stands. */
static gboolean
take_data (const BcastJsonSpan  *value,
           char                **data)
{
  if (value->type == BCAST_JSON_STRING)
    return take_text (value, data);
  g_free (*data);
  *data = g_strndup (value->start, value->length);
  return TRUE;
}

/* The words of the HTTP API, and those of the options of the command. */
static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Item *item = user_data;

  if (bcast_json_span_equals (key, "channel"))
    return take_channel (value, item->channels);
  if (bcast_json_span_equals (key, "channels"))
    return bcast_json_scan_array (value->start, value->length, take_channel, item->channels, NULL);
  if (bcast_json_span_equals (key, "name") || bcast_json_span_equals (key, "event"))
    return take_text (value, &item->name);
  if (bcast_json_span_equals (key, "data"))
    return take_data (value, &item->data);
  if (bcast_json_span_equals (key, "socket_id") || bcast_json_span_equals (key, "exclude"))
    return take_text (value, &item->exclude);
  if (bcast_json_span_equals (key, "info"))
    return take_text (value, &item->info);
  return TRUE;
}

static BcastDraft *
parse_event (const char  *text,
             gsize        length,
             GError     **error)
{
  g_auto(Item) item = { g_ptr_array_new_with_free_func (g_free), NULL, NULL, NULL, NULL };
  g_autoptr(BcastDraft) draft = NULL;

  if (!bcast_json_scan_object (text, length, take_member, &item, NULL, error))
    return NULL;
  if (item.channels->len == 0 || item.name == NULL || item.data == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("It has no “%s”."),
                   item.channels->len == 0 ? "channel" : item.name == NULL ? "name" : "data");
      return NULL;
    }

  g_ptr_array_add (item.channels, NULL);
  draft = bcast_draft_new ((const char * const *) item.channels->pdata, item.name, item.data);
  draft->excluded = g_steal_pointer (&item.exclude);
  draft->info = g_steal_pointer (&item.info);
  if (!cli_input_check_channels ((const char * const *) draft->channels, error)
      || !bcast_event_name_check (draft->name, error))
    return NULL;
  return g_steal_pointer (&draft);
}

typedef struct
{
  GPtrArray *drafts;
  GError    *error;
} Reader;

static gboolean
take_event (const BcastJsonSpan *span,
            gpointer             user_data)
{
  Reader *reader = user_data;
  BcastDraft *draft = parse_event (span->start, span->length, &reader->error);

  if (draft == NULL)
    {
      g_prefix_error (&reader->error, _("Event %u of the batch: "), reader->drafts->len + 1);
      return FALSE;
    }
  g_ptr_array_add (reader->drafts, draft);
  return TRUE;
}

static gboolean
read_lines (Reader     *reader,
            const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      BcastJsonSpan span = { BCAST_JSON_OBJECT, g_strstrip (lines[i]), 0 };

      span.length = strlen (span.start);
      if (span.length > 0 && !take_event (&span, reader))
        return FALSE;
    }
  return TRUE;
}

/**
 * cli_batch_load:
 * @path: a file, or `-` for the standard input: a JSON list of events, or an event a line
 * @error: why it cannot be read, or which event is wrong and why
 *
 * Returns: (transfer full) (element-type BcastDraft) (nullable): the events, at least one
 */
GPtrArray *
cli_batch_load (const char  *path,
                GError     **error)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);
  g_autofree char *text = cli_input_load (path, MAX_BATCH_BYTES, NULL, error);
  Reader reader = { drafts, NULL };
  g_autoptr(GError) problem = NULL;
  gboolean is_read;

  if (text == NULL)
    return NULL;

  if (text[strspn (text, " \t\r\n")] == '[')
    is_read = bcast_json_scan_array (text, strlen (text), take_event, &reader, &problem);
  else
    is_read = read_lines (&reader, text);

  if (reader.error != NULL)
    g_propagate_error (error, reader.error);
  else if (!is_read)
    g_propagate_prefixed_error (error, g_steal_pointer (&problem), _("The batch is no JSON: "));
  else if (drafts->len == 0)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The batch is empty. Write an event a line, or a list of events."));
  else
    return g_steal_pointer (&drafts);
  return NULL;
}
