/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client as no server wants it, until it is killed.
 *
 * Usage: fanout-abuser PORT CHANNEL silent|flood|subscribe|churn
 *   silent     subscribes to the channel of the others and reads nothing
 *   flood      sends client events without a pause
 *   subscribe  subscribes and unsubscribes without a pause
 *   churn      connects and disconnects without a pause
 *
 * Says `ready` once it is connected. */

#include "fanout-socket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_AT_ONCE 100

static GByteArray *
make_flood (const char * const *texts)
{
  GByteArray *flood = g_byte_array_new ();

  for (guint i = 0; i < N_AT_ONCE; i++)
    for (guint k = 0; texts[k] != NULL; k++)
      {
        g_autoptr(GBytes) frame = fanout_socket_make_frame (texts[k]);
        gsize size;
        const guint8 *bytes = g_bytes_get_data (frame, &size);

        g_byte_array_append (flood, bytes, (guint) size);
      }
  return flood;
}

/* What the server says to it is read, since the server would close what is not. */
static void
flood (guint16             port,
       const char * const *texts)
{
  g_autoptr(GByteArray) bytes = make_flood (texts);
  static char answers[1 << 20];
  int fd = fanout_socket_enter (port, "private-flood");

  puts ("ready");
  fflush (stdout);
  while (fd >= 0)
    {
      while (fanout_socket_write (fd, bytes->data, bytes->len))
        while (recv (fd, answers, sizeof answers, MSG_DONTWAIT) == sizeof answers)
          ;
      close (fd);
      fd = fanout_socket_enter (port, "private-flood");
    }
}

static void
churn (guint16     port,
       const char *channel)
{
  int fd;

  puts ("ready");
  fflush (stdout);
  while ((fd = fanout_socket_enter (port, channel)) >= 0)
    close (fd);
}

static void
be_silent (guint16     port,
           const char *channel)
{
  fanout_socket_enter (port, channel);
  puts ("ready");
  fflush (stdout);
  for (;;)
    pause ();
}

int
main (int   argc,
      char *argv[])
{
  static const char * const events[] = {
    "{\"event\":\"client-noise\",\"channel\":\"private-flood\",\"data\":\"noise\"}", NULL
  };
  static const char * const subscriptions[] = {
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"noise\"}}",
    "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"noise\"}}", NULL
  };
  guint16 port = argc == 4 ? (guint16) atoi (argv[1]) : 0;

  if (port != 0 && strcmp (argv[3], "silent") == 0)
    be_silent (port, argv[2]);
  else if (port != 0 && strcmp (argv[3], "flood") == 0)
    flood (port, events);
  else if (port != 0 && strcmp (argv[3], "subscribe") == 0)
    flood (port, subscriptions);
  else if (port != 0 && strcmp (argv[3], "churn") == 0)
    churn (port, argv[2]);
  fprintf (stderr, "fanout-abuser: the server takes no more\n");
  return 1;
}
