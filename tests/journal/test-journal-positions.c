/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-positions-private.h"

static void
test_none (void)
{
  g_autoptr(BcastJournalPositions) positions = _bcast_journal_positions_new (0, 0);

  g_assert_cmpint (_bcast_journal_positions_get_n_events (positions), ==, 0);
  g_assert_cmpint (_bcast_journal_positions_find (positions, 0), ==, -1);
  g_assert_cmpint (_bcast_journal_positions_find (positions, 1), ==, -1);
}

static void
test_without_gaps (void)
{
  g_autoptr(BcastJournalPositions) positions = _bcast_journal_positions_new (11, 20);

  g_assert_cmpint (_bcast_journal_positions_get_n_events (positions), ==, 10);
  g_assert_cmpint (_bcast_journal_positions_get_id (positions, 0), ==, 11);
  g_assert_cmpint (_bcast_journal_positions_get_id (positions, 9), ==, 20);
  g_assert_cmpint (_bcast_journal_positions_find (positions, 10), ==, -1);
  g_assert_cmpint (_bcast_journal_positions_find (positions, 11), ==, 0);
  g_assert_cmpint (_bcast_journal_positions_find (positions, 20), ==, 9);
  g_assert_cmpint (_bcast_journal_positions_find (positions, 21), ==, -1);
}

/* Gaps come from a file: those that overlap, lie outside or are turned round are made to fit. */
static void
test_strange_gaps (void)
{
  g_autoptr(BcastJournalPositions) positions = _bcast_journal_positions_new (10, 20);

  _bcast_journal_positions_add_gap (positions, 1, 9);
  _bcast_journal_positions_add_gap (positions, 5, 12);
  _bcast_journal_positions_add_gap (positions, 12, 13);
  _bcast_journal_positions_add_gap (positions, 15, 14);
  _bcast_journal_positions_add_gap (positions, 18, 30);
  _bcast_journal_positions_add_gap (positions, 40, 50);

  /* 10, 14, 15, 16, 17, 20 are left. */
  g_assert_cmpint (_bcast_journal_positions_get_n_events (positions), ==, 6);
  g_assert_cmpint (_bcast_journal_positions_get_id (positions, 0), ==, 10);
  g_assert_cmpint (_bcast_journal_positions_get_id (positions, 1), ==, 14);
  g_assert_cmpint (_bcast_journal_positions_get_id (positions, 5), ==, 20);
}

static void
test_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      gint64 first_id = g_test_rand_int_range (1, 50);
      gint64 last_id = first_id + g_test_rand_int_range (0, 300);
      g_autoptr(BcastJournalPositions) positions = _bcast_journal_positions_new (first_id, last_id);
      g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (gint64 id = first_id; id <= last_id; id++)
        {
          gint64 length = g_test_rand_int_range (1, 10);
          gint64 end = MIN (id + length, last_id) - 1;

          if (id == first_id || id > end || g_test_rand_bit ())
            {
              g_array_append_val (ids, id);
              continue;
            }
          _bcast_journal_positions_add_gap (positions, id, end);
          id = end;
        }

      g_assert_cmpint (_bcast_journal_positions_get_n_events (positions), ==, ids->len);
      for (guint i = 0; i < ids->len; i++)
        {
          gint64 id = g_array_index (ids, gint64, i);

          g_assert_cmpint (_bcast_journal_positions_get_id (positions, i), ==, id);
          g_assert_cmpint (_bcast_journal_positions_find (positions, id), ==, i);
          if (i > 0 && g_array_index (ids, gint64, i - 1) < id - 1)
            g_assert_cmpint (_bcast_journal_positions_find (positions, id - 1), ==, -1);
        }
    }
}

static void
test_prefix (void)
{
  g_autoptr(BcastJournalPositions) none = _bcast_journal_positions_new (0, 0);
  g_autoptr(BcastJournalPositions) some = _bcast_journal_positions_new (1, 10);
  g_autoptr(BcastJournalPositions) more = _bcast_journal_positions_new (1, 20);
  g_autoptr(BcastJournalPositions) gap_behind = _bcast_journal_positions_new (1, 20);
  g_autoptr(BcastJournalPositions) gap_within = _bcast_journal_positions_new (1, 20);
  g_autoptr(BcastJournalPositions) other_start = _bcast_journal_positions_new (2, 20);
  g_autoptr(BcastJournalPositions) last_gone = _bcast_journal_positions_new (1, 20);

  _bcast_journal_positions_add_gap (gap_behind, 12, 13);
  _bcast_journal_positions_add_gap (gap_within, 5, 5);
  _bcast_journal_positions_add_gap (last_gone, 10, 10);

  g_assert_true (_bcast_journal_positions_is_prefix (none, some));
  g_assert_true (_bcast_journal_positions_is_prefix (some, some));
  g_assert_true (_bcast_journal_positions_is_prefix (some, more));
  g_assert_true (_bcast_journal_positions_is_prefix (some, gap_behind));
  g_assert_false (_bcast_journal_positions_is_prefix (more, some));
  g_assert_false (_bcast_journal_positions_is_prefix (some, gap_within));
  g_assert_false (_bcast_journal_positions_is_prefix (gap_within, more));
  g_assert_false (_bcast_journal_positions_is_prefix (some, other_start));
  g_assert_false (_bcast_journal_positions_is_prefix (some, last_gone));
  g_assert_false (_bcast_journal_positions_is_prefix (some, none));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal/positions/none", test_none);
  g_test_add_func ("/journal/positions/without-gaps", test_without_gaps);
  g_test_add_func ("/journal/positions/strange-gaps", test_strange_gaps);
  g_test_add_func ("/journal/positions/random", test_random);
  g_test_add_func ("/journal/positions/prefix", test_prefix);

  return g_test_run ();
}
