/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-number.h"
#include "bcast-sandbox-server-private.h"

#include <string.h>
#include <sys/resource.h>

#include <glib/gi18n-lib.h>

#include "bcast-acceptor-private.h"
#include "bcast-close-code.h"
#include "bcast-frame.h"
#include "bcast-peer-socket-private.h"
#include "bcast-request-signature.h"
#include "bcast-sandbox-api-private.h"
#include "bcast-sandbox-http-private.h"
#include "bcast-websocket.h"

#define WEBSOCKET_PATH      "/app"
#define OLDEST_PROTOCOL     4 /* hosted Pusher no longer takes 1 to 3 */
#define NEWEST_PROTOCOL     7
#define VERSION_CHARACTERS  G_CSET_DIGITS G_CSET_a_2_z G_CSET_A_2_Z ".-+_"
#define MAX_TICK_MS         5000
#define MIN_CONNECTIONS     4
#define MAX_CONNECTIONS     1024

/**
 * BcastSandboxServer:
 *
 * The sandbox inside its thread: hands what comes over HTTP to the routes, and turns what asks for a
 * WebSocket into peers of the hub. Everything in it is used in one context only.
 */
struct _BcastSandboxServer
{
  SoupServer       *server;
  BcastConnections *connections; /* those that are no WebSocket, or not yet */
  BcastAcceptor    *acceptor;
  BcastFlusher     *flusher;
  BcastHub         *hub;
  BcastSandboxUser *user;
  GSource          *tick;
  GPtrArray        *refused; /* BcastPeerSocket: told why not, and on their way out */
};

/* A library's version: numbers with dots between, and behind them whatever it calls a pre-release.
 * The documentation demands a format without naming it, so only what cannot be a version is refused. */
static gboolean
is_version (const char *text)
{
  gsize length = strlen (text);

  return g_ascii_isdigit (*text)
         && strspn (text, VERSION_CHARACTERS) == length
         && text[length - 1] != '.'
         && strstr (text, "..") == NULL;
}

/* Source: Channels documentation, “Pusher Channels Protocol”, section “Error codes”. A client
 * without any query is a tool such as curl and may stay. */
static guint
check_query (const char *query)
{
  g_auto(GStrv) params = bcast_query_parse (query, NULL);
  const char *protocol = NULL;
  const char *version = NULL;

  if (params != NULL)
    {
      protocol = bcast_query_find ((const char * const *) params, "protocol");
      version = bcast_query_find ((const char * const *) params, "version");
    }

  if (protocol != NULL && *protocol == '\0')
    return BCAST_CLOSE_PROTOCOL_MISSING;
  if (protocol != NULL
      && !bcast_number_parse (protocol, OLDEST_PROTOCOL, NEWEST_PROTOCOL, NULL))
    return BCAST_CLOSE_PROTOCOL_UNSUPPORTED;
  if (version != NULL && !is_version (version))
    return BCAST_CLOSE_BAD_VERSION;
  return 0;
}

static gboolean
is_full (BcastSandboxServer *self)
{
  return bcast_hub_count_peers (self->hub) >= bcast_hub_get_options (self->hub)->max_sockets;
}

/* Returns the code to close with, or 0 for a client that is welcome. */
static guint
check_client (BcastSandboxServer *self,
              GUri               *uri)
{
  const char *path = g_uri_get_path (uri);
  const char *rest = path + strlen (WEBSOCKET_PATH);
  g_autofree char *key = *rest == '/' ? g_uri_unescape_string (rest + 1, NULL) : NULL;

  if (key == NULL || strchr (key, '/') != NULL)
    return BCAST_CLOSE_PATH_NOT_FOUND;
  if (strcmp (key, bcast_app_get_key (bcast_hub_get_app (self->hub))) != 0)
    return BCAST_CLOSE_APP_UNKNOWN;

  guint code = check_query (g_uri_get_query (uri));

  return code == 0 && is_full (self) ? BCAST_CLOSE_OVER_CAPACITY : code;
}

