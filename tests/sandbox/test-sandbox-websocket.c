/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

#include "bcast-channel-name.h"

#define SUCCEEDED(channel, data) "{\"event\":\"pusher_internal:subscription_succeeded\"," \
                                 "\"channel\":\"" channel "\",\"data\":\"" data "\"}"

static void
test_handshake (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr(WireClient) tool = wire_open (fixture->sandbox, "/app/" WIRE_KEY);

  wire_expect_match (tool, "{\"event\":\"pusher:connection_established\","
                           "\"data\":\"{\\\"socket_id\\\":\\\"*.*\\\",\\\"activity_timeout\\\":120}\"}");
  g_assert_true (bcast_socket_id_is_valid (fixture->alice->socket_id));
  g_assert_cmpstr (fixture->alice->socket_id, !=, fixture->bob->socket_id);
}

typedef struct { const char *what, *target; guint code; } Refusal;

static const Refusal refusals[] = {
  { "unknown-key", "/app/nobody?protocol=7", 4001 },
  { "no-key", "/app?protocol=7", 4005 },
  { "path-below-key", "/app/" WIRE_KEY "/x", 4005 },
  { "old-protocol", "/app/" WIRE_KEY "?protocol=3", 4007 },
  { "new-protocol", "/app/" WIRE_KEY "?protocol=8", 4007 },
  { "odd-protocol", "/app/" WIRE_KEY "?client=js&protocol=seven", 4007 },
  { "empty-protocol", "/app/" WIRE_KEY "?protocol=", 4008 },
  { "odd-version", "/app/" WIRE_KEY "?protocol=7&client=js&version=latest", 4006 },
  { "empty-version", "/app/" WIRE_KEY "?protocol=7&client=js&version=", 4006 },
  { "broken-version", "/app/" WIRE_KEY "?protocol=7&version=8..6", 4006 },
  { "version-with-space", "/app/" WIRE_KEY "?protocol=7&version=8.6%200", 4006 },
};

static void
test_refusal (WireFixture   *fixture,
              gconstpointer  data)
{
  const Refusal *refusal = data;
  g_autoptr(WireClient) client = wire_open (fixture->sandbox, refusal->target);
  g_autofree char *pattern = g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"code\":%u,\"message\":\"?*\"}}",
                                              refusal->code);

  wire_expect_match (client, pattern);
  wire_expect_close (client, refusal->code);
  g_assert_cmpuint (strlen (client->close_reason), >, 10);
}

static void
test_versions (WireFixture   *fixture,
               gconstpointer  data)
{
  static const char * const queries[] = {
    "?protocol=7", "?protocol=7&version=8", "?protocol=7&version=8.6.0", "?version=8.4.0-rc2", "?version=2.0.0.0", "?version=1.0.dev1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *target = g_strconcat ("/app/" WIRE_KEY, queries[i], NULL);
      g_autoptr(WireClient) client = wire_open (fixture->sandbox, target);

      wire_expect_match (client, "*connection_established*");
    }
}

static void
test_public (WireFixture   *fixture,
             gconstpointer  data)
{
  /* As pusher-js sends it, with an empty signature. */
  wire_send (fixture->alice, "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"ch-1\"}}");
  wire_expect (fixture->alice, SUCCEEDED ("ch-1", "{}"));

  wire_publish (fixture->sandbox, "{\"name\":\"greeting\",\"channels\":[\"ch-1\"],\"data\":\"{\\\"msg\\\": \\\"h\\u00e9llo \\ud83d\\ude00\\\"}\"}");
  wire_expect (fixture->alice, "{\"event\":\"greeting\",\"channel\":\"ch-1\",\"data\":\"{\\\"msg\\\": \\\"héllo 😀\\\"}\"}");
  wire_expect_nothing (fixture->bob);

  wire_send (fixture->alice, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"ch-1\"}}");
  wire_expect_nothing (fixture->alice);
  wire_publish (fixture->sandbox, "{\"name\":\"greeting\",\"channels\":[\"ch-1\"],\"data\":\"again\"}");
  wire_expect_nothing (fixture->alice);
}

static void
test_private (WireFixture   *fixture,
              gconstpointer  data)
{
  wire_ask_to_subscribe (fixture->alice, "private-ch", NULL);
  wire_expect (fixture->alice, SUCCEEDED ("private-ch", "{}"));
  wire_ask_to_subscribe (fixture->bob, "private-ch", "{\"more\":1}");
  wire_expect (fixture->bob, SUCCEEDED ("private-ch", "{}"));

  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channel\":\"private-ch\",\"data\":\"plain\"}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"private-ch\",\"data\":\"plain\"}");
  wire_expect (fixture->bob, "{\"event\":\"e\",\"channel\":\"private-ch\",\"data\":\"plain\"}");
}

