/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-subscription-counts-private.h"
#include "hub-fixture.h"

#define SECOND G_USEC_PER_SEC

/* A channel of a hub that tells nothing by itself, so that the clock is the test's. */
typedef struct
{
  HubFixture               hub;
  HubSide                  sides[102];
  guint                    n_sides;
  BcastSubscriptionCounts *counts;
  guint                    told; /* as the observer learned it; 0 before */
} Fixture;

static void
told_cb (BcastHubChannel *channel,
         gpointer         user_data)
{
  Fixture *fixture = user_data;

  fixture->told = bcast_hub_channel_count_peers (channel);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  hub_fixture_set_up (&fixture->hub, NULL);
  fixture->counts = bcast_subscription_counts_new (told_cb, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_subscription_counts_free (fixture->counts);
  for (guint i = 0; i < fixture->n_sides; i++)
    hub_side_part (&fixture->sides[i]);
  hub_fixture_tear_down (&fixture->hub, NULL);
}

static BcastHubChannel *
grow (Fixture    *fixture,
      const char *name,
      guint       n_sides)
{
  for (; fixture->n_sides < n_sides; fixture->n_sides++)
    {
      HubSide *side = &fixture->sides[fixture->n_sides];

      hub_side_join (&fixture->hub, side);
      hub_side_subscribe (&fixture->hub, side, name, NULL);
    }
  return bcast_hub_find_channel (fixture->hub.hub, name);
}

static void
shrink (Fixture    *fixture,
        const char *name)
{
  fixture->n_sides--;
  bcast_hub_unsubscribe (fixture->hub.hub, fixture->sides[fixture->n_sides].peer, name);
  hub_side_part (&fixture->sides[fixture->n_sides]);
}

/* What the first subscriber is told; 0 for nothing. */
static void
expect (Fixture *fixture,
        guint    count)
{
  g_autofree char *text = count == 0 ? g_strdup ("")
    : g_strdup_printf ("1:{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"ch\","
                       "\"data\":\"{\\\"subscription_count\\\":%u}\"}", count);

  hub_side_expect (&fixture->hub, &fixture->sides[0], text);
  g_assert_cmpuint (fixture->told, ==, count);
  fixture->told = 0;
}

static void
test_small (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint n = 99; n <= 100; n++)
    {
      bcast_subscription_counts_change (fixture->counts, grow (fixture, "ch", n), SECOND);
      expect (fixture, n);
    }
  bcast_subscription_counts_run (fixture->counts, 100 * SECOND);
  expect (fixture, 0);
}

static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  BcastHubChannel *channel = grow (fixture, "ch", 101);

  bcast_subscription_counts_change (fixture->counts, channel, 10 * SECOND);
  expect (fixture, 101);

  /* A change waits for five seconds to have passed, and what happens meanwhile is told with it. */
  grow (fixture, "ch", 102);
  bcast_subscription_counts_change (fixture->counts, channel, 11 * SECOND);
  bcast_subscription_counts_change (fixture->counts, channel, 12 * SECOND);
  bcast_subscription_counts_run (fixture->counts, 15 * SECOND - 1);
  expect (fixture, 0);
  bcast_subscription_counts_run (fixture->counts, 15 * SECOND);
  expect (fixture, 102);
  expect (fixture, 0);
  bcast_subscription_counts_run (fixture->counts, 30 * SECOND);
  expect (fixture, 0);

  /* After a rest it is told at once. */
  shrink (fixture, "ch");
  bcast_subscription_counts_change (fixture->counts, channel, 31 * SECOND);
  expect (fixture, 101);

  /* Becoming small counts at once, and becoming large again does not hurry. */
  shrink (fixture, "ch");
  bcast_subscription_counts_change (fixture->counts, channel, 32 * SECOND);
  expect (fixture, 100);
  grow (fixture, "ch", 101);
  bcast_subscription_counts_change (fixture->counts, channel, 33 * SECOND);
  expect (fixture, 0);
  bcast_subscription_counts_run (fixture->counts, 37 * SECOND);
  expect (fixture, 101);
}

static void
test_forgotten (Fixture       *fixture,
                gconstpointer  data)
{
  BcastHubChannel *channel = grow (fixture, "ch", 101);

  bcast_subscription_counts_change (fixture->counts, channel, 10 * SECOND);
  bcast_subscription_counts_change (fixture->counts, channel, 11 * SECOND);
  expect (fixture, 101);
  bcast_subscription_counts_forget (fixture->counts, channel);
  bcast_subscription_counts_run (fixture->counts, 100 * SECOND);
  expect (fixture, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/subscription-counts/small", Fixture, NULL, set_up, test_small, tear_down);
  g_test_add ("/subscription-counts/large", Fixture, NULL, set_up, test_large, tear_down);
  g_test_add ("/subscription-counts/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);

  return g_test_run ();
}
