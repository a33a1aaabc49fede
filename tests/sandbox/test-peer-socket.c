/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-socket-private.h"

#include <string.h>
#include <sys/socket.h>

#include "bcast-websocket.h"
#include "wire.h"

/* One end is the socket under test, the other is played here, byte by byte. */
typedef struct
{
  BcastFlusher      *flusher;
  BcastPeerSocket   *socket;
  GSocketConnection *client;
  GSocket           *client_socket;
  guint              n_closed;
  GString           *messages;
} Fixture;

static void
flush (gpointer socket)
{
  bcast_peer_socket_flush (socket);
}

static GSocketConnection *
take_end (int fd)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  return g_socket_connection_factory_create_connection (socket);
}

static void
message_cb (BcastPeerSocket       *socket,
            BcastWebsocketMessage *message,
            Fixture               *fixture)
{
  g_string_append_len (fixture->messages, message->data, message->length);
  g_string_append_c (fixture->messages, ';');
}

static void
closed_cb (BcastPeerSocket *socket,
           Fixture         *fixture)
{
  fixture->n_closed++;
}

/* @data: whether the socket gets the connection itself, or its streams as those of something else */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_autoptr(GSocketConnection) server = take_end (ends[0]);
  g_autoptr(GIOStream) wrapped = g_simple_io_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (server)),
                                                         g_io_stream_get_output_stream (G_IO_STREAM (server)));
  gboolean is_plain = GPOINTER_TO_INT (data);

  fixture->client = take_end (ends[1]);
  fixture->client_socket = g_socket_connection_get_socket (fixture->client);
  fixture->flusher = bcast_flusher_new (NULL, flush);
  fixture->messages = g_string_new (NULL);
  fixture->socket = bcast_peer_socket_new (is_plain ? G_IO_STREAM (server) : wrapped, fixture->flusher);
  g_signal_connect (fixture->socket, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (fixture->socket, "closed", G_CALLBACK (closed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_flusher_run (fixture->flusher);
  g_assert_finalize_object (fixture->socket);
  g_object_unref (fixture->client);
  bcast_flusher_free (fixture->flusher);
  g_string_free (fixture->messages, TRUE);
}

static void
write_client (Fixture    *fixture,
              const void *bytes,
              gsize       length)
{
  g_autoptr(GError) error = NULL;
  gssize written = g_socket_send (fixture->client_socket, bytes, length, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (written, ==, length);
}

static gboolean
is_readable (gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_socket_condition_check (fixture->client_socket, G_IO_IN) != 0;
}

/* Waits for bytes, so many; fewer only at the end of the stream. */
static GBytes *
read_client (Fixture *fixture,
             gsize    length)
{
  GByteArray *bytes = g_byte_array_new ();

  while (bytes->len < length)
    {
      guint8 chunk[65536];

      g_assert_true (wire_wait (is_readable, fixture));
      gssize n = g_socket_receive (fixture->client_socket, (char *) chunk, MIN (sizeof chunk, length - bytes->len), NULL, NULL);
      if (n <= 0)
        break;
      g_byte_array_append (bytes, chunk, n);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static void
expect_bytes (Fixture    *fixture,
              const char *expected,
              gsize       length)
{
  g_autoptr(GBytes) bytes = read_client (fixture, length);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, length);
}

static gboolean
is_closed (gpointer user_data)
{
  return ((Fixture *) user_data)->n_closed > 0;
}

static gboolean
has_messages (gpointer user_data)
{
  return ((Fixture *) user_data)->messages->len >= 4;
}

static void
test_messages (Fixture       *fixture,
               gconstpointer  data)
{
  /* Two frames and the first half of a third in one piece. */
  write_client (fixture, "\x81\x81\0\0\0\0a\x81\x81\0\0\0\0b\x89\x81\0\0", 18);
  g_assert_true (wire_wait (has_messages, fixture));
  g_assert_cmpstr (fixture->messages->str, ==, "a;b;");
  write_client (fixture, "\0\0p", 3);
  expect_bytes (fixture, "\x8a\x01p", 3);
}

static void
test_close_by_client (Fixture       *fixture,
                      gconstpointer  data)
{
  write_client (fixture, "\x88\x82\0\0\0\0\x03\xe8", 8);
  expect_bytes (fixture, "\x88\x02\x03\xe8", 4);
  g_assert_true (wire_wait (is_closed, fixture));
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
test_close_by_server (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GBytes) frame = bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, "x", 1);

  bcast_peer_socket_send (fixture->socket, frame);
  bcast_peer_socket_close (fixture->socket, 4200, "bye");
  bcast_peer_socket_send (fixture->socket, frame);
  bcast_peer_socket_close (fixture->socket, 4201, "again");
  expect_bytes (fixture, "\x81\x01x\x88\x05\x10\x68" "bye", 10);
  g_assert_cmpuint (fixture->n_closed, ==, 0);

  /* What the client said before it knew is of no interest any more; its answer ends it. */
  write_client (fixture, "\x81\x81\0\0\0\0a\x88\x80\0\0\0\0", 13);
  g_assert_true (wire_wait (is_closed, fixture));
  g_assert_cmpuint (fixture->messages->len, ==, 0);
  g_autoptr(GBytes) rest = read_client (fixture, 1);
  g_assert_cmpuint (g_bytes_get_size (rest), ==, 0);
}

static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  g_io_stream_close (G_IO_STREAM (fixture->client), NULL, NULL);
  g_assert_true (wire_wait (is_closed, fixture));
  bcast_peer_socket_abort (fixture->socket);
  bcast_peer_socket_close (fixture->socket, 4200, NULL);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
test_broken_rule (Fixture       *fixture,
                  gconstpointer  data)
{
  write_client (fixture, "\x81\x01x and more that makes no sense", 33);
  g_autoptr(GBytes) bytes = read_client (fixture, 4);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 1, "\x88", 1);
  g_assert_cmpmem ((const char *) g_bytes_get_data (bytes, NULL) + 2, 2, "\x03\xea", 2);
  g_assert_true (wire_wait (is_closed, fixture));
  g_assert_cmpuint (fixture->messages->len, ==, 0);
}

/* Takes whole frames until the one that closes, and gives its code. */
static guint
read_until_close (Fixture *fixture,
                  guint   *n_frames)
{
  for (*n_frames = 0;; (*n_frames)++)
    {
      g_autoptr(GBytes) header = read_client (fixture, 4);
      const guint8 *bytes = g_bytes_get_data (header, NULL);
      gboolean is_long = bytes[1] == 126;
      gsize length = is_long ? bytes[2] << 8 | bytes[3] : bytes[1] - 2;

      g_assert_cmpuint (g_bytes_get_size (header), ==, 4);
      if (bytes[0] == 0x88)
        return bytes[2] << 8 | bytes[3];

      g_autoptr(GBytes) rest = read_client (fixture, length);
      g_assert_cmpuint (g_bytes_get_size (rest), ==, length);
    }
}

static void
test_slow_reader (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *payload = g_strnfill (65000, 'x');
  g_autoptr(GBytes) frame = bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, payload, 65000);
  guint n_frames = 0;

  /* What the kernel takes, so that a frame is partly out; then more than the queue takes. */
  for (guint i = 0; i < 64; i++)
    {
      bcast_peer_socket_send (fixture->socket, frame);
      bcast_flusher_run (fixture->flusher);
    }
  for (guint i = 0; i < BCAST_PEER_SOCKET_MAX_QUEUE_BYTES / 65000 + 1; i++)
    bcast_peer_socket_send (fixture->socket, frame);
  g_assert_cmpuint (fixture->n_closed, ==, 0);

  g_assert_cmpuint (read_until_close (fixture, &n_frames), ==, 4100);
  g_assert_cmpuint (n_frames, >, 0);
  g_assert_cmpuint (n_frames, <, 64);
}

/* Pings without end from a client that does not read the pongs. */
static void
test_ping_flood (Fixture       *fixture,
                 gconstpointer  data)
{
  GString *pings = g_string_new (NULL);
  guint n_pongs = 0;

  for (guint i = 0; i < 500; i++)
    {
      g_string_append_len (pings, "\x89\xfd\0\0\0\0", 6);
      g_string_append_printf (pings, "%0125u", i);
    }

  for (gsize sent = 0; sent < 2 * BCAST_PEER_SOCKET_MAX_QUEUE_BYTES; )
    {
      gsize at = sent % pings->len;
      gssize n = g_socket_send (fixture->client_socket, pings->str + at, pings->len - at, NULL, NULL);

      sent += MAX (n, 0);
      g_main_context_iteration (NULL, FALSE);
    }

  g_assert_cmpuint (read_until_close (fixture, &n_pongs), ==, 4100);
  g_assert_cmpuint (n_pongs, <, BCAST_PEER_SOCKET_MAX_QUEUE_BYTES / 127);
  g_string_free (pings, TRUE);
}

static const struct
{
  const char  *name;
  void       (*run) (Fixture       *fixture,
                     gconstpointer  data);
} cases[] = {
  { "messages", test_messages },
  { "close-by-client", test_close_by_client },
  { "close-by-server", test_close_by_server },
  { "lost", test_lost },
  { "broken-rule", test_broken_rule },
  { "slow-reader", test_slow_reader },
  { "ping-flood", test_ping_flood },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = g_strconcat ("/peer-socket/plain/", cases[i].name, NULL);
      g_autofree char *wrapped = g_strconcat ("/peer-socket/wrapped/", cases[i].name, NULL);

      g_test_add (plain, Fixture, GINT_TO_POINTER (TRUE), set_up, cases[i].run, tear_down);
      g_test_add (wrapped, Fixture, GINT_TO_POINTER (FALSE), set_up, cases[i].run, tear_down);
    }

  return g_test_run ();
}
