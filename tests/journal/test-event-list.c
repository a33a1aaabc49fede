/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-list.h"
#include "journal-support.h"

/* Holds a list to the contract of GListModel: what it announces is what it then gives. */
typedef struct
{
  BcastEventList *list;
  GArray         *ids; /* of gint64, as announced */
  guint           n_announcements;
  guint           n_changes;
} Watcher;

static gint64
get_id (BcastEventList *list,
        guint           position)
{
  g_autoptr(BcastEvent) event = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (event);
  return bcast_event_get_record (event)->id;
}

static void
items_changed_cb (BcastEventList *list,
                  guint           position,
                  guint           n_removed,
                  guint           n_added,
                  Watcher        *watcher)
{
  g_assert_cmpuint (position + n_removed, <=, watcher->ids->len);
  watcher->n_announcements++;
  if (n_removed > 0)
    g_array_remove_range (watcher->ids, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      gint64 id = get_id (list, position + i);

      g_array_insert_val (watcher->ids, position + i, id);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, watcher->ids->len);
}

static void
watcher_set_up (Watcher        *watcher,
                BcastEventList *list)
{
  *watcher = (Watcher) { list, g_array_new (FALSE, FALSE, sizeof (gint64)), 0, 0 };
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      gint64 id = get_id (list, i);

      g_array_append_val (watcher->ids, id);
    }
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), watcher);
}

static void
watcher_check (Watcher *watcher)
{
  GListModel *model = G_LIST_MODEL (watcher->list);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, watcher->ids->len);
  for (guint i = 0; i < watcher->ids->len; i++)
    g_assert_cmpint (get_id (watcher->list, i), ==, g_array_index (watcher->ids, gint64, i));
  g_assert_null (g_list_model_get_item (model, watcher->ids->len));
}

static void
watcher_tear_down (Watcher *watcher)
{
  g_signal_handlers_disconnect_by_data (watcher->list, watcher);
  g_array_unref (watcher->ids);
}

static void
count_cb (BcastEvent *event,
          Watcher    *watcher)
{
  watcher->n_changes++;
}

static BcastEventList *
new_list (BcastJournal *journal)
{
  g_autoptr(GError) error = NULL;
  BcastEventList *list = bcast_event_list_new (journal, &error);

  g_assert_no_error (error);
  return list;
}

static void
append_many (BcastJournal *journal,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    append_foreign (journal, bcast_journal_next_id (journal), "a");
  bcast_journal_flush (journal);
}

static void
test_additions (Place         *place,
                gconstpointer  data)
{
  static const guint steps[] = { 0, 1, 62, 1, 1, 64, 127, 500, 3 };
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autoptr(BcastEventList) list = new_list (journal);
  Watcher watcher;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == BCAST_TYPE_EVENT);
  watcher_set_up (&watcher, list);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      append_many (journal, steps[i]);

      guint before = watcher.n_announcements;

      bcast_event_list_refresh (list);
      g_assert_cmpuint (watcher.n_announcements - before, ==, steps[i] > 0);
      watcher_check (&watcher);
    }
  watcher_tear_down (&watcher);
  g_assert_finalize_object (g_steal_pointer (&list));
}

/* Nothing is announced between refreshes, even while a block is read in which more has come. */
static void
test_changes_only_in_refresh (Place         *place,
                              gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 10);

  g_autoptr(BcastEventList) list = new_list (journal);

  append_many (journal, 10);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 10);
  g_assert_cmpint (get_id (list, 9), ==, 10);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 10));
  g_assert_null (bcast_event_list_find (list, 11, NULL));
  bcast_event_list_refresh (list);
  g_assert_cmpint (get_id (list, 19), ==, 20);
}

static void
test_same_object (Place         *place,
                  gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 64 * 40);

  g_autoptr(BcastEventList) list = new_list (journal);
  g_autoptr(BcastEvent) held = g_list_model_get_item (G_LIST_MODEL (list), 3);
  gpointer gone = held;

  /* Reads more blocks than are kept. */
  for (guint i = 0; i < 40; i++)
    get_id (list, i * 64 + 5);

  g_autoptr(BcastEvent) again = g_list_model_get_item (G_LIST_MODEL (list), 3);

  g_assert_true (again == held);
  g_clear_object (&again);

  /* What nobody holds any more is let go. */
  g_object_add_weak_pointer (G_OBJECT (held), &gone);
  g_clear_object (&held);
  for (guint i = 0; i < 40; i++)
    get_id (list, i * 64 + 5);
  g_assert_null (gone);
}

static void
test_held_beyond_list (Place         *place,
                       gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 5);

  g_autoptr(BcastEventList) list = new_list (journal);
  g_autoptr(BcastEvent) held = g_list_model_get_item (G_LIST_MODEL (list), 3);

  g_assert_finalize_object (g_steal_pointer (&list));
  g_assert_cmpint (bcast_event_get_record (held)->id, ==, 4);
}

