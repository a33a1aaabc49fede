/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "channels-fixture.h"

#include <string.h>

#define SUCCESS(id) "{\"event\":\"pusher:signin_success\"," \
                    "\"data\":\"{\\\"user_data\\\":\\\"{\\\\\\\"id\\\\\\\":\\\\\\\"" id "\\\\\\\"}\\\"}\"}"

static BcastAuthorization *
sign_as_alice (void)
{
  return bcast_authorization_new ("key:sig", NULL, "{\"id\":\"alice\"}", NULL);
}

static ChannelsFixture
set_up_signing (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);

  bcast_client_set_signs_in (fixture.client, TRUE);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 1);
  g_assert_cmpstr (slow_authorizer_get_asked (fixture.authorizer), ==, "1234.1234 (null) u1 {\"n\":1}");
  g_assert_cmpint (bcast_client_get_sign_in_state (fixture.client), ==, BCAST_SIGN_IN_PENDING);
  return fixture;
}

static ChannelsFixture
set_up_signed_in (void)
{
  ChannelsFixture fixture = set_up_signing ();

  slow_authorizer_answer (fixture.authorizer, sign_as_alice ());
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:signin") != NULL);
  peer_send (fixture.peer, SUCCESS ("alice"));
  WAIT_FOR (bcast_client_get_sign_in_state (fixture.client) == BCAST_SIGN_IN_DONE);
  return fixture;
}

static void
expect_refused (ChannelsFixture *fixture,
                BcastError       code,
                const char      *part)
{
  const GError *error;

  WAIT_FOR (bcast_client_get_sign_in_state (fixture->client) == BCAST_SIGN_IN_REFUSED);
  error = bcast_client_get_sign_in_error (fixture->client);
  g_assert_error (error, BCAST_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, error->message);
  g_assert_null (bcast_client_get_signed_in_id (fixture->client));
}

static void
test_success (void)
{
  ChannelsFixture fixture = set_up_signed_in ();

  g_assert_cmpstr (g_ptr_array_index (fixture.peer->received, 0), ==,
                   "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"key:sig\","
                   "\"user_data\":\"{\\\"id\\\":\\\"alice\\\"}\"}}");
  g_assert_cmpstr (bcast_client_get_signed_in_id (fixture.client), ==, "alice");
  g_assert_null (bcast_client_get_sign_in_error (fixture.client));

  /* The user's own channel is asked for without being wanted by anybody. */
  WAIT_FOR (peer_find_received (fixture.peer, "#server-to-user-alice") != NULL);
  g_assert_cmpstr (peer_find_received (fixture.peer, "#server-to-user-alice"), ==,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"#server-to-user-alice\"}}");
  peer_succeed (fixture.peer, "#server-to-user-alice", "{}");
  WAIT_FOR (channels_fixture_get_state (&fixture, "#server-to-user-alice") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  channels_fixture_tear_down (&fixture);
}

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          GString     *log)
{
  g_string_append_printf (log, "%s %s %s;", bcast_frame_get_event (frame), bcast_frame_get_channel (frame),
                          bcast_frame_get_data (frame));
}

