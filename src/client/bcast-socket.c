/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-socket-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-transport-error-private.h"

/**
 * BcastSocket:
 *
 * One attempt at a WebSocket and what becomes of it: opened once, ended once, never opened again.
 * The owner hears of it through its handler until the end or until it lets go of the socket, by
 * bcast_socket_retire() or bcast_socket_drop(); afterwards nothing reaches the owner, whatever may
 * still be under way.
 */
struct _BcastSocket
{
  GObject                   parent_instance;

  BcastApp                 *app;
  const BcastSocketHandler *handler; /* NULL once ended or let go of */
  gpointer                  user_data;
  GCancellable             *cancellable;
  SoupMessage              *message;   /* the request to open the WebSocket */
  SoupWebsocketConnection  *websocket; /* NULL before it opened and after it closed */
  gboolean                  retired;   /* then the socket holds a reference to itself */
  BcastSocketGoneFunc       gone;
  gpointer                  gone_data;
};

G_DEFINE_FINAL_TYPE (BcastSocket, bcast_socket, G_TYPE_OBJECT)

static void
bcast_socket_dispose (GObject *object)
{
  bcast_socket_drop (BCAST_SOCKET (object));

  G_OBJECT_CLASS (bcast_socket_parent_class)->dispose (object);
}

static void
bcast_socket_finalize (GObject *object)
{
  BcastSocket *self = BCAST_SOCKET (object);

  g_clear_object (&self->message);
  g_object_unref (self->cancellable);
  bcast_app_unref (self->app);

  G_OBJECT_CLASS (bcast_socket_parent_class)->finalize (object);
}

static void
bcast_socket_class_init (BcastSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bcast_socket_dispose;
  object_class->finalize = bcast_socket_finalize;
}

static void
bcast_socket_init (BcastSocket *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
end (BcastSocket          *self,
     const BcastSocketEnd *how)
{
  const BcastSocketHandler *handler = g_steal_pointer (&self->handler);

  if (handler != NULL)
    handler->ended (how, self->user_data);
}

static void
message_cb (SoupWebsocketConnection *websocket,
            int                      type,
            GBytes                  *message,
            BcastSocket             *self)
{
  gint64 received_us = g_get_monotonic_time ();
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  if (self->handler != NULL)
    self->handler->message (type == SOUP_WEBSOCKET_DATA_TEXT ? text : NULL, length, received_us,
                            self->user_data);
}

static void
pong_cb (SoupWebsocketConnection *websocket,
         GBytes                  *message,
         BcastSocket             *self)
{
  if (self->handler != NULL)
    self->handler->alive (self->user_data);
}

static BcastPlace
get_place (BcastSocket *self)
{
  return (BcastPlace) { bcast_app_get_ws_host (self->app), bcast_app_get_ws_port (self->app) };
}

static void
error_cb (SoupWebsocketConnection *websocket,
          GError                  *cause,
          BcastSocket             *self)
{
  BcastPlace place = get_place (self);
  g_autoptr(GError) error = NULL;

  if (g_error_matches (cause, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    error = g_error_new (BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                         _("The server sent a message of more than %d bytes, which is too large to be "
                           "an event. The connection was closed."),
                         BCAST_LIMIT_MESSAGE_BYTES);
  else if (cause->domain == SOUP_WEBSOCKET_ERROR)
    error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                                 _("The server sent something that is no WebSocket message, or text that "
                                   "is not UTF-8. The connection was closed."));
  else
    error = bcast_transport_error_new (cause, &place, 0);

  end (self, &(BcastSocketEnd) { .opened = TRUE, .error = error });
}

/* Comes when a close frame came, while "closed" waits up to five seconds for the other end to close
 * TCP as well: too long where the protocol says to reconnect at once. */
static void
closing_cb (SoupWebsocketConnection *websocket,
            BcastSocket             *self)
{
  int code = soup_websocket_connection_get_close_code (websocket);

  if (code != 0)
    end (self, &(BcastSocketEnd) {
      .opened = TRUE, .code = code, .words = soup_websocket_connection_get_close_data (websocket) });
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           BcastSocket             *self)
{
  g_autoptr(BcastSocket) keep = g_object_ref (self);

  end (self, &(BcastSocketEnd) {
    .opened = TRUE, .code = soup_websocket_connection_get_close_code (websocket),
    .words = soup_websocket_connection_get_close_data (websocket) });
  bcast_socket_drop (self);
}

/* The other end answered with HTTP instead of a WebSocket. */
static GError *
make_status_error (BcastSocket *self,
                   guint        status)
{
  const char *host = bcast_app_get_ws_host (self->app);
  guint16 port = bcast_app_get_ws_port (self->app);

  if (status == 404)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                        _("The web server on %s port %u has no WebSocket for apps at “%s/app” (status "
                          "404). Check port and path in the profile."),
                        host, port, bcast_app_get_path (self->app));
  if (status == 401 || status == 403)
    return g_error_new (BCAST_ERROR, status == 401 ? BCAST_ERROR_UNAUTHORIZED : BCAST_ERROR_FORBIDDEN,
                        _("The server on %s port %u does not let this program connect (status %u). "
                          "Check the app key, and whether a proxy is in the way."),
                        host, port, status);
  if (status == 429 || status >= 500)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_BUSY,
                        _("The server on %s port %u cannot take connections now (status %u)."),
                        host, port, status);
  if (status >= 300 && status < 400)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                        _("The server on %s port %u sends WebSockets elsewhere (status %u), which is "
                          "not followed. Does it want TLS?"),
                        host, port, status);
  return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                      _("What answers on %s port %u is no Pusher-compatible server: it does not take "
                        "WebSockets (status %u). Check host, port and path in the profile."),
                      host, port, status);
}

