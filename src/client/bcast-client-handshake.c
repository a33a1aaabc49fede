/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-server-words-private.h"
#include "bcast-timer-private.h"
#include "bcast-websocket.h"

/* Key and secret were good enough for a connection that was there. Source: soketi and Sockudo, which close
 * with this code when an app ends the connections of a user, and soketi, which does so as well where a user
 * has to sign in and does not. */
static const char *
get_close_text (BcastClient *self,
                int          code)
{
  if (code == BCAST_CLOSE_UNAUTHORIZED && self->state == BCAST_CLIENT_CONNECTED)
    return _("The server ended the connection: the app disconnected this user, or the server wants a sign-in, "
             "which did not come in time.");
  return bcast_close_code_get_text (code);
}

static GError *
make_close_error (BcastClient *self,
                  int          code,
                  const char  *words)
{
  g_autofree char *clean = bcast_server_words_clean (words);
  const char *text = get_close_text (self, code);

  if (code == BCAST_CLOSE_UNAUTHORIZED && self->sign_in_state == BCAST_SIGN_IN_REFUSED)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED, _("%s The server ended the connection (code %d)."),
                        self->sign_in_error->message, code);
  if (clean != NULL)
    return g_error_new (BCAST_ERROR, bcast_close_code_get_error (code), _("%s (code %d: “%s”)"), text, code, clean);
  return g_error_new (BCAST_ERROR, bcast_close_code_get_error (code), _("%s (code %d)"), text, code);
}

/* A greeting that is an error may come without a code, which a close frame never does. */
static GError *
make_greeting_error (BcastClient *self,
                     int          code,
                     const char  *words)
{
  g_autofree char *clean = bcast_server_words_clean (words);

  if (code != 0)
    return make_close_error (self, code, words);
  return g_error_new (BCAST_ERROR, BCAST_ERROR_REFUSED, _("The server refused the connection: %s"),
                      clean != NULL ? clean : _("no reason given"));
}

static void
establish (BcastClient *self,
           BcastFrame  *frame,
           gint64       received_us)
{
  g_autofree char *socket_id = NULL;
  g_autoptr(GError) error = NULL;
  guint server_timeout_s = 0;

  if (!bcast_frame_parse_established (frame, &socket_id, &server_timeout_s, &error))
    {
      bcast_client_lose (self, BCAST_REACTION_BACK_OFF, FALSE, error);
      return;
    }

  guint epoch = ++self->epoch;

  bcast_timer_stop (&self->deadline_timer);
  bcast_timer_stop (&self->unavailable_timer);
  self->established_us = received_us;
  self->connect_time_us = received_us - self->attempt_us;
  bcast_client_liveness_start (self, server_timeout_s);
  self->socket_id = g_steal_pointer (&socket_id);
  bcast_client_set_state (self, BCAST_CLIENT_CONNECTED, NULL);
  if (epoch == self->epoch)
    bcast_client_sign_in_start (self);
  if (epoch == self->epoch)
    bcast_client_channels_request (self);
  if (epoch == self->epoch)
    bcast_waiters_finish (self->connect_waiters, NULL);
}

/* The server's first message decides. Source: Channels documentation, “Pusher Channels Protocol”,
 * section “Connection events”; an error counts like a close code, as in pusher-js. */
static void
handshake (BcastClient *self,
           BcastFrame  *frame,
           gint64       received_us)
{
  const char *event = bcast_frame_get_event (frame);
  g_autofree char *words = NULL;
  g_autoptr(GError) error = NULL;
  int code = 0;

  if (strcmp (event, "pusher:connection_established") == 0)
    {
      establish (self, frame, received_us);
      return;
    }

  if (strcmp (event, "pusher:error") == 0)
    {
      bcast_frame_parse_error (frame, &code, &words);
      error = make_greeting_error (self, code, words);
      bcast_client_lose (self, bcast_close_code_get_reaction (code), TRUE, error);
      return;
    }

  words = bcast_server_words_clean (event);
  error = g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("The server's first message is “%s”, where the protocol wants "
                         "“pusher:connection_established”. Is there a Pusher-compatible server on this "
                         "port?"), words != NULL ? words : "");
  bcast_client_lose (self, BCAST_REACTION_BACK_OFF, FALSE, error);
}

static void
refuse_message (BcastClient  *self,
                const GError *problem)
{
  BcastPlace place = bcast_client_get_place (self);
  g_autoptr(GError) error = NULL;

  if (self->state == BCAST_CLIENT_CONNECTED)
    {
      bcast_client_report (self, problem);
      return;
    }

  error = g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("What answers on %s port %u takes WebSockets but does not speak the Pusher "
                         "protocol. %s"), place.host, place.port, problem->message);
  bcast_client_lose (self, BCAST_REACTION_BACK_OFF, FALSE, error);
}

/* What the answer to the upgrade says of the server. */
static void
take_upgrade_clues (BcastClient *self)
{
  static const char * const names[] = { "X-Powered-By", "X-Health-Check", "uWebSockets" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = bcast_socket_get_response_header (self->socket, names[i]);

      if (value != NULL)
        bcast_server_clues_add_header (&self->clues, names[i], value);
    }
}

static void
message_cb (const char *text,
            gsize       length,
            gint64      received_us,
            gpointer    user_data)
{
  g_autoptr(BcastClient) self = g_object_ref (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFrame) frame = NULL;
  guint epoch = self->epoch;

  bcast_client_liveness_touch (self, received_us);
  if (text != NULL)
    frame = bcast_frame_parse (text, length, &error);
  else
    error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                                 _("The server sent a binary message, and the protocol has none."));
  if (frame == NULL)
    {
      refuse_message (self, error);
      return;
    }

  bcast_client_emit_frame (self, frame, received_us);
  if (epoch != self->epoch)
    return;

  if (self->state == BCAST_CLIENT_CONNECTED)
    bcast_client_dispatch (self, frame, received_us);
  else
    {
      take_upgrade_clues (self);
      bcast_server_clues_add_frame (&self->clues, frame);
      handshake (self, frame, received_us);
    }
}

static void
alive_cb (gpointer user_data)
{
  bcast_client_liveness_touch (user_data, g_get_monotonic_time ());
}

static void
ended_cb (const BcastSocketEnd *end,
          gpointer              user_data)
{
  int code = end->code != 0 ? end->code : BCAST_WEBSOCKET_CLOSE_ABNORMAL;
  g_autoptr(GError) error = NULL;

  error = end->error != NULL ? g_error_copy (end->error) : make_close_error (user_data, code, end->words);
  bcast_client_lose (user_data, bcast_close_code_get_reaction (code), end->opened, error);
}

const BcastSocketHandler bcast_client_socket_handler = { message_cb, alive_cb, ended_cb };
