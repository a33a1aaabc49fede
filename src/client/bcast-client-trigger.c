/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-json.h"
#include "bcast-limits.h"

static gboolean
check_channel (BcastClient  *self,
               const char   *channel,
               GError      **error)
{
  BcastSubscription *subscription = bcast_client_find_subscription (self, channel);

  if (!bcast_channel_type_has_client_events (bcast_channel_name_find_type (channel)))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("Clients cannot send events to “%s”: only private and presence channels that are "
                     "not encrypted take them."), channel);
      return FALSE;
    }

  if (!bcast_client_is_usable (self) || subscription == NULL
      || bcast_subscription_get_state (subscription) != BCAST_SUBSCRIPTION_SUBSCRIBED)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
                   _("The client is not subscribed to “%s” now. Connect and subscribe it first."), channel);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_event (const char  *event,
             const char  *data,
             GError     **error)
{
  gsize size = strlen (data);

  if (!bcast_event_name_check (event, error))
    return FALSE;

  if (!bcast_event_name_is_client (event))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("The names of events that clients send begin with “client-”. Call it “client-%s”."),
                   event);
      return FALSE;
    }

  if (size > BCAST_LIMIT_DATA_BYTES)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The data has %zu bytes, and %d are allowed. Shorten it."),
                   size, BCAST_LIMIT_DATA_BYTES);
      return FALSE;
    }

  if (!g_utf8_validate_len (data, size, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The data is no valid UTF-8 text. Encode binary data, for instance as base64."));
      return FALSE;
    }

  return TRUE;
}

/* Servers take so many in a second and answer more with code 4301. Source: Channels documentation,
 * “Events”, section “Rate limit your events”. */
static gboolean
check_rate (BcastClient  *self,
            gint64        now_us,
            GError      **error)
{
  gint64 oldest_us = self->triggered_us[self->n_triggered % BCAST_LIMIT_CLIENT_EVENTS_PER_S];
  gint64 wait_us = oldest_us + G_USEC_PER_SEC - now_us;

  if (self->n_triggered < BCAST_LIMIT_CLIENT_EVENTS_PER_S || wait_us <= 0)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_BUSY,
               _("This client sent %d client events within a second, which is as many as servers take from one "
                 "connection; they drop any more. Try again in %.1f seconds."),
               BCAST_LIMIT_CLIENT_EVENTS_PER_S, MAX (wait_us, 100 * 1000) / (double) G_USEC_PER_SEC);
  return FALSE;
}

/**
 * bcast_client_trigger:
 * @self: a client
 * @channel: a private or presence channel that the client is subscribed to
 * @event: the event's name, which begins with `client-`
 * @data: the data; JSON goes out as the value it is, as from pusher-js, anything else as a string
 * @error: %BCAST_ERROR_INVALID, %BCAST_ERROR_TOO_LARGE, %BCAST_ERROR_NOT_CONNECTED, or %BCAST_ERROR_BUSY
 *   for more in a second than servers take
 *
 * Sends a client event. The protocol has no acknowledgement; a server that refuses it says so in
 * the "error" signal.
 * Source: Channels documentation, “Events”, section “Triggering client events”.
 *
 * Returns: whether the event was handed to the connection
 */
gboolean
bcast_client_trigger (BcastClient  *self,
                      const char   *channel,
                      const char   *event,
                      const char   *data,
                      GError      **error)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (channel != NULL && event != NULL && data != NULL, FALSE);

  gint64 now_us = g_get_monotonic_time ();

  if (!check_channel (self, channel, error) || !check_event (event, data, error)
      || !check_rate (self, now_us, error))
    return FALSE;

  gboolean is_json = bcast_json_scan (data, strlen (data), NULL, NULL, NULL);
  g_autofree char *text = bcast_frame_format (event, channel, data,
                                              is_json ? BCAST_FRAME_DATA_JSON : BCAST_FRAME_DATA_STRING,
                                              NULL);

  if (bcast_socket_send (self->socket, text))
    {
      self->triggered_us[self->n_triggered++ % BCAST_LIMIT_CLIENT_EVENTS_PER_S] = now_us;
      return TRUE;
    }

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
                       _("The connection is being closed, so the event was not sent."));
  return FALSE;
}