static void
test_user_event (void)
{
  ChannelsFixture fixture = set_up_signed_in ();
  g_autoptr(GString) log = g_string_new (NULL);

  peer_succeed (fixture.peer, "#server-to-user-alice", "{}");
  WAIT_FOR (channels_fixture_get_state (&fixture, "#server-to-user-alice") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  g_signal_connect (fixture.client, "event", G_CALLBACK (event_cb), log);
  peer_send (fixture.peer, "{\"event\":\"hi\",\"channel\":\"#server-to-user-bob\",\"data\":\"1\"}");
  peer_send (fixture.peer, "{\"event\":\"hi\",\"channel\":\"#server-to-user-alice\",\"data\":\"2\"}");
  channels_fixture_settle (&fixture);
  g_assert_cmpstr (log->str, ==, "hi #server-to-user-alice 2;");
  channels_fixture_tear_down (&fixture);
}

static void
sign_in_cb (BcastClient *client)
{
  bcast_client_set_signs_in (client, TRUE);
}

/* Who asks for the sign-in on hearing of the connection asks as the client does itself: one signature. */
static void
test_asked_twice (void)
{
  ChannelsFixture fixture = set_up_signed_in ();

  g_signal_connect (fixture.client, "state-changed", G_CALLBACK (sign_in_cb), NULL);
  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (fixture.peer->n_connections == 2
            && bcast_client_get_state (fixture.client) == BCAST_CLIENT_CONNECTED);
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (slow_authorizer_get_n_asked (fixture.authorizer), ==, 2);
  slow_authorizer_answer (fixture.authorizer, sign_as_alice ());
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:signin") != NULL);
  channels_fixture_tear_down (&fixture);
}

/* What the server complains of before it was asked for the sign-in is something else. */
static void
test_earlier_error (void)
{
  ChannelsFixture fixture = set_up_signing ();

  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"no\"}}");
  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":4200,\"message\":\"what?\"}}");
  channels_fixture_settle (&fixture);
  g_assert_cmpint (bcast_client_get_sign_in_state (fixture.client), ==, BCAST_SIGN_IN_PENDING);
  slow_authorizer_answer (fixture.authorizer, sign_as_alice ());
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:signin") != NULL);
  peer_send (fixture.peer, SUCCESS ("alice"));
  WAIT_FOR (bcast_client_get_sign_in_state (fixture.client) == BCAST_SIGN_IN_DONE);
  channels_fixture_tear_down (&fixture);
}

/* Who was signed in is signed in again on the next connection, with a fresh signature. */
static void
test_reconnect (void)
{
  ChannelsFixture fixture = set_up_signed_in ();

  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 2);
  g_assert_cmpstr (slow_authorizer_get_asked (fixture.authorizer), ==, "5.6 (null) u1 {\"n\":1}");
  g_assert_cmpint (bcast_client_get_sign_in_state (fixture.client), ==, BCAST_SIGN_IN_PENDING);
  g_assert_null (bcast_client_get_signed_in_id (fixture.client));
  g_ptr_array_set_size (fixture.peer->received, 0);
  channels_fixture_settle (&fixture);
  g_assert_null (peer_find_received (fixture.peer, "#server-to-user-alice"));

  /* As somebody else: the former user's channel is given up. */
  slow_authorizer_answer (fixture.authorizer,
                          bcast_authorization_new ("key:sig", NULL, "{\"id\":\"carol\"}", NULL));
  WAIT_FOR (peer_find_received (fixture.peer, "carol") != NULL);
  peer_send (fixture.peer, SUCCESS ("carol"));
  WAIT_FOR (bcast_client_get_sign_in_state (fixture.client) == BCAST_SIGN_IN_DONE);
  g_assert_cmpstr (bcast_client_get_signed_in_id (fixture.client), ==, "carol");
  g_assert_nonnull (bcast_client_find_subscription (fixture.client, "#server-to-user-carol"));
  g_assert_null (bcast_client_find_subscription (fixture.client, "#server-to-user-alice"));
  channels_fixture_tear_down (&fixture);
}

/* The channel that the client took for its user goes with the sign-in. */
static void
test_own_channel_goes (void)
{
  ChannelsFixture fixture = set_up_signed_in ();

  g_assert_nonnull (bcast_client_find_subscription (fixture.client, "#server-to-user-alice"));
  bcast_client_set_signs_in (fixture.client, FALSE);
  g_assert_nonnull (bcast_client_find_subscription (fixture.client, "#server-to-user-alice"));
  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (fixture.peer->n_connections == 2 && bcast_client_get_socket_id (fixture.client) != NULL);
  g_assert_null (bcast_client_find_subscription (fixture.client, "#server-to-user-alice"));
  g_assert_cmpint (bcast_client_get_sign_in_state (fixture.client), ==, BCAST_SIGN_IN_OFF);
  channels_fixture_tear_down (&fixture);
}

/* Who is disconnected by the app need not look for a wrong key. */
static void
test_terminated (void)
{
  ChannelsFixture fixture = set_up_signed_in ();

  soup_websocket_connection_close (fixture.peer->websocket, 4009, "You got disconnected by the app.");
  WAIT_FOR (bcast_client_get_state (fixture.client) == BCAST_CLIENT_DISCONNECTED);
  g_assert_nonnull (strstr (bcast_client_get_error (fixture.client)->message, "the app disconnected this user"));
  g_assert_null (strstr (bcast_client_get_error (fixture.client)->message, "secret"));
  channels_fixture_tear_down (&fixture);
}

