/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-request-signature.h"
#include "wire-faults.h"

#include <string.h>

/* What the faults do to the HTTP API and the authorize routes, and to the sandbox as a whole. */

#define AUTHORIZE  "/broadcasting/authorize"
#define FORM       "Content-Type: application/x-www-form-urlencoded"
#define OTHER_ID   "4"
#define OTHER_KEY  "otherkey"

static void
set_up (WireFixture   *fixture,
        gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = bcast_sandbox_apps_new ();

  g_ptr_array_add (apps, bcast_sandbox_app_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET));
  g_ptr_array_add (apps, bcast_sandbox_app_new (OTHER_ID, OTHER_KEY, WIRE_SECRET));
  for (guint i = 0; i < apps->len; i++)
    ((BcastSandboxApp *) apps->pdata[i])->options.has_subscription_counts = FALSE;

  fixture->sandbox = wire_start_sandbox ();
  g_assert_true (bcast_sandbox_set_apps (fixture->sandbox, apps, NULL));
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect_to (fixture->sandbox, OTHER_KEY);
}

static char *
publish (WireFixture *fixture,
         const char  *app_id,
         const char  *key,
         guint       *status)
{
  const char * const params[] = { NULL };
  const char *body = "{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"1\"}";
  g_autofree char *path = g_strdup_printf ("/apps/%s/events", app_id);
  g_autoptr(BcastRequestSignature) signature =
    bcast_request_signature_new (key, WIRE_SECRET, "POST", path, params, body, strlen (body),
                                 g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *target = g_strconcat (path, "?", signature->query, NULL);

  return wire_request (fixture->sandbox, "POST", target, NULL, body, status);
}

static void
expect_published (WireFixture *fixture,
                  guint        status,
                  const char  *pattern)
{
  guint found = 0;
  g_autofree char *answer = publish (fixture, WIRE_APP_ID, WIRE_KEY, &found);

  wire_assert_match (answer, pattern);
  g_assert_cmpuint (found, ==, status);
}

static void
test_api (WireFixture   *fixture,
          gconstpointer  data)
{
  wire_subscribe (fixture->alice, "ch", NULL);
  wire_set_faults (fixture->sandbox, "api=500,app=" WIRE_APP_ID, NULL);
  expect_published (fixture, 500, "The fault lab of the sandbox answers so on purpose.\n");
  wire_expect_nothing (fixture->alice);
  g_free (publish (fixture, OTHER_ID, OTHER_KEY, NULL));

  guint status = 0;

  wire_set_faults (fixture->sandbox, "api=500,for=100ms", NULL);
  expect_published (fixture, 500, "*fault lab*");
  while (status != 200)
    g_free (publish (fixture, WIRE_APP_ID, WIRE_KEY, &status));
}

static void
test_api_busy (WireFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr(GSocketConnection) connection = wire_dial (fixture->sandbox);
  const char *request = "GET /apps/" WIRE_APP_ID "/channels HTTP/1.1\r\nHost: localhost\r\n\r\n";

  wire_set_faults (fixture->sandbox, "api=429", NULL);
  wire_write (connection, request, strlen (request));
  g_autofree char *answer = wire_read_until (connection, "on purpose.");
  wire_assert_match (answer, "HTTP/1.1 429 Too Many Requests\r\n*Retry-After: 1\r\n*");
}

/* By how much the sandbox says that its clock is ahead. */
static int
read_skew (WireFixture *fixture)
{
  guint status = 0;
  g_autofree char *answer = publish (fixture, WIRE_APP_ID, WIRE_KEY, &status);
  g_auto(GStrv) words = g_strsplit_set (answer, "()", -1);

  g_assert_cmpuint (status, ==, 401);
  wire_assert_match (answer, "*Given timestamp (*) not within 600s of server time (*)*");

  g_autoptr(GDateTime) given = g_date_time_new_from_iso8601 (words[1], NULL);
  g_autoptr(GDateTime) server = g_date_time_new_from_iso8601 (words[3], NULL);

  g_assert_nonnull (given);
  g_assert_nonnull (server);
  return (int) (g_date_time_difference (server, given) / G_USEC_PER_SEC);
}

static void
test_clock (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "clock=7000", NULL);
  g_assert_cmpint (read_skew (fixture), >=, 7000);
  wire_set_faults (fixture->sandbox, "clock=-7000", NULL);
  g_assert_cmpint (read_skew (fixture), <=, -6900);
  wire_set_faults (fixture->sandbox, "clock=-500", NULL);
  expect_published (fixture, 200, "{}");
  wire_set_faults (fixture->sandbox, "clock=700,app=" OTHER_ID, NULL);
  expect_published (fixture, 200, "{}");
}

