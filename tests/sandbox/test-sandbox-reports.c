/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-error.h"
#include "wire.h"

#include <string.h>

/* What is reported of a sandbox, as it comes to who watches it from another thread. */
typedef struct
{
  WireFixture  wire;
  GPtrArray   *reports; /* BcastReport */
  guint64      n_lost;
} Fixture;

static void
free_report (gpointer report)
{
  bcast_report_free (report);
}

static void
reports_cb (GPtrArray *reports,
            guint64    n_lost,
            gpointer   user_data)
{
  Fixture *fixture = user_data;

  for (guint i = 0; i < reports->len; i++)
    g_ptr_array_add (fixture->reports, bcast_report_copy (reports->pdata[i]));
  fixture->n_lost += n_lost;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->reports = g_ptr_array_new_with_free_func (free_report);
  fixture->wire.sandbox = wire_start_sandbox ();
  bcast_sandbox_watch_reports (fixture->wire.sandbox, BCAST_REPORT_ALL, reports_cb, fixture);
  fixture->wire.alice = wire_connect (fixture->wire.sandbox);
  fixture->wire.bob = wire_connect (fixture->wire.sandbox);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_sandbox_watch_reports (fixture->wire.sandbox, 0, NULL, NULL);
  wire_tear_down (&fixture->wire, NULL);
  g_ptr_array_unref (fixture->reports);
}

typedef struct
{
  Fixture         *fixture;
  BcastReportKind  kind;
  BcastReport     *found;
} Search;

static gboolean
is_found (gpointer user_data)
{
  Search *search = user_data;
  GPtrArray *reports = search->fixture->reports;

  search->found = NULL;
  for (guint i = 0; i < reports->len && search->found == NULL; i++)
    if (((BcastReport *) reports->pdata[i])->kind == search->kind)
      search->found = reports->pdata[i];
  return search->found != NULL;
}

/* Waits for the first report of @kind, and forgets all that came until it was found. */
static BcastReport *
expect (Fixture         *fixture,
        BcastReportKind  kind)
{
  Search search = { fixture, kind, NULL };
  BcastReport *copy;

  g_assert_true (wire_wait (is_found, &search));
  copy = bcast_report_copy (search.found);
  g_ptr_array_set_size (fixture->reports, 0);
  return copy;
}