typedef struct { const char *what, *subscribe, *error, *code; } BadSubscribe;

static const BadSubscribe bad_subscribes[] = {
  { "no-auth", "{\"channel\":\"private-ch\"}", "{\"type\":\"AuthError\",\"error\":\"*missing*\",\"status\":401}", "4009" },
  { "empty-auth", "{\"channel\":\"private-ch\",\"auth\":\"\"}", "{\"type\":\"AuthError\",\"error\":\"*missing*\",\"status\":401}", "4009" },
  { "other-key", "{\"channel\":\"private-ch\",\"auth\":\"abc:00\"}", "{\"type\":\"AuthError\",\"error\":\"*another app*\",\"status\":401}", "4009" },
  { "wrong-secret", "{\"channel\":\"private-ch\",\"auth\":\"" WIRE_KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4\"}",
    "{\"type\":\"AuthError\",\"error\":\"Invalid signature*\",\"status\":401}", "4009" },
  { "encrypted", "{\"channel\":\"private-encrypted-ch\"}", "{\"type\":\"AuthError\",*\"status\":401}", "4009" },
  { "server-to-user", "{\"channel\":\"#server-to-user-1\"}", "{\"type\":\"AuthError\",*\"status\":401}", "4009" },
  { "space", "{\"channel\":\"a b\"}", "{\"type\":\"InvalidSubscription\",*\"status\":400}", "null" },
  { "prefix-only", "{\"channel\":\"private-\"}", "{\"type\":\"InvalidSubscription\",*\"status\":400}", "null" },
};

static void
test_bad_subscribe (WireFixture   *fixture,
                    gconstpointer  data)
{
  const BadSubscribe *bad = data;
  g_autofree char *text = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":%s}", bad->subscribe);
  g_autofree char *on_channel = g_strdup_printf ("{\"event\":\"pusher:subscription_error\",\"channel\":\"?*\",\"data\":%s}", bad->error);
  g_autofree char *on_connection = g_strdup_printf ("{\"event\":\"pusher:error\",\"channel\":\"?*\",\"data\":{\"code\":%s,*}}", bad->code);

  wire_send (fixture->alice, text);
  wire_expect_match (fixture->alice, on_channel);
  wire_expect_match (fixture->alice, on_connection);
  wire_subscribe (fixture->alice, "still-there", NULL);
}

static void
test_long_name (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *longest = g_strnfill (164, 'x');
  g_autofree char *too_long = g_strnfill (165, 'x');

  wire_subscribe (fixture->alice, longest, NULL);
  wire_ask_to_subscribe (fixture->alice, too_long, NULL);
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:subscription_error\",*LimitReached*165*");
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:error\",*");
}

static void
test_subscribe_twice (WireFixture   *fixture,
                      gconstpointer  data)
{
  wire_subscribe (fixture->alice, "ch-1", NULL);
  wire_subscribe (fixture->alice, "ch-1", NULL);
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"ch-1\",\"ch-1\"],\"data\":\"once\"}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"ch-1\",\"data\":\"once\"}");
  wire_expect_nothing (fixture->alice);
}

static void
test_presence (WireFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr(WireClient) bob_again = wire_connect (fixture->sandbox);

  wire_ask_to_subscribe (fixture->alice, "presence-r", "{\"user_id\":10,\"user_info\":{\"name\":\"Zoë\"}}");
  wire_expect (fixture->alice, SUCCEEDED ("presence-r", "{\\\"presence\\\":{\\\"count\\\":1,\\\"ids\\\":[\\\"10\\\"],"
                                          "\\\"hash\\\":{\\\"10\\\":{\\\"name\\\":\\\"Zoë\\\"}}}}"));

  wire_ask_to_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"bob\"}");
  wire_expect (fixture->bob, SUCCEEDED ("presence-r", "{\\\"presence\\\":{\\\"count\\\":2,\\\"ids\\\":[\\\"10\\\",\\\"bob\\\"],"
                                        "\\\"hash\\\":{\\\"10\\\":{\\\"name\\\":\\\"Zoë\\\"},\\\"bob\\\":{}}}}"));
  wire_expect (fixture->alice, "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-r\","
                               "\"data\":\"{\\\"user_id\\\":\\\"bob\\\"}\"}");

  /* A second socket of the same user is nobody new, and its leaving is nobody's loss. */
  wire_ask_to_subscribe (bob_again, "presence-r", "{\"user_id\":\"bob\",\"user_info\":1}");
  wire_expect_match (bob_again, "*\\\"count\\\":2,*\\\"bob\\\":{}*");
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);
  wire_send (bob_again, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"presence-r\"}}");
  wire_expect_nothing (bob_again);
  wire_expect_nothing (fixture->alice);

  g_clear_pointer (&fixture->bob, wire_free);
  wire_expect (fixture->alice, "{\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-r\","
                               "\"data\":\"{\\\"user_id\\\":\\\"bob\\\"}\"}");
}

