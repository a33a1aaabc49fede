/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "channels-fixture.h"

#include <string.h>

#include "bcast-client-private.h"
#include "bcast-secret-box.h"

#define CHANNEL "private-encrypted-orders"

/* Two keys, and an event sealed with the first. Source: the vectors of the official libraries. */
#define KEY_A  "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define KEY_B  "/wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

typedef struct
{
  ChannelsFixture  channels;
  GString         *events;
  GString         *errors;
} Fixture;

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          GString     *log)
{
  const char *data = bcast_frame_get_data (frame);

  if (g_str_has_prefix (bcast_frame_get_event (frame), "pusher:"))
    return;
  /* The frame is always what came. */
  g_assert_nonnull (strstr (bcast_frame_get_raw (frame, NULL), "\"data\":"));
  g_string_append_printf (log, "%s=%s;", bcast_frame_get_event (frame),
                          bcast_secret_box_is_sealed (data) ? "SEALED" : data);
}

static void
error_cb (BcastClient  *client,
          const GError *error,
          GString      *log)
{
  g_string_append_printf (log, "%s;", error->message);
}

static void
answer_with (Fixture    *fixture,
             const char *key)
{
  slow_authorizer_answer (fixture->channels.authorizer, bcast_authorization_new ("key:sig", NULL, NULL, key));
}

static Fixture
set_up (void)
{
  Fixture fixture = { channels_fixture_set_up (TRUE), g_string_new (NULL), g_string_new (NULL) };

  g_signal_connect (fixture.channels.client, "event", G_CALLBACK (event_cb), fixture.events);
  g_signal_connect (fixture.channels.client, "error", G_CALLBACK (error_cb), fixture.errors);
  bcast_client_subscribe_async (fixture.channels.client, CHANNEL, NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 1);
  return fixture;
}

static Fixture
set_up_subscribed (void)
{
  Fixture fixture = set_up ();

  answer_with (&fixture, KEY_A);
  WAIT_FOR (peer_find_received (fixture.channels.peer, CHANNEL) != NULL);
  peer_succeed (fixture.channels.peer, CHANNEL, "{}");
  WAIT_FOR (channels_fixture_get_state (&fixture.channels, CHANNEL) == BCAST_SUBSCRIPTION_SUBSCRIBED);
  return fixture;
}

static void
tear_down (Fixture *fixture)
{
  channels_fixture_tear_down (&fixture->channels);
  g_string_free (fixture->events, TRUE);
  g_string_free (fixture->errors, TRUE);
}

static void
send_sealed (Fixture    *fixture,
             const char *event,
             const char *key,
             const char *plain)
{
  g_autoptr(GBytes) bytes = bcast_secret_box_parse_key (key, NULL);
  g_autofree char *data = bcast_secret_box_seal (bytes, plain, NULL, NULL);
  g_autofree char *text = bcast_frame_format (event, CHANNEL, data, BCAST_FRAME_DATA_STRING, NULL);

  peer_send (fixture->channels.peer, text);
}

static void
test_opened (void)
{
  Fixture fixture = set_up_subscribed ();

  send_sealed (&fixture, "a", KEY_A, "{\"id\":7,\"note\":\"über ☃\"}");
  send_sealed (&fixture, "b", KEY_A, "plain text");
  send_sealed (&fixture, "c", KEY_A, "");
  send_sealed (&fixture, "pusherish", KEY_A, "d");
  channels_fixture_settle (&fixture.channels);
  g_assert_cmpstr (fixture.events->str, ==,
                   "a={\"id\":7,\"note\":\"über ☃\"};b=plain text;c=;pusherish=d;");
  g_assert_cmpstr (fixture.errors->str, ==, "");
  tear_down (&fixture);
}

static void
test_no_key (gconstpointer data)
{
  Fixture fixture = set_up ();

  answer_with (&fixture, data);
  channels_fixture_expect_refused (&fixture.channels, CHANNEL, BCAST_ERROR_UNAUTHORIZED, "shared_secret");
  channels_fixture_settle (&fixture.channels);
  g_assert_cmpuint (fixture.channels.peer->received->len, ==, 0);
  send_sealed (&fixture, "a", KEY_A, "1");
  channels_fixture_settle (&fixture.channels);
  g_assert_cmpstr (fixture.events->str, ==, "");
  tear_down (&fixture);
}

/* The master key was changed: another key is asked for, and nothing is lost or out of order. */
static void
test_new_key (void)
{
  Fixture fixture = set_up_subscribed ();

  send_sealed (&fixture, "a", KEY_A, "1");
  send_sealed (&fixture, "b", KEY_B, "2");
  send_sealed (&fixture, "c", KEY_B, "3");
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 2);
  g_assert_cmpstr (slow_authorizer_get_asked (fixture.channels.authorizer), ==, "1234.1234 " CHANNEL " u1 {\"n\":1}");
  channels_fixture_settle (&fixture.channels);
  g_assert_cmpstr (fixture.events->str, ==, "a=1;");
  answer_with (&fixture, KEY_B);
  WAIT_FOR (strcmp (fixture.events->str, "a=1;b=2;c=3;") == 0);
  g_assert_cmpstr (fixture.errors->str, ==, "");
  send_sealed (&fixture, "d", KEY_B, "4");
  WAIT_FOR (strcmp (fixture.events->str, "a=1;b=2;c=3;d=4;") == 0);
  tear_down (&fixture);
}

