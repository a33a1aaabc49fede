/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-info-answer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-info-answer-private.h"
#include "bcast-limits.h"

/* Ours: room for the longest names of as many channels as one request can have. */
#define MAX_BODY_BYTES (64 * 1024)

/* Counts beyond this are no counts: JSON numbers are exact up to 2^53. */
#define MAX_DIGITS 15

/**
 * BcastInfoAnswer:
 *
 * What a server tells of channels in its answer to events that ask for `info`: by name in the answer to one
 * event, by position in the answer to a batch.
 * Source: Channels documentation, “HTTP API”, sections “POST event” and “POST batch events”.
 */
struct _BcastInfoAnswer
{
  GHashTable *channels; /* of BcastInfoCounts, by name */
  GArray     *batch;    /* of BcastInfoCounts */
};

static gint64
read_count (const BcastJsonSpan *span)
{
  gint64 count = 0;

  if (span->type != BCAST_JSON_NUMBER || span->length > MAX_DIGITS)
    return -1;
  for (gsize i = 0; i < span->length; i++)
    {
      if (!g_ascii_isdigit (span->start[i]))
        return -1;
      count = count * 10 + (span->start[i] - '0');
    }
  return count;
}

static gboolean
counts_member (const BcastJsonSpan *key,
               const BcastJsonSpan *value,
               gpointer             user_data)
{
  BcastInfoCounts *counts = user_data;

  if (bcast_json_span_equals (key, "subscription_count"))
    counts->subscription_count = read_count (value);
  else if (bcast_json_span_equals (key, "user_count"))
    counts->user_count = read_count (value);
  return TRUE;
}

/*
 * bcast_info_counts_read:
 * @span: what stands for a channel in an answer
 * @counts: (out): what it tells; -1 for what it does not
 *
 * Returns: whether it is an object
 */
gboolean
bcast_info_counts_read (const BcastJsonSpan *span,
                        BcastInfoCounts     *counts)
{
  *counts = (BcastInfoCounts) { -1, -1 };
  return span->type == BCAST_JSON_OBJECT
         && bcast_json_scan_object (span->start, span->length, counts_member, counts, NULL, NULL);
}

static gboolean
channel_member (const BcastJsonSpan *key,
                const BcastJsonSpan *value,
                gpointer             user_data)
{
  BcastInfoAnswer *self = user_data;
  BcastInfoCounts counts;
  g_autofree char *channel = bcast_json_span_dup_string (key, NULL);

  if (channel == NULL || !bcast_info_counts_read (value, &counts)
      || g_hash_table_size (self->channels) >= BCAST_LIMIT_CHANNELS_PER_TRIGGER)
    return FALSE;
  g_hash_table_insert (self->channels, g_steal_pointer (&channel), g_memdup2 (&counts, sizeof counts));
  return TRUE;
}

static gboolean
batch_item (const BcastJsonSpan *item,
            gpointer             user_data)
{
  BcastInfoAnswer *self = user_data;
  BcastInfoCounts counts;

  if (!bcast_info_counts_read (item, &counts) || self->batch->len >= BCAST_LIMIT_EVENTS_PER_BATCH)
    return FALSE;
  g_array_append_val (self->batch, counts);
  return TRUE;
}

static gboolean
answer_member (const BcastJsonSpan *key,
               const BcastJsonSpan *value,
               gpointer             user_data)
{
  if (bcast_json_span_equals (key, "channels"))
    return value->type == BCAST_JSON_OBJECT
           && bcast_json_scan_object (value->start, value->length, channel_member, user_data, NULL, NULL);
  if (bcast_json_span_equals (key, "batch"))
    return value->type == BCAST_JSON_ARRAY
           && bcast_json_scan_array (value->start, value->length, batch_item, user_data, NULL);
  return TRUE;
}

/**
 * bcast_info_answer_parse:
 * @body: (nullable): what a server answered to one event or to a batch
 *
 * Servers that ignore `info` answer `{}`, or text that is no JSON. More than a request can ask for is no
 * answer to it.
 *
 * Returns: (transfer full) (nullable): what it tells of the channels; %NULL when it tells nothing that can
 *   be understood
 */
BcastInfoAnswer *
bcast_info_answer_parse (const char *body)
{
  gsize length = body != NULL ? strlen (body) : 0;

  if (length == 0 || length > MAX_BODY_BYTES)
    return NULL;

  g_autoptr(BcastInfoAnswer) self = g_new0 (BcastInfoAnswer, 1);

  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->batch = g_array_new (FALSE, FALSE, sizeof (BcastInfoCounts));
  if (!bcast_json_scan_object (body, length, answer_member, self, NULL, NULL)
      || (g_hash_table_size (self->channels) == 0 && self->batch->len == 0))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * bcast_info_answer_free:
 * @self: (transfer full): an answer
 */
void
bcast_info_answer_free (BcastInfoAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->channels);
  g_array_unref (self->batch);
  g_free (self);
}

/**
 * bcast_info_answer_find:
 * @self: an answer
 * @channel: the channel of an event
 * @position: the event's place in its batch, from 0
 *
 * Returns: (nullable): what the server tells of @channel; %NULL when that is nothing
 */
const BcastInfoCounts *
bcast_info_answer_find (BcastInfoAnswer *self,
                        const char      *channel,
                        guint            position)
{
  g_return_val_if_fail (self != NULL && channel != NULL, NULL);

  const BcastInfoCounts *counts = g_hash_table_lookup (self->channels, channel);

  if (counts == NULL && position < self->batch->len)
    counts = &g_array_index (self->batch, BcastInfoCounts, position);
  if (counts != NULL && counts->subscription_count < 0 && counts->user_count < 0)
    return NULL;
  return counts;
}

/**
 * bcast_info_counts_format:
 * @self: what a server tells of a channel
 *
 * Returns: (transfer full): “3 subscribed”, “2 users” or both, translated
 */
char *
bcast_info_counts_format (const BcastInfoCounts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);
  gulong subscribed = (gulong) MAX (self->subscription_count, 0);
  gulong users = (gulong) MAX (self->user_count, 0);

  if (self->subscription_count >= 0)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%lu subscribed", "%lu subscribed", subscribed),
                            subscribed);
  if (text->len > 0 && self->user_count >= 0)
    g_string_append (text, ", ");
  if (self->user_count >= 0)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%lu user", "%lu users", users), users);
  return g_string_free (text, FALSE);
}