typedef struct { const char *what, *channel_data, *error; } BadPresence;

static const BadPresence bad_presences[] = {
  { "no-channel-data", NULL, "*AuthError*not signed in*" },
  { "no-json", "{user", "*InvalidSubscription*" },
  { "no-user-id", "{\"user_info\":{}}", "*InvalidSubscription*user_id*" },
  { "nul-in-user-id", "{\"user_id\":\"a\\u0000b\"}", "*InvalidSubscription*“user_id” has a NUL*" },
  { "long-user-id", "{\"user_id\":\"0123456789012345678901234567890123456789012345678901234567890123456789"
                    "01234567890123456789012345678901234567890123456789012345678\"}", "*LimitReached*129*128*" },
};

static void
test_bad_presence (WireFixture   *fixture,
                   gconstpointer  data)
{
  const BadPresence *bad = data;

  wire_ask_to_subscribe (fixture->alice, "presence-r", bad->channel_data);
  wire_expect_match (fixture->alice, bad->error);
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:error\",*");
}

static void
test_large_channel_data (WireFixture   *fixture,
                         gconstpointer  data)
{
  g_autofree char *fill = g_strnfill (1024, 'x');
  g_autofree char *channel_data = g_strdup_printf ("{\"user_id\":\"1\",\"user_info\":\"%s\"}", fill);

  wire_ask_to_subscribe (fixture->alice, "presence-r", channel_data);
  wire_expect_match (fixture->alice, "*LimitReached*1054 bytes, 30 more than the 1024*");
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:error\",*");
}

static void
test_client_event (WireFixture   *fixture,
                   gconstpointer  data)
{
  wire_subscribe (fixture->alice, "private-ch", NULL);
  wire_subscribe (fixture->bob, "private-ch", NULL);

  /* Data goes through as it stands; what the protocol does not know does not. */
  wire_send (fixture->alice, "{\"event\":\"client-x\",\"data\": {\"a\" : 1.0},\"channel\":\"private-ch\",\"user_id\":\"root\",\"extra\":1}");
  wire_expect (fixture->bob, "{\"event\":\"client-x\",\"channel\":\"private-ch\",\"data\":{\"a\" : 1.0}}");
  wire_send (fixture->alice, "{\"event\":\"client-x\",\"data\":\"nul \\u0000 \\u00e9\",\"channel\":\"private-ch\"}");
  wire_expect (fixture->bob, "{\"event\":\"client-x\",\"channel\":\"private-ch\",\"data\":\"nul \\u0000 \\u00e9\"}");
  wire_send (fixture->alice, "{\"event\":\"client-x\",\"data\":null,\"channel\":\"private-ch\"}");
  wire_expect (fixture->bob, "{\"event\":\"client-x\",\"channel\":\"private-ch\",\"data\":null}");
  wire_send (fixture->alice, "{\"event\":\"client-x\",\"channel\":\"private-ch\"}");
  wire_expect (fixture->bob, "{\"event\":\"client-x\",\"channel\":\"private-ch\"}");
  wire_expect_nothing (fixture->alice);
}

static void
test_client_event_on_presence (WireFixture   *fixture,
                               gconstpointer  data)
{
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"bob\"}");
  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"alice\"}");
  wire_expect_match (fixture->bob, "*member_added*");

  wire_send (fixture->alice, "{\"event\":\"client-x\",\"data\":1,\"channel\":\"presence-r\",\"user_id\":\"bob\"}");
  wire_expect (fixture->bob, "{\"event\":\"client-x\",\"channel\":\"presence-r\",\"data\":1,\"user_id\":\"alice\"}");
}

typedef struct { const char *what, *text, *error; } BadMessage;

