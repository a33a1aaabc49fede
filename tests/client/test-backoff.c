/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-backoff-private.h"

typedef struct
{
  const char    *what;
  BcastReaction  reaction;
  gboolean       opened;
  double         luck;
  guint          delays_ms[9];
} Row;

static const Row rows[] = {
  { "at-once-then-grows", BCAST_REACTION_RETRY_NOW, TRUE, 0.5,
    { 0, 0, 0, 1000, 2000, 4000, 8000, 16000, 30000 } },
  { "tls-at-once", BCAST_REACTION_USE_TLS, TRUE, 0.5,
    { 0, 0, 0, 1000, 2000, 4000, 8000, 16000, 30000 } },
  { "a-second-then-grows", BCAST_REACTION_BACK_OFF, TRUE, 0.5,
    { 1000, 1000, 1000, 1000, 2000, 4000, 8000, 16000, 30000 } },
  { "unreachable-grows", BCAST_REACTION_BACK_OFF, FALSE, 0.5,
    { 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000, 30000 } },
  { "least-luck", BCAST_REACTION_BACK_OFF, FALSE, 0,
    { 1000, 1600, 3200, 6400, 12800, 24000, 24000, 24000, 24000 } },
  { "most-luck", BCAST_REACTION_BACK_OFF, FALSE, 1,
    { 1200, 2400, 4800, 9600, 19200, 36000, 36000, 36000, 36000 } },
};

static void
test_growth (gconstpointer data)
{
  const Row *row = data;
  BcastBackoff backoff = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (row->delays_ms); i++)
    g_assert_cmpuint (bcast_backoff_next_ms (&backoff, row->reaction, row->opened, 0, row->luck), ==,
                      row->delays_ms[i]);
}

static guint
fail_often (BcastBackoff *backoff)
{
  guint delay_ms = 0;

  for (guint i = 0; i < 100; i++)
    delay_ms = bcast_backoff_next_ms (backoff, BCAST_REACTION_RETRY_NOW, TRUE, 100, 0.5);
  return delay_ms;
}

static void
test_steady_connection (void)
{
  BcastBackoff backoff = { 0 };

  g_assert_cmpuint (fail_often (&backoff), ==, 30000);
  g_assert_cmpuint (bcast_backoff_next_ms (&backoff, BCAST_REACTION_RETRY_NOW, TRUE, 29999, 0.5), ==, 30000);
  g_assert_cmpuint (bcast_backoff_next_ms (&backoff, BCAST_REACTION_RETRY_NOW, TRUE, 30000, 0.5), ==, 0);
}

static void
test_reset (void)
{
  BcastBackoff backoff = { 0 };

  fail_often (&backoff);
  bcast_backoff_reset (&backoff);
  g_assert_cmpuint (bcast_backoff_next_ms (&backoff, BCAST_REACTION_RETRY_NOW, TRUE, 0, 0.5), ==, 0);
}

static void
test_no_overflow (void)
{
  BcastBackoff backoff = { G_MAXUINT };

  g_assert_cmpuint (bcast_backoff_next_ms (&backoff, BCAST_REACTION_BACK_OFF, FALSE, 0, 0.5), ==, 30000);
  g_assert_cmpuint (backoff.n_failures, ==, G_MAXUINT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/backoff/growth/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_growth);
    }
  g_test_add_func ("/backoff/steady-connection", test_steady_connection);
  g_test_add_func ("/backoff/reset", test_reset);
  g_test_add_func ("/backoff/no-overflow", test_no_overflow);

  return g_test_run ();
}
