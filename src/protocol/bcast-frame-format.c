/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-frame.h"

#include "bcast-json.h"

static void
append_member (GString    *buffer,
               const char *key,
               const char *value)
{
  g_string_append_printf (buffer, ",\"%s\":", key);
  bcast_json_append_quoted (buffer, value, -1);
}

/**
 * bcast_frame_format:
 * @event: the event's name
 * @channel: (nullable): its channel
 * @data: (nullable): its data
 * @data_form: whether @data goes out as a string, or is a JSON text that goes out as it is
 * @user_id: (nullable): who sent it, on presence channels
 *
 * Returns: (transfer full): one message for the WebSocket
 */
char *
bcast_frame_format (const char     *event,
                    const char     *channel,
                    const char     *data,
                    BcastFrameData  data_form,
                    const char     *user_id)
{
  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail (data != NULL || data_form == BCAST_FRAME_DATA_ABSENT, NULL);

  GString *buffer = g_string_new ("{\"event\":");

  bcast_json_append_quoted (buffer, event, -1);
  if (channel != NULL)
    append_member (buffer, "channel", channel);
  if (data_form == BCAST_FRAME_DATA_STRING)
    append_member (buffer, "data", data);
  else if (data_form == BCAST_FRAME_DATA_JSON)
    g_string_append_printf (buffer, ",\"data\":%s", data);
  if (user_id != NULL)
    append_member (buffer, "user_id", user_id);
  g_string_append_c (buffer, '}');

  return g_string_free (buffer, FALSE);
}

/**
 * bcast_frame_format_subscribe:
 * @channel: the channel's full name
 * @auth: (nullable): its signature; %NULL for a public channel
 * @channel_data: (nullable): the exact text that was signed
 *
 * Members stand in the order in which pusher-js sends them, with an empty `auth` on public channels.
 *
 * Returns: (transfer full): a `pusher:subscribe` message
 */
char *
bcast_frame_format_subscribe (const char *channel,
                              const char *auth,
                              const char *channel_data)
{
  g_return_val_if_fail (channel != NULL, NULL);

  GString *buffer = g_string_new ("{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":");

  bcast_json_append_quoted (buffer, auth != NULL ? auth : "", -1);
  if (channel_data != NULL)
    append_member (buffer, "channel_data", channel_data);
  append_member (buffer, "channel", channel);
  g_string_append (buffer, "}}");

  return g_string_free (buffer, FALSE);
}

/**
 * bcast_frame_format_unsubscribe:
 * @channel: the channel's full name
 *
 * Returns: (transfer full): a `pusher:unsubscribe` message
 */
char *
bcast_frame_format_unsubscribe (const char *channel)
{
  g_return_val_if_fail (channel != NULL, NULL);

  g_autofree char *quoted = bcast_json_quote (channel);

  return g_strdup_printf ("{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":%s}}", quoted);
}

/**
 * bcast_frame_format_signin:
 * @auth: the signature
 * @user_data: the exact text that was signed
 *
 * Returns: (transfer full): a `pusher:signin` message
 */
char *
bcast_frame_format_signin (const char *auth,
                           const char *user_data)
{
  g_return_val_if_fail (auth != NULL && user_data != NULL, NULL);

  GString *buffer = g_string_new ("{\"event\":\"pusher:signin\",\"data\":{\"auth\":");

  bcast_json_append_quoted (buffer, auth, -1);
  append_member (buffer, "user_data", user_data);
  g_string_append (buffer, "}}");

  return g_string_free (buffer, FALSE);
}

/**
 * bcast_frame_format_error:
 * @code: a code of the protocol
 * @message: a sentence
 *
 * The data is an object here and not a string, as hosted Pusher sends it.
 *
 * Returns: (transfer full): a `pusher:error` message
 */
char *
bcast_frame_format_error (int         code,
                          const char *message)
{
  g_return_val_if_fail (message != NULL, NULL);

  g_autofree char *quoted = bcast_json_quote (message);

  return g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"code\":%d,\"message\":%s}}",
                          code, quoted);
}