static const BadMessage bad_messages[] = {
  { "no-json", "hello", "{\"event\":\"pusher:error\",\"data\":{\"code\":null,*" },
  { "half-json", "{\"event\":\"pusher:ping\"", "*\"code\":null,*" },
  { "no-object", "[1]", "*\"code\":null,*" },
  { "no-event", "{\"data\":{}}", "*\"code\":null,*" },
  { "odd-event", "{\"event\":1}", "*\"code\":null,*" },
  { "unknown-event", "{\"event\":\"pusher:dance\",\"data\":{}}", "*\"code\":null,*pusher:dance*" },
  { "own-event", "{\"event\":\"my-event\",\"channel\":\"private-ch\",\"data\":{}}", "*\"code\":null,*client-*" },
  { "internal-event", "{\"event\":\"pusher_internal:member_added\",\"channel\":\"private-ch\"}", "*\"code\":null,*" },
  { "subscribe-without-data", "{\"event\":\"pusher:subscribe\"}", "*\"code\":null,*without data*" },
  { "subscribe-without-channel", "{\"event\":\"pusher:subscribe\",\"data\":{}}", "*\"code\":null,*without a channel*" },
  { "subscribe-to-number", "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":1}}", "*\"code\":null,*channel*" },
  { "nul-in-channel", "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"ch\\u0000x\"}}", "*\"code\":null,*“channel” has a NUL*" },
  { "surrogate-in-channel", "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"\\ude00\"}}", "*\"code\":null,*“channel” has*surrogate*" },
  { "nul-in-client-event", "{\"event\":\"client-\\u0000\",\"data\":1,\"channel\":\"private-ch\"}", "*\"code\":null,*NUL*" },
  { "nul-in-channel-of-event", "{\"event\":\"client-x\",\"data\":1,\"channel\":\"private-ch\\u0000\"}", "*\"code\":null,*NUL*" },
  { "unsubscribe-text", "{\"event\":\"pusher:unsubscribe\",\"data\":\"ch\"}", "*\"code\":null,*" },
  { "client-event-without-channel", "{\"event\":\"client-x\",\"data\":1}", "*\"code\":4301,*without a channel*" },
  { "client-event-on-public", "{\"event\":\"client-x\",\"data\":1,\"channel\":\"ch\"}", "*\"code\":4301,*neither*" },
  { "client-event-on-encrypted", "{\"event\":\"client-x\",\"data\":1,\"channel\":\"private-encrypted-ch\"}", "*\"code\":4301,*" },
  { "client-event-of-stranger", "{\"event\":\"client-x\",\"data\":1,\"channel\":\"private-other\"}", "*\"code\":4009,*not subscribed*" },
};

static void
test_bad_message (WireFixture   *fixture,
                  gconstpointer  data)
{
  const BadMessage *bad = data;

  wire_subscribe (fixture->alice, "private-ch", NULL);
  wire_subscribe (fixture->bob, "private-ch", NULL);
  wire_send (fixture->alice, bad->text);
  wire_expect_match (fixture->alice, bad->error);
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);
}

static void
test_unsubscribe_unknown (WireFixture   *fixture,
                          gconstpointer  data)
{
  wire_send (fixture->alice, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"never-heard\"}}");
  wire_expect_nothing (fixture->alice);
}

static void
test_large_client_event (WireFixture   *fixture,
                         gconstpointer  data)
{
  g_autofree char *fill = g_strnfill (10240, 'x');
  g_autofree char *largest = g_strdup_printf ("{\"event\":\"client-x\",\"channel\":\"private-ch\",\"data\":\"%s\"}", fill);
  g_autofree char *too_large = g_strdup_printf ("{\"event\":\"client-x\",\"channel\":\"private-ch\",\"data\":\"%sxxx\"}", fill);

  wire_subscribe (fixture->alice, "private-ch", NULL);
  wire_subscribe (fixture->bob, "private-ch", NULL);
  wire_send (fixture->alice, largest);
  wire_expect_match (fixture->bob, "{\"event\":\"client-x\",*");
  wire_send (fixture->alice, too_large);
  wire_expect_match (fixture->alice, "*\"code\":4301,*10243 bytes, 3 more than the 10240*");
  wire_expect_nothing (fixture->bob);
}

static void
test_rate_limit (WireFixture   *fixture,
                 gconstpointer  data)
{
  wire_subscribe (fixture->alice, "private-ch", NULL);
  wire_subscribe (fixture->bob, "private-ch", NULL);

  for (guint i = 0; i < 11; i++)
    wire_send (fixture->alice, "{\"event\":\"client-x\",\"channel\":\"private-ch\",\"data\":1}");
  wire_expect_match (fixture->alice, "*\"code\":4301,*rate limit*");
  for (guint i = 0; i < 10; i++)
    wire_expect_match (fixture->bob, "*client-x*");
  wire_expect_nothing (fixture->bob);
  wire_expect_nothing (fixture->alice);
}

