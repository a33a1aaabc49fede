/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-messages-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-close-code.h"
#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-hub-private.h"
#include "bcast-json.h"

static gboolean
check_client_event (BcastPeer   *self,
                    BcastFrame  *frame,
                    gint64       now_us,
                    GError     **error)
{
  const char *channel = bcast_frame_get_channel (frame);
  const char *data = bcast_frame_get_data (frame);
  gsize size = data != NULL ? strlen (data) : 0;
  BcastChannelType type = channel != NULL ? bcast_channel_name_find_type (channel) : BCAST_CHANNEL_PUBLIC;
  g_autofree char *shown = channel != NULL ? bcast_peer_dup_beginning (channel) : NULL;

  if (!bcast_hub_get_options (bcast_peer_get_hub (self))->has_client_events)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("Client events are switched off for this app. Switch them on in its settings."));
  else if (channel == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("A client event came without a channel."));
  else if (bcast_channel_type_is_encrypted (type))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("Encrypted channels such as “%s” have no client events. Let your app publish it, or use a "
                   "private channel."), shown);
  else if (!bcast_channel_type_has_client_events (type))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("Client events are only for private and presence channels, and “%s” is neither."),
                 shown);
  else if (!g_hash_table_contains (bcast_peer_get_subscriptions (self), channel))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                 _("A client event for “%s” was refused: this socket is not subscribed to it."), shown);
  else if (size > BCAST_LIMIT_DATA_BYTES)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The data of the client event has %zu bytes, %zu more than the %d that an event may "
                   "have."), size, size - BCAST_LIMIT_DATA_BYTES, BCAST_LIMIT_DATA_BYTES);
  else if (!bcast_event_name_check (bcast_frame_get_event (frame), error))
    return FALSE;
  else if (!bcast_peer_take_client_event (self, now_us))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_BUSY,
                 _("Client event rejected due to rate limit: a socket may send %d in a second."),
                 BCAST_LIMIT_CLIENT_EVENTS_PER_S);
  else
    return TRUE;

  return FALSE;
}

static gboolean
find_data (const BcastJsonSpan *key,
           const BcastJsonSpan *value,
           gpointer             user_data)
{
  BcastJsonSpan *data = user_data;

  if (bcast_json_span_equals (key, "data"))
    *data = *value;
  return TRUE;
}

/* The value as it stands, null too; %NULL when there is none. The frame was scanned once already. */
static char *
dup_raw_data (BcastFrame *frame)
{
  gsize length;
  const char *raw = bcast_frame_get_raw (frame, &length);
  BcastJsonSpan data = { .start = NULL };

  bcast_json_scan_object (raw, length, find_data, &data, NULL, NULL);
  return data.start != NULL ? g_strndup (data.start, data.length) : NULL;
}

/**
 * bcast_peer_handle_client_event:
 * @self: a peer
 * @frame: an event whose name begins with `client-`
 * @now_us: the monotonic clock
 *
 * Passes it on to the others on its channel, or says why not. 4301 comes as a message and never
 * closes: pusher-js would not reconnect after it.
 * Source: Channels documentation, “Events”, section “Triggering client events”.
 */
void
bcast_peer_handle_client_event (BcastPeer  *self,
                                BcastFrame *frame,
                                gint64      now_us)
{
  g_autoptr(GError) error = NULL;

  if (!check_client_event (self, frame, now_us, &error))
    {
      bcast_peer_send_error (self, bcast_frame_get_channel (frame),
                             error->code == BCAST_ERROR_UNAUTHORIZED
                             ? BCAST_CLOSE_UNAUTHORIZED : BCAST_CLOSE_CLIENT_EVENT_REFUSED,
                             error->message);
      return;
    }

  g_autofree char *data = dup_raw_data (frame);
  BcastHub *hub = bcast_peer_get_hub (self);

  bcast_hub_relay (hub, bcast_hub_find_channel (hub, bcast_frame_get_channel (frame)), self,
                   bcast_frame_get_event (frame), data);
}
