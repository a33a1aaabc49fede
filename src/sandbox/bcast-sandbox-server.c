/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-server-private.h"

#include <string.h>
#include <sys/resource.h>

#include <glib/gi18n-lib.h>

#include "bcast-acceptor-private.h"
#include "bcast-close-code.h"
#include "bcast-fault-lab-private.h"
#include "bcast-handshakes-private.h"
#include "bcast-metrics-private.h"
#include "bcast-peer-socket-private.h"
#include "bcast-refusals-private.h"
#include "bcast-sandbox-api-private.h"
#include "bcast-sandbox-authorize-private.h"
#include "bcast-sandbox-http-private.h"

#define MAX_TICK_MS         5000
#define MIN_CONNECTIONS     4
#define MAX_CONNECTIONS     1024
#define FLUSH_LIMIT_MS      3000 /* whoever stops the program waits for it */

/**
 * BcastSandboxServer:
 *
 * The sandbox inside its thread: hands what comes over HTTP to the routes. Everything in it is used in
 * one context only.
 */
struct _BcastSandboxServer
{
  BcastSandboxServerOptions  options;
  SoupServer                *server;
  BcastConnections          *connections; /* those that are no WebSocket, or not yet */
  BcastAcceptor             *acceptor;
  BcastFlusher              *flusher;
  BcastHostedApps           *apps;
  BcastHandshakes           *handshakes;
  BcastFaultLab             *lab;
  BcastSandboxTls           *tls;
  BcastReportQueue          *reports;
  GSource                   *tick;
};

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

/* Of the apps that have an authorize route there, the one that is asked about. */
static BcastHostedApp *
find_authorizing_app (BcastSandboxServer *self,
                      SoupServerMessage  *message,
                      const char         *path)
{
  GPtrArray *apps = bcast_hosted_apps_get (self->apps);
  g_autoptr(GPtrArray) hubs = g_ptr_array_new ();

  for (guint i = 0; i < apps->len; i++)
    {
      BcastHostedApp *app = apps->pdata[i];

      if (app->settings->is_enabled && bcast_sandbox_routes_has_path (app->settings->routes, path))
        g_ptr_array_add (hubs, app->hub);
    }
  return hubs->len > 0
         ? bcast_hosted_apps_find_hub (self->apps, bcast_sandbox_authorize_find_hub (hubs, message)) : NULL;
}

/* Returns whether there is an authorize route at @path. */
static gboolean
handle_authorize (BcastSandboxServer *self,
                  SoupServerMessage  *message,
                  const char         *path)
{
  BcastHostedApp *app = find_authorizing_app (self, message, path);

  if (app == NULL)
    return FALSE;

  const BcastSandboxUser user = { app->settings->user_id, app->settings->user_info };

  bcast_sandbox_authorize_handle (app->hub, &user, app->settings->routes, message);
  return TRUE;
}

/* A page for who looks, and a sentence for who strayed. */
static void
handle_other (SoupServerMessage *message,
              const char        *path)
{
  if (strcmp (path, "/") == 0)
    answer_page (message);
  else
    bcast_sandbox_http_refuse (message, SOUP_STATUS_NOT_FOUND,
                               _("There is nothing at this path. WebSockets are at /app/{key}, and the "
                                 "HTTP API begins with /apps/{app_id}."));
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
  else if (is_below (path, BCAST_HANDSHAKES_PATH))
    bcast_handshakes_handle (self->handshakes, message);
  else if (bcast_sandbox_tls_is_missing (self->tls, self->connections, message))
    bcast_sandbox_http_refuse_plain (message);
  else if (is_below (path, BCAST_SANDBOX_API_PATH))
    bcast_sandbox_api_handle (self->apps, message, g_get_real_time () / G_USEC_PER_SEC);
  else if (self->options.has_metrics && strcmp (path, BCAST_METRICS_PATH) == 0)
    bcast_metrics_handle (self->apps, message);
  else if (!handle_authorize (self, message, path))
    handle_other (message, path);
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
wrote_headers_cb (SoupServerMessage  *message,
                  BcastSandboxServer *self)
{
  bcast_refusals_report (self->apps, message);
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  bcast_sandbox_http_limit_body (message);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), user_data);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), user_data);
}

static void
report_cb (BcastHub          *hub,
           const BcastReport *report,
           gpointer           user_data)
{
  BcastSandboxServer *self = user_data;

  bcast_report_queue_push (self->reports, report);
}

static gboolean
tick_cb (gpointer user_data)
{
  BcastSandboxServer *self = user_data;
  GPtrArray *apps = bcast_hosted_apps_get (self->apps);
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < apps->len; i++)
    bcast_hub_check_liveness (((BcastHostedApp *) apps->pdata[i])->hub, now_us);
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
clear_tick (BcastSandboxServer *self)
{
  if (self->tick == NULL)
    return;

  g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);
}