static const char *
get_refusal (guint code)
{
  switch (code)
    {
    case BCAST_CLOSE_PATH_NOT_FOUND:
      return _("There is no app at this path: it must be /app/ and the app key.");
    case BCAST_CLOSE_BAD_VERSION:
      return _("Invalid version: it must be numbers with dots between, such as 8.6.0, or be left out.");
    case BCAST_CLOSE_PROTOCOL_MISSING:
      return _("No protocol version supplied");
    case BCAST_CLOSE_PROTOCOL_UNSUPPORTED:
      return _("Unsupported protocol version: this server speaks 4 to 7.");
    case BCAST_CLOSE_OVER_CAPACITY:
      return _("This sandbox has as many connections as it may have. Close one, or try again later.");
    case BCAST_CLOSE_APP_UNKNOWN:
    default:
      return _("Application does not exist: there is no app with this key here.");
    }
}

static void
refused_closed_cb (BcastPeerSocket    *socket,
                   BcastSandboxServer *self)
{
  g_ptr_array_remove_fast (self->refused, socket);
}

/* Says it twice, as soketi does: old clients read the message, new ones the close code. */
static void
refuse (BcastSandboxServer *self,
        GIOStream          *stream,
        guint               code)
{
  BcastPeerSocket *socket = bcast_peer_socket_new (stream, self->flusher);
  g_autofree char *text = bcast_frame_format_error (code, get_refusal (code));
  g_autoptr(GBytes) frame = bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, text, strlen (text));

  g_ptr_array_add (self->refused, socket);
  g_signal_connect (socket, "closed", G_CALLBACK (refused_closed_cb), self);
  bcast_peer_socket_send (socket, frame);
  bcast_peer_socket_close (socket, code, get_refusal (code));
}

static void
upgraded_cb (SoupServerMessage  *message,
             BcastSandboxServer *self)
{
  g_autoptr(SoupServerMessage) kept = g_object_ref (message);
  guint code = check_client (self, soup_server_message_get_uri (message));
  g_autoptr(GIOStream) stream = NULL;

  bcast_connections_forget (self->connections, message);
  stream = soup_server_message_steal_connection (message);

  if (code != 0)
    refuse (self, stream, code);
  else
    g_object_unref (bcast_peer_new (self->hub, stream, self->flusher));
}

static void
handle_websocket (BcastSandboxServer *self,
                  SoupServerMessage  *message)
{
  g_autoptr(GError) error = NULL;

  /* No extensions: compressing over loopback costs more than it saves, and keeps a fan-out from
   * sharing its bytes. */
  if (soup_websocket_server_check_handshake (message, NULL, NULL, NULL, &error))
    {
      bcast_sandbox_http_set_header (message, "X-Powered-By", "Broadcast");
      soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL);
      g_signal_connect (message, "wrote-informational", G_CALLBACK (upgraded_cb), self);
      return;
    }

  bcast_sandbox_http_set_header (message, "Upgrade", "websocket");
  bcast_sandbox_http_refuse (message, BCAST_SANDBOX_UPGRADE_REQUIRED,
                             _("This is the address for WebSockets. Connect to it with a Pusher client "
                               "library."));
}

static void
answer_page (SoupServerMessage *message)
{
  bcast_sandbox_http_answer (message, SOUP_STATUS_OK, "text/plain; charset=utf-8",
                             _("This is the sandbox of Broadcast, a server that speaks the Pusher "
                               "Channels protocol.\n\n"
                               "WebSockets:  /app/{key}\n"
                               "HTTP API:    /apps/{app_id}/events, /channels, …\n"
                               "Authorize:   /broadcasting/authorize, /broadcasting/auth, "
                               "/pusher/auth\n"));
}

/* Libsoup takes the request for one of “/”. */
static void
refuse_proxying (SoupServerMessage *message)
{
  bcast_sandbox_http_set_header (message, "Connection", "close");
  bcast_sandbox_http_refuse (message, SOUP_STATUS_NOT_IMPLEMENTED,
                             _("This server is no proxy, so that it takes no CONNECT. Do without a proxy for "
                               "this address."));
}

