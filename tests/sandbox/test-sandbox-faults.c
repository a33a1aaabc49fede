/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-faults.h"

#include <stdio.h>
#include <string.h>

/* What the faults do to WebSockets, on real ones. */

static void
publish (WireFixture *fixture,
         guint        number)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"%u\"}", number);

  wire_publish (fixture->sandbox, body);
}

static void
publish_some (WireFixture *fixture,
              guint        n)
{
  for (guint i = 1; i <= n; i++)
    publish (fixture, i);
}

/* Whether the events that came next have these numbers. */
static void
expect_numbers (WireClient *client,
                const char *numbers)
{
  g_auto(GStrv) wanted = g_strsplit (numbers, " ", -1);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"ch\",\"data\":\"%s\"}", wanted[i]);

      wire_expect (client, text);
    }
}

static void
set_up (WireFixture   *fixture,
        gconstpointer  data)
{
  wire_set_up (fixture, data);
  wire_subscribe (fixture->alice, "ch", NULL);
  wire_subscribe (fixture->bob, "ch", NULL);
}

/* Whatever the fault was, without it all is well. */
static void
tear_down (WireFixture   *fixture,
           gconstpointer  data)
{
  wire_clear_faults (fixture->sandbox);

  g_autoptr(WireClient) carol = wire_connect (fixture->sandbox);

  wire_subscribe (carol, "ch", NULL);
  publish_some (fixture, 2);
  expect_numbers (carol, "1 2");
  wire_expect_nothing (carol);
  wire_tear_down (fixture, data);
}

static void
set_for_alice (WireFixture *fixture,
               const char  *kind)
{
  g_autofree char *text = g_strdup_printf ("%s,client=%s", kind, fixture->alice->socket_id);

  wire_set_faults (fixture->sandbox, text, NULL);
}

static void
test_close (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "close=4123", NULL);
  wire_expect_close (fixture->alice, 4123);
  wire_expect_close (fixture->bob, 4123);
  wire_assert_match (fixture->alice->close_reason, "The fault lab of the sandbox *");

  /* Behind the greeting, so that it is no refusal. */
  g_autoptr(WireClient) carol = wire_connect (fixture->sandbox);

  wire_expect_close (carol, 4123);
}

static void
test_close_client (WireFixture   *fixture,
                   gconstpointer  data)
{
  set_for_alice (fixture, "close=1012");
  wire_expect_close (fixture->alice, 1012);
  wire_expect_nothing (fixture->bob);
}

/* Who it is becomes known later. */
static void
test_close_user (WireFixture   *fixture,
                 gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "close=4200,client=carol", NULL);
  wire_expect_nothing (fixture->alice);
  wire_sign_in (fixture->alice, "{\"id\":\"carol\"}");
  wire_expect_match (fixture->alice, "*signin_success*");
  wire_expect_close (fixture->alice, 4200);

  wire_subscribe (fixture->bob, "presence-room", "{\"user_id\":\"bob\"}");
  wire_expect_nothing (fixture->bob);

  g_autoptr(WireClient) carol = wire_connect (fixture->sandbox);

  wire_subscribe (carol, "presence-room", "{\"user_id\":\"carol\"}");
  wire_expect_close (carol, 4200);
}

static void
test_reject (WireFixture   *fixture,
             gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "reject=4009", NULL);

  g_autoptr(WireClient) carol = wire_open (fixture->sandbox, "/app/" WIRE_KEY "?protocol=7");

  wire_expect_match (carol, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,*fault lab*");
  wire_expect_close (carol, 4009);
  wire_expect_nothing (fixture->alice);

  /* What is refused anyway is told why. */
  g_autoptr(WireClient) stranger = wire_open (fixture->sandbox, "/app/unknown?protocol=7");

  wire_expect_match (stranger, "*\"code\":4001,*");
  wire_expect_close (stranger, 4001);
}

static void
test_error (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "error=4301", NULL);
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,*fault lab*");
  wire_expect_match (fixture->bob, "*\"code\":4301,*");

  /* Once, also when other faults come and go. */
  wire_set_faults (fixture->sandbox, "drop=100", "error=4301", "error=4300,client=carol", NULL);
  wire_expect_nothing (fixture->alice);

  g_autoptr(WireClient) carol = wire_connect (fixture->sandbox);

  wire_expect_match (carol, "*\"code\":4301,*");
  wire_subscribe (carol, "presence-a", "{\"user_id\":\"carol\"}");
  wire_expect_match (carol, "*\"code\":4300,*");
  wire_subscribe (carol, "presence-b", "{\"user_id\":\"carol\"}");
  wire_expect_nothing (carol);
}

static void
test_no_pong (WireFixture   *fixture,
              gconstpointer  data)
{
  set_for_alice (fixture, "no-pong");
  wire_send (fixture->alice, "{\"event\":\"pusher:ping\",\"data\":{}}");
  publish (fixture, 7);
  expect_numbers (fixture->alice, "7");
  expect_numbers (fixture->bob, "7");
  wire_expect_nothing (fixture->bob);

  wire_clear_faults (fixture->sandbox);
  wire_expect_nothing (fixture->alice);
}

