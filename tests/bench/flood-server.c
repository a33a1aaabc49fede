/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that knows just enough of the protocol to flood its client: after a subscribe it writes N
 * frames, made beforehand, as fast as the socket takes them. Both sides of the receive bench get
 * their frames from here, so that what is measured is the receiver.
 *
 * Usage: flood-server N. Prints its port, then serves each connection in a thread of its own: a client
 * may open one ahead for the HTTP API. */

#include <glib.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WEBSOCKET_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455, 1.3 */

static void
append_frame (GByteArray *out,
              const char *text)
{
  gsize length = strlen (text);
  guint8 header[4] = { 0x81, (guint8) length, 0, 0 };
  guint header_size = 2;

  g_assert (length <= G_MAXUINT16);
  if (length > 125)
    {
      header[1] = 126;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) (length & 0xff);
      header_size = 4;
    }
  g_byte_array_append (out, header, header_size);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

static GByteArray *
make_flood (guint n_frames)
{
  GByteArray *flood = g_byte_array_new ();

  append_frame (flood, "{\"event\":\"pusher_internal:subscription_succeeded\","
                       "\"channel\":\"flood\",\"data\":\"{}\"}");
  for (guint i = 0; i < n_frames; i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"event\":\"OrderShipped\",\"channel\":\"flood\",\"data\":\"{\\\"order\\\":%u,"
        "\\\"carrier\\\":\\\"DHL\\\",\\\"total\\\":\\\"%u.%02u\\\",\\\"items\\\":[1,2,3],"
        "\\\"note\\\":\\\"leave it with the neighbour\\\"}\"}", i, i % 500, i % 100);

      append_frame (flood, text);
    }
  return flood;
}

static gboolean
write_all (int           fd,
           const guint8 *bytes,
           gsize         size)
{
  while (size > 0)
    {
      gssize written = send (fd, bytes, size, MSG_NOSIGNAL);

      if (written <= 0)
        return FALSE;
      bytes += written;
      size -= (gsize) written;
    }
  return TRUE;
}

/* Reads the request up to its empty line; clients here send nothing behind it before the answer. */
static char *
read_request (int fd)
{
  g_autoptr(GString) request = g_string_new (NULL);
  char buffer[2048];

  while (strstr (request->str, "\r\n\r\n") == NULL)
    {
      gssize size = recv (fd, buffer, sizeof buffer, 0);

      if (size <= 0 || request->len > 16384)
        return NULL;
      g_string_append_len (request, buffer, size);
    }
  return g_string_free (g_steal_pointer (&request), FALSE);
}

static char *
make_accept (const char *request)
{
  g_autoptr(GRegex) regex = g_regex_new ("^Sec-WebSocket-Key:\\s*(\\S+)", G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *key = NULL;
  guint8 digest[20];
  gsize size = sizeof digest;

  if (!g_regex_match (regex, request, 0, &match))
    return NULL;
  key = g_match_info_fetch (match, 1);
  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) WEBSOCKET_GUID, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return g_base64_encode (digest, size);
}

static gboolean
shake_hands (int fd)
{
  g_autofree char *request = read_request (fd);
  g_autofree char *accept_key = request != NULL ? make_accept (request) : NULL;
  g_autofree char *answer = NULL;
  g_autoptr(GByteArray) hello = g_byte_array_new ();

  if (accept_key == NULL)
    return FALSE;
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept_key);
  g_byte_array_append (hello, (const guint8 *) answer, (guint) strlen (answer));
  append_frame (hello, "{\"event\":\"pusher:connection_established\","
                       "\"data\":\"{\\\"socket_id\\\":\\\"1.1\\\",\\\"activity_timeout\\\":120}\"}");
  return write_all (fd, hello->data, hello->len);
}

typedef struct
{
  int         fd;
  GByteArray *flood;
} Connection;

/* The first frame of a client is its subscribe: one read is enough to know that it came. */
static gpointer
serve (gpointer data)
{
  g_autofree Connection *self = data;
  char buffer[4096];
  int one = 1;

  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (shake_hands (self->fd)
      && recv (self->fd, buffer, sizeof buffer, 0) > 0
      && write_all (self->fd, self->flood->data, self->flood->len))
    {
      while (recv (self->fd, buffer, sizeof buffer, 0) > 0)
        ;
    }
  close (self->fd);
  return NULL;
}

static int
listen_on_loopback (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  if (fd < 0
      || bind (fd, (struct sockaddr *) &address, sizeof address) != 0
      || listen (fd, 8) != 0
      || getsockname (fd, (struct sockaddr *) &address, &size) != 0)
    return -1;
  *port = ntohs (address.sin_port);
  return fd;
}

int
main (int   argc,
      char *argv[])
{
  guint64 n_frames;
  guint16 port;
  g_autoptr(GByteArray) flood = NULL;
  int listener;

  if (argc != 2 || !g_ascii_string_to_unsigned (argv[1], 10, 1, 10000000, &n_frames, NULL))
    {
      g_printerr ("Usage: flood-server N, with N from 1 to 10000000\n");
      return 2;
    }
  listener = listen_on_loopback (&port);
  if (listener < 0)
    {
      perror ("flood-server");
      return 1;
    }

  flood = make_flood ((guint) n_frames);
  g_print ("%u\n", port);
  fflush (stdout);
  for (;;)
    {
      Connection connection = { accept (listener, NULL, NULL), flood };

      if (connection.fd >= 0)
        g_thread_unref (g_thread_new ("serve", serve, g_memdup2 (&connection, sizeof connection)));
    }
}
