/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-poller-private.h"

#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

#define N_MANY    200
#define MAX_CALLS 1000
#define BUSY_US   5000

typedef struct _End End;

/* One end of a pair of sockets is watched, the other is played here. */
struct _End
{
  int               fds[2];
  BcastPollerWatch *watch;
  guint             n_readable;
  guint             n_writable;
  End              *victim;    /* whose watch is freed by the first call */
  gboolean          is_busy;   /* takes its time, and leaves what can be read */
};

typedef struct
{
  BcastPoller *poller;
  End          ends[N_MANY];
} Fixture;

static void
end_clear (End *end)
{
  if (end->fds[0] == end->fds[1])
    return;

  g_clear_pointer (&end->watch, bcast_poller_watch_free);
  close (end->fds[0]);
  close (end->fds[1]);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->poller = bcast_poller_new (NULL);
  g_assert_nonnull (fixture->poller);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < N_MANY; i++)
    end_clear (&fixture->ends[i]);
  bcast_poller_free (fixture->poller);
}

static void
be_busy (void)
{
  gint64 until_us = g_get_monotonic_time () + BUSY_US;

  while (g_get_monotonic_time () < until_us)
    continue;
}

static void
ready_cb (gpointer object,
          gboolean is_readable,
          gboolean is_writable)
{
  End *end = object;
  char byte;

  end->n_readable += is_readable;
  end->n_writable += is_writable;
  if (end->is_busy)
    be_busy ();
  else if (is_readable)
    g_assert_cmpint (recv (end->fds[0], &byte, 1, MSG_DONTWAIT), >=, 0);
  if (end->victim != NULL)
    g_clear_pointer (&end->victim->watch, bcast_poller_watch_free);
}

static End *
open_end (Fixture *fixture,
          guint    index)
{
  End *end = &fixture->ends[index];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, end->fds), ==, 0);
  end->watch = bcast_poller_add (fixture->poller, end->fds[0], ready_cb, end);
  g_assert_nonnull (end->watch);
  return end;
}

static void
write_end (End *end)
{
  g_assert_cmpint (write (end->fds[1], "x", 1), ==, 1);
}

static gboolean
was_read (gpointer end)
{
  return ((End *) end)->n_readable > 0;
}

static gboolean
was_written (gpointer end)
{
  return ((End *) end)->n_writable > 0;
}

static void
iterate (void)
{
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_reading (Fixture       *fixture,
              gconstpointer  data)
{
  End *alice = open_end (fixture, 0);
  End *bob = open_end (fixture, 1);

  iterate ();
  g_assert_cmpuint (alice->n_readable, ==, 0);

  write_end (alice);
  g_assert_true (wire_wait (was_read, alice));
  iterate ();
  g_assert_cmpuint (alice->n_readable, ==, 1);
  g_assert_cmpuint (alice->n_writable, ==, 0);
  g_assert_cmpuint (bob->n_readable, ==, 0);

  /* The end of all can be read, too. */
  shutdown (bob->fds[1], SHUT_RDWR);
  g_assert_true (wire_wait (was_read, bob));
}

static void
test_writing (Fixture       *fixture,
              gconstpointer  data)
{
  End *alice = open_end (fixture, 0);

  bcast_poller_watch_writing (alice->watch);
  g_assert_true (wire_wait (was_written, alice));
  iterate ();
  g_assert_cmpuint (alice->n_writable, ==, 1);
  g_assert_cmpuint (alice->n_readable, ==, 0);

  write_end (alice);
  g_assert_true (wire_wait (was_read, alice));
  g_assert_cmpuint (alice->n_writable, ==, 1);
}

static void
test_freed (Fixture       *fixture,
            gconstpointer  data)
{
  End *alice = open_end (fixture, 0);
  End *bob = open_end (fixture, 1);

  /* Both are ready in the same turn, and whoever comes first takes the other away. */
  alice->victim = bob;
  bob->victim = alice;
  write_end (alice);
  write_end (bob);
  iterate ();
  g_assert_cmpuint (alice->n_readable + bob->n_readable, ==, 1);

  /* Itself as well. */
  End *carol = open_end (fixture, 2);
  carol->victim = carol;
  write_end (carol);
  write_end (carol);
  iterate ();
  g_assert_cmpuint (carol->n_readable, ==, 1);
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < N_MANY; i++)
    write_end (open_end (fixture, i));
  for (guint i = 0; i < N_MANY; i++)
    g_assert_true (wire_wait (was_read, &fixture->ends[i]));

  iterate ();
  for (guint i = 0; i < N_MANY; i++)
    g_assert_cmpuint (fixture->ends[i].n_readable, ==, 1);
}

typedef struct
{
  End   *end;
  guint  n_before;
} Rested;

static gboolean
was_called_again (gpointer user_data)
{
  Rested *rested = user_data;

  return rested->end->n_readable > rested->n_before;
}

/* One that is ready for ever, and costs much each time. */
static void
test_rest (Fixture       *fixture,
           gconstpointer  data)
{
  Rested rested = { open_end (fixture, 0), 0 };
  End *greedy = rested.end;
  End *other = open_end (fixture, 1);

  greedy->is_busy = TRUE;
  write_end (greedy);
  do
    {
      rested.n_before = greedy->n_readable;
      iterate ();
    }
  while (greedy->n_readable > rested.n_before && greedy->n_readable < MAX_CALLS);
  g_assert_cmpuint (greedy->n_readable, >, 0);
  g_assert_cmpuint (greedy->n_readable, <, MAX_CALLS);

  /* The other one need not wait for it. */
  write_end (other);
  g_assert_true (wire_wait (was_read, other));
  g_assert_cmpuint (greedy->n_readable, <=, rested.n_before + 1);

  /* It can be written meanwhile, and is read again by itself. */
  bcast_poller_watch_writing (greedy->watch);
  g_assert_true (wire_wait (was_written, greedy));
  rested.n_before = greedy->n_readable;
  g_assert_true (wire_wait (was_called_again, &rested));

  /* One that rests can go. */
  iterate ();
  g_clear_pointer (&greedy->watch, bcast_poller_watch_free);
  write_end (other);
  other->n_readable = 0;
  g_assert_true (wire_wait (was_read, other));
}

static const struct
{
  const char  *name;
  void       (*run) (Fixture       *fixture,
                     gconstpointer  data);
} cases[] = {
  { "reading", test_reading },
  { "writing", test_writing },
  { "freed", test_freed },
  { "many", test_many },
  { "rest", test_rest },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/poller/", cases[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, cases[i].run, tear_down);
    }

  return g_test_run ();
}