static void
test_changed (Place         *place,
              gconstpointer  data)
{
  static const char * const expected[] = { "Alice", NULL };
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 100);
  give_event (journal, new_sent (bcast_journal_next_id (journal), expected));
  append_many (journal, 100);

  g_autoptr(BcastEventList) list = new_list (journal);
  g_autoptr(BcastEvent) event = g_list_model_get_item (G_LIST_MODEL (list), 100);
  g_autoptr(BcastEvent) other = g_list_model_get_item (G_LIST_MODEL (list), 101);
  Watcher watcher;

  watcher_set_up (&watcher, list);
  g_signal_connect (event, "changed", G_CALLBACK (count_cb), &watcher);
  g_signal_connect (other, "changed", G_CALLBACK (count_cb), &watcher);

  give_delivery (journal, 101, bcast_delivery_new ("Alice", 5, 5, TRUE, NULL, "f"),
                 BCAST_EVENT_MATCHED);
  bcast_journal_settle (journal, 101, BCAST_EVENT_MATCHED, 200, 7, NULL, "{}", NULL);
  bcast_journal_flush (journal);
  g_assert_cmpint (bcast_event_get_record (event)->outcome, ==, BCAST_EVENT_WAITING);

  bcast_event_list_refresh (list);
  g_assert_cmpuint (watcher.n_announcements, ==, 0);
  g_assert_cmpuint (watcher.n_changes, ==, 1);
  g_assert_cmpint (bcast_event_get_record (event)->outcome, ==, BCAST_EVENT_MATCHED);
  g_assert_cmpstr (bcast_event_get_record (event)->response, ==, "{}");
  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 1);
  g_assert_nonnull (bcast_event_find_delivery (event, "Alice"));

  bcast_event_list_refresh (list);
  g_assert_cmpuint (watcher.n_changes, ==, 1);
  watcher_tear_down (&watcher);
}

/* What was read before and is held by nobody must not be shown as it was. */
static void
test_changed_in_cache (Place         *place,
                       gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 10);

  g_autoptr(BcastEventList) list = new_list (journal);

  g_assert_cmpint (get_id (list, 4), ==, 5);
  bcast_journal_set_outcome (journal, 5, BCAST_EVENT_MISSED);
  bcast_journal_flush (journal);
  bcast_event_list_refresh (list);

  g_autoptr(BcastEvent) event = bcast_event_list_find (list, 5, NULL);

  g_assert_cmpint (bcast_event_get_record (event)->outcome, ==, BCAST_EVENT_MISSED);
}

/* More changes between two refreshes than are remembered one by one. */
static void
test_very_many_changes (Place         *place,
                        gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 6000);

  g_autoptr(BcastEventList) list = new_list (journal);
  g_autoptr(BcastEvent) held = g_list_model_get_item (G_LIST_MODEL (list), 5000);

  for (gint64 id = 1; id <= 6000; id++)
    bcast_journal_set_outcome (journal, id, BCAST_EVENT_MISSED);
  bcast_journal_flush (journal);
  bcast_event_list_refresh (list);
  g_assert_cmpint (bcast_event_get_record (held)->outcome, ==, BCAST_EVENT_MISSED);
}

/* Two lists on one journal learn of changes each for itself. */
static void
test_two_lists (Place         *place,
                gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 3);

  BcastEventList *lists[] = { new_list (journal), new_list (journal) };

  for (guint i = 0; i < 2; i++)
    get_id (lists[i], 0);
  bcast_journal_set_outcome (journal, 1, BCAST_EVENT_MISSED);
  bcast_journal_flush (journal);
  for (guint i = 0; i < 2; i++)
    {
      bcast_event_list_refresh (lists[i]);

      g_autoptr(BcastEvent) event = g_list_model_get_item (G_LIST_MODEL (lists[i]), 0);

      g_assert_cmpint (bcast_event_get_record (event)->outcome, ==, BCAST_EVENT_MISSED);
      g_clear_object (&lists[i]);
    }
  append_many (journal, 1);
}

