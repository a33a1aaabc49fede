/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random appends (with numbers left out or out of order), changes and removals, beside a model that
 * is an array; and a list that is refreshed while another thread writes. */

#include "bcast-event-list.h"
#include "journal-support.h"

#define N_ROUNDS 12
#define N_STEPS  120

typedef struct
{
  gint64            id;
  BcastEventOutcome outcome;
  guint             n_deliveries;
} Row;

typedef struct
{
  BcastJournal   *journal;
  BcastEventList *list;
  GArray         *rows;      /* of Row, by id: what is on disk */
  guint           n_announced;
  GPtrArray      *held;      /* of BcastEvent */
} World;

static void
items_changed_cb (BcastEventList *list,
                  guint           position,
                  guint           n_removed,
                  guint           n_added,
                  World          *world)
{
  world->n_announced = world->n_announced - n_removed + n_added;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, world->n_announced);
}

static void
add_row (World  *world,
         gint64  id)
{
  Row row = { id, BCAST_EVENT_FOREIGN, 0 };
  guint i = world->rows->len;

  while (i > 0 && g_array_index (world->rows, Row, i - 1).id > id)
    i--;
  g_array_insert_val (world->rows, i, row);
  append_foreign (world->journal, id, "a");
}

static void
step_append (World *world)
{
  guint n = g_test_rand_int_range (1, 100);
  g_autoptr(GArray) later = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++)
    {
      gint64 id = bcast_journal_next_id (world->journal);
      int what = g_test_rand_int_range (0, 40);

      if (what == 0)
        continue;
      if (what == 1)
        g_array_append_val (later, id);
      else
        add_row (world, id);
    }
  for (guint i = later->len; i > 0; i--)
    add_row (world, g_array_index (later, gint64, i - 1));
}

static Row *
pick_row (World *world)
{
  if (world->rows->len == 0)
    return NULL;
  return &g_array_index (world->rows, Row, g_test_rand_int_range (0, world->rows->len));
}

static void
step_change (World *world)
{
  Row *row = pick_row (world);

  if (row == NULL)
    return;
  row->outcome = g_test_rand_int_range (0, BCAST_EVENT_FOREIGN);
  row->n_deliveries++;
  give_delivery (world->journal, row->id,
                 bcast_delivery_new ("Alice", 1, 1, TRUE, NULL, NULL), row->outcome);
}

static void
step_remove (World *world)
{
  Row *row = pick_row (world);
  guint n_removed = 0;

  if (row == NULL)
    return;

  gint64 first = g_test_rand_bit () ? row->id : 0;
  gint64 last = row->id + g_test_rand_int_range (0, 20);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM events WHERE id BETWEEN %" G_GINT64_FORMAT
                                          " AND %" G_GINT64_FORMAT, first, last);

  bcast_journal_flush (world->journal);
  run_sql (bcast_journal_get_path (world->journal), sql);
  for (guint i = world->rows->len; i > 0; i--)
    {
      Row *other = &g_array_index (world->rows, Row, i - 1);

      if (other->id >= first && other->id <= last)
        {
          g_array_remove_index (world->rows, i - 1);
          n_removed++;
        }
    }
  g_assert_cmpuint (n_removed, >, 0);
}

static void
check_event (World      *world,
             guint       position,
             BcastEvent *event)
{
  Row *row = &g_array_index (world->rows, Row, position);

  g_assert_cmpint (bcast_event_get_record (event)->id, ==, row->id);
  g_assert_cmpint (bcast_event_get_record (event)->outcome, ==, row->outcome);
  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, row->n_deliveries);
}

