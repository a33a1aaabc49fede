/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-json.h"
#include "bcast-sandbox-log.h"
#include "workspace-fixture.h"

#include <string.h>

typedef struct
{
  guint n_notified;
  guint n_added;
  guint n_removed;
} Count;

static void
count_cb (GListModel *model,
          guint       position,
          guint       n_removed,
          guint       n_added,
          gpointer    user_data)
{
  Count *count = user_data;

  count->n_notified++;
  count->n_added += n_added;
  count->n_removed += n_removed;
}

static void
free_report (gpointer report)
{
  bcast_report_free (report);
}

static GPtrArray *
make_reports (BcastReportKind  kind,
              guint            first,
              guint            n_reports)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func (free_report);

  for (guint i = first; i < first + n_reports; i++)
    {
      g_autofree char *channel = g_strdup_printf ("room-%u", i);

      g_ptr_array_add (reports, bcast_report_copy (&(BcastReport) {
        .kind = kind, .time_us = 1000000 * (gint64) i, .channel = channel, .event = (char *) "Moved",
        .data = (char *) "{\"to\":\"Kitchen\"}",
      }));
    }
  return reports;
}

static void
take (BcastSandboxLog *log,
      BcastReportKind  kind,
      guint            first,
      guint            n_reports)
{
  g_autoptr(GPtrArray) reports = make_reports (kind, first, n_reports);

  bcast_sandbox_log_take (log, reports, 0);
}

