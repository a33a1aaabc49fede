/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#include "bcast-sandbox.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "bcast-error.h"
#include "wire.h"

static BcastSandbox *
start_at (guint16   port,
          gboolean  any_port,
          GError  **error)
{
  g_autoptr(BcastSandbox) sandbox = bcast_sandbox_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET);

  return bcast_sandbox_start (sandbox, port, any_port, error) ? g_steal_pointer (&sandbox) : NULL;
}

static void
test_ports (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSandbox) first = start_at (0, FALSE, &error);

  g_assert_no_error (error);

  guint16 port = bcast_sandbox_get_port (first);
  g_autofree char *number = g_strdup_printf ("%u", port);

  g_assert_null (start_at (port, FALSE, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, number));
  g_clear_error (&error);

  g_autoptr(BcastSandbox) second = start_at (port, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bcast_sandbox_get_port (second), !=, port);
  g_assert_cmpuint (bcast_sandbox_get_port (second), !=, 0);
}

static void
test_hosts (void)
{
  const struct { const char *host; int code; } bad[] = {
    { "example.org", BCAST_ERROR_INVALID },
    { "", BCAST_ERROR_INVALID },
    { "192.0.2.1", BCAST_ERROR_UNAVAILABLE }, /* nobody's address */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(BcastSandbox) sandbox = bcast_sandbox_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET);
      g_autoptr(GError) error = NULL;

      bcast_sandbox_set_host (sandbox, bad[i].host);
      g_assert_false (bcast_sandbox_start (sandbox, 0, TRUE, &error));
      g_assert_error (error, BCAST_ERROR, bad[i].code);
      g_assert_false (bcast_sandbox_is_running (sandbox));
      g_assert_cmpuint (bcast_sandbox_get_port (sandbox), ==, 0);
    }
}

static void
test_every_address (void)
{
  g_autoptr(BcastSandbox) sandbox = bcast_sandbox_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET);
  g_autoptr(GError) error = NULL;

  bcast_sandbox_set_host (sandbox, "0.0.0.0");
  bcast_sandbox_start (sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bcast_sandbox_get_host (sandbox), ==, "0.0.0.0");

  /* 0.0.0.0 is no address to connect to. */
  BcastApp *app = bcast_sandbox_dup_app (sandbox);
  g_assert_cmpstr (bcast_app_get_ws_host (app), ==, "127.0.0.1");
  bcast_app_unref (app);
}

static gboolean
can_connect (const char *address,
             guint16     port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) where = g_inet_socket_address_new_from_string (address, port);
  g_autoptr(GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (where), NULL, NULL);

  return connection != NULL;
}

/* The IPv4 addresses of this machine but for loopback. */
static GPtrArray *
list_addresses (void)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);
  struct ifaddrs *interfaces = NULL;

  g_assert_cmpint (getifaddrs (&interfaces), ==, 0);
  for (struct ifaddrs *i = interfaces; i != NULL; i = i->ifa_next)
    {
      if (i->ifa_addr == NULL || i->ifa_addr->sa_family != AF_INET || (i->ifa_flags & IFF_LOOPBACK) != 0)
        continue;

      g_autoptr(GSocketAddress) address = g_socket_address_new_from_native (i->ifa_addr, sizeof (struct sockaddr_in));
      g_ptr_array_add (addresses, g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))));
    }
  freeifaddrs (interfaces);
  return addresses;
}

static void
test_loopback_only (void)
{
  g_autoptr(BcastSandbox) sandbox = wire_start_sandbox ();
  g_autoptr(GPtrArray) addresses = list_addresses ();
  guint16 port = bcast_sandbox_get_port (sandbox);

  g_assert_cmpstr (bcast_sandbox_get_host (sandbox), ==, "127.0.0.1");
  g_assert_true (can_connect ("127.0.0.1", port));
  for (guint i = 0; i < addresses->len; i++)
    g_assert_false (can_connect (addresses->pdata[i], port));
}

