/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The subscribers of the fan-out benches: they read as fast as they can and count, nothing else.
 *
 * Usage: fanout-readers PORT CHANNEL CHANNELS EACH RATE
 *
 * Opens EACH sockets on each of CHANNELS channels (named CHANNEL-0 and so on), and says `ready`. For each
 * line `N` on its standard input it reads N events, all sockets together, and says `done`. With a RATE,
 * the sockets send client events in turn meanwhile, so many in a second. It ends with its input. */

#include "fanout-socket.h"

#include "bcast-json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEADLINE_US (120 * G_USEC_PER_SEC)
#define READ_BYTES  65536
#define MAX_HEADER  4 /* no event here has 64 KB */

typedef struct
{
  int    fd;
  gsize  left;                /* of the frame that is being read */
  guint8 header[MAX_HEADER];  /* of the next one */
  guint  header_bytes;
} Reader;

typedef struct
{
  int      epoll;
  Reader  *readers;
  GBytes **frames;   /* the client event of each channel */
  guint    n_channels;
  guint    n_readers;
  guint    rate;
  guint64  n_events;
} Crowd;

static guint
count_events (Reader       *self,
              const guint8 *bytes,
              gsize         size)
{
  guint n = 0;

  while (size > 0)
    {
      gsize part = MIN (self->left, size);
      guint header_size;

      self->left -= part;
      bytes += part;
      size -= part;
      if (size == 0)
        break;

      self->header[self->header_bytes++] = *bytes++;
      size--;
      header_size = self->header_bytes >= 2 && self->header[1] == 126 ? 4 : 2;
      if (self->header_bytes < header_size)
        continue;

      self->left = header_size == 2 ? self->header[1] : (gsize) self->header[2] << 8 | self->header[3];
      n += self->header[0] == 0x81 && self->left > FANOUT_DATA_BYTES;
      self->header_bytes = 0;
    }
  return n;
}

static gboolean
read_some (Crowd  *crowd,
           Reader *reader)
{
  static guint8 bytes[READ_BYTES];
  gssize size = recv (reader->fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (size <= 0)
    return FALSE;
  crowd->n_events += count_events (reader, bytes, (gsize) size);
  return TRUE;
}

static void
send_event (Crowd   *crowd,
            guint64  index)
{
  Reader *reader = &crowd->readers[index % crowd->n_readers];
  gsize size;
  const void *bytes = g_bytes_get_data (crowd->frames[index % crowd->n_readers % crowd->n_channels], &size);

  fanout_socket_write (reader->fd, bytes, size);
}

/* Each event comes to all on its channel but its sender. */
static gboolean
take_events (Crowd   *crowd,
             guint64  n)
{
  struct epoll_event ready[256];
  guint64 n_to_send = crowd->rate > 0 ? n / (crowd->n_readers / crowd->n_channels - 1) : 0;
  guint64 n_sent = 0;
  gint64 start_us = g_get_monotonic_time ();
  gint64 passed_us = 0;

  for (crowd->n_events = 0; crowd->n_events < n && passed_us < DEADLINE_US; )
    {
      int n_ready = epoll_wait (crowd->epoll, ready, G_N_ELEMENTS (ready), n_sent < n_to_send ? 1 : 1000);

      for (int i = 0; i < n_ready; i++)
        if (!read_some (crowd, ready[i].data.ptr))
          return FALSE;

      passed_us = g_get_monotonic_time () - start_us;
      for (guint64 due = passed_us * crowd->rate / G_USEC_PER_SEC; n_sent < MIN (due, n_to_send); n_sent++)
        send_event (crowd, n_sent);
    }
  return crowd->n_events == n;
}

static void
prepare_channel (Crowd      *crowd,
                 guint       index,
                 const char *channel)
{
  g_autofree char *data = fanout_make_data ();
  g_autofree char *quoted = bcast_json_quote (data);
  g_autofree char *text = g_strdup_printf ("{\"event\":\"client-moved\",\"channel\":\"%s\",\"data\":%s}",
                                           channel, quoted);

  crowd->frames[index] = fanout_socket_make_frame (text);
}

static gboolean
open_readers (Crowd      *crowd,
              guint16     port,
              const char *prefix)
{
  for (guint i = 0; i < crowd->n_readers; i++)
    {
      Reader *reader = &crowd->readers[i];
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = reader };
      guint channel_index = i % crowd->n_channels;
      g_autofree char *channel = g_strdup_printf ("%s-%u", prefix, channel_index);

      if (i < crowd->n_channels)
        prepare_channel (crowd, channel_index, channel);
      reader->fd = fanout_socket_enter (port, channel);
      if (reader->fd < 0 || epoll_ctl (crowd->epoll, EPOLL_CTL_ADD, reader->fd, &event) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
allow_many_files (void)
{
  struct rlimit limit;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int   argc,
      char *argv[])
{
  Crowd crowd = { .epoll = epoll_create1 (0) };
  char line[64];

  if (argc != 6)
    {
      fprintf (stderr, "Usage: fanout-readers PORT CHANNEL CHANNELS EACH RATE\n");
      return 2;
    }

  allow_many_files ();
  crowd.n_channels = (guint) atoi (argv[3]);
  crowd.n_readers = crowd.n_channels * (guint) atoi (argv[4]);
  crowd.rate = (guint) atoi (argv[5]);
  crowd.readers = g_new0 (Reader, crowd.n_readers);
  crowd.frames = g_new0 (GBytes *, crowd.n_channels);
  if (!open_readers (&crowd, (guint16) atoi (argv[1]), argv[2]))
    {
      fprintf (stderr, "fanout-readers: the server took not all subscribers\n");
      return 1;
    }

  puts ("ready");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      puts (take_events (&crowd, g_ascii_strtoull (line, NULL, 10)) ? "done" : "lost");
      fflush (stdout);
    }
  return 0;
}