static void
test_binary (WireFixture   *fixture,
             gconstpointer  data)
{
  soup_websocket_connection_send_binary (fixture->alice->connection, "{}", 2);
  wire_expect_match (fixture->alice, "*pusher:error*binary*");
  wire_expect_nothing (fixture->alice);
}

static void
test_oversize (WireFixture   *fixture,
               gconstpointer  data)
{
  g_autofree char *text = g_strnfill (1024 * 1024 + 1, ' ');

  wire_send (fixture->alice, text);
  wire_expect_close (fixture->alice, 1009);
  g_assert_nonnull (strstr (fixture->alice->close_reason, "larger"));
  wire_expect_nothing (fixture->bob);
}

static void
test_many_channels (WireFixture   *fixture,
                    gconstpointer  data)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"ch-%u\"}}", i);
      wire_send (fixture->alice, text);
    }
  for (guint i = 0; i < 1000; i++)
    wire_expect_match (fixture->alice, "*subscription_succeeded*");

  wire_ask_to_subscribe (fixture->alice, "ch-1000", NULL);
  wire_expect_match (fixture->alice, "*subscription_error*LimitReached*1000*");
  wire_expect_match (fixture->alice, "*pusher:error*4100*");
}

static void
test_ping (WireFixture   *fixture,
           gconstpointer  data)
{
  wire_send (fixture->alice, "{\"event\":\"pusher:ping\"}");
  wire_expect (fixture->alice, "{\"event\":\"pusher:pong\",\"data\":\"{}\"}");
  wire_send (fixture->alice, "{\"event\":\"pusher:pong\",\"data\":\"{}\"}");
  wire_expect_nothing (fixture->alice);
}

static void
test_order (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_subscribe (fixture->alice, "ch-1", NULL);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"name\":\"e\",\"channels\":[\"ch-1\"],\"data\":\"%u\"}", i);
      wire_publish (fixture->sandbox, body);
    }
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"ch-1\",\"data\":\"%u\"}", i);
      wire_expect (fixture->alice, text);
    }
}

static void
test_stop (WireFixture   *fixture,
           gconstpointer  data)
{
  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"alice\"}");
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":\"bob\"}");
  wire_expect_match (fixture->alice, "*member_added*");
  bcast_sandbox_stop (fixture->sandbox);
  wire_expect_close (fixture->alice, 4200);
  wire_expect_close (fixture->bob, 4200);
  /* None hears of members that leave only because all do. */
  g_assert_true (g_queue_is_empty (&fixture->alice->messages));
  g_assert_true (g_queue_is_empty (&fixture->bob->messages));
}

static const struct
{
  const char  *name;
  void       (*run) (WireFixture   *fixture,
                     gconstpointer  data);
} cases[] = {
  { "handshake", test_handshake },
  { "versions", test_versions },
  { "public", test_public },
  { "private", test_private },
  { "long-name", test_long_name },
  { "subscribe-twice", test_subscribe_twice },
  { "unsubscribe-unknown", test_unsubscribe_unknown },
  { "presence", test_presence },
  { "large-channel-data", test_large_channel_data },
  { "client-event", test_client_event },
  { "client-event-on-presence", test_client_event_on_presence },
  { "large-client-event", test_large_client_event },
  { "rate-limit", test_rate_limit },
  { "binary", test_binary },
  { "oversize", test_oversize },
  { "many-channels", test_many_channels },
  { "ping", test_ping },
  { "order", test_order },
  { "stop", test_stop },
};

#define ADD_TABLE(folder, table, wire_set_up, run) \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) \
    { \
      g_autofree char *path = g_strconcat ("/sandbox/websocket/" folder "/", table[i].what, NULL); \
      g_test_add (path, WireFixture, &table[i], wire_set_up, run, wire_tear_down); \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/websocket/", cases[i].name, NULL);
      g_test_add (path, WireFixture, NULL, wire_set_up, cases[i].run, wire_tear_down);
    }
  ADD_TABLE ("refusal", refusals, wire_set_up_sandbox, test_refusal)
  ADD_TABLE ("bad-subscribe", bad_subscribes, wire_set_up, test_bad_subscribe)
  ADD_TABLE ("bad-presence", bad_presences, wire_set_up, test_bad_presence)
  ADD_TABLE ("bad-message", bad_messages, wire_set_up, test_bad_message)

  return g_test_run ();
}
