/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

static BcastSandbox *
start_with_limits (guint max_sockets,
                   guint max_members)
{
  BcastSandbox *sandbox = wire_new_sandbox ();
  g_autoptr(GError) error = NULL;

  bcast_sandbox_set_max_sockets (sandbox, max_sockets);
  bcast_sandbox_set_max_members (sandbox, max_members);
  bcast_sandbox_start (sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  return sandbox;
}

static void
set_up_two_sockets (WireFixture   *fixture,
                    gconstpointer  data)
{
  fixture->sandbox = start_with_limits (2, 100);
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect (fixture->sandbox);
}

static void
test_sockets (WireFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(WireClient) refused = wire_open (fixture->sandbox, "/app/" WIRE_KEY "?protocol=7");

  wire_expect_match (refused, "{\"event\":\"pusher:error\",\"data\":{\"code\":4100,\"message\":\"*as many connections as it may have*\"}}");
  wire_expect_close (refused, 4100);
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);

  /* What is wrong with a client is said first: trying again would not help it. */
  g_autoptr(WireClient) stranger = wire_open (fixture->sandbox, "/app/nobody?protocol=7");
  wire_expect_match (stranger, "*\"code\":4001,*");
  wire_expect_close (stranger, 4001);

  /* A place that is free is for the next. */
  soup_websocket_connection_close (fixture->bob->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  wire_expect_close (fixture->bob, 1000);
  g_autoptr(WireClient) next = wire_connect (fixture->sandbox);
  wire_expect_nothing (next);
}

static void
set_up_two_members (WireFixture   *fixture,
                    gconstpointer  data)
{
  fixture->sandbox = start_with_limits (100, 2);
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect (fixture->sandbox);
}

static void
test_members (WireFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(WireClient) carol = wire_connect (fixture->sandbox);

  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"alice\"}");
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"bob\"}");
  wire_expect_match (fixture->alice, "*member_added*bob*");

  wire_ask_to_subscribe (carol, "presence-r", "{\"user_id\":\"carol\"}");
  wire_expect_match (carol, "{\"event\":\"pusher:subscription_error\",\"channel\":\"presence-r\","
                            "\"data\":{\"type\":\"LimitReached\",\"error\":\"*has 2 members already*\",\"status\":4100}}");
  wire_expect_match (carol, "{\"event\":\"pusher:error\",*");
  wire_expect_nothing (fixture->alice);

  /* Another channel has its own members, and another socket of a member takes no place. */
  wire_subscribe (carol, "presence-s", "{\"user_id\":\"carol\"}");
  wire_subscribe (carol, "presence-r", "{\"user_id\":\"bob\"}");
}

static void
test_no_members (void)
{
  g_autoptr(BcastSandbox) sandbox = start_with_limits (1, 0);
  g_autoptr(WireClient) client = wire_connect (sandbox);

  wire_ask_to_subscribe (client, "presence-r", "{\"user_id\":\"alice\"}");
  wire_expect_match (client, "*subscription_error*LimitReached*has 0 members*");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/limits/sockets", WireFixture, NULL, set_up_two_sockets, test_sockets, wire_tear_down);
  g_test_add ("/sandbox/limits/members", WireFixture, NULL, set_up_two_members, test_members, wire_tear_down);
  g_test_add_func ("/sandbox/limits/no-members", test_no_members);

  return g_test_run ();
}