/* Four times in the shortest activity timeout that an app has. */
static void
start_tick (BcastSandboxServer *self)
{
  GPtrArray *apps = bcast_hosted_apps_get (self->apps);
  guint64 tick_ms = MAX_TICK_MS;

  for (guint i = 0; i < apps->len; i++)
    {
      const BcastHostedApp *app = apps->pdata[i];

      tick_ms = MIN (tick_ms, (guint64) app->settings->options.activity_timeout_s * 1000 / 4);
    }

  clear_tick (self);
  self->tick = g_timeout_source_new (tick_ms);
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

/**
 * bcast_sandbox_server_new:
 * @apps: (element-type BcastSandboxApp): the apps to serve
 * @options: what is set about the server; copied
 * @reports: where what happens is reported to
 * @tls: how it speaks TLS
 * @sockets: (element-type GSocket): sockets that listen
 * @error: %BCAST_ERROR_INVALID for apps that cannot be served, %BCAST_ERROR_UNAVAILABLE when the sockets
 *   cannot be used
 *
 * Serves in the thread-default context from now on.
 *
 * Returns: (transfer full) (nullable): the server
 */
BcastSandboxServer *
bcast_sandbox_server_new (GPtrArray                        *apps,
                          const BcastSandboxServerOptions  *options,
                          BcastReportQueue                 *reports,
                          BcastSandboxTls                  *tls,
                          GPtrArray                        *sockets,
                          GError                          **error)
{
  g_return_val_if_fail (apps != NULL && options != NULL && reports != NULL, NULL);
  g_return_val_if_fail (tls != NULL && sockets != NULL, NULL);

  g_autoptr(BcastSandboxServer) self = g_new0 (BcastSandboxServer, 1);

  self->options = *options;
  self->reports = bcast_report_queue_ref (reports);
  self->tls = bcast_sandbox_tls_ref (tls);
  /* Paths stay as they were sent, because that is how they are signed. */
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  self->connections = bcast_connections_new (self->server, get_max_connections ());
  self->flusher = bcast_flusher_new (g_main_context_get_thread_default (), flush_socket);
  self->apps = bcast_hosted_apps_new (report_cb, self);
  self->lab = bcast_fault_lab_new (self->apps);
  self->handshakes = bcast_handshakes_new (self->apps, self->connections, self->flusher, tls,
                                           options->max_sockets);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);

  if (!bcast_hosted_apps_set (self->apps, apps, error))
    return NULL;
  start_tick (self);

  self->acceptor = bcast_acceptor_new (self->server, self->connections, tls, sockets, error);
  return self->acceptor != NULL ? g_steal_pointer (&self) : NULL;
}

/* Asks every client to come back at once, as a server does that restarts. */
static void
stop_apps (BcastSandboxServer *self)
{
  GPtrArray *apps = bcast_hosted_apps_get (self->apps);

  for (guint i = 0; i < apps->len; i++)
    bcast_hub_stop (((BcastHostedApp *) apps->pdata[i])->hub, BCAST_CLOSE_RECONNECT,
                    _("The sandbox stops. Connect again."));
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  guint *n_left = user_data;

  (*n_left)--;
}

/* What the webhooks have to tell of the end among it. */
static void
flush_webhooks (BcastSandboxServer *self)
{
  GPtrArray *apps = bcast_hosted_apps_get (self->apps);
  guint n_left = apps->len;

  for (guint i = 0; i < apps->len; i++)
    bcast_webhooks_flush_async (((BcastHostedApp *) apps->pdata[i])->webhooks, FLUSH_LIMIT_MS, flushed_cb, &n_left);
  while (n_left > 0)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
}

/**
 * bcast_sandbox_server_stop:
 * @self: a server
 *
 * Takes no connections any more, asks every client to come back, and delivers what webhooks still have to
 * tell, for a few seconds at most.
 */
void
bcast_sandbox_server_stop (BcastSandboxServer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->acceptor, bcast_acceptor_free);
  stop_apps (self);
  flush_webhooks (self);
}

/**
 * bcast_sandbox_server_free:
 * @self: (transfer full): a server that was stopped, or never ran
 */
void
bcast_sandbox_server_free (BcastSandboxServer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->acceptor, bcast_acceptor_free);
  bcast_handshakes_free (self->handshakes);
  soup_server_disconnect (self->server);
  bcast_connections_free (self->connections);

  clear_tick (self);
  g_object_unref (self->server);
  bcast_fault_lab_free (self->lab);
  bcast_hosted_apps_free (self->apps);
  bcast_flusher_free (self->flusher);
  bcast_report_queue_unref (self->reports);
  bcast_sandbox_tls_unref (self->tls);
  g_free (self);
}

/**
 * bcast_sandbox_server_set_apps:
 * @self: a server
 * @apps: (element-type BcastSandboxApp): apps that bcast_sandbox_apps_check() found good
 *
 * Serves these from now on. Who is connected to an app that is still among them stays so.
 */
void
bcast_sandbox_server_set_apps (BcastSandboxServer *self,
                               GPtrArray          *apps)
{
  g_return_if_fail (self != NULL && apps != NULL);

  if (!bcast_hosted_apps_set (self->apps, apps, NULL))
    return;

  start_tick (self);
  bcast_fault_lab_apply (self->lab);
}

/**
 * bcast_sandbox_server_set_faults:
 * @self: a server
 * @faults: (element-type BcastFault): what goes wrong from now on
 * @since_us: since when the time of these faults runs, on the monotonic clock
 */
void
bcast_sandbox_server_set_faults (BcastSandboxServer *self,
                                 GPtrArray          *faults,
                                 gint64              since_us)
{
  g_return_if_fail (self != NULL && faults != NULL);

  bcast_fault_lab_set (self->lab, faults, since_us);
}

/**
 * bcast_sandbox_server_get_apps:
 * @self: a server
 *
 * Returns: (transfer none): the apps it serves
 */
BcastHostedApps *
bcast_sandbox_server_get_apps (BcastSandboxServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->apps;
}
