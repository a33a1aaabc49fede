/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-faults-private.h"
#include "hub-fixture.h"

#define SECOND G_USEC_PER_SEC
#define APP    "1" /* that of the hub */

/* Faults whose clock is the test's. */
typedef struct
{
  HubFixture   hub;
  HubSide      alice;
  BcastFaults *faults;
  GString     *log; /* `+` and what started, `-` and what ended */
  gint64       now_us;
} Fixture;

static void
changed_cb (BcastFaults *faults,
            GPtrArray   *started,
            GPtrArray   *ended,
            gpointer     user_data)
{
  Fixture *fixture = user_data;

  for (guint i = 0; i < started->len + ended->len; i++)
    {
      gboolean is_start = i < started->len;
      g_autofree char *text = bcast_fault_format (is_start ? started->pdata[i] : ended->pdata[i - started->len]);

      g_string_append_printf (fixture->log, "%c%s ", is_start ? '+' : '-', text);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  hub_fixture_set_up (&fixture->hub, NULL);
  hub_side_join (&fixture->hub, &fixture->alice);
  fixture->faults = bcast_faults_new (changed_cb, fixture);
  fixture->log = g_string_new (NULL);
  fixture->now_us = g_get_monotonic_time ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_faults_free (fixture->faults);
  g_string_free (fixture->log, TRUE);
  hub_side_part (&fixture->alice);
  hub_fixture_tear_down (&fixture->hub, NULL);
}

static void
free_fault (gpointer fault)
{
  bcast_fault_free (fault);
}

/* @texts: with spaces between */
static void
set (Fixture    *fixture,
     const char *texts,
     gint64      since_us)
{
  g_auto(GStrv) words = g_strsplit (texts, " ", -1);
  g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func (free_fault);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;

      g_ptr_array_add (faults, bcast_fault_parse (words[i], &error));
      g_assert_no_error (error);
    }
  bcast_faults_set (fixture->faults, faults, since_us, fixture->now_us);
}

static void
expect (Fixture    *fixture,
        const char *log)
{
  g_assert_cmpstr (fixture->log->str, ==, log);
  g_string_truncate (fixture->log, 0);
}

static int
find (Fixture        *fixture,
      BcastFaultKind  kind,
      const char     *app_id,
      BcastPeer      *peer)
{
  const BcastActiveFault *active = bcast_faults_find (fixture->faults, kind, app_id, peer);

  return active != NULL ? active->fault->value : 0;
}

static void
test_scopes (Fixture       *fixture,
             gconstpointer  data)
{
  BcastPeer *alice = fixture->alice.peer;
  g_autofree char *own = g_strdup_printf ("drop=2,client=%s drop=3,app=other drop=4,client=alice "
                                          "drop=5,app=" APP " drop=6", bcast_peer_get_socket_id (alice));

  set (fixture, own, fixture->now_us);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DELAY, APP, alice), ==, 0);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DROP, APP, alice), ==, 2);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DROP, APP, NULL), ==, 5);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DROP, "other", NULL), ==, 3);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DROP, "third", NULL), ==, 6);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DROP, NULL, NULL), ==, 6);
}

static void
test_who (Fixture       *fixture,
          gconstpointer  data)
{
  BcastPeer *alice = fixture->alice.peer;

  set (fixture, "delay=1,client=member delay=2,client=user", fixture->now_us);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DELAY, APP, alice), ==, 0);

  bcast_peer_set_user (alice, "user", NULL);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DELAY, APP, alice), ==, 2);
  hub_side_subscribe (&fixture->hub, &fixture->alice, "private-a", NULL);
  hub_side_subscribe (&fixture->hub, &fixture->alice, "presence-a", "other");
  g_assert_cmpint (find (fixture, BCAST_FAULT_DELAY, APP, alice), ==, 2);
  hub_side_subscribe (&fixture->hub, &fixture->alice, "presence-b", "member");
  g_assert_cmpint (find (fixture, BCAST_FAULT_DELAY, APP, alice), ==, 1);

  g_assert_nonnull (bcast_faults_find_user (fixture->faults, BCAST_FAULT_DELAY, APP, NULL, "user"));
  g_assert_null (bcast_faults_find_user (fixture->faults, BCAST_FAULT_DELAY, APP, NULL, "use"));
}

static void
test_time (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 start_us = fixture->now_us;

  set (fixture, "drop=2,for=10s delay=5 no-pong,for=20s", start_us);
  expect (fixture, "+drop=2,for=10s +delay=5 +no-pong,for=20s ");
  bcast_faults_run (fixture->faults, start_us + 10 * SECOND - 1);
  expect (fixture, "");
  bcast_faults_run (fixture->faults, start_us + 10 * SECOND);
  expect (fixture, "-drop=2,for=10s ");
  g_assert_cmpint (find (fixture, BCAST_FAULT_DROP, APP, NULL), ==, 0);
  g_assert_cmpint (find (fixture, BCAST_FAULT_DELAY, APP, NULL), ==, 5);
  bcast_faults_run (fixture->faults, start_us + 100 * SECOND);
  expect (fixture, "-no-pong,for=20s ");
  g_assert_false (bcast_faults_is_empty (fixture->faults));
}

/* One that is in both goes on as it was, but for its time. */
static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 start_us = fixture->now_us;

  set (fixture, "drop=2,for=10s delay=5", start_us);
  expect (fixture, "+drop=2,for=10s +delay=5 ");
  guint64 serial = bcast_faults_get (fixture->faults, 0)->serial;

  fixture->now_us = start_us + 5 * SECOND;
  set (fixture, "api=500 drop=2,for=10s", fixture->now_us);
  expect (fixture, "+api=500 -delay=5 ");
  g_assert_cmpuint (bcast_faults_get (fixture->faults, 1)->serial, ==, serial);
  bcast_faults_run (fixture->faults, start_us + 14 * SECOND);
  expect (fixture, "");
  bcast_faults_run (fixture->faults, start_us + 15 * SECOND);
  expect (fixture, "-drop=2,for=10s ");

  set (fixture, "drop=2,for=10s api=500", fixture->now_us);
  g_assert_cmpuint (bcast_faults_get (fixture->faults, 0)->serial, !=, serial);
}

static void
test_late (Fixture       *fixture,
           gconstpointer  data)
{
  set (fixture, "drop=2,for=10s drop=3,for=11s", fixture->now_us - 10 * SECOND);
  expect (fixture, "+drop=3,for=11s ");
  g_assert_null (bcast_faults_get (fixture->faults, 1));
}

static void
test_alarm (Fixture       *fixture,
            gconstpointer  data)
{
  set (fixture, "drop=2,for=20ms", fixture->now_us);
  while (!bcast_faults_is_empty (fixture->faults))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time (), >=, fixture->now_us + 20 * 1000);
  expect (fixture, "+drop=2,for=20ms -drop=2,for=20ms ");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/faults/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("scopes", test_scopes);
  ADD ("who", test_who);
  ADD ("time", test_time);
  ADD ("again", test_again);
  ADD ("late", test_late);
  ADD ("alarm", test_alarm);
#undef ADD

  return g_test_run ();
}