static gboolean
has_rows (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static const char *
get_channel (BcastSandboxLog *log,
             guint            position)
{
  g_autoptr(BcastLogEntry) entry = g_list_model_get_item (G_LIST_MODEL (log), position);

  return bcast_log_entry_get_report (entry)->channel;
}

/* Waits for what has been taken. */
static void
settle (BcastSandboxLog *log)
{
  bcast_sandbox_log_set_paused (log, TRUE);
  bcast_sandbox_log_set_paused (log, FALSE);
}

static void
test_once_a_frame (void)
{
  g_autoptr(BcastSandboxLog) log = bcast_sandbox_log_new ();
  Count count = { 0 };

  g_signal_connect (log, "items-changed", G_CALLBACK (count_cb), &count);
  for (guint i = 0; i < 500; i++)
    take (log, BCAST_REPORT_CONNECTION, i, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 0);
  fixture_wait (has_rows, log);
  g_assert_cmpuint (count.n_notified, ==, 1);
  g_assert_cmpuint (count.n_added, ==, 500);
  g_assert_cmpstr (get_channel (log, 0), ==, "room-0");
  g_assert_cmpstr (get_channel (log, 499), ==, "room-499");
}

static void
test_bound (void)
{
  g_autoptr(BcastSandboxLog) log = bcast_sandbox_log_new ();
  Count count = { 0 };

  g_signal_connect (log, "items-changed", G_CALLBACK (count_cb), &count);
  take (log, BCAST_REPORT_CONNECTION, 0, BCAST_SANDBOX_LOG_MAX_ROWS - 1);
  settle (log);
  take (log, BCAST_REPORT_CONNECTION, BCAST_SANDBOX_LOG_MAX_ROWS - 1, 3);
  settle (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, BCAST_SANDBOX_LOG_MAX_ROWS);
  g_assert_cmpuint (count.n_removed, ==, 2);
  g_assert_cmpstr (get_channel (log, 0), ==, "room-2");

  take (log, BCAST_REPORT_CONNECTION, 50000, BCAST_SANDBOX_LOG_MAX_ROWS + 7);
  settle (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, BCAST_SANDBOX_LOG_MAX_ROWS);
  g_assert_cmpstr (get_channel (log, 0), ==, "room-50007");
  g_assert_cmpuint (count.n_added - count.n_removed, ==, BCAST_SANDBOX_LOG_MAX_ROWS);
}

/* Hidden rows make room for new ones as well, and leave those that are shown in place. */
static void
test_bound_filtered (void)
{
  g_autoptr(BcastSandboxLog) log = bcast_sandbox_log_new ();

  bcast_sandbox_log_set_kinds (log, 1u << BCAST_REPORT_OCCUPIED);
  take (log, BCAST_REPORT_OCCUPIED, 1, 1);
  take (log, BCAST_REPORT_CONNECTION, 100, BCAST_SANDBOX_LOG_MAX_ROWS - 2);
  take (log, BCAST_REPORT_OCCUPIED, 2, 1);
  settle (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 2);
  take (log, BCAST_REPORT_CONNECTION, 200, 1);
  settle (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
  g_assert_cmpstr (get_channel (log, 0), ==, "room-2");
  g_assert_cmpuint (bcast_sandbox_log_get_n_kept (log), ==, BCAST_SANDBOX_LOG_MAX_ROWS);
}

static void
assert_filtered (BcastSandboxLog *log,
                 const char      *filter,
                 guint            n_rows)
{
  bcast_sandbox_log_set_filter (log, filter);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, n_rows);
}

static void
test_filter (void)
{
  g_autoptr(BcastSandboxLog) log = bcast_sandbox_log_new ();

  take (log, BCAST_REPORT_CLIENT_EVENT, 0, 20);
  take (log, BCAST_REPORT_VACATED, 20, 5);
  settle (log);
  assert_filtered (log, "ROOM-1", 11);
  assert_filtered (log, "kitchen", 25);
  assert_filtered (log, "moved", 25);
  assert_filtered (log, "bath", 0);
  assert_filtered (log, "room-2", 6);
  bcast_sandbox_log_set_kinds (log, 1u << BCAST_REPORT_VACATED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 5);
  assert_filtered (log, "", 5);

  /* What comes later is filtered as well. */
  take (log, BCAST_REPORT_CLIENT_EVENT, 30, 1);
  take (log, BCAST_REPORT_VACATED, 31, 1);
  settle (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 6);
}

static void
test_pause (void)
{
  g_autoptr(BcastSandboxLog) log = bcast_sandbox_log_new ();

  bcast_sandbox_log_set_paused (log, TRUE);
  take (log, BCAST_REPORT_CONNECTION, 0, 3);
  g_assert_cmpuint (bcast_sandbox_log_get_n_waiting (log), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 0);
  bcast_sandbox_log_set_paused (log, FALSE);
  g_assert_cmpuint (bcast_sandbox_log_get_n_waiting (log), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 3);
  bcast_sandbox_log_clear (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 0);
  g_assert_cmpuint (bcast_sandbox_log_get_n_kept (log), ==, 0);
}

static void
test_lost (void)
{
  g_autoptr(BcastSandboxLog) log = bcast_sandbox_log_new ();
  g_autoptr(GPtrArray) reports = make_reports (BCAST_REPORT_CONNECTION, 0, 1);
  g_autoptr(BcastLogEntry) entry = NULL;
  g_autofree char *json = NULL;

  bcast_sandbox_log_take (log, reports, 17);
  bcast_sandbox_log_set_kinds (log, 0);
  settle (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
  entry = g_list_model_get_item (G_LIST_MODEL (log), 0);
  g_assert_cmpuint (bcast_log_entry_get_n_lost (entry), ==, 17);
  g_assert_null (bcast_log_entry_get_report (entry));
  json = bcast_log_entry_dup_json (entry);
  g_assert_nonnull (strstr (json, "\"lost\":17"));
}

static void
test_json (void)
{
  g_autoptr(BcastLogEntry) entry = bcast_log_entry_new (bcast_report_copy (&(BcastReport) {
    .kind = BCAST_REPORT_API_ERROR, .time_us = 1700000000123456, .text = (char *) "No \"such\" key", .code = 401,
  }), 0);
  g_autofree char *json = bcast_log_entry_dup_json (entry);

  g_assert_cmpstr (json, ==, "{\"time\":\"2023-11-14T22:13:20.123456Z\",\"kind\":\"api-error\","
                             "\"text\":\"No \\\"such\\\" key\",\"code\":401}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox-log/once-a-frame", test_once_a_frame);
  g_test_add_func ("/sandbox-log/bound", test_bound);
  g_test_add_func ("/sandbox-log/bound-filtered", test_bound_filtered);
  g_test_add_func ("/sandbox-log/filter", test_filter);
  g_test_add_func ("/sandbox-log/pause", test_pause);
  g_test_add_func ("/sandbox-log/lost", test_lost);
  g_test_add_func ("/sandbox-log/json", test_json);

  return g_test_run ();
}