static void
change_again_cb (BcastEvent     *event,
                 BcastEventList *list)
{
  /* A handler may look at the list, also at blocks that are yet to be read again. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i += 64)
    get_id (list, i);
  bcast_event_list_refresh (list);
}

static void
test_handler_reads_list (Place         *place,
                         gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  BcastEvent *held[5];

  append_many (journal, 64 * 5);

  g_autoptr(BcastEventList) list = new_list (journal);

  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      held[i] = g_list_model_get_item (G_LIST_MODEL (list), i * 64);
      g_signal_connect (held[i], "changed", G_CALLBACK (change_again_cb), list);
      bcast_journal_set_outcome (journal, i * 64 + 1, BCAST_EVENT_MISSED);
    }
  bcast_journal_flush (journal);
  bcast_event_list_refresh (list);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      g_assert_cmpint (bcast_event_get_record (held[i])->outcome, ==, BCAST_EVENT_MISSED);
      g_object_unref (held[i]);
    }
}

static void
test_find (Place         *place,
           gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  guint position = 99;

  append_many (journal, 200);

  g_autoptr(BcastEventList) list = new_list (journal);
  g_autoptr(BcastEvent) event = bcast_event_list_find (list, 150, &position);

  g_assert_cmpint (bcast_event_get_record (event)->id, ==, 150);
  g_assert_cmpuint (position, ==, 149);
  g_assert_null (bcast_event_list_find (list, 201, NULL));
  g_assert_null (bcast_event_list_find (list, 0, NULL));
}

/* Removed by another hand while the list has announced them. */
static void
test_rows_gone (Place         *place,
                gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_many (journal, 200);

  g_autoptr(BcastEventList) list = new_list (journal);

  run_sql (place->path, "DELETE FROM events WHERE id <= 70");

  g_autoptr(BcastEvent) event = g_list_model_get_item (G_LIST_MODEL (list), 5);

  g_assert_cmpint (bcast_event_get_record (event)->id, ==, 6);
  g_assert_nonnull (bcast_event_get_record (event)->error);

  Watcher watcher;

  watcher_set_up (&watcher, list);
  bcast_event_list_refresh (list);
  watcher_check (&watcher);
  g_assert_cmpuint (watcher.ids->len, ==, 130);
  g_assert_cmpint (g_array_index (watcher.ids, gint64, 0), ==, 71);
  watcher_tear_down (&watcher);
}

static void
test_by_path_while_writing (Place         *place,
                            gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autoptr(GError) error = NULL;

  append_many (journal, 10);

  g_autoptr(BcastEventList) list = bcast_event_list_new_for_path (place->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 10);
  append_many (journal, 10);
  bcast_event_list_refresh (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 20);

  /* The journal may close first, and go. */
  g_assert_finalize_object (g_steal_pointer (&journal));
  bcast_event_list_refresh (list);
  g_assert_cmpint (get_id (list, 19), ==, 20);
}

/* Whoever changed the file by hand meets no criticals. */
static void
test_hostile_values (Place         *place,
                     gconstpointer  data)
{
  g_object_unref (open_journal (place));
  run_sql (place->path,
           "INSERT INTO events VALUES (1, -5, 99, -1, CAST(x'ff41' AS TEXT), '', NULL, NULL, NULL,"
           " '[[[', -7, 9223372036854775807, NULL, NULL, NULL);"
           "INSERT INTO events VALUES (2, 2, -1, 0, '', '', NULL, NULL, NULL,"
           " '[\"Alice\",3]', 0, 0, NULL, NULL, NULL);"
           "INSERT INTO deliveries VALUES (1030, CAST(x'c328' AS TEXT), 0, 0, 7, NULL, NULL);"
           "INSERT INTO deliveries VALUES (-5, 'x', 0, 0, 7, NULL, NULL);"
           "INSERT INTO gaps VALUES (1, 9223372036854775807);"
           "INSERT INTO gaps VALUES (-9223372036854775807, 2);");

  g_autoptr(GError) error = NULL;
  g_autoptr(BcastEventList) list = bcast_event_list_new_for_path (place->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);

  g_autoptr(BcastEvent) first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  const BcastEventRecord *record = bcast_event_get_record (first);

  g_assert_true (g_utf8_validate (record->channel, -1, NULL));
  g_assert_cmpint (record->outcome, ==, BCAST_EVENT_FOREIGN);
  g_assert_cmpuint (record->status, ==, 0);
  g_assert_null (record->expected);
  g_assert_cmpuint (bcast_event_get_n_deliveries (first), ==, 1);
  g_assert_true (g_utf8_validate (bcast_event_get_delivery (first, 0)->client, -1, NULL));

  g_autoptr(BcastEvent) second = g_list_model_get_item (G_LIST_MODEL (list), 1);

  g_assert_cmpuint (g_strv_length (bcast_event_get_record (second)->expected), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)
  ADD ("/event-list/additions", test_additions);
  ADD ("/event-list/changes-only-in-refresh", test_changes_only_in_refresh);
  ADD ("/event-list/same-object", test_same_object);
  ADD ("/event-list/held-beyond-list", test_held_beyond_list);
  ADD ("/event-list/changed", test_changed);
  ADD ("/event-list/changed-in-cache", test_changed_in_cache);
  ADD ("/event-list/very-many-changes", test_very_many_changes);
  ADD ("/event-list/two-lists", test_two_lists);
  ADD ("/event-list/handler-reads-list", test_handler_reads_list);
  ADD ("/event-list/find", test_find);
  ADD ("/event-list/rows-gone", test_rows_gone);
  ADD ("/event-list/by-path-while-writing", test_by_path_while_writing);
  ADD ("/event-list/hostile-values", test_hostile_values);
#undef ADD

  return g_test_run ();
}