/* soketi says why, and then closes without a word. */
static void
test_refused_and_closed (void)
{
  ChannelsFixture fixture = set_up_signing ();

  slow_authorizer_answer (fixture.authorizer, sign_as_alice ());
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:signin") != NULL);
  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"No such user\"}}");
  soup_websocket_connection_close (fixture.peer->websocket, 4009, NULL);
  WAIT_FOR (bcast_client_get_state (fixture.client) == BCAST_CLIENT_DISCONNECTED);
  g_assert_nonnull (strstr (bcast_client_get_error (fixture.client)->message, "refused the sign-in: “No such user”"));
  channels_fixture_tear_down (&fixture);
}

static void
test_authorizer_refuses (void)
{
  ChannelsFixture fixture = set_up_signing ();

  slow_authorizer_refuse (fixture.authorizer);
  expect_refused (&fixture, BCAST_ERROR_FORBIDDEN, "Not for you");
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);

  /* Asked for again, it is tried again. */
  bcast_client_set_signs_in (fixture.client, TRUE);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 2);
  slow_authorizer_sign (fixture.authorizer, NULL);
  expect_refused (&fixture, BCAST_ERROR_UNAUTHORIZED, "user_data");
  channels_fixture_tear_down (&fixture);
}

static void
error_cb (BcastClient  *client,
          const GError *error,
          GString      *said)
{
  g_string_append_printf (said, "%s\n", error->message);
}

/* Whatever is said aloud names the sign-in, and not only an error of the server's. */
static void
test_server_refuses (gconstpointer data)
{
  const char * const *words = data;
  ChannelsFixture fixture = set_up_signing ();
  g_autoptr(GString) said = g_string_new (NULL);

  g_signal_connect (fixture.client, "error", G_CALLBACK (error_cb), said);
  slow_authorizer_answer (fixture.authorizer, sign_as_alice ());
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:signin") != NULL);
  peer_send (fixture.peer, words[0]);
  expect_refused (&fixture, strstr (words[0], "4200") != NULL ? BCAST_ERROR_REFUSED : strstr (words[0], "signin_success") != NULL
                            ? BCAST_ERROR_PROTOCOL : BCAST_ERROR_UNAUTHORIZED, words[1]);
  g_assert_cmpint (bcast_client_get_state (fixture.client), ==, BCAST_CLIENT_CONNECTED);
  channels_fixture_settle (&fixture);
  if (strstr (words[0], "pusher:error") != NULL)
    {
      g_assert_true (g_str_has_prefix (said->str, bcast_client_get_sign_in_error (fixture.client)->message));
      g_assert_null (strstr (said->str, "reports an error"));
    }
  channels_fixture_tear_down (&fixture);
}

/* One error, and both a sign-in and a subscription wait: nobody knows yet whose it is. */
static void
test_ambiguous_refusal (void)
{
  ChannelsFixture fixture = set_up_signing ();

  slow_authorizer_answer (fixture.authorizer, sign_as_alice ());
  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 2);
  slow_authorizer_sign (fixture.authorizer, NULL);
  WAIT_FOR (peer_find_received (fixture.peer, "private-a") != NULL);
  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"Bad signature\"}}");
  channels_fixture_settle (&fixture);
  g_assert_cmpint (bcast_client_get_sign_in_state (fixture.client), ==, BCAST_SIGN_IN_PENDING);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);

  peer_succeed (fixture.peer, "private-a", "{}");
  expect_refused (&fixture, BCAST_ERROR_UNAUTHORIZED, "Bad signature");
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
  channels_fixture_tear_down (&fixture);
}

static void
test_success_unasked (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);

  peer_send (fixture.peer, SUCCESS ("mallory"));
  channels_fixture_settle (&fixture);
  g_assert_cmpint (bcast_client_get_sign_in_state (fixture.client), ==, BCAST_SIGN_IN_OFF);
  g_assert_null (bcast_client_find_subscription (fixture.client, "#server-to-user-mallory"));
  channels_fixture_tear_down (&fixture);
}

