/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-frame.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"

/* What the frames say that are about the connection itself. */

static void
take_string (const BcastJsonSpan  *value,
             char                **field)
{
  g_free (*field);
  *field = bcast_json_span_dup_string (value, NULL);
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
    take_string (value, &established->socket_id);
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
  const char *data = bcast_frame_get_data (self) != NULL ? bcast_frame_get_data (self) : "";

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
    take_string (value, &data->message);
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
  const char *text = bcast_frame_get_data (self) != NULL ? bcast_frame_get_data (self) : "";

  bcast_json_scan_object (text, strlen (text), take_error, &data, NULL, NULL);
  *code = (int) CLAMP (data.code, 0, G_MAXINT);
  *message = data.message != NULL ? data.message : g_strdup (text);
}