static void
test_bad_key (void)
{
  g_autoptr(BcastSandbox) sandbox = bcast_sandbox_new (WIRE_APP_ID, "a key", WIRE_SECRET);
  g_autoptr(GError) error = NULL;

  g_assert_false (bcast_sandbox_start (sandbox, 0, TRUE, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
}

static void
test_again (void)
{
  g_autoptr(BcastSandbox) sandbox = wire_start_sandbox ();
  guint16 port = bcast_sandbox_get_port (sandbox);
  g_autoptr(WireClient) first = wire_connect (sandbox);

  bcast_sandbox_stop (sandbox);
  g_assert_false (bcast_sandbox_is_running (sandbox));
  bcast_sandbox_stop (sandbox);
  wire_expect_close (first, 4200);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;

      bcast_sandbox_start (sandbox, port, FALSE, &error);
      g_assert_no_error (error);
      g_autoptr(WireClient) client = wire_connect (sandbox);
      wire_subscribe (client, "ch", NULL);
      bcast_sandbox_stop (sandbox);
    }
}

static void
test_app (void)
{
  g_autoptr(BcastSandbox) sandbox = wire_start_sandbox ();
  BcastApp *app = bcast_sandbox_dup_app (sandbox);

  g_assert_cmpstr (bcast_app_get_app_id (app), ==, WIRE_APP_ID);
  g_assert_cmpstr (bcast_app_get_key (app), ==, WIRE_KEY);
  g_assert_cmpstr (bcast_app_get_secret (app), ==, WIRE_SECRET);
  g_assert_cmpuint (bcast_app_get_ws_port (app), ==, bcast_sandbox_get_port (sandbox));
  g_assert_cmpuint (bcast_app_get_http_port (app), ==, bcast_sandbox_get_port (sandbox));
  g_assert_false (bcast_app_get_tls (app));
  bcast_app_unref (app);
}

static gboolean
has_bytes (GString    *bytes,
           const char *wanted,
           gsize       length)
{
  return memmem (bytes->str, bytes->len, wanted, length) != NULL;
}

/* libsoup's client answers pings by itself, so a silent one is played over plain TCP. */
static void
test_silent_client (void)
{
  g_autoptr(BcastSandbox) sandbox = bcast_sandbox_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GString) bytes = g_string_new (NULL);
  const char request[] = "GET /app/" WIRE_KEY " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

  bcast_sandbox_set_activity_timeout (sandbox, 1);
  bcast_sandbox_start (sandbox, 0, TRUE, &error);
  g_assert_no_error (error);

  g_socket_client_set_timeout (client, 20);
  g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", bcast_sandbox_get_port (sandbox), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);

  /* Until the close frame with 4201, which follows the ping. */
  while (!has_bytes (bytes, "\x10\x69Pong", 6))
    {
      char chunk[1024];
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), chunk, sizeof chunk, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (n, >, 0);
      g_string_append_len (bytes, chunk, n);
    }
  g_assert_true (g_str_has_prefix (bytes->str, "HTTP/1.1 101 "));
  g_assert_true (has_bytes (bytes, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", 28));
  g_assert_true (has_bytes (bytes, "\r\nX-Powered-By: Broadcast\r\n", 27));
  g_assert_true (has_bytes (bytes, "\\\"activity_timeout\\\":1}", 23));
  g_assert_true (has_bytes (bytes, "\x89\x00", 2));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/ports", test_ports);
  g_test_add_func ("/sandbox/hosts", test_hosts);
  g_test_add_func ("/sandbox/every-address", test_every_address);
  g_test_add_func ("/sandbox/loopback-only", test_loopback_only);
  g_test_add_func ("/sandbox/bad-key", test_bad_key);
  g_test_add_func ("/sandbox/again", test_again);
  g_test_add_func ("/sandbox/app", test_app);
  g_test_add_func ("/sandbox/silent-client", test_silent_client);

  return g_test_run ();
}
