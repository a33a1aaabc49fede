/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hub-fixture.h"

#include <string.h>

#include "bcast-signature.h"

static void
test_liveness (HubFixture    *fixture,
               gconstpointer  data)
{
  g_auto(HubSide) side = { NULL, NULL, 0 };
  gint64 now_us = g_get_monotonic_time ();

  hub_side_join (fixture, &side);
  bcast_hub_check_liveness (fixture->hub, now_us + 119 * G_USEC_PER_SEC);
  hub_side_expect (fixture, &side, "");
  bcast_hub_check_liveness (fixture->hub, now_us + 121 * G_USEC_PER_SEC);
  hub_side_expect (fixture, &side, "9:");
  bcast_hub_check_liveness (fixture->hub, now_us + 150 * G_USEC_PER_SEC);
  hub_side_expect (fixture, &side, "");
  bcast_hub_check_liveness (fixture->hub, now_us + 152 * G_USEC_PER_SEC);
  hub_side_expect (fixture, &side, "8:\x10\x69Pong*");
  bcast_hub_check_liveness (fixture->hub, now_us + 600 * G_USEC_PER_SEC);
  hub_side_expect (fixture, &side, "");
}

static void
test_rate (HubFixture    *fixture,
           gconstpointer  data)
{
  g_auto(HubSide) side = { NULL, NULL, 0 };

  hub_side_join (fixture, &side);
  for (gint64 i = 0; i < 10; i++)
    g_assert_true (bcast_peer_take_client_event (side.peer, i * 50000));
  g_assert_false (bcast_peer_take_client_event (side.peer, 500000));
  g_assert_false (bcast_peer_take_client_event (side.peer, 999999));
  /* The first of the ten is a second old, the next not yet. */
  g_assert_true (bcast_peer_take_client_event (side.peer, 1000000));
  g_assert_false (bcast_peer_take_client_event (side.peer, 1000001));
  g_assert_true (bcast_peer_take_client_event (side.peer, 1050000));
}

static void
test_signed_frame (HubFixture    *fixture,
                   gconstpointer  data)
{
  g_auto(HubSide) side = { NULL, NULL, 0 };
  g_autofree char *string = NULL, *auth = NULL, *text = NULL;

  hub_side_join (fixture, &side);
  string = g_strdup_printf ("%s:private-x", bcast_peer_get_socket_id (side.peer));
  auth = bcast_signature_auth (HUB_KEY, HUB_SECRET, string);
  text = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-x\",\"auth\":\"%s\"}}", auth);
  bcast_peer_handle_message (side.peer, text, strlen (text), 0);
  hub_side_expect (fixture, &side, "1:{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"private-x\",\"data\":\"{}\"}");

  /* The signature is that of this channel and socket alone. */
  g_auto(HubSide) other = { NULL, NULL, 0 };
  hub_side_join (fixture, &other);
  bcast_peer_handle_message (other.peer, text, strlen (text), 0);
  hub_side_expect (fixture, &other, "1:*subscription_error*AuthError*");
}

static void
test_deep_json (HubFixture    *fixture,
                gconstpointer  data)
{
  g_auto(HubSide) side = { NULL, NULL, 0 };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *text = g_strconcat ("{\"event\":\"client-x\",\"data\":", deep, NULL);

  hub_side_join (fixture, &side);
  bcast_peer_handle_message (side.peer, text, strlen (text), 0);
  hub_side_expect (fixture, &side, "1:{\"event\":\"pusher:error\",\"data\":{\"code\":null,*");
}

static void
test_channels_come_and_go (HubFixture    *fixture,
                           gconstpointer  data)
{
  g_auto(HubSide) a = { NULL, NULL, 0 };
  g_auto(HubSide) b = { NULL, NULL, 0 };
  g_auto(HubSide) c = { NULL, NULL, 0 };

  hub_side_join (fixture, &a);
  hub_side_join (fixture, &b);
  hub_side_join (fixture, &c);
  hub_side_subscribe (fixture, &a, "ch", NULL);
  hub_side_subscribe (fixture, &b, "ch", NULL);
  hub_side_subscribe (fixture, &c, "ch", NULL);
  g_assert_cmpuint (bcast_hub_channel_count_peers (bcast_hub_find_channel (fixture->hub, "ch")), ==, 3);

  /* The first leaves; the others are still found. */
  bcast_hub_unsubscribe (fixture->hub, a.peer, "ch");
  bcast_hub_publish (fixture->hub, "ch", "e", "1", bcast_peer_get_socket_id (c.peer));
  hub_side_expect (fixture, &a, "");
  hub_side_expect (fixture, &b, "1:*\"data\":\"1\"}");
  hub_side_expect (fixture, &c, "");

  bcast_hub_unsubscribe (fixture->hub, c.peer, "ch");
  bcast_peer_drop (b.peer);
  g_assert_null (bcast_hub_find_channel (fixture->hub, "ch"));
  g_assert_cmpuint (bcast_hub_count_peers (fixture->hub), ==, 2);
}