/* The other key does not open them either: said once, everything is shown, and nobody is asked again. */
static void
test_wrong_key (void)
{
  Fixture fixture = set_up_subscribed ();
  BcastSubscription *subscription = bcast_client_find_subscription (fixture.channels.client, CHANNEL);

  send_sealed (&fixture, "a", KEY_B, "1");
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 2);
  answer_with (&fixture, KEY_A);
  send_sealed (&fixture, "b", KEY_B, "2");
  WAIT_FOR (strcmp (fixture.events->str, "a=SEALED;b=SEALED;") == 0);
  channels_fixture_settle (&fixture.channels);
  g_assert_cmpuint (slow_authorizer_get_n_asked (fixture.channels.authorizer), ==, 2);
  g_assert_nonnull (strstr (fixture.errors->str, "master keys"));
  g_assert_null (strstr (strchr (fixture.errors->str, ';') + 1, ";"));
  g_assert_cmpint (bcast_subscription_get_state (subscription), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
  g_assert_error (bcast_subscription_get_error (subscription), BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);

  /* What can be opened again takes the problem back. */
  send_sealed (&fixture, "c", KEY_A, "3");
  WAIT_FOR (strcmp (fixture.events->str, "a=SEALED;b=SEALED;c=3;") == 0);
  g_assert_null (bcast_subscription_get_error (subscription));
  tear_down (&fixture);
}

/* An answer that took so long that another key might be asked for: but not for the same event. */
static void
test_slow_wrong_key (void)
{
  Fixture fixture = set_up_subscribed ();

  send_sealed (&fixture, "a", KEY_B, "1");
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 2);
  bcast_client_find_hold (fixture.channels.client, CHANNEL)->rekeyed_us -= 60 * G_USEC_PER_SEC;
  answer_with (&fixture, KEY_A);
  WAIT_FOR (strcmp (fixture.events->str, "a=SEALED;") == 0);
  g_assert_cmpuint (slow_authorizer_get_n_asked (fixture.channels.authorizer), ==, 2);
  tear_down (&fixture);
}

static void
test_key_refused (void)
{
  Fixture fixture = set_up_subscribed ();

  send_sealed (&fixture, "a", KEY_B, "1");
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 2);
  slow_authorizer_refuse (fixture.channels.authorizer);
  WAIT_FOR (strcmp (fixture.events->str, "a=SEALED;") == 0);
  g_assert_nonnull (strstr (fixture.errors->str, "Not for you"));
  g_assert_cmpint (channels_fixture_get_state (&fixture.channels, CHANNEL), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
  tear_down (&fixture);
}

/* Data that nobody encrypted needs no other key. */
static void
test_plain_data (void)
{
  Fixture fixture = set_up_subscribed ();

  peer_send (fixture.channels.peer, "{\"event\":\"a\",\"channel\":\"" CHANNEL "\",\"data\":\"{}\"}");
  peer_send (fixture.channels.peer, "{\"event\":\"b\",\"channel\":\"" CHANNEL "\",\"data\":\"x\"}");
  WAIT_FOR (strcmp (fixture.events->str, "a={};b=x;") == 0);
  g_assert_nonnull (strstr (fixture.errors->str, "not encrypted"));
  g_assert_cmpuint (slow_authorizer_get_n_asked (fixture.channels.authorizer), ==, 1);
  tear_down (&fixture);
}

static void
test_left_while_asking (void)
{
  Fixture fixture = set_up_subscribed ();

  send_sealed (&fixture, "a", KEY_B, "1");
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 2);
  bcast_client_unsubscribe (fixture.channels.client, CHANNEL);
  answer_with (&fixture, KEY_B);
  channels_fixture_settle (&fixture.channels);
  g_assert_cmpstr (fixture.events->str, ==, "");
  tear_down (&fixture);
}

static void
test_lost_while_asking (void)
{
  Fixture fixture = set_up_subscribed ();

  send_sealed (&fixture, "a", KEY_B, "1");
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 2);
  soup_websocket_connection_close (fixture.channels.peer->websocket, 4200, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.channels.authorizer) == 3);
  answer_with (&fixture, KEY_B); /* too late, for the old socket */
  answer_with (&fixture, KEY_B);
  WAIT_FOR (peer_count_received (fixture.channels.peer, CHANNEL) == 1);
  peer_succeed (fixture.channels.peer, CHANNEL, "{}");
  send_sealed (&fixture, "b", KEY_B, "2");
  WAIT_FOR (strcmp (fixture.events->str, "b=2;") == 0);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client-encrypted/opened", test_opened);
  g_test_add_data_func ("/client-encrypted/no-key/absent", NULL, test_no_key);
  g_test_add_data_func ("/client-encrypted/no-key/short", "c2hvcnQ=", test_no_key);
  g_test_add_data_func ("/client-encrypted/no-key/nonsense", "?", test_no_key);
  g_test_add_func ("/client-encrypted/new-key", test_new_key);
  g_test_add_func ("/client-encrypted/wrong-key", test_wrong_key);
  g_test_add_func ("/client-encrypted/slow-wrong-key", test_slow_wrong_key);
  g_test_add_func ("/client-encrypted/key-refused", test_key_refused);
  g_test_add_func ("/client-encrypted/plain-data", test_plain_data);
  g_test_add_func ("/client-encrypted/left-while-asking", test_left_while_asking);
  g_test_add_func ("/client-encrypted/lost-while-asking", test_lost_while_asking);

  return g_test_run ();
}
