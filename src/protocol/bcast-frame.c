/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-frame.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"

/**
 * BcastFrame:
 *
 * One message of the WebSocket, taken apart once and never changed. Keeps the exact bytes. A frame is a
 * single block of memory: all its texts stand behind it.
 */
struct _BcastFrame
{
  gatomicrefcount  refs;

  const char      *event;
  const char      *channel;
  const char      *user_id;
  const char      *data;
  BcastFrameData   data_form;
  gboolean         has_odd_name; /* event or channel has what no text can have */
  const char      *raw;
  gsize            raw_length;
};

/* Where the members of a frame stand; those that are not there have no start. */
typedef struct
{
  BcastJsonSpan  event;
  BcastJsonSpan  channel;
  BcastJsonSpan  user_id;
  BcastJsonSpan  data;
  gboolean       has_odd_name;
} Members;

static gboolean
take_name (Members             *members,
           const BcastJsonSpan *value,
           BcastJsonSpan       *field)
{
  if (value->type != BCAST_JSON_STRING && value->type != BCAST_JSON_NULL)
    return FALSE;

  *field = value->type == BCAST_JSON_STRING ? *value : (BcastJsonSpan) { 0, };
  if (value->type == BCAST_JSON_STRING && !bcast_json_span_is_text (value))
    members->has_odd_name = TRUE;
  return TRUE;
}

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Members *members = user_data;

  if (bcast_json_span_equals (key, "event"))
    return take_name (members, value, &members->event);
  if (bcast_json_span_equals (key, "channel"))
    return take_name (members, value, &members->channel);
  if (bcast_json_span_equals (key, "data"))
    members->data = value->type != BCAST_JSON_NULL ? *value : (BcastJsonSpan) { 0, };
  /* Reverb has sent numeric user ids; they are of no use but do no harm. */
  else if (bcast_json_span_equals (key, "user_id") && value->type == BCAST_JSON_STRING)
    members->user_id = *value;

  return TRUE;
}

/* Writes one text behind the frame, with a zero at its end. A string is no longer than its span. */
static const char *
put_text (char                **room,
          const BcastJsonSpan  *span)
{
  char *text = *room;

  if (span->start == NULL)
    return NULL;

  if (span->type == BCAST_JSON_STRING)
    *room += bcast_json_span_decode (span, text) + 1;
  else
    {
      memcpy (text, span->start, span->length);
      text[span->length] = '\0';
      *room += span->length + 1;
    }
  return text;
}

static BcastFrame *
make_frame (const Members *members,
            const char    *text,
            gsize          length)
{
  gsize bytes = members->event.length + members->channel.length + members->user_id.length
                + members->data.length + 1 + length + 1;
  BcastFrame *self = g_malloc (sizeof *self + bytes);
  char *room = (char *) (self + 1);

  g_atomic_ref_count_init (&self->refs);
  self->event = put_text (&room, &members->event);
  self->channel = put_text (&room, &members->channel);
  self->user_id = put_text (&room, &members->user_id);
  self->data = put_text (&room, &members->data);
  self->data_form = members->data.start == NULL ? BCAST_FRAME_DATA_ABSENT
                    : members->data.type == BCAST_JSON_STRING ? BCAST_FRAME_DATA_STRING : BCAST_FRAME_DATA_JSON;
  self->has_odd_name = members->has_odd_name;
  memcpy (room, text, length);
  room[length] = '\0';
  self->raw = room;
  self->raw_length = length;
  return self;
}

/**
 * bcast_frame_parse:
 * @text: (array length=length): a message as it came
 * @length: its length in bytes
 * @error: %BCAST_ERROR_PROTOCOL, with what is wrong and where
 *
 * Members that the protocol does not know are passed over; of equal ones the last wins, as in
 * JavaScript. Source: Channels documentation, “Pusher Channels Protocol”, section “Events”.
 *
 * Returns: (transfer full) (nullable): the frame, or %NULL with @error set
 */