#define HANDSHAKE "GET /app/" WIRE_KEY " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n" \
                  "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" \
                  "Sec-WebSocket-Version: 13\r\n\r\n"
#define PING "\x89\x80\0\0\0\0"
#define PONG "\x8a."
#define TEXT "\x81\x81\0\0\0\0x" /* is answered with an error */

static void
test_no_control_pong (WireFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr(GSocketConnection) connection = wire_dial (fixture->sandbox);

  wire_write (connection, HANDSHAKE, strlen (HANDSHAKE));
  g_free (wire_read_until (connection, "connection_established"));
  wire_write (connection, PING TEXT, sizeof PING TEXT - 1);
  g_autofree char *well = wire_read_until (connection, "pusher:error");
  g_assert_nonnull (strstr (well, PONG));

  wire_set_faults (fixture->sandbox, "no-pong", NULL);
  wire_write (connection, PING TEXT, sizeof PING TEXT - 1);
  g_autofree char *ill = wire_read_until (connection, "pusher:error");
  g_assert_null (strstr (ill, PONG));
}

static void
test_refuse_handshake (WireFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr(GSocketConnection) connection = wire_dial (fixture->sandbox);
  g_autoptr(GSocketConnection) other = wire_dial (fixture->sandbox);

  wire_set_faults (fixture->sandbox, "refuse-handshake", NULL);
  wire_write (connection, HANDSHAKE, strlen (HANDSHAKE));
  g_autofree char *answer = wire_read_until (connection, "on purpose.");
  wire_assert_match (answer, "HTTP/1.1 503 *\r\n\r\nThe fault lab *");
  wire_expect_nothing (fixture->alice);

  wire_set_faults (fixture->sandbox, "refuse-handshake=429", NULL);
  wire_write (other, HANDSHAKE, strlen (HANDSHAKE));
  g_autofree char *busy = wire_read_until (other, "on purpose.");
  wire_assert_match (busy, "HTTP/1.1 429 Too Many Requests\r\n*Retry-After: 1\r\n*");
}

/* What the server itself tells is not touched. */
static void
test_delay (WireFixture   *fixture,
            gconstpointer  data)
{
  gint64 start_us = g_get_monotonic_time ();

  set_for_alice (fixture, "delay=300,jitter=100");
  publish_some (fixture, 3);
  expect_numbers (fixture->bob, "1 2 3");
  wire_expect_nothing (fixture->alice);
  wire_subscribe (fixture->alice, "another", NULL);
  expect_numbers (fixture->alice, "1 2 3");
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 200 * 1000);
}

static void
test_delay_ends (WireFixture   *fixture,
                 gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "delay=60000", NULL);
  publish_some (fixture, 3);
  wire_expect_nothing (fixture->alice);
  wire_clear_faults (fixture->sandbox);
  expect_numbers (fixture->alice, "1 2 3");
  wire_expect_nothing (fixture->alice);
}

static void
test_time_limit (WireFixture   *fixture,
                 gconstpointer  data)
{
  gint64 start_us = g_get_monotonic_time ();

  wire_set_faults (fixture->sandbox, "delay=60000,for=300ms", "no-pong,for=200ms", NULL);
  wire_send (fixture->alice, "{\"event\":\"pusher:ping\",\"data\":{}}");
  publish_some (fixture, 2);
  expect_numbers (fixture->alice, "1 2");
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 300 * 1000);
  wire_expect_nothing (fixture->alice);
  publish (fixture, 3);
  expect_numbers (fixture->alice, "3");
}

static void
test_duplicate (WireFixture   *fixture,
                gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "duplicate=2", NULL);
  publish_some (fixture, 4);
  expect_numbers (fixture->alice, "1 2 2 3 4 4");
  wire_expect_nothing (fixture->alice);
}

/* Counted for each client. */
static void
test_drop (WireFixture   *fixture,
           gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "drop=3", NULL);
  publish (fixture, 0);

  g_autoptr(WireClient) carol = wire_connect (fixture->sandbox);

  wire_subscribe (carol, "ch", NULL);
  publish_some (fixture, 3);
  expect_numbers (fixture->alice, "0 1 3");
  wire_expect_nothing (fixture->alice);
  expect_numbers (carol, "1 2");
  wire_expect_nothing (carol);
}

static void
test_reorder (WireFixture   *fixture,
              gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "reorder", NULL);
  publish_some (fixture, 5);
  expect_numbers (fixture->alice, "2 1 4 3");
  /* The last one waits for another, but not for long. */
  expect_numbers (fixture->alice, "5");
  wire_expect_nothing (fixture->alice);
}