/* libsoup before 3.8 bounds each fragment of a message, but not how many there are. */
static void
limit_messages (SoupWebsocketConnection *websocket)
{
  soup_websocket_connection_set_max_incoming_payload_size (websocket, BCAST_LIMIT_MESSAGE_BYTES);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (websocket), "max-total-message-size") != NULL)
    g_object_set (websocket, "max-total-message-size", (guint64) BCAST_LIMIT_MESSAGE_BYTES, NULL);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BcastSocket) self = user_data;
  g_autoptr(GError) cause = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(SoupWebsocketConnection) websocket = NULL;

  websocket = soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &cause);
  if (self->handler == NULL)
    return;

  if (websocket == NULL)
    {
      BcastPlace place = get_place (self);

      if (cause->domain == SOUP_WEBSOCKET_ERROR)
        error = make_status_error (self, soup_message_get_status (self->message));
      else
        error = bcast_transport_error_new (cause, &place,
                                           soup_message_get_tls_peer_certificate_errors (self->message));
      end (self, &(BcastSocketEnd) { .opened = FALSE, .error = error });
      return;
    }

  limit_messages (websocket);
  g_signal_connect (websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (websocket, "pong", G_CALLBACK (pong_cb), self);
  g_signal_connect (websocket, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (websocket, "closing", G_CALLBACK (closing_cb), self);
  g_signal_connect (websocket, "closed", G_CALLBACK (closed_cb), self);
  self->websocket = g_steal_pointer (&websocket);
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              user_data)
{
  return TRUE;
}

/**
 * bcast_socket_new_session:
 *
 * Returns: (transfer full): a session for any number of sockets, which keeps no cookies, answers no
 *   passwords and has no time-out of its own: a WebSocket may be silent for long
 */
SoupSession *
bcast_socket_new_session (void)
{
  SoupSession *session = soup_session_new_with_options ("timeout", 0, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

/**
 * bcast_socket_new:
 * @app: where to connect to, and with which key
 * @handler: what to tell the owner; must live as long as the program
 * @user_data: for @handler
 *
 * Returns: (transfer full): a socket that is not open yet
 */
BcastSocket *
bcast_socket_new (BcastApp                 *app,
                  const BcastSocketHandler *handler,
                  gpointer                  user_data)
{
  g_return_val_if_fail (app != NULL && handler != NULL, NULL);

  BcastSocket *self = g_object_new (BCAST_TYPE_SOCKET, NULL);

  self->app = bcast_app_ref (app);
  self->handler = handler;
  self->user_data = user_data;
  return self;
}

/**
 * bcast_socket_open:
 * @self: a new socket
 * @session: made by bcast_socket_new_session()
 *
 * @error: %BCAST_ERROR_INVALID when host or path cannot stand in an address
 *
 * Starts to connect. There is no word when the WebSocket is open, because in this protocol the
 * server speaks first.
 *
 * Returns: whether an attempt is under way, whose end the handler is told
 */
gboolean
bcast_socket_open (BcastSocket  *self,
                   SoupSession  *session,
                   GError      **error)
{
  g_return_val_if_fail (BCAST_IS_SOCKET (self), FALSE);
  g_return_val_if_fail (SOUP_IS_SESSION (session), FALSE);

  g_autofree char *uri = bcast_app_dup_ws_uri (self->app);

  self->message = soup_message_new (SOUP_METHOD_GET, uri);
  if (self->message == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” is no address. Check host and path in the profile."), uri);
      return FALSE;
    }

  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  if (bcast_app_get_accept_any_certificate (self->app))
    g_signal_connect (self->message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);

  soup_session_websocket_connect_async (session, self->message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->cancellable, connected_cb, g_object_ref (self));
  return TRUE;
}

/**
 * bcast_socket_send:
 * @self: a socket
 * @text: one message, valid UTF-8
 *
 * Returns: whether the WebSocket is open and will send @text
 */
gboolean
bcast_socket_send (BcastSocket *self,
                   const char  *text)
{
  g_return_val_if_fail (BCAST_IS_SOCKET (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (self->websocket == NULL
      || soup_websocket_connection_get_state (self->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;

  soup_websocket_connection_send_text (self->websocket, text);
  return TRUE;
}

/**
 * bcast_socket_retire:
 * @self: (transfer full): a socket
 * @gone: (nullable): called once it is closed, at the latest after the five seconds that libsoup
 *   gives the other end; possibly before this function returns
 * @user_data: for @gone
 *
 * Lets go of the socket in good order: a WebSocket that is open says goodbye with code 1000, an
 * attempt under way is given up.
 */
void
bcast_socket_retire (BcastSocket         *self,
                     BcastSocketGoneFunc  gone,
                     gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SOCKET (self));

  gboolean ended = self->handler == NULL;

  self->handler = NULL;
  self->retired = TRUE;
  self->gone = gone;
  self->gone_data = user_data;

  if (self->websocket == NULL)
    bcast_socket_drop (self);
  else if (!ended && soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

/**
 * bcast_socket_drop:
 * @self: a socket
 *
 * Lets go of the socket without a word to the other end. A retired one may be gone afterwards.
 */
void
bcast_socket_drop (BcastSocket *self)
{
  g_return_if_fail (BCAST_IS_SOCKET (self));

  BcastSocketGoneFunc gone = g_steal_pointer (&self->gone);
  gboolean retired = self->retired;

  self->handler = NULL;
  self->retired = FALSE;
  g_cancellable_cancel (self->cancellable);
  if (self->websocket != NULL)
    g_signal_handlers_disconnect_by_data (self->websocket, self);
  g_clear_object (&self->websocket);

  if (gone != NULL)
    gone (self->gone_data);
  if (retired)
    g_object_unref (self);
}
