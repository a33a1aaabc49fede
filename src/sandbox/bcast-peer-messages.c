/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-messages-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-hub-private.h"

/**
 * bcast_peer_dup_beginning:
 * @text: what a client sent, as long as a message at most
 *
 * Returns: (transfer full): as much of it as suits a sentence
 */
char *
bcast_peer_dup_beginning (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), BCAST_LIMIT_EVENT_NAME));
}

/**
 * bcast_peer_read_data:
 * @frame: a frame
 * @fields: (array length=n_fields): which members of its data to read
 * @n_fields: how many
 * @error: %BCAST_ERROR_INVALID when there is no data, or other than expected
 *
 * Returns: whether @fields were read as by bcast_json_fields_read()
 */
gboolean
bcast_peer_read_data (BcastFrame            *frame,
                      const BcastJsonField  *fields,
                      gsize                  n_fields,
                      GError               **error)
{
  g_return_val_if_fail (frame != NULL, FALSE);

  const char *data = bcast_frame_get_data (frame);

  if (data != NULL)
    return bcast_json_fields_read (data, strlen (data), fields, n_fields, error);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%s” came without data."), bcast_frame_get_event (frame));
  return FALSE;
}

static void
handle_ping (BcastPeer  *self,
             BcastFrame *frame,
             gint64      now_us)
{
  if (bcast_hub_find_fault (bcast_peer_get_hub (self), BCAST_FAULT_NO_PONG, self) == NULL)
    bcast_peer_send_text (self, "{\"event\":\"pusher:pong\",\"data\":\"{}\"}");
}

static void
handle_pong (BcastPeer  *self,
             BcastFrame *frame,
             gint64      now_us)
{
  /* That it came is all there is to know. */
}

static const struct
{
  const char *event;
  void      (*handle) (BcastPeer  *self,
                       BcastFrame *frame,
                       gint64      now_us);
} handlers[] = {
  { "pusher:subscribe", bcast_peer_handle_subscribe },
  { "pusher:unsubscribe", bcast_peer_handle_unsubscribe },
  { "pusher:ping", handle_ping },
  { "pusher:pong", handle_pong },
  { "pusher:signin", bcast_peer_handle_sign_in },
};

/**
 * bcast_peer_handle_message:
 * @self: a peer
 * @text: (array length=length): a message from its client
 * @length: its length in bytes
 * @now_us: the monotonic clock
 *
 * Does what the message asks for, or says why not. Nothing that a client sends ends the connection.
 */
void
bcast_peer_handle_message (BcastPeer  *self,
                           const char *text,
                           gsize       length,
                           gint64      now_us)
{
  g_return_if_fail (BCAST_IS_PEER (self) && text != NULL);

  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFrame) frame = bcast_frame_parse (text, length, &error);

  if (frame == NULL)
    {
      bcast_peer_send_error (self, NULL, 0, error->message);
      return;
    }

  if (bcast_frame_has_odd_name (frame))
    {
      bcast_peer_send_error (self, NULL, 0,
                             _("The name of the event or channel has a NUL character or half of a surrogate "
                               "pair, which no text can carry. Leave it out."));
      return;
    }

  const char *event = bcast_frame_get_event (frame);

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (strcmp (event, handlers[i].event) == 0)
      {
        handlers[i].handle (self, frame, now_us);
        return;
      }

  if (bcast_event_name_is_client (event))
    {
      bcast_peer_handle_client_event (self, frame, now_us);
      return;
    }

  g_autofree char *shown = bcast_peer_dup_beginning (event);
  g_autofree char *message = g_strdup_printf (_("The event “%s” is not one that a client can send. "
                                                "Client events begin with “client-”."), shown);
  bcast_peer_send_error (self, NULL, 0, message);
}