/* A presence channel without channel_data waits for the sign-in and is joined as that user. */
static void
test_presence_as_user (void)
{
  ChannelsFixture fixture = set_up_signing ();

  bcast_client_subscribe_async (fixture.client, "presence-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 2);
  slow_authorizer_answer (fixture.authorizer, sign_as_alice ());
  slow_authorizer_sign (fixture.authorizer, NULL);
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:signin") != NULL);
  channels_fixture_settle (&fixture);
  g_assert_null (peer_find_received (fixture.peer, "presence-a"));
  peer_send (fixture.peer, SUCCESS ("alice"));
  WAIT_FOR (peer_find_received (fixture.peer, "presence-a") != NULL);
  g_assert_cmpstr (peer_find_received (fixture.peer, "presence-a"), ==,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"key:sig\",\"channel\":\"presence-a\"}}");
  channels_fixture_tear_down (&fixture);
}

static void
test_presence_without_user (void)
{
  ChannelsFixture fixture = set_up_signing ();

  bcast_client_subscribe_async (fixture.client, "presence-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 2);
  slow_authorizer_refuse (fixture.authorizer);
  slow_authorizer_sign (fixture.authorizer, NULL);
  channels_fixture_expect_refused (&fixture, "presence-a", BCAST_ERROR_UNAUTHORIZED, "channel_data");
  channels_fixture_tear_down (&fixture);
}

static void
expect_online (BcastClient *client,
               const char  *expected)
{
  g_auto(GStrv) online = bcast_client_dup_online (client);
  g_autofree char *joined = g_strjoinv (" ", online);

  g_assert_cmpstr (joined, ==, expected);
}

static void
count_cb (GObject *object,
          guint   *count)
{
  *count += 1;
}

static void
test_watchlist (void)
{
  ChannelsFixture fixture = set_up_signed_in ();
  guint n_changes = 0;

  g_signal_connect (fixture.client, "sign-in-changed", G_CALLBACK (count_cb), &n_changes);
  peer_send (fixture.peer, "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                           "\"{\\\"events\\\":[{\\\"name\\\":\\\"online\\\",\\\"user_ids\\\":[\\\"dave\\\",\\\"bob\\\"]}]}\"}");
  WAIT_FOR (n_changes == 1);
  expect_online (fixture.client, "bob dave");
  peer_send (fixture.peer, "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                           "{\"events\":[{\"name\":\"offline\",\"user_ids\":[\"dave\",\"nobody\"]}]}}");
  WAIT_FOR (n_changes == 2);
  expect_online (fixture.client, "bob");
  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (n_changes >= 3);
  expect_online (fixture.client, "");
  channels_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const refusals[][3] = {
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"Bad signature\"}}", "Bad signature", "signature" },
    { "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4200,\\\"message\\\":\\\"Invalid message format\\\"}\"}",
      "does not know", "unknown" },
    { "{\"event\":\"pusher:signin_success\",\"data\":{}}", "no id", "no-user" },
    { "{\"event\":\"pusher:signin_success\",\"data\":{\"user_data\":\"{\\\"id\\\":7}\"}}", "no id", "number" },
    { "{\"event\":\"pusher:signin_success\",\"data\":{\"user_data\":\"{\\\"id\\\":\\\"a b\\\"}\"}}", "no id", "bad-id" },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client-sign-in/success", test_success);
  g_test_add_func ("/client-sign-in/user-event", test_user_event);
  g_test_add_func ("/client-sign-in/reconnect", test_reconnect);
  g_test_add_func ("/client-sign-in/asked-twice", test_asked_twice);
  g_test_add_func ("/client-sign-in/earlier-error", test_earlier_error);
  g_test_add_func ("/client-sign-in/own-channel-goes", test_own_channel_goes);
  g_test_add_func ("/client-sign-in/terminated", test_terminated);
  g_test_add_func ("/client-sign-in/refused-and-closed", test_refused_and_closed);
  g_test_add_func ("/client-sign-in/authorizer-refuses", test_authorizer_refuses);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/client-sign-in/server-refuses/", refusals[i][2], NULL);

      g_test_add_data_func (path, refusals[i], test_server_refuses);
    }
  g_test_add_func ("/client-sign-in/ambiguous-refusal", test_ambiguous_refusal);
  g_test_add_func ("/client-sign-in/success-unasked", test_success_unasked);
  g_test_add_func ("/client-sign-in/presence-as-user", test_presence_as_user);
  g_test_add_func ("/client-sign-in/presence-without-user", test_presence_without_user);
  g_test_add_func ("/client-sign-in/watchlist", test_watchlist);

  return g_test_run ();
}