static void
test_members (HubFixture    *fixture,
              gconstpointer  data)
{
  HubSide sides[BCAST_LIMIT_PRESENCE_MEMBERS] = { 0, };
  g_auto(HubSide) one_more = { NULL, NULL, 0 };
  g_auto(HubSide) second_socket = { NULL, NULL, 0 };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *user_id = g_strdup_printf ("u%u", i);
      hub_side_join (fixture, &sides[i]);
      hub_side_subscribe (fixture, &sides[i], "presence-r", user_id);
    }
  hub_side_join (fixture, &one_more);
  g_assert_false (bcast_hub_subscribe (fixture->hub, one_more.peer, "presence-r", "late", NULL, &error));
  g_assert_nonnull (strstr (error->message, "100"));

  /* Another socket of a member takes no place. */
  hub_side_join (fixture, &second_socket);
  hub_side_subscribe (fixture, &second_socket, "presence-r", "u0");

  /* A place that is free is for the next. */
  bcast_peer_drop (sides[7].peer);
  for (guint i = 1; i < G_N_ELEMENTS (sides); i++)
    hub_side_expect (fixture, &sides[0], "1:*member_added*");
  hub_side_expect (fixture, &sides[0], "1:*member_removed*\\\"user_id\\\":\\\"u7\\\"*");
  hub_side_subscribe (fixture, &one_more, "presence-r", "late");
  hub_side_expect (fixture, &sides[0], "1:*member_added*late*");

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    hub_side_part (&sides[i]);
}

/* More than are documented, for those who allow it. */
static void
test_many_members (HubFixture    *fixture,
                   gconstpointer  data)
{
  guint n_members = ((const BcastHubOptions *) data)->max_members;
  g_autofree HubSide *sides = g_new0 (HubSide, n_members);
  g_autofree char *count = g_strdup_printf ("{\"presence\":{\"count\":%u,*", n_members);

  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *user_id = g_strdup_printf ("u%u", i);

      hub_side_join (fixture, &sides[i]);
      hub_side_subscribe (fixture, &sides[i], "presence-r", user_id);
    }

  BcastHubChannel *channel = bcast_hub_find_channel (fixture->hub, "presence-r");
  g_autofree char *roster = bcast_hub_channel_format_roster (channel);

  g_assert_true (g_pattern_match_simple (count, roster));
  for (guint i = 0; i < n_members; i += 2)
    bcast_hub_unsubscribe (fixture->hub, sides[i].peer, "presence-r");
  g_assert_cmpuint (bcast_hub_channel_get_members (channel)->len, ==, n_members / 2);
  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *user_id = g_strdup_printf ("u%u", i);

      g_assert_true ((bcast_hub_channel_find_member (channel, user_id) != NULL) == (i % 2 == 1));
      hub_side_part (&sides[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  BcastHubOptions many = BCAST_HUB_OPTIONS_DEFAULT;

  g_test_init (&argc, &argv, NULL);

  many.has_subscription_counts = FALSE;
  many.max_members = 1000;
  g_test_add ("/peer/liveness", HubFixture, NULL, hub_fixture_set_up, test_liveness, hub_fixture_tear_down);
  g_test_add ("/peer/rate", HubFixture, NULL, hub_fixture_set_up, test_rate, hub_fixture_tear_down);
  g_test_add ("/peer/signed-frame", HubFixture, NULL, hub_fixture_set_up, test_signed_frame, hub_fixture_tear_down);
  g_test_add ("/peer/deep-json", HubFixture, NULL, hub_fixture_set_up, test_deep_json, hub_fixture_tear_down);
  g_test_add ("/hub/channels-come-and-go", HubFixture, NULL, hub_fixture_set_up, test_channels_come_and_go, hub_fixture_tear_down);
  g_test_add ("/hub/members", HubFixture, NULL, hub_fixture_set_up, test_members, hub_fixture_tear_down);
  g_test_add ("/hub/many-members", HubFixture, &many, hub_fixture_set_up, test_many_members, hub_fixture_tear_down);

  return g_test_run ();
}