/* Client events are channel events, memberships are not. */
static void
test_client_events (WireFixture   *fixture,
                    gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "drop", NULL);
  wire_subscribe (fixture->alice, "presence-room", "{\"user_id\":\"alice\"}");
  wire_subscribe (fixture->bob, "presence-room", "{\"user_id\":\"bob\"}");
  wire_send (fixture->bob, "{\"event\":\"client-a\",\"channel\":\"presence-room\",\"data\":1}");
  wire_expect_nothing (fixture->bob);
  wire_expect_match (fixture->alice, "*member_added*bob*");
  wire_expect_nothing (fixture->alice);

  wire_set_faults (fixture->sandbox, "duplicate,client=alice", NULL);
  wire_send (fixture->bob, "{\"event\":\"client-a\",\"channel\":\"presence-room\",\"data\":2}");
  wire_expect_match (fixture->alice, "{\"event\":\"client-a\",*\"data\":2,*");
  wire_expect_match (fixture->alice, "{\"event\":\"client-a\",*\"data\":2,*");
  wire_expect_nothing (fixture->alice);
}

/* Who leaves the channel by which a fault knew it has it no longer. */
static void
test_member (WireFixture   *fixture,
             gconstpointer  data)
{
  wire_set_faults (fixture->sandbox, "delay=60000,client=alice", NULL);
  wire_subscribe (fixture->alice, "presence-room", "{\"user_id\":\"alice\"}");
  publish (fixture, 1);
  expect_numbers (fixture->bob, "1");
  wire_expect_nothing (fixture->alice);
  wire_send (fixture->alice, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"presence-room\"}}");
  wire_expect_nothing (fixture->alice);
  publish (fixture, 2);
  expect_numbers (fixture->alice, "1 2");
}

/* A socket that is not sent to for a fault has room as one that does not read. */
static void
test_room (WireFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *data_10k = g_strnfill (10 * 1024, 'x');
  g_autoptr(GString) batch = g_string_new ("{\"batch\":[");

  for (guint i = 0; i < 10; i++)
    g_string_append_printf (batch, "%s{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"%s\"}", i > 0 ? "," : "",
                            data_10k);
  g_string_append (batch, "]}");

  set_for_alice (fixture, "delay=60000");
  for (guint i = 0; i < 90; i++)
    g_free (wire_api (fixture->sandbox, "POST", "/batch_events", NULL, batch->str, NULL));
  wire_expect_close (fixture->alice, 4100);
  wire_assert_match (fixture->alice->close_reason, "The fault lab of the sandbox holds back more *");
  g_assert_true (g_queue_is_empty (&fixture->alice->messages));
  for (guint i = 0; i < 900; i++)
    wire_expect_match (fixture->bob, "{\"event\":\"e\",*");
  wire_expect_nothing (fixture->bob);
}

/* All at once: every event comes as often as it should. */
static void
test_together (WireFixture   *fixture,
               gconstpointer  data)
{
  guint times[201] = { 0, };
  guint n_twice = 0;

  wire_set_faults (fixture->sandbox, "drop=4", "reorder=3", "duplicate=5", "delay=20,jitter=20", NULL);
  publish_some (fixture, 200);
  wire_clear_faults (fixture->sandbox);
  publish (fixture, 0);

  while (times[0] == 0)
    {
      g_autofree char *text = wire_next (fixture->alice);
      guint number = 0;

      g_assert_cmpint (sscanf (text, "{\"event\":\"e\",\"channel\":\"ch\",\"data\":\"%u\"}", &number), ==, 1);
      g_assert_cmpuint (number, <=, 200);
      times[number]++;
    }
  wire_expect_nothing (fixture->alice);
  for (guint i = 1; i <= 200; i++)
    {
      g_assert_cmpuint (times[i], >=, i % 4 == 0 ? 0 : 1);
      g_assert_cmpuint (times[i], <=, i % 4 == 0 ? 0 : 2);
      n_twice += times[i] == 2;
    }
  g_assert_cmpuint (n_twice, ==, 150 / 5);
}

static const struct
{
  const char  *name;
  void       (*run) (WireFixture   *fixture,
                     gconstpointer  data);
} cases[] = {
  { "close", test_close },
  { "close-client", test_close_client },
  { "close-user", test_close_user },
  { "reject", test_reject },
  { "error", test_error },
  { "no-pong", test_no_pong },
  { "no-control-pong", test_no_control_pong },
  { "refuse-handshake", test_refuse_handshake },
  { "delay", test_delay },
  { "delay-ends", test_delay_ends },
  { "time-limit", test_time_limit },
  { "duplicate", test_duplicate },
  { "drop", test_drop },
  { "reorder", test_reorder },
  { "client-events", test_client_events },
  { "member", test_member },
  { "room", test_room },
  { "together", test_together },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox-faults/", cases[i].name, NULL);

      g_test_add (path, WireFixture, NULL, set_up, cases[i].run, tear_down);
    }

  return g_test_run ();
}
