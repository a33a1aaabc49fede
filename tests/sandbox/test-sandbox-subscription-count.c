/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#define LEAVE(channel) "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"" channel "\"}}"

static void
set_up (WireFixture   *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  /* As it is made: the counts are on by default. */
  fixture->sandbox = bcast_sandbox_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET);
  bcast_sandbox_start (fixture->sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect (fixture->sandbox);
}

static void
expect_count (WireClient *client,
              const char *channel,
              guint       count)
{
  g_autofree char *text = g_strdup_printf ("{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"%s\","
                                           "\"data\":\"{\\\"subscription_count\\\":%u}\"}", channel, count);

  wire_expect (client, text);
}

/* @data: the channel */
static void
test_each_change (WireFixture   *fixture,
                  gconstpointer  data)
{
  const char *channel = data;
  g_autofree char *leave = g_strdup_printf (LEAVE ("%s"), channel);

  wire_subscribe (fixture->alice, channel, NULL);
  expect_count (fixture->alice, channel, 1);
  wire_subscribe (fixture->bob, channel, NULL);
  expect_count (fixture->bob, channel, 2);
  expect_count (fixture->alice, channel, 2);

  /* Who is subscribed already is no more for it. */
  wire_subscribe (fixture->bob, channel, NULL);
  wire_expect_nothing (fixture->bob);
  wire_expect_nothing (fixture->alice);

  wire_send (fixture->bob, leave);
  expect_count (fixture->alice, channel, 1);
  wire_expect_nothing (fixture->bob);
  wire_subscribe (fixture->bob, channel, NULL);
  expect_count (fixture->alice, channel, 2);
  g_clear_pointer (&fixture->bob, wire_free);
  expect_count (fixture->alice, channel, 1);
  wire_expect_nothing (fixture->alice);
}

/* On cache channels it comes behind what the channel remembers. */
static void
test_cache (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_subscribe (fixture->alice, "cache-c", NULL);
  wire_expect_match (fixture->alice, "*cache_miss*");
  expect_count (fixture->alice, "cache-c", 1);
}

static void
test_not_counted (WireFixture   *fixture,
                  gconstpointer  data)
{
  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"alice\"}");
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"bob\"}");
  wire_expect_match (fixture->alice, "*member_added*");
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);

  wire_sign_in (fixture->alice, "{\"id\":\"u1\"}");
  wire_expect_match (fixture->alice, "*signin_success*");
  wire_sign_in (fixture->bob, "{\"id\":\"u1\"}");
  wire_expect_match (fixture->bob, "*signin_success*");
  wire_subscribe (fixture->bob, "#server-to-user-u1", NULL);
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);
}

static void
test_off (WireFixture   *fixture,
          gconstpointer  data)
{
  wire_subscribe (fixture->alice, "ch", NULL);
  wire_subscribe (fixture->bob, "ch", NULL);
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);
}

/* The 102nd subscriber waits for what the 101st learned at once; the sandbox' own clock ends the wait. */
static void
test_many (WireFixture   *fixture,
           gconstpointer  data)
{
  WireClient *others[100];
  gint64 told_us;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      others[i] = wire_connect (fixture->sandbox);
      wire_subscribe (others[i], "ch", NULL);
    }
  wire_subscribe (fixture->alice, "ch", NULL);
  expect_count (fixture->alice, "ch", 101);
  told_us = g_get_monotonic_time ();
  wire_subscribe (fixture->bob, "ch", NULL);
  wire_expect_nothing (fixture->bob);
  expect_count (fixture->bob, "ch", 102);
  expect_count (fixture->alice, "ch", 102);
  g_assert_cmpint (g_get_monotonic_time () - told_us, >=, 4 * G_USEC_PER_SEC);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    wire_free (others[i]);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const channels[] = { "ch", "private-ch", "private-encrypted-ch" };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/subscription-count/each-change/", channels[i], NULL);
      g_test_add (path, WireFixture, channels[i], set_up, test_each_change, wire_tear_down);
    }
  g_test_add ("/sandbox/subscription-count/cache", WireFixture, NULL, set_up, test_cache, wire_tear_down);
  g_test_add ("/sandbox/subscription-count/not-counted", WireFixture, NULL, set_up, test_not_counted, wire_tear_down);
  g_test_add ("/sandbox/subscription-count/off", WireFixture, NULL, wire_set_up, test_off, wire_tear_down);
  g_test_add ("/sandbox/subscription-count/many", WireFixture, NULL, set_up, test_many, wire_tear_down);

  return g_test_run ();
}
