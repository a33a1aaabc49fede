/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-handshakes-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-client-query-private.h"
#include "bcast-close-code.h"
#include "bcast-frame.h"
#include "bcast-peer-socket-private.h"
#include "bcast-sandbox-http-private.h"
#include "bcast-websocket.h"

/**
 * BcastHandshakes:
 *
 * Turns what asks for a WebSocket into a peer of the app that it names, or tells it why not.
 */
struct _BcastHandshakes
{
  BcastHostedApps  *apps;        /* not owned, as are the next two */
  BcastConnections *connections;
  BcastFlusher     *flusher;
  BcastSandboxTls  *tls;
  guint             max_sockets;
  GPtrArray        *refused;     /* BcastPeerSocket: told why not, and on their way out */
};

/**
 * bcast_handshakes_new:
 * @apps: the apps; must outlive this, as must the next two
 * @connections: knows the connections until they are WebSockets
 * @flusher: writes what is queued
 * @tls: whether it is demanded
 * @max_sockets: how many sockets may be connected at a time, to all apps together
 *
 * Returns: (transfer full): who receives those that ask for a WebSocket
 */
BcastHandshakes *
bcast_handshakes_new (BcastHostedApps  *apps,
                      BcastConnections *connections,
                      BcastFlusher     *flusher,
                      BcastSandboxTls  *tls,
                      guint             max_sockets)
{
  g_return_val_if_fail (apps != NULL && connections != NULL && flusher != NULL && tls != NULL, NULL);

  BcastHandshakes *self = g_new0 (BcastHandshakes, 1);

  self->apps = apps;
  self->connections = connections;
  self->flusher = flusher;
  self->tls = bcast_sandbox_tls_ref (tls);
  self->max_sockets = max_sockets;
  self->refused = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/**
 * bcast_handshakes_free:
 * @self: (transfer full): handshakes
 *
 * Drops those that were refused and are not gone yet.
 */
void
bcast_handshakes_free (BcastHandshakes *self)
{
  g_return_if_fail (self != NULL);

  while (self->refused->len > 0)
    bcast_peer_socket_abort (self->refused->pdata[0]);
  g_ptr_array_unref (self->refused);
  bcast_sandbox_tls_unref (self->tls);
  g_free (self);
}

static gboolean
is_origin_allowed (BcastHostedApp    *app,
                   SoupServerMessage *message)
{
  const char *origin = bcast_sandbox_http_get_header (message, "Origin");
  char **allowed = app->settings->allowed_origins;

  if (origin == NULL || allowed == NULL)
    return TRUE;

  for (guint i = 0; allowed[i] != NULL; i++)
    if (g_ascii_strcasecmp (allowed[i], origin) == 0)
      return TRUE;
  return FALSE;
}

/* Returns the code to close with, or 0 for a client that is welcome to @app. */
static guint
check_app (BcastHandshakes   *self,
           BcastHostedApp    *app,
           SoupServerMessage *message)
{
  guint max_sockets = app->settings->options.max_sockets;
  guint code = bcast_client_query_check (g_uri_get_query (soup_server_message_get_uri (message)));

  if (!app->settings->is_enabled)
    return BCAST_CLOSE_APP_DISABLED;
  if (code != 0)
    return code;
  if (!is_origin_allowed (app, message))
    return BCAST_CLOSE_UNAUTHORIZED;
  if (max_sockets != 0 && bcast_hub_count_peers (app->hub) >= max_sockets)
    return BCAST_CLOSE_OVER_QUOTA;
  return bcast_hosted_apps_count_peers (self->apps) >= self->max_sockets ? BCAST_CLOSE_OVER_CAPACITY : 0;
}

static guint
check_client (BcastHandshakes    *self,
              SoupServerMessage  *message,
              BcastHostedApp    **app)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *rest = path + strlen (BCAST_HANDSHAKES_PATH);
  g_autofree char *key = *rest == '/' ? g_uri_unescape_string (rest + 1, NULL) : NULL;

  *app = NULL;
  if (bcast_sandbox_tls_is_missing (self->tls, self->connections, message))
    return BCAST_CLOSE_TLS_ONLY;
  if (key == NULL || strchr (key, '/') != NULL)
    return BCAST_CLOSE_PATH_NOT_FOUND;

  *app = bcast_hosted_apps_find_by_key (self->apps, key);
  return *app != NULL ? check_app (self, *app, message) : BCAST_CLOSE_APP_UNKNOWN;
}

/* Source of what each code is about: Channels documentation, “Pusher Channels Protocol”, section
 * “Error codes”. */
