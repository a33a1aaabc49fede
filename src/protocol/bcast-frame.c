/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-frame.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"

/**
 * BcastFrame:
 *
 * One message of the WebSocket, taken apart once and never changed. Keeps the exact bytes.
 */
struct _BcastFrame
{
  gatomicrefcount  refs;

  char            *event;
  char            *channel;
  char            *user_id;
  char            *data;
  BcastFrameData   data_form;
  gboolean         has_odd_name; /* event or channel has what no text can have */
  char            *raw;
  gsize            raw_length;
};

static gboolean
take_string (const BcastJsonSpan  *value,
             char                **field)
{
  if (value->type != BCAST_JSON_STRING && value->type != BCAST_JSON_NULL)
    return FALSE;

  g_free (*field);
  *field = value->type == BCAST_JSON_STRING ? bcast_json_span_dup_string (value, NULL) : NULL;
  return TRUE;
}

static gboolean
take_name (BcastFrame           *self,
           const BcastJsonSpan  *value,
           char                **field)
{
  if (value->type == BCAST_JSON_STRING && !bcast_json_span_is_text (value))
    self->has_odd_name = TRUE;
  return take_string (value, field);
}

static gboolean
take_data (BcastFrame          *self,
           const BcastJsonSpan *value)
{
  g_free (self->data);
  self->data = NULL;

  if (value->type == BCAST_JSON_NULL)
    self->data_form = BCAST_FRAME_DATA_ABSENT;
  else if (value->type == BCAST_JSON_STRING)
    {
      self->data_form = BCAST_FRAME_DATA_STRING;
      self->data = bcast_json_span_dup_string (value, NULL);
    }
  else
    {
      self->data_form = BCAST_FRAME_DATA_JSON;
      self->data = g_strndup (value->start, value->length);
    }

  return TRUE;
}

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  BcastFrame *self = user_data;

  if (bcast_json_span_equals (key, "event"))
    return take_name (self, value, &self->event);
  if (bcast_json_span_equals (key, "channel"))
    return take_name (self, value, &self->channel);
  if (bcast_json_span_equals (key, "data"))
    return take_data (self, value);
  /* Reverb has sent numeric user ids; they are of no use but do no harm. */
  if (bcast_json_span_equals (key, "user_id") && value->type == BCAST_JSON_STRING)
    return take_string (value, &self->user_id);

  return TRUE;
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

  g_autoptr(BcastFrame) self = g_new0 (BcastFrame, 1);
  g_autoptr(GError) problem = NULL;
  gsize offset = 0;

  g_atomic_ref_count_init (&self->refs);

  if (!bcast_json_scan_object (text, length, take_member, self, &offset, &problem))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                   _("A message is no frame of the protocol (byte %zu): %s"), offset + 1, problem->message);
      return NULL;
    }

  if (self->event == NULL || *self->event == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                           _("A message is no frame of the protocol: it has no event name."));
      return NULL;
    }

  self->raw = g_strndup (text, length);
  self->raw_length = length;
  return g_steal_pointer (&self);
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

  BcastFrame *copy = g_new0 (BcastFrame, 1);

  g_atomic_ref_count_init (&copy->refs);
  copy->event = g_strdup (self->event);
  copy->channel = g_strdup (self->channel);
  copy->user_id = g_strdup (self->user_id);
  copy->data = g_strdup (data);
  copy->data_form = BCAST_FRAME_DATA_STRING;
  copy->has_odd_name = self->has_odd_name;
  copy->raw = g_memdup2 (self->raw, self->raw_length + 1);
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

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->event);
  g_free (self->channel);
  g_free (self->user_id);
  g_free (self->data);
  g_free (self->raw);
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

typedef struct
{
  char   *socket_id;
  gint64  activity_timeout_s;
} Established;

static gboolean
take_established (const BcastJsonSpan *key,
                  const BcastJsonSpan *value,
                  gpointer             user_data)
{
  Established *established = user_data;

  if (bcast_json_span_equals (key, "socket_id") && value->type == BCAST_JSON_STRING)
    return take_string (value, &established->socket_id);
  if (bcast_json_span_equals (key, "activity_timeout") && value->type == BCAST_JSON_NUMBER)
    established->activity_timeout_s = g_ascii_strtoll (value->start, NULL, 10);
  return TRUE;
}

/**
 * bcast_frame_parse_established:
 * @self: a `pusher:connection_established` frame
 * @socket_id: (out) (transfer full): the socket id
 * @activity_timeout_s: (out): seconds of silence after which the client pings
 * @error: %BCAST_ERROR_PROTOCOL when the handshake lacks one of the two
 *
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Connection events”.
 *
 * Returns: whether the handshake is complete
 */
gboolean
bcast_frame_parse_established (BcastFrame  *self,
                               char       **socket_id,
                               guint       *activity_timeout_s,
                               GError     **error)
{
  g_return_val_if_fail (self != NULL && socket_id != NULL && activity_timeout_s != NULL, FALSE);

  Established established = { NULL, 0 };
  const char *data = self->data != NULL ? self->data : "";

  if (!bcast_json_scan_object (data, strlen (data), take_established, &established, NULL, NULL)
      || established.socket_id == NULL)
    {
      g_free (established.socket_id);
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                           _("The server's handshake has no socket id. Is there a Pusher-compatible "
                             "server on this port?"));
      return FALSE;
    }

  if (established.activity_timeout_s <= 0)
    {
      g_free (established.socket_id);
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                           _("The server's handshake tells no activity timeout, which the protocol demands."));
      return FALSE;
    }

  *socket_id = established.socket_id;
  *activity_timeout_s = (guint) MIN (established.activity_timeout_s, 24 * 60 * 60);
  return TRUE;
}

typedef struct
{
  gint64  code;
  char   *message;
} ErrorData;

static gboolean
take_error (const BcastJsonSpan *key,
            const BcastJsonSpan *value,
            gpointer             user_data)
{
  ErrorData *data = user_data;

  if (bcast_json_span_equals (key, "code") && value->type == BCAST_JSON_NUMBER)
    data->code = g_ascii_strtoll (value->start, NULL, 10);
  else if (bcast_json_span_equals (key, "message") && value->type == BCAST_JSON_STRING)
    return take_string (value, &data->message);
  return TRUE;
}

/**
 * bcast_frame_parse_error:
 * @self: a `pusher:error` frame
 * @code: (out): its code, 0 when it has none
 * @message: (out) (transfer full): its words, never %NULL
 *
 * Accepts the data as an object and as a string, as servers differ.
 */
void
bcast_frame_parse_error (BcastFrame  *self,
                         int         *code,
                         char       **message)
{
  g_return_if_fail (self != NULL && code != NULL && message != NULL);

  ErrorData data = { 0, NULL };
  const char *text = self->data != NULL ? self->data : "";

  bcast_json_scan_object (text, strlen (text), take_error, &data, NULL, NULL);
  *code = (int) CLAMP (data.code, 0, G_MAXINT);
  *message = data.message != NULL ? data.message : g_strdup (text);
}
