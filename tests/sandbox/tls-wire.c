/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tls-wire.h"

#include <string.h>
#include <sys/socket.h>

#define TIMEOUT_S 20

const char tls_wire_hello[] =
  "\x16\x03\x01\x00\x4a\x01\x00\x00\x46\x03\x03\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"
  "\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x00\x00\x02\xc0\x2b"
  "\x01\x00\x00\x1b\x00\x0a\x00\x04\x00\x02\x00\x17\x00\x0b\x00\x02\x01\x00\x00\x0d\x00\x04\x00\x02"
  "\x04\x03\xff\x01\x00\x01\x00";

const gsize tls_wire_hello_length = sizeof tls_wire_hello - 1;

/* @receive_buffer_bytes: what the kernel keeps for a client that does not read; 0 for its choice */
GSocketConnection *
tls_wire_open_raw (BcastSandbox *sandbox,
                   int           receive_buffer_bytes)
{
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", bcast_sandbox_get_port (sandbox));
  g_autoptr(GError) error = NULL;

  g_socket_set_timeout (socket, TIMEOUT_S);
  if (receive_buffer_bytes > 0)
    g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, receive_buffer_bytes, NULL);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  return g_socket_connection_factory_create_connection (socket);
}

static gboolean
accept_cb (void)
{
  return TRUE;
}

GIOStream *
tls_wire_open (BcastSandbox *sandbox,
               int           receive_buffer_bytes)
{
  g_autoptr(GSocketConnection) connection = tls_wire_open_raw (sandbox, receive_buffer_bytes);
  g_autoptr(GError) error = NULL;
  GIOStream *stream = g_tls_client_connection_new (G_IO_STREAM (connection), NULL, &error);

  g_assert_no_error (error);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, &error);
  g_assert_no_error (error);
  return stream;
}

GIOStream *
tls_wire_open_websocket (BcastSandbox *sandbox,
                         int           receive_buffer_bytes)
{
  const char request[] = "GET /app/" WIRE_KEY "?protocol=7 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Sec-WebSocket-Version: 13\r\n\r\n";
  GIOStream *stream = tls_wire_open (sandbox, receive_buffer_bytes);

  tls_wire_write (stream, request, strlen (request));
  tls_wire_expect (stream, "pusher:connection_established");
  return stream;
}

void
tls_wire_write (GIOStream  *stream,
                const char *bytes,
                gsize       length)
{
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, length, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* One frame, masked with nothing, in one record. */
void
tls_wire_send_text (GIOStream  *stream,
                    const char *text)
{
  gsize length = strlen (text);
  const guint8 short_header[] = { 0x81, 0x80 | length, 0, 0, 0, 0 };
  const guint8 long_header[] = { 0x81, 0x80 | 126, length >> 8, length & 0xff, 0, 0, 0, 0 };
  g_autoptr(GByteArray) frame = g_byte_array_new ();

  g_assert_cmpuint (length, <=, 16384 - sizeof long_header);
  if (length < 126)
    g_byte_array_append (frame, short_header, sizeof short_header);
  else
    g_byte_array_append (frame, long_header, sizeof long_header);
  g_byte_array_append (frame, (const guint8 *) text, length);
  tls_wire_write (stream, (const char *) frame->data, frame->len);
}

/* Reads until @wanted has come, which must be before the end. */
void
tls_wire_expect (GIOStream  *stream,
                 const char *wanted)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char chunk[1024];

  while (strstr (text->str, wanted) == NULL)
    {
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), chunk, sizeof chunk, NULL, NULL);

      if (n <= 0)
        g_assert_cmpstr (text->str, ==, wanted);
      g_string_append_len (text, chunk, n);
    }
}

/* The whole answer to one request, until the end of the connection. */
char *
tls_wire_get (BcastSandbox *sandbox,
              const char   *target)
{
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", target);
  g_autoptr(GIOStream) stream = tls_wire_open (sandbox, 0);
  g_autoptr(GError) error = NULL;
  GString *text = g_string_new (NULL);
  char chunk[1024];
  gssize n;

  tls_wire_write (stream, request, strlen (request));
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (stream), chunk, sizeof chunk, NULL, &error)) > 0)
    g_string_append_len (text, chunk, n);
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}