static void
test_connection (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(WireClient) carol = wire_open (fixture->wire.sandbox,
                                           "/app/" WIRE_KEY "?protocol=7&client=js&version=8.6.0");
  Search search = { fixture, BCAST_REPORT_DISCONNECTION, NULL };

  wire_expect_match (carol, "*connection_established*");
  soup_websocket_connection_close (carol->connection, 4123, "bye");
  wire_expect_close (carol, 4123);
  g_assert_true (wire_wait (is_found, &search));
  g_assert_cmpstr (search.found->app_id, ==, WIRE_APP_ID);
  g_assert_cmpuint (search.found->code, ==, 4123);
  g_assert_cmpint (search.found->duration_us, >, 0);

  for (guint i = 0; i < fixture->reports->len; i++)
    {
      const BcastReport *report = fixture->reports->pdata[i];

      if (report->kind == BCAST_REPORT_CONNECTION && strcmp (report->socket_id, search.found->socket_id) == 0)
        {
          g_assert_cmpstr (report->text, ==, "127.0.0.1, js 8.6.0");
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_api_error (Fixture       *fixture,
                gconstpointer  data)
{
  guint status = 0;
  g_autofree char *first = wire_request (fixture->wire.sandbox, "GET", "/apps/" WIRE_APP_ID "/channels?auth_key=x",
                                         "", NULL, &status);
  g_autoptr(BcastReport) refused = expect (fixture, BCAST_REPORT_API_ERROR);

  g_assert_cmpuint (status, ==, 401);
  g_assert_cmpuint (refused->code, ==, 401);
  g_assert_cmpstr (refused->app_id, ==, WIRE_APP_ID);
  /* The path, without the query in which signatures are, and what was answered. */
  wire_assert_match (refused->text, "GET /apps/" WIRE_APP_ID "/channels: *");
  g_assert_null (strstr (refused->text, "auth_key=x"));

  g_autofree char *second = wire_request (fixture->wire.sandbox, "GET", "/nowhere", "", NULL, &status);
  g_autoptr(BcastReport) strayed = expect (fixture, BCAST_REPORT_API_ERROR);
  g_assert_cmpuint (strayed->code, ==, 404);
  g_assert_null (strayed->app_id);
  wire_assert_match (strayed->text, "GET /nowhere: There is nothing*");
}

static void
test_client_error (Fixture       *fixture,
                   gconstpointer  data)
{
  wire_send (fixture->wire.alice, "nonsense");

  g_autoptr(BcastReport) report = expect (fixture, BCAST_REPORT_CLIENT_ERROR);
  g_assert_cmpstr (report->socket_id, ==, fixture->wire.alice->socket_id);
  g_assert_nonnull (report->text);

  /* One that never got in has no socket id, and maybe no app. */
  g_autoptr(WireClient) stranger = wire_open (fixture->wire.sandbox, "/app/nobody");
  wire_expect_close (stranger, 4001);
  g_autoptr(BcastReport) refused = expect (fixture, BCAST_REPORT_CLIENT_ERROR);
  g_assert_cmpuint (refused->code, ==, 4001);
  g_assert_null (refused->app_id);
}

static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  bcast_sandbox_watch_reports (fixture->wire.sandbox, 1u << BCAST_REPORT_SUBSCRIBED, reports_cb, fixture);
  g_ptr_array_set_size (fixture->reports, 0);
  wire_subscribe (fixture->wire.alice, "ch", NULL);
  wire_subscribe (fixture->wire.bob, "ch2", NULL);

  g_autoptr(BcastReport) report = expect (fixture, BCAST_REPORT_SUBSCRIBED);
  g_assert_cmpstr (report->channel, ==, "ch");
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static void
test_peers (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  wire_sign_in (fixture->wire.bob, "{\"id\":\"bob\"}");
  wire_expect_match (fixture->wire.bob, "*signin_success*");
  wire_subscribe (fixture->wire.bob, "ch", NULL);
  bcast_sandbox_list_peers_async (fixture->wire.sandbox, NULL, listed_cb, &result);
  g_assert_true (wire_wait (is_set, &result));

  g_autoptr(GPtrArray) peers = bcast_sandbox_list_peers_finish (fixture->wire.sandbox, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (peers->len, ==, 2);

  const BcastPeerInfo *alice = peers->pdata[0];
  const BcastPeerInfo *bob = peers->pdata[1];

  g_assert_cmpstr (alice->socket_id, ==, fixture->wire.alice->socket_id);
  g_assert_cmpstr (alice->address, ==, "127.0.0.1");
  g_assert_null (alice->user_id);
  g_assert_cmpuint (alice->n_channels, ==, 0);
  g_assert_cmpstr (bob->user_id, ==, "bob");
  g_assert_cmpuint (bob->n_channels, ==, 1);
  g_assert_cmpint (bob->since_us, >=, alice->since_us);
  g_assert_cmpint (ABS (bob->since_us - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
}

static void
test_peers_when_stopped (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  bcast_sandbox_stop (fixture->wire.sandbox);
  bcast_sandbox_list_peers_async (fixture->wire.sandbox, NULL, listed_cb, &result);
  g_assert_true (wire_wait (is_set, &result));
  g_assert_null (bcast_sandbox_list_peers_finish (fixture->wire.sandbox, result, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
}

#define ADD(name, func) g_test_add ("/sandbox-reports/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("connection", test_connection);
  ADD ("api-error", test_api_error);
  ADD ("client-error", test_client_error);
  ADD ("kinds", test_kinds);
  ADD ("peers", test_peers);
  ADD ("peers-when-stopped", test_peers_when_stopped);
  return g_test_run ();
}
