/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's end of a WebSocket in as little code as can be, so that thousands of them in one process
 * take little from the server beside them. Blocking, and without pity: what fails here fails the bench. */

#include "fanout-socket.h"

#include "bcast-signature.h"
#include "bcast-websocket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HANDSHAKE "GET /app/" FANOUT_KEY "?protocol=7&client=bench&version=1.0 HTTP/1.1\r\n" \
                  "Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
#define MAX_TEXT  8192

/* Returns the file descriptor, or -1. */
int
fanout_socket_connect (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                 .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM, 0);
  int one = 1;

  if (fd >= 0 && connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      close (fd);
      return -1;
    }
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

gboolean
fanout_socket_write (int         fd,
                     const void *bytes,
                     gsize       size)
{
  const char *rest = bytes;

  while (size > 0)
    {
      gssize written = send (fd, rest, size, MSG_NOSIGNAL);

      if (written <= 0)
        return FALSE;
      rest += written;
      size -= (gsize) written;
    }
  return TRUE;
}

static gboolean
read_exactly (int    fd,
              void  *bytes,
              gsize  size)
{
  return recv (fd, bytes, size, MSG_WAITALL) == (gssize) size;
}

/* Leaves what comes behind the answer's empty line. */
static gboolean
read_handshake (int fd)
{
  char text[1024];

  for (;;)
    {
      gssize size = recv (fd, text, sizeof text - 1, MSG_PEEK);
      const char *end;

      if (size <= 0)
        return FALSE;
      text[size] = '\0';
      end = strstr (text, "\r\n\r\n");
      if (end != NULL)
        return read_exactly (fd, text, (gsize) (end + 4 - text)) && strstr (text, " 101 ") != NULL;
      if (size == sizeof text - 1)
        return FALSE;
    }
}

/* Nothing that a server says before the first event is long. */
static gboolean
read_text (int   fd,
           char *text)
{
  guint8 header[4];
  gsize length;

  if (!read_exactly (fd, header, 2))
    return FALSE;
  length = header[1];
  if (length == 126)
    {
      if (!read_exactly (fd, header + 2, 2))
        return FALSE;
      length = (gsize) header[2] << 8 | header[3];
    }
  if (length >= MAX_TEXT || !read_exactly (fd, text, length))
    return FALSE;
  text[length] = '\0';
  return TRUE;
}

GBytes *
fanout_socket_make_frame (const char *text)
{
  static const guint8 mask[BCAST_WEBSOCKET_MASK_BYTES] = { 0, };

  return bcast_websocket_masked_frame_new (BCAST_WEBSOCKET_TEXT, text, strlen (text), mask);
}

static gboolean
write_text (int         fd,
            const char *text)
{
  g_autoptr(GBytes) frame = fanout_socket_make_frame (text);
  gsize size;
  const void *bytes = g_bytes_get_data (frame, &size);

  return fanout_socket_write (fd, bytes, size);
}

/* Returns the file descriptor of a WebSocket that is to be told its socket id, or -1. */
int
fanout_socket_open (guint16 port)
{
  int fd = fanout_socket_connect (port);

  if (fd < 0 || (fanout_socket_write (fd, HANDSHAKE, strlen (HANDSHAKE)) && read_handshake (fd)))
    return fd;
  close (fd);
  return -1;
}

static char *
make_auth (const char *hello,
           const char *channel)
{
  static const char mark[] = "socket_id\\\":\\\"";
  const char *start = strstr (hello, mark);
  g_autofree char *socket_id = NULL;
  g_autofree char *string = NULL;

  if (start == NULL)
    return g_strdup ("");
  start += strlen (mark);
  socket_id = g_strndup (start, strcspn (start, "\\"));
  string = bcast_signature_channel_string (socket_id, channel, NULL);
  return bcast_signature_auth (FANOUT_KEY, FANOUT_SECRET, string);
}

gboolean
fanout_socket_subscribe (int         fd,
                         const char *channel)
{
  char text[MAX_TEXT];
  g_autofree char *auth = NULL;
  g_autofree char *question = NULL;

  if (!read_text (fd, text))
    return FALSE;

  auth = make_auth (text, channel);
  question = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"%s\",\"channel\":\"%s\"}}",
                              auth, channel);
  return write_text (fd, question)
         && read_text (fd, text)
         && strstr (text, "pusher_internal:subscription_succeeded") != NULL;
}

/* Returns the file descriptor of a WebSocket that is subscribed to @channel, or -1. */
int
fanout_socket_enter (guint16     port,
                     const char *channel)
{
  int fd = fanout_socket_open (port);

  if (fd < 0 || fanout_socket_subscribe (fd, channel))
    return fd;
  close (fd);
  return -1;
}

/* What apps send: JSON in a string. */
char *
fanout_make_data (void)
{
  static const char start[] = "{\"order\":17,\"carrier\":\"DHL\",\"total\":\"17.00\",\"note\":\"";
  g_autofree char *note = g_strnfill (FANOUT_DATA_BYTES - strlen (start) - 2, 'n');

  return g_strconcat (start, note, "\"}", NULL);
}