static gboolean
is_below (const char *path,
          const char *parent)
{
  gsize length = strlen (parent);

  return strncmp (path, parent, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  BcastSandboxServer *self = user_data;

  if (strcmp (soup_server_message_get_method (message), "CONNECT") == 0)
    refuse_proxying (message);
  else if (is_below (path, BCAST_SANDBOX_API_PATH))
    bcast_sandbox_api_handle (self->hub, message, g_get_real_time () / G_USEC_PER_SEC);
  else if (is_below (path, WEBSOCKET_PATH))
    handle_websocket (self, message);
  else if (g_strv_contains (bcast_sandbox_authorize_list_paths (), path))
    bcast_sandbox_authorize_handle (self->hub, self->user, message);
  else if (strcmp (path, "/") == 0)
    answer_page (message);
  else
    bcast_sandbox_http_refuse (message, SOUP_STATUS_NOT_FOUND,
                               _("There is nothing at this path. WebSockets are at /app/{key}, and the "
                                 "HTTP API begins with /apps/{app_id}."));
}

static void
got_headers_cb (SoupServerMessage  *message,
                BcastSandboxServer *self)
{
  g_autofree char *answer = NULL;

  if (bcast_sandbox_http_has_length (message))
    return;

  answer = bcast_sandbox_http_format_no_length ();
  bcast_connections_refuse (self->connections, message, answer);
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  bcast_sandbox_http_limit_body (message);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), user_data);
}

static gboolean
tick_cb (gpointer user_data)
{
  BcastSandboxServer *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  bcast_hub_check_liveness (self->hub, now_us);
  bcast_connections_check (self->connections, now_us);
  return G_SOURCE_CONTINUE;
}

/* A quarter of the file descriptors: WebSockets and the rest of the program need theirs. */
static guint
get_max_connections (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return MIN_CONNECTIONS;
  return (guint) CLAMP (limit.rlim_cur / 4, MIN_CONNECTIONS, MAX_CONNECTIONS);
}

static void
flush_socket (gpointer socket)
{
  bcast_peer_socket_flush (socket);
}

static void
start_tick (BcastSandboxServer *self,
            guint               activity_timeout_s)
{
  self->tick = g_timeout_source_new (MIN ((guint64) activity_timeout_s * 1000 / 4, MAX_TICK_MS));
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

/**
 * bcast_sandbox_server_new:
 * @app: the app to serve
 * @options: what is set about it
 * @user: whom the authorize routes sign for
 * @sockets: (element-type GSocket): sockets that listen
 * @error: %BCAST_ERROR_UNAVAILABLE when the sockets cannot be used
 *
 * Serves in the thread-default context from now on.
 *
 * Returns: (transfer full) (nullable): the server
 */
BcastSandboxServer *
bcast_sandbox_server_new (BcastApp                *app,
                          const BcastHubOptions   *options,
                          const BcastSandboxUser  *user,
                          GPtrArray               *sockets,
                          GError                 **error)
{
  g_return_val_if_fail (app != NULL && options != NULL && user != NULL && sockets != NULL, NULL);

  g_autoptr(BcastSandboxServer) self = g_new0 (BcastSandboxServer, 1);

  /* Paths stay as they were sent, because that is how they are signed. */
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  self->connections = bcast_connections_new (self->server, get_max_connections ());
  self->flusher = bcast_flusher_new (g_main_context_get_thread_default (), flush_socket);
  self->hub = bcast_hub_new (app, options);
  self->user = bcast_sandbox_user_new (user->user_id, user->user_info);
  self->refused = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  start_tick (self, options->activity_timeout_s);

  self->acceptor = bcast_acceptor_new (self->server, self->connections, sockets, error);
  return self->acceptor != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * bcast_sandbox_server_free:
 * @self: (transfer full): a server
 *
 * Asks every client to come back at once, as a server does that restarts, and is gone.
 */
void
bcast_sandbox_server_free (BcastSandboxServer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->acceptor, bcast_acceptor_free);
  bcast_hub_stop (self->hub, BCAST_CLOSE_RECONNECT, _("The sandbox stops. Connect again."));
  while (self->refused->len > 0)
    bcast_peer_socket_abort (self->refused->pdata[0]);
  soup_server_disconnect (self->server);
  bcast_connections_free (self->connections);

  g_source_destroy (self->tick);
  g_source_unref (self->tick);
  g_object_unref (self->server);
  g_object_unref (self->hub);
  bcast_flusher_free (self->flusher);
  g_ptr_array_unref (self->refused);
  bcast_sandbox_user_free (self->user);
  g_free (self);
}

/**
 * bcast_sandbox_server_set_user:
 * @self: a server
 * @user: whom the authorize routes sign for from now on
 */
void
bcast_sandbox_server_set_user (BcastSandboxServer     *self,
                               const BcastSandboxUser *user)
{
  g_return_if_fail (self != NULL && user != NULL);

  bcast_sandbox_user_free (self->user);
  self->user = bcast_sandbox_user_new (user->user_id, user->user_info);
}
