/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-socket-private.h"

#include "bcast-error.h"
#include "bcast-websocket-connection-private.h"
#include "bcast-websocket-open-private.h"

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
  const BcastSocketHandler *handler;    /* NULL once ended or let go of */
  gpointer                  user_data;
  GCancellable             *cancellable;
  SoupMessageHeaders       *headers;    /* of the answer; NULL before the WebSocket opened */
  gboolean                  is_deflated;
  BcastWebsocketConnection *connection; /* NULL before the WebSocket opened and after it closed */
  gboolean                  retired;    /* then the socket holds a reference to itself */
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

  g_clear_pointer (&self->headers, soup_message_headers_unref);
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
message_cb (const BcastWebsocketMessage *message,
            gint64                       received_us,
            gpointer                     user_data)
{
  BcastSocket *self = user_data;
  const char *text = message->opcode == BCAST_WEBSOCKET_TEXT ? message->data : NULL;

  if (self->handler != NULL)
    self->handler->message (text, message->length, received_us, self->user_data);
}

static void
alive_cb (gpointer user_data)
{
  BcastSocket *self = user_data;

  if (self->handler != NULL)
    self->handler->alive (self->user_data);
}

/* The end of the connection may be seconds away: too long where the protocol says to reconnect at once. */
static void
closing_cb (guint       code,
            const char *words,
            gpointer    user_data)
{
  end (user_data, &(BcastSocketEnd) { .opened = TRUE, .code = (int) code, .words = words });
}

static void
failed_cb (const GError *cause,
           gpointer      user_data)
{
  BcastSocket *self = user_data;
  BcastPlace place = { bcast_app_get_ws_host (self->app), bcast_app_get_ws_port (self->app) };
  g_autoptr(GError) error = NULL;

  error = cause->domain == BCAST_ERROR ? g_error_copy (cause) : bcast_transport_error_new_lost (cause, &place);
  end (self, &(BcastSocketEnd) { .opened = TRUE, .error = error });
}

static void
gone_cb (gpointer user_data)
{
  g_autoptr(BcastSocket) self = g_object_ref (user_data);

  end (self, &(BcastSocketEnd) { .opened = TRUE });
  bcast_socket_drop (self);
}

static const BcastWebsocketHandler websocket_handler = { message_cb, alive_cb, closing_cb, failed_cb, gone_cb };

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BcastSocket) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastWebsocketOpening) opening = bcast_websocket_open_finish (result, &error);

  if (self->handler == NULL)
    return;

  if (opening == NULL)
    {
      end (self, &(BcastSocketEnd) { .opened = FALSE, .error = error });
      return;
    }

  self->headers = g_steal_pointer (&opening->answer.headers);
  self->is_deflated = opening->answer.deflate.agreed;
  self->connection = bcast_websocket_connection_new (opening->stream, &opening->answer.deflate,
                                                     &websocket_handler, self);
  bcast_websocket_connection_start (self->connection, opening->frames);
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
 * @error: %BCAST_ERROR_INVALID when host or path cannot stand in an address; or what is wrong with the
 *   app's CA file
 *
 * Starts to connect. There is no word when the WebSocket is open, because in this protocol the
 * server speaks first.
 *
 * Returns: whether an attempt is under way, whose end the handler is told
 */
gboolean
bcast_socket_open (BcastSocket  *self,
                   GError      **error)
{
  g_return_val_if_fail (BCAST_IS_SOCKET (self), FALSE);

  g_autoptr(BcastTarget) target = bcast_target_new (self->app, error);

  if (target == NULL)
    return FALSE;

  bcast_websocket_open_async (target, self->cancellable, opened_cb, g_object_ref (self));
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

  if (self->connection == NULL || !bcast_websocket_connection_is_open (self->connection))
    return FALSE;

  bcast_websocket_connection_send (self->connection, text);
  return TRUE;
}

/**
 * bcast_socket_retire:
 * @self: (transfer full): a socket
 * @gone: (nullable): called once it is closed, at the latest after the five seconds that the other end
 *   is given; possibly before this function returns
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

  if (self->connection == NULL)
    bcast_socket_drop (self);
  else if (!ended)
    bcast_websocket_connection_close (self->connection, BCAST_WEBSOCKET_CLOSE_NORMAL);
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
  if (self->connection != NULL)
    bcast_websocket_connection_abort (self->connection);
  g_clear_object (&self->connection);

  if (gone != NULL)
    gone (self->gone_data);
  if (retired)
    g_object_unref (self);
}

/**
 * bcast_socket_is_deflated:
 * @self: a socket
 *
 * Returns: whether the server may deflate its messages (permessage-deflate)
 */
gboolean
bcast_socket_is_deflated (BcastSocket *self)
{
  g_return_val_if_fail (BCAST_IS_SOCKET (self), FALSE);

  return self->is_deflated;
}

/**
 * bcast_socket_get_response_header:
 * @self: a socket
 * @name: a header, such as `Server` or `X-Powered-By`
 *
 * Returns: (nullable): what the server said there when the WebSocket opened; %NULL for nothing, for what
 *   is no text, and before
 */
const char *
bcast_socket_get_response_header (BcastSocket *self,
                                  const char  *name)
{
  g_return_val_if_fail (BCAST_IS_SOCKET (self) && name != NULL, NULL);

  const char *value = self->headers != NULL ? soup_message_headers_get_list (self->headers, name) : NULL;

  return value != NULL && g_utf8_validate (value, -1, NULL) ? value : NULL;
}