BcastFrame *
bcast_frame_parse (const char  *text,
                   gsize        length,
                   GError     **error)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  Members members = { 0, };
  g_autoptr(GError) problem = NULL;
  gsize offset = 0;

  if (!bcast_json_scan_object (text, length, take_member, &members, &offset, &problem))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                   _("A message is no frame of the protocol (byte %zu): %s"), offset + 1, problem->message);
      return NULL;
    }

  /* Nothing between its quotes. */
  if (members.event.start == NULL || members.event.length == 2)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                           _("A message is no frame of the protocol: it has no event name."));
      return NULL;
    }

  return make_frame (&members, text, length);
}

static gsize
text_bytes (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

static const char *
copy_text (char       **room,
           const char  *text)
{
  char *copy = *room;

  if (text == NULL)
    return NULL;
  *room = stpcpy (copy, text) + 1;
  return copy;
}

/**
 * bcast_frame_new_with_data:
 * @self: a frame
 * @data: what its data means, such as the plain text of encrypted data
 *
 * Returns: (transfer full): a frame with @data as a string in place of its own, and the exact bytes
 *   of @self
 */
BcastFrame *
bcast_frame_new_with_data (BcastFrame *self,
                           const char *data)
{
  g_return_val_if_fail (self != NULL && data != NULL, NULL);

  gsize bytes = text_bytes (self->event) + text_bytes (self->channel) + text_bytes (self->user_id)
                + text_bytes (data) + self->raw_length + 1;
  BcastFrame *copy = g_malloc (sizeof *copy + bytes);
  char *room = (char *) (copy + 1);

  g_atomic_ref_count_init (&copy->refs);
  copy->event = copy_text (&room, self->event);
  copy->channel = copy_text (&room, self->channel);
  copy->user_id = copy_text (&room, self->user_id);
  copy->data = copy_text (&room, data);
  copy->data_form = BCAST_FRAME_DATA_STRING;
  copy->has_odd_name = self->has_odd_name;
  memcpy (room, self->raw, self->raw_length + 1);
  copy->raw = room;
  copy->raw_length = self->raw_length;
  return copy;
}

/**
 * bcast_frame_ref:
 * @self: a frame
 *
 * Returns: (transfer full): @self
 */
BcastFrame *
bcast_frame_ref (BcastFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * bcast_frame_unref:
 * @self: (transfer full): a frame
 */
void
bcast_frame_unref (BcastFrame *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

/**
 * bcast_frame_get_event:
 * @self: a frame
 *
 * Returns: the event's name, never empty
 */
const char *
bcast_frame_get_event (BcastFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->event;
}

/**
 * bcast_frame_get_channel:
 * @self: a frame
 *
 * Returns: (nullable): the channel, if the frame has one
 */
const char *
bcast_frame_get_channel (BcastFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->channel;
}

/**
 * bcast_frame_has_odd_name:
 * @self: a frame
 *
 * A name may have U+0000 or lone surrogates, for which U+FFFD stands in what bcast_frame_get_event() and
 * bcast_frame_get_channel() give. That will do to show the frame, and not to act on it.
 *
 * Returns: whether one of the two is not what was sent
 */
gboolean
bcast_frame_has_odd_name (BcastFrame *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_odd_name;
}

/**
 * bcast_frame_get_user_id:
 * @self: a frame
 *
 * Returns: (nullable): who sent a client event on a presence channel
 */
const char *
bcast_frame_get_user_id (BcastFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->user_id;
}

/**
 * bcast_frame_get_data:
 * @self: a frame
 *
 * Returns: (nullable): the data as text: what the string held, or the JSON text of any other value
 */
const char *
bcast_frame_get_data (BcastFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data;
}

/**
 * bcast_frame_get_data_form:
 * @self: a frame
 *
 * Returns: how the data stood on the wire
 */
BcastFrameData
bcast_frame_get_data_form (BcastFrame *self)
{
  g_return_val_if_fail (self != NULL, BCAST_FRAME_DATA_ABSENT);

  return self->data_form;
}

/**
 * bcast_frame_get_raw:
 * @self: a frame
 * @length: (out) (optional): its length in bytes
 *
 * Returns: the exact text that was parsed
 */
const char *
bcast_frame_get_raw (BcastFrame *self,
                     gsize      *length)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (length != NULL)
    *length = self->raw_length;
  return self->raw;
}