static void
step_check (World *world)
{
  GListModel *model = G_LIST_MODEL (world->list);

  bcast_journal_flush (world->journal);
  bcast_event_list_refresh (world->list);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, world->rows->len);
  g_assert_cmpuint (world->n_announced, ==, world->rows->len);

  for (guint i = 0; i < world->rows->len; i += g_test_rand_int_range (1, 30))
    {
      g_autoptr(BcastEvent) event = g_list_model_get_item (model, i);

      check_event (world, i, event);
      if (g_test_rand_int_range (0, 20) == 0)
        g_ptr_array_add (world->held, g_steal_pointer (&event));
    }
  for (guint i = 0; i < world->held->len; i++)
    {
      BcastEvent *held = g_ptr_array_index (world->held, i);
      guint position;
      g_autoptr(BcastEvent) event =
        bcast_event_list_find (world->list, bcast_event_get_record (held)->id, &position);

      if (event == NULL)
        continue;
      g_assert_true (event == held);
      check_event (world, position, held);
    }
  while (world->held->len > 30)
    g_ptr_array_remove_index_fast (world->held, g_test_rand_int_range (0, world->held->len));
}

static void
test_model (Place         *place,
            gconstpointer  data)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u", place->path, round);
      g_autoptr(BcastJournal) journal = bcast_journal_open (path, NULL);
      g_autoptr(BcastEventList) list = bcast_event_list_new (journal, NULL);
      g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
      g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
      World world = { journal, list, rows, 0, held };

      g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &world);
      for (guint i = 0; i < N_STEPS; i++)
        {
          int what = g_test_rand_int_range (0, 20);

          if (what < 6)
            step_append (&world);
          else if (what < 14)
            step_change (&world);
          else if (what < 15)
            step_remove (&world);
          else
            step_check (&world);
        }
      step_check (&world);
      g_signal_handlers_disconnect_by_data (list, &world);
    }
}

typedef struct
{
  BcastJournal *journal;
  int           is_done; /* atomic */
} Producer;

#define N_PRODUCED 30000

static gpointer
produce_cb (gpointer data)
{
  Producer *producer = data;

  for (guint i = 0; i < N_PRODUCED; i++)
    {
      gint64 id = bcast_journal_next_id (producer->journal);

      append_foreign (producer->journal, id, "a");
      give_delivery (producer->journal, MAX (id - i % 500, 1),
                     bcast_delivery_new ("Alice", id, -1, TRUE, NULL, "{}"),
                     BCAST_EVENT_MATCHED);
    }
  g_atomic_int_set (&producer->is_done, TRUE);
  return NULL;
}

static void
test_concurrent (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autoptr(BcastEventList) list = bcast_event_list_new (journal, NULL);
  g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  Producer producer = { journal, FALSE };
  GThread *thread = g_thread_new ("producer", produce_cb, &producer);
  gboolean is_done;

  do
    {
      is_done = g_atomic_int_get (&producer.is_done);
      bcast_event_list_refresh (list);

      guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

      for (guint i = n > 200 ? n - 200 : 0; i < n; i++)
        {
          g_autoptr(BcastEvent) event = g_list_model_get_item (G_LIST_MODEL (list), i);

          g_assert_cmpint (bcast_event_get_record (event)->id, ==, i + 1);
          g_assert_null (bcast_event_get_record (event)->error);
          if (i % 17 == 0)
            g_ptr_array_add (held, g_steal_pointer (&event));
        }
      while (held->len > 100)
        g_ptr_array_remove_index (held, 0);
    }
  while (!is_done);

  g_thread_join (thread);
  bcast_journal_flush (journal);
  bcast_event_list_refresh (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_PRODUCED);
  g_assert_null (bcast_journal_dup_error (journal));

  /* Whatever was held has in the end what is on disk. */
  g_autoptr(BcastEventList) fresh = bcast_event_list_new_for_path (place->path, NULL);

  for (guint i = 0; i < held->len; i++)
    {
      BcastEvent *event = g_ptr_array_index (held, i);
      g_autoptr(BcastEvent) right =
        bcast_event_list_find (fresh, bcast_event_get_record (event)->id, NULL);

      g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==,
                        bcast_event_get_n_deliveries (right));
      g_assert_cmpint (bcast_event_get_record (event)->outcome, ==,
                       bcast_event_get_record (right)->outcome);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)
  ADD ("/event-list/random", test_model);
  ADD ("/event-list/concurrent", test_concurrent);
#undef ADD

  return g_test_run ();
}
