/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#define MEMBER_ADDED(data)   "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-r\",\"data\":\"" data "\"}"
#define MEMBER_REMOVED(data) "{\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-r\",\"data\":\"" data "\"}"
#define LEAVE                "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"presence-r\"}}"

/* The others hear of the first socket that comes and of the last one that goes, whichever that is. */
static void
test_several_sockets (WireFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr(WireClient) second = wire_connect (fixture->sandbox);
  g_autoptr(WireClient) third = wire_connect (fixture->sandbox);

  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"alice\"}");
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"7\"}");
  wire_expect (fixture->alice, MEMBER_ADDED ("{\\\"user_id\\\":\\\"7\\\"}"));

  /* A number is the same user as its digits. */
  wire_subscribe (second, "presence-r", "{\"user_id\":7}");
  wire_subscribe (third, "presence-r", "{\"user_id\":\"7\"}");
  wire_send (fixture->bob, LEAVE);
  wire_expect_nothing (fixture->bob);
  wire_send (third, LEAVE);
  wire_expect_nothing (third);
  wire_expect_nothing (fixture->alice);
  wire_send (second, LEAVE);
  wire_expect (fixture->alice, MEMBER_REMOVED ("{\\\"user_id\\\":\\\"7\\\"}"));

  wire_subscribe (third, "presence-r", "{\"user_id\":\"7\",\"user_info\":{\"n\":3}}");
  wire_expect (fixture->alice, MEMBER_ADDED ("{\\\"user_id\\\":\\\"7\\\",\\\"user_info\\\":{\\\"n\\\":3}}"));
}

/* While a member is there, what was told of it stays true; when it comes back it can tell something else. */
static void
test_info_changes (WireFixture   *fixture,
                   gconstpointer  data)
{
  g_autoptr(WireClient) second = wire_connect (fixture->sandbox);

  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"alice\"}");
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"bob\",\"user_info\":{\"n\":1}}");
  wire_expect_match (fixture->alice, "*member_added*{\\\"n\\\":1}*");
  wire_ask_to_subscribe (second, "presence-r", "{\"user_id\":\"bob\",\"user_info\":{\"n\":2}}");
  wire_expect_match (second, "*\\\"count\\\":2,\\\"ids\\\":[\\\"alice\\\",\\\"bob\\\"],\\\"hash\\\":{\\\"alice\\\":{},\\\"bob\\\":{\\\"n\\\":1}}*");
  wire_expect_nothing (fixture->alice);

  wire_send (fixture->bob, LEAVE);
  wire_expect_nothing (fixture->bob);
  wire_send (second, LEAVE);
  wire_expect_match (fixture->alice, "*member_removed*");
  wire_subscribe (second, "presence-r", "{\"user_id\":\"bob\",\"user_info\":[\"n\",2]}");
  wire_expect (fixture->alice, MEMBER_ADDED ("{\\\"user_id\\\":\\\"bob\\\",\\\"user_info\\\":[\\\"n\\\",2]}"));
}

/* What channel_data says wins over the sign-in, and one socket is one member. */
static void
test_who_it_is (WireFixture   *fixture,
                gconstpointer  data)
{
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"bob\"}");
  wire_sign_in (fixture->alice, "{\"id\":\"alice\",\"user_info\":{\"n\":1}}");
  wire_expect_match (fixture->alice, "*signin_success*");
  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"other\"}");
  wire_expect (fixture->bob, MEMBER_ADDED ("{\\\"user_id\\\":\\\"other\\\"}"));
  wire_ask_to_subscribe (fixture->alice, "presence-r", NULL);
  wire_expect_match (fixture->alice, "*\\\"ids\\\":[\\\"bob\\\",\\\"other\\\"]*");
  wire_expect_nothing (fixture->bob);

  wire_send (fixture->alice, "{\"event\":\"client-x\",\"channel\":\"presence-r\",\"data\":1,\"user_id\":\"bob\"}");
  wire_expect (fixture->bob, "{\"event\":\"client-x\",\"channel\":\"presence-r\",\"data\":1,\"user_id\":\"other\"}");
  wire_send (fixture->alice, LEAVE);
  wire_expect (fixture->bob, MEMBER_REMOVED ("{\\\"user_id\\\":\\\"other\\\"}"));
  wire_subscribe (fixture->alice, "presence-r", NULL);
  wire_expect (fixture->bob, MEMBER_ADDED ("{\\\"user_id\\\":\\\"alice\\\",\\\"user_info\\\":{\\\"n\\\":1}}"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/presence/several-sockets", WireFixture, NULL, wire_set_up, test_several_sockets, wire_tear_down);
  g_test_add ("/sandbox/presence/info-changes", WireFixture, NULL, wire_set_up, test_info_changes, wire_tear_down);
  g_test_add ("/sandbox/presence/who-it-is", WireFixture, NULL, wire_set_up, test_who_it_is, wire_tear_down);

  return g_test_run ();
}