static const char *
get_refusal (guint code)
{
  switch (code)
    {
    case BCAST_CLOSE_TLS_ONLY:
      return _("This server takes TLS connections only: connect with wss to the same port.");
    case BCAST_CLOSE_APP_DISABLED:
      return _("This app is switched off.");
    case BCAST_CLOSE_OVER_QUOTA:
      return _("This app has as many connections as it may have. Close one, or raise its limit.");
    case BCAST_CLOSE_PATH_NOT_FOUND:
      return _("There is no app at this path: it must be /app/ and the app key.");
    case BCAST_CLOSE_BAD_VERSION:
      return _("Invalid version: it must be numbers with dots between, such as 8.6.0, or be left out.");
    case BCAST_CLOSE_PROTOCOL_MISSING:
      return _("No protocol version supplied");
    case BCAST_CLOSE_PROTOCOL_UNSUPPORTED:
      return _("Unsupported protocol version: this server speaks 4 to 7.");
    case BCAST_CLOSE_UNAUTHORIZED:
      return _("Pages of this origin may not connect. Add it to the app's allowed origins.");
    case BCAST_CLOSE_OVER_CAPACITY:
      return _("This sandbox has as many connections as it may have. Close one, or try again later.");
    case BCAST_CLOSE_APP_UNKNOWN:
    default:
      return _("Application does not exist: there is no app with this key here.");
    }
}

static void
refused_closed_cb (BcastPeerSocket *socket,
                   BcastHandshakes *self)
{
  g_ptr_array_remove_fast (self->refused, socket);
}

/* Says it twice, as soketi does: old clients read the message, new ones the close code. */
static void
refuse (BcastHandshakes *self,
        BcastHostedApp  *app,
        GIOStream       *stream,
        guint            code,
        const char      *sentence)
{
  BcastPeerSocket *socket = bcast_peer_socket_new (stream, self->flusher);
  g_autofree char *text = bcast_frame_format_error (code, sentence);
  g_autoptr(GBytes) frame = bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, text, strlen (text));
  const BcastReport report = { .kind = BCAST_REPORT_CLIENT_ERROR, .text = (char *) sentence, .code = code };

  g_ptr_array_add (self->refused, socket);
  g_signal_connect (socket, "closed", G_CALLBACK (refused_closed_cb), self);
  bcast_peer_socket_send (socket, frame);
  bcast_peer_socket_close (socket, code, sentence);
  if (app != NULL)
    bcast_hub_report (app->hub, &report);
  else
    bcast_hosted_apps_report (self->apps, &report);
}

static void
welcome (BcastHandshakes   *self,
         BcastHostedApp    *app,
         SoupServerMessage *message,
         GIOStream         *stream)
{
  g_autoptr(BcastPeer) peer = bcast_peer_new (app->hub, stream, self->flusher);
  g_autofree char *library =
    bcast_client_query_dup_library (g_uri_get_query (soup_server_message_get_uri (message)));

  bcast_peer_introduce (peer, soup_server_message_get_remote_host (message), library);
}

static void
upgraded_cb (SoupServerMessage *message,
             BcastHandshakes   *self)
{
  g_autoptr(SoupServerMessage) kept = g_object_ref (message);
  BcastHostedApp *app;
  guint code = check_client (self, message, &app);
  const BcastActiveFault *reject = code == 0 ? bcast_hub_find_fault (app->hub, BCAST_FAULT_REJECT, NULL) : NULL;
  g_autoptr(GIOStream) stream = NULL;

  bcast_connections_forget (self->connections, message);
  stream = soup_server_message_steal_connection (message);

  if (code != 0)
    refuse (self, app, stream, code, get_refusal (code));
  else if (reject != NULL)
    refuse (self, app, stream, reject->fault->value,
            _("The fault lab of the sandbox turns this connection away on purpose."));
  else
    welcome (self, app, message, stream);
}

/* Returns whether a fault says that who would be welcome is not. */
static gboolean
refuse_on_purpose (BcastHandshakes   *self,
                   SoupServerMessage *message)
{
  BcastHostedApp *app;
  const BcastActiveFault *active = NULL;

  if (check_client (self, message, &app) == 0)
    active = bcast_hub_find_fault (app->hub, BCAST_FAULT_REFUSE_HANDSHAKE, NULL);
  if (active != NULL)
    bcast_sandbox_http_refuse_on_purpose (message, active->fault->value);
  return active != NULL;
}

/**
 * bcast_handshakes_handle:
 * @self: handshakes
 * @message: a request below `/app`
 *
 * Answers a WebSocket handshake, and anything else with 426, or 400 when TLS is missing as well.
 */
void
bcast_handshakes_handle (BcastHandshakes   *self,
                         SoupServerMessage *message)
{
  g_return_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message));

  /* No extensions: compressing over loopback costs more than it saves, and keeps a fan-out from
   * sharing its bytes. */
  if (soup_websocket_server_check_handshake (message, NULL, NULL, NULL, NULL))
    {
      if (refuse_on_purpose (self, message))
        return;
      bcast_sandbox_http_set_header (message, "X-Powered-By", "Broadcast");
      soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL);
      g_signal_connect (message, "wrote-informational", G_CALLBACK (upgraded_cb), self);
      return;
    }

  if (bcast_sandbox_tls_is_missing (self->tls, self->connections, message))
    {
      bcast_sandbox_http_refuse_plain (message);
      return;
    }

  bcast_sandbox_http_set_header (message, "Upgrade", "websocket");
  bcast_sandbox_http_refuse (message, BCAST_SANDBOX_UPGRADE_REQUIRED,
                             _("This is the address for WebSockets. Connect to it with a Pusher client "
                               "library."));
}
