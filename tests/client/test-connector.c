/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connector-private.h"

#include <string.h>

#include "bcast-error.h"
#include "peer.h"

static BcastTarget *
make_target (const char *host,
             guint16     port)
{
  BcastAppOptions options = { .key = "k", .ws_host = host, .ws_port = port };
  g_autoptr(BcastApp) app = bcast_app_new (&options, NULL);
  g_autoptr(GError) error = NULL;
  BcastTarget *target = bcast_target_new (app, &error);

  g_assert_no_error (error);
  return target;
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GIOStream *
connect_to (BcastTarget     *target,
            GProxyResolver  *proxies,
            GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bcast_connector_connect_async (target, proxies, NULL, connected_cb, &result);
  WAIT_FOR (result != NULL);
  return bcast_connector_connect_finish (result, error);
}

/* Through a proxy that says @answer to whatever it is asked. */
static GIOStream *
connect_through (const char  *answer,
                 Peer       **proxy,
                 GError     **error)
{
  g_autoptr(BcastTarget) target = make_target ("far.invalid", 6001);

  *proxy = peer_new_raw (answer, FALSE);

  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u", (*proxy)->port);
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new (uri, NULL);

  return connect_to (target, proxies, error);
}

static void
test_proxy (void)
{
  Peer *proxy;
  g_autoptr(GError) error = NULL;
  g_autoptr(GIOStream) stream = connect_through ("HTTP/1.0 200 Connection established\r\n\r\n", &proxy, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stream);
  g_assert_cmpuint (proxy->n_connections, ==, 1);
  peer_free (proxy);
}

typedef struct
{
  const char *what;
  const char *answer;
  const char *part;
} Refusal;

static const Refusal refusals[] = {
  { "needs-password", "HTTP/1.0 407 Proxy Authentication Required\r\n\r\n", "wants a name and a password" },
  { "forbidden", "HTTP/1.0 403 Forbidden\r\n\r\n", "does not let this connection through" },
  { "failed", "HTTP/1.0 502 Bad Gateway\r\n\r\n", "The proxy on the way" },
};

static void
test_proxy_refuses (gconstpointer data)
{
  const Refusal *refusal = data;
  Peer *proxy;
  g_autoptr(GError) error = NULL;
  g_autoptr(GIOStream) stream = connect_through (refusal->answer, &proxy, &error);

  g_assert_null (stream);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNREACHABLE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, refusal->part));
  g_assert_nonnull (strstr (error->message, "far.invalid port 6001"));
  peer_free (proxy);
}

static gboolean
has_ipv6 (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("::1", 0);
  gboolean can = g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                                NULL, NULL, NULL);

  g_socket_listener_close (listener);
  return can;
}

static void
arrived_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GSocketConnection) connection = g_socket_listener_accept_finish (G_SOCKET_LISTENER (object), result,
                                                                            NULL, NULL);

  g_assert_nonnull (connection);
}

static void
test_ipv6 (gconstpointer data)
{
  const char *host = data;
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("::1", 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(BcastTarget) target = NULL;
  g_autoptr(GIOStream) stream = NULL;
  g_autoptr(GError) error = NULL;

  if (!has_ipv6 ())
    {
      g_test_skip ("this machine has no IPv6");
      return;
    }

  g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL);
  g_socket_listener_accept_async (listener, NULL, arrived_cb, NULL);
  target = make_target (host, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  stream = connect_to (target, NULL, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connector/proxy/good", test_proxy);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/connector/proxy/", refusals[i].what, NULL);

      g_test_add_data_func (path, &refusals[i], test_proxy_refuses);
    }
  g_test_add_data_func ("/connector/ipv6/bare", "::1", test_ipv6);
  g_test_add_data_func ("/connector/ipv6/brackets", "[::1]", test_ipv6);

  return g_test_run ();
}