static void
authorize (WireFixture *fixture,
           const char  *form,
           guint        status,
           const char  *pattern)
{
  guint found = 0;
  g_autofree char *answer = wire_request (fixture->sandbox, "POST", AUTHORIZE, FORM, form, &found);

  wire_assert_match (answer, pattern);
  g_assert_cmpuint (found, ==, status);
}

#define AS(user) "socket_id=1.1&channel_name=presence-a&user_id=" user

static void
test_authorize_refuse (WireFixture   *fixture,
                       gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "authorize-refuse", NULL);
  authorize (fixture, AS ("alice"), 403, "The fault lab of the sandbox answers so on purpose.\n");
  /* What is wrong anyway is told. */
  authorize (fixture, "socket_id=x&channel_name=private-a", 400, "*socket*");

  wire_set_faults (fixture->sandbox, "authorize-refuse=500,client=alice", NULL);
  authorize (fixture, AS ("alice"), 500, "*fault lab*");
  authorize (fixture, AS ("bob"), 200, "*auth*");

  g_autofree char *fault = g_strdup_printf ("authorize-refuse,client=%s", fixture->alice->socket_id);
  g_autofree char *form = g_strdup_printf ("socket_id=%s&channel_name=private-a&user_id=x",
                                           fixture->alice->socket_id);

  wire_set_faults (fixture->sandbox, fault, NULL);
  authorize (fixture, form, 403, "*fault lab*");
  authorize (fixture, AS ("x"), 200, "*auth*");
}

static void
test_authorize_delay (WireFixture   *fixture,
                      gconstpointer  data)
{
  gint64 start_us = g_get_monotonic_time ();

  wire_set_faults (fixture->sandbox, "authorize-delay=200", NULL);
  authorize (fixture, AS ("alice"), 200, "*auth*");
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 200 * 1000);

  start_us = g_get_monotonic_time ();
  wire_set_faults (fixture->sandbox, "authorize-delay=200,client=alice", "authorize-refuse", NULL);
  authorize (fixture, AS ("alice"), 403, "*fault lab*");
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 200 * 1000);
}

#define QUESTION "POST " AUTHORIZE " HTTP/1.1\r\nHost: localhost\r\n" FORM "\r\nContent-Length: 47\r\n\r\n" \
                 "socket_id=1.1&channel_name=private-a&user_id=ab"

/* The fault is over before the answer is due; others are answered meanwhile. */
static void
test_authorize_delay_ends (WireFixture   *fixture,
                           gconstpointer  data)
{
  g_autoptr(GSocketConnection) connection = wire_dial (fixture->sandbox);
  gint64 start_us = g_get_monotonic_time ();

  wire_set_faults (fixture->sandbox, "authorize-delay=15000,client=ab", NULL);
  wire_write (connection, QUESTION, strlen (QUESTION));
  authorize (fixture, AS ("bob"), 200, "*auth*");
  g_assert_false (g_socket_condition_check (g_socket_connection_get_socket (connection), G_IO_IN));

  wire_clear_faults (fixture->sandbox);
  g_autofree char *answer = wire_read_until (connection, "}");
  wire_assert_match (answer, "HTTP/1.1 200 *{\"auth\":*");

  /* The connection can be used again. */
  wire_write (connection, QUESTION, strlen (QUESTION));
  g_free (wire_read_until (connection, "}"));

  wire_set_faults (fixture->sandbox, "authorize-delay=15000,for=100ms", NULL);
  wire_write (connection, QUESTION, strlen (QUESTION));
  g_free (wire_read_until (connection, "}"));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 15 * G_USEC_PER_SEC);
}

/* Nobody is there any more when the answer is due, which is before that of the next one. */
static void
test_authorize_delay_gone (WireFixture   *fixture,
                           gconstpointer  data)
{
  GSocketConnection *connection = wire_dial (fixture->sandbox);

  wire_set_faults (fixture->sandbox, "authorize-delay=200,client=ab", NULL);
  wire_write (connection, QUESTION, strlen (QUESTION));
  authorize (fixture, AS ("bob"), 200, "*auth*");
  g_object_unref (connection);
  authorize (fixture, AS ("ab"), 200, "*auth*");
}

