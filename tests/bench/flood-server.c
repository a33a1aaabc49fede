/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that knows just enough of the protocol to flood its client: after a subscribe it writes N
 * frames, made beforehand, as fast as the socket takes them. All receivers of the bench get their frames
 * from here, so that what is measured is the receiver. Beyond some thousand frames they come again.
 *
 * Usage: flood-server N BYTES, with BYTES of data in each frame. Prints its port, then serves each
 * connection in a thread of its own: a client may open one ahead for the HTTP API. */

#include <glib.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_DIFFERENT 5000
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

typedef struct
{
  GByteArray *hello;   /* the answer to the subscribe */
  GByteArray *frames;  /* some of them */
  gsize       ends[N_DIFFERENT + 1]; /* where in frames each one ends; the first ends nothing */
  guint64     n_frames;
} Flood;

/* What apps send: JSON in a string, with many quotes, and mostly text. */
static char *
make_data (guint i,
           gsize length)
{
  g_autofree char *start = g_strdup_printf ("{\"order\":%u,\"carrier\":\"DHL\",\"total\":\"%u.%02u\","
                                            "\"items\":[1,2,3],\"note\":\"leave it with the neighbour",
                                            i, i % 500, i % 100);
  GString *data = g_string_new (start);

  for (guint line = 0; data->len + 2 < length; line++)
    g_string_append_printf (data, "\",\"line%u\":\"one box of tea and another one of coffee", line);
  g_string_truncate (data, length - 2);

  /* A key that was cut in two must not be left behind. */
  for (gsize at = strlen (start); at < data->len; at++)
    if (data->str[at] == '"' && data->len - at < 24)
      data->str[at] = ' ';
  g_string_append (data, "\"}");
  return g_string_free (data, FALSE);
}

static void
make_flood (Flood   *flood,
            guint64  n_frames,
            gsize    data_bytes)
{
  flood->n_frames = n_frames;
  flood->hello = g_byte_array_new ();
  flood->frames = g_byte_array_new ();
  append_frame (flood->hello, "{\"event\":\"pusher_internal:subscription_succeeded\","
                              "\"channel\":\"flood\",\"data\":\"{}\"}");
  for (guint i = 0; i < N_DIFFERENT; i++)
    {
      g_autofree char *data = make_data (i, data_bytes);
      g_autofree char *escaped = g_strescape (data, NULL);
      g_autofree char *text = g_strdup_printf ("{\"event\":\"OrderShipped\",\"channel\":\"flood\",\"data\":\"%s\"}",
                                               escaped);

      append_frame (flood->frames, text);
      flood->ends[i + 1] = flood->frames->len;
    }
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
  int          fd;
  const Flood *flood;
} Connection;

static gboolean
write_flood (int          fd,
             const Flood *flood)
{
  gboolean good = write_all (fd, flood->hello->data, flood->hello->len);

  for (guint64 left = flood->n_frames; good && left > 0; left -= MIN (left, N_DIFFERENT))
    good = write_all (fd, flood->frames->data, flood->ends[MIN (left, N_DIFFERENT)]);
  return good;
}

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
      && write_flood (self->fd, self->flood))
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
  static Flood flood;
  guint64 n_frames;
  guint64 data_bytes;
  guint16 port;
  int listener;

  if (argc != 3 || !g_ascii_string_to_unsigned (argv[1], 10, 1, G_MAXUINT32, &n_frames, NULL)
      || !g_ascii_string_to_unsigned (argv[2], 10, 150, 10240, &data_bytes, NULL))
    {
      g_printerr ("Usage: flood-server N BYTES, with BYTES from 150 to 10240\n");
      return 2;
    }
  listener = listen_on_loopback (&port);
  if (listener < 0)
    {
      perror ("flood-server");
      return 1;
    }

  make_flood (&flood, n_frames, data_bytes);
  g_print ("%u\n", port);
  fflush (stdout);
  for (;;)
    {
      Connection connection = { accept (listener, NULL, NULL), &flood };

      if (connection.fd >= 0)
        g_thread_unref (g_thread_new ("serve", serve, g_memdup2 (&connection, sizeof connection)));
    }
}
