/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hub-fixture.h"

#include <string.h>

#include "bcast-frame.h"
#include "bcast-signature.h"

#define N_SIDES 12
#define N_STEPS 20000

/* Clients that do whatever comes to their mind, some of it nonsense: what the hub knows of them stays true,
 * and what it says stays readable. */
static const char * const channels[] = {
  "ch", "cache-c", "private-p", "private-cache-p", "private-encrypted-p", "private-encrypted-cache-p",
  "presence-r", "presence-cache-r", "#server-to-user-u0", "#server-to-user-u1", "a b", "private-", "",
};

static const char * const users[] = { "u0", "u1", "u2", "a b", "" };

static const char * const watchlists[] = {
  "[]", "[\"u0\"]", "[\"u0\",\"u1\",\"u2\",\"u0\"]", "[\"u9\",\"u1\"]", "[7]", "\"u0\"", "null", "[[]]", "{\"]\":1}",
};

static const char * const member_data[] = {
  "{\"user_id\":\"m0\"}", "{\"user_id\":1,\"user_info\":{\"a\":[\"]\"]}}", "{\"user_id\":\"m0\",\"user_info\":null}",
  "{\"user_id\":{}}", "{}", "", "[",
};

#define PICK(from) from[g_test_rand_int_range (0, G_N_ELEMENTS (from))]

static gboolean
is_chance (int percent)
{
  return g_test_rand_int_range (0, 100) < percent;
}

static char *
make_subscribe (HubSide *side)
{
  const char *channel = PICK (channels);
  const char *channel_data = is_chance (50) ? PICK (member_data) : NULL;
  g_autofree char *string = bcast_signature_channel_string (bcast_peer_get_socket_id (side->peer), channel, channel_data);
  g_autofree char *auth = bcast_signature_auth (HUB_KEY, is_chance (90) ? HUB_SECRET : "other", string);

  return bcast_frame_format_subscribe (channel, auth, channel_data);
}

static char *
make_sign_in (HubSide *side)
{
  g_autofree char *user_data = is_chance (10)
    ? g_strdup_printf ("{\"id\":%s}", PICK (watchlists))
    : g_strdup_printf ("{\"id\":\"%s\",\"user_info\":%s,\"watchlist\":%s}", PICK (users), PICK (watchlists), PICK (watchlists));
  g_autofree char *string = bcast_signature_user_string (bcast_peer_get_socket_id (side->peer), user_data);
  g_autofree char *auth = bcast_signature_auth (HUB_KEY, is_chance (90) ? HUB_SECRET : "other", string);

  return bcast_frame_format_signin (auth, user_data);
}

static char *
make_frame (HubSide *side)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
    case 1:
    case 2:
      return make_subscribe (side);
    case 3:
      return bcast_frame_format_unsubscribe (PICK (channels));
    case 4:
    case 5:
      return make_sign_in (side);
    case 6:
      return bcast_frame_format ("client-x", PICK (channels), "{\"a\":[1,\"]\"]}", BCAST_FRAME_DATA_JSON, "root");
    default:
      return g_strdup ("{\"event\":\"pusher:ping\",\"data\":{}}");
    }
}

/* Some bytes become others, or the end is missing; it may be no UTF-8 any more. */
static gsize
damage (char *text)
{
  gsize length = strlen (text);

  for (int i = g_test_rand_int_range (1, 4); i > 0; i--)
    text[g_test_rand_int_range (0, length)] = g_test_rand_int_range (0, 256);
  return is_chance (30) ? (gsize) g_test_rand_int_range (0, length + 1) : length;
}

static void
say (HubSide *side)
{
  g_autofree char *text = make_frame (side);
  gsize length = is_chance (20) ? damage (text) : strlen (text);

  bcast_peer_handle_message (side->peer, text, length, g_get_monotonic_time ());
}

static void
leave (HubFixture *fixture,
       HubSide    *side)
{
  bcast_peer_drop (side->peer);
  hub_side_part (side);
  hub_side_join (fixture, side);
}

static void
terminate (HubFixture *fixture,
           HubSide    *sides,
           const char *user_id)
{
  bcast_hub_terminate_user (fixture->hub, user_id);
  for (guint i = 0; i < N_SIDES; i++)
    if (g_strcmp0 (bcast_peer_get_user_id (sides[i].peer), user_id) == 0)
      leave (fixture, &sides[i]);
}

static void
check_what_was_said (HubFixture *fixture,
                     HubSide    *side)
{
  g_autofree char *frame = hub_side_next (fixture, side);

  for (; *frame != '\0'; g_free (frame), frame = hub_side_next (fixture, side))
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastFrame) parsed = NULL;

      g_assert_true (g_str_has_prefix (frame, "1:"));
      parsed = bcast_frame_parse (frame + 2, strlen (frame + 2), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (bcast_frame_get_user_id (parsed), !=, "root");
    }
}

static void
check_users (HubFixture *fixture,
             HubSide    *sides)
{
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr(GPtrArray) sockets = bcast_hub_users_list_sockets (bcast_hub_get_users (fixture->hub), users[i]);
      guint n_sockets = 0;

      for (guint j = 0; j < N_SIDES; j++)
        if (g_strcmp0 (bcast_peer_get_user_id (sides[j].peer), users[i]) == 0)
          n_sockets++;
      g_assert_cmpuint (sockets->len, ==, n_sockets);
    }
}

static void
check_channels (HubFixture *fixture,
                HubSide    *sides)
{
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      BcastHubChannel *channel = bcast_hub_find_channel (fixture->hub, channels[i]);
      guint n_peers = 0, n_member_sockets = 0;

      for (guint j = 0; j < N_SIDES; j++)
        if (g_hash_table_contains (bcast_peer_get_subscriptions (sides[j].peer), channels[i]))
          n_peers++;
      g_assert_cmpuint (channel != NULL ? bcast_hub_channel_count_peers (channel) : 0, ==, n_peers);
      if (channel == NULL)
        continue;

      GPtrArray *members = bcast_hub_channel_get_members (channel);

      for (guint j = 0; j < members->len; j++)
        n_member_sockets += ((BcastHubMember *) members->pdata[j])->n_sockets;
      g_assert_cmpuint (n_member_sockets, ==,
                        bcast_channel_type_is_presence (bcast_hub_channel_get_type (channel)) ? n_peers : 0);
    }
}

static void
test_random (HubFixture    *fixture,
             gconstpointer  data)
{
  HubSide sides[N_SIDES] = { 0, };

  for (guint i = 0; i < N_SIDES; i++)
    hub_side_join (fixture, &sides[i]);

  for (guint step = 0; step < N_STEPS; step++)
    {
      HubSide *side = &sides[g_test_rand_int_range (0, N_SIDES)];

      if (is_chance (90))
        say (side);
      else if (is_chance (50))
        bcast_hub_publish (fixture->hub, PICK (channels), "e", "{}", bcast_peer_get_socket_id (side->peer));
      else if (is_chance (80))
        leave (fixture, side);
      else
        terminate (fixture, sides, PICK (users));

      check_what_was_said (fixture, side);
      check_users (fixture, sides);
      check_channels (fixture, sides);
    }

  for (guint i = 0; i < N_SIDES; i++)
    {
      bcast_peer_drop (sides[i].peer);
      hub_side_part (&sides[i]);
    }
  g_assert_cmpuint (bcast_hub_users_count (bcast_hub_get_users (fixture->hub)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  const BcastHubOptions options = BCAST_HUB_OPTIONS_DEFAULT;

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/hub/random", HubFixture, &options, hub_fixture_set_up, test_random, hub_fixture_tear_down);

  return g_test_run ();
}