/* The sandbox stops while things are held back. */
static void
test_stop (WireFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(GSocketConnection) connection = wire_dial (fixture->sandbox);

  wire_subscribe (fixture->alice, "ch", NULL);
  wire_set_faults (fixture->sandbox, "authorize-delay=100,client=ab", "delay=100", "reorder=9", NULL);
  wire_write (connection, QUESTION, strlen (QUESTION));
  expect_published (fixture, 200, "{}");
  authorize (fixture, AS ("bob"), 200, "*auth*");
  bcast_sandbox_stop (fixture->sandbox);
  wire_expect_close (fixture->alice, 4200);
  g_assert_true (g_queue_is_empty (&fixture->alice->messages));
}

/* An app that comes later has the faults that are on. */
static void
test_later_app (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = bcast_sandbox_apps_copy (bcast_sandbox_get_apps (fixture->sandbox));

  g_ptr_array_add (apps, bcast_sandbox_app_new ("5", "fifth", WIRE_SECRET));
  wire_set_faults (fixture->sandbox, "api=500,app=5", NULL);
  expect_published (fixture, 200, "{}");
  g_assert_true (bcast_sandbox_set_apps (fixture->sandbox, apps, NULL));
  expect_published (fixture, 200, "{}");

  guint status = 0;
  g_autofree char *answer = publish (fixture, "5", "fifth", &status);

  wire_assert_match (answer, "*fault lab*");
  g_assert_cmpuint (status, ==, 500);
}

typedef struct
{
  GString    *log;
  const char *wanted;
} Log;

static void
reports_cb (GPtrArray *reports,
            guint64    n_lost,
            gpointer   user_data)
{
  Log *log = user_data;

  for (guint i = 0; i < reports->len; i++)
    {
      const BcastReport *report = reports->pdata[i];

      g_string_append_printf (log->log, "%s %s\n", report->app_id != NULL ? report->app_id : "-", report->text);
    }
}

static gboolean
has_wanted (gpointer user_data)
{
  Log *log = user_data;

  return strstr (log->log->str, log->wanted) != NULL;
}

/* Faults may be set before the sandbox starts, and time that is over is over for good. */
static void
test_start (void)
{
  WireFixture fixture = { wire_new_sandbox (), NULL, NULL };
  Log log = { g_string_new (NULL), NULL };
  g_autoptr(GError) error = NULL;

  bcast_sandbox_watch_reports (fixture.sandbox, 1u << BCAST_REPORT_ERROR, reports_cb, &log);
  wire_set_faults (fixture.sandbox, "api=418,app=" WIRE_APP_ID, "clock=5", "api=500,for=100ms", NULL);
  bcast_sandbox_start (fixture.sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  expect_published (&fixture, 418, "*fault lab*");
  log.wanted = "- The fault “api=500,for=100ms” is over.\n";
  g_assert_true (wire_wait (has_wanted, &log));
  g_assert_true (g_str_has_prefix (log.log->str, WIRE_APP_ID " The fault “api=418,app=" WIRE_APP_ID "” is on.\n"
                                                 "- The fault “clock=5” is on.\n"
                                                 "- The fault “api=500,for=100ms” is on.\n"));

  bcast_sandbox_stop (fixture.sandbox);
  g_string_truncate (log.log, 0);
  bcast_sandbox_start (fixture.sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  expect_published (&fixture, 418, "*fault lab*");
  wire_clear_faults (fixture.sandbox);
  log.wanted = "- The fault “clock=5” is over.\n";
  g_assert_true (wire_wait (has_wanted, &log));
  g_assert_null (strstr (log.log->str, "api=500"));
  expect_published (&fixture, 200, "{}");

  bcast_sandbox_watch_reports (fixture.sandbox, 0, NULL, NULL);
  g_string_free (log.log, TRUE);
  wire_tear_down (&fixture, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/sandbox-faults-http/" name, WireFixture, NULL, set_up, func, wire_tear_down)
  ADD ("api", test_api);
  ADD ("api-busy", test_api_busy);
  ADD ("clock", test_clock);
  ADD ("authorize-refuse", test_authorize_refuse);
  ADD ("authorize-delay", test_authorize_delay);
  ADD ("authorize-delay-ends", test_authorize_delay_ends);
  ADD ("authorize-delay-gone", test_authorize_delay_gone);
  ADD ("stop", test_stop);
  ADD ("later-app", test_later_app);
#undef ADD
  g_test_add_func ("/sandbox-faults-http/start", test_start);

  return g_test_run ();
}
