/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

static void
expect_batch (WireFixture *fixture,
              const char  *body,
              guint        status,
              const char  *pattern)
{
  guint actual = 0;
  g_autofree char *answer = wire_api (fixture->sandbox, "POST", "/batch_events", NULL, body, &actual);

  wire_assert_match (answer, pattern);
  g_assert_cmpuint (actual, ==, status);
}

static void
test_order (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->alice, "b", NULL);
  wire_subscribe (fixture->bob, "b", NULL);
  expect_batch (fixture,
                "{\"batch\":[{\"channel\":\"a\",\"name\":\"e1\",\"data\":\"{\\\"n\\\":1}\"},"
                " {\"channel\":\"b\",\"name\":\"e2\",\"data\":\"plain\"},{\"channel\":\"a\",\"name\":\"e3\",\"data\":{\"n\":3}}]}",
                200, "{}");
  wire_expect (fixture->alice, "{\"event\":\"e1\",\"channel\":\"a\",\"data\":\"{\\\"n\\\":1}\"}");
  wire_expect (fixture->alice, "{\"event\":\"e2\",\"channel\":\"b\",\"data\":\"plain\"}");
  wire_expect (fixture->alice, "{\"event\":\"e3\",\"channel\":\"a\",\"data\":\"{\\\"n\\\":3}\"}");
  wire_expect (fixture->bob, "{\"event\":\"e2\",\"channel\":\"b\",\"data\":\"plain\"}");
  wire_expect_nothing (fixture->bob);
}

/* Each event has an exclusion of its own. */
static void
test_exclusion (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *body = g_strdup_printf ("{\"batch\":[{\"channel\":\"a\",\"name\":\"e\",\"data\":\"1\",\"socket_id\":\"%s\"},"
                                           "{\"channel\":\"a\",\"name\":\"e\",\"data\":\"2\"}]}", fixture->alice->socket_id);

  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->bob, "a", NULL);
  expect_batch (fixture, body, 200, "{}");
  wire_expect_match (fixture->bob, "*\"data\":\"1\"}");
  wire_expect_match (fixture->bob, "*\"data\":\"2\"}");
  wire_expect_match (fixture->alice, "*\"data\":\"2\"}");
  wire_expect_nothing (fixture->alice);
}

static void
test_info (WireFixture   *fixture,
           gconstpointer  data)
{
  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->bob, "a", NULL);
  wire_subscribe (fixture->bob, "presence-b", "{\"user_id\":\"bob\"}");
  expect_batch (fixture,
                "{\"batch\":[{\"channel\":\"a\",\"name\":\"e\",\"data\":\"\"},"
                "{\"channel\":\"presence-b\",\"name\":\"e\",\"data\":\"\",\"info\":\"user_count\"},"
                "{\"channel\":\"a\",\"name\":\"e\",\"data\":\"\",\"info\":\"subscription_count\"}]}",
                200, "{\"batch\":[{},{\"user_count\":1},{\"subscription_count\":2}]}");
}

static void
test_special_channels (WireFixture   *fixture,
                       gconstpointer  data)
{
  wire_subscribe (fixture->alice, "private-encrypted-a", NULL);
  expect_batch (fixture,
                "{\"batch\":[{\"channel\":\"private-encrypted-a\",\"name\":\"e\",\"data\":\"{\\\"nonce\\\":\\\"n\\\",\\\"ciphertext\\\":\\\"c\\\"}\"},"
                "{\"channel\":\"#server-to-user-u1\",\"name\":\"e\",\"data\":\"\"},"
                "{\"channel\":\"cache-c\",\"name\":\"e\",\"data\":\"kept\"}]}",
                200, "{}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"private-encrypted-a\","
                               "\"data\":\"{\\\"nonce\\\":\\\"n\\\",\\\"ciphertext\\\":\\\"c\\\"}\"}");
  wire_subscribe (fixture->bob, "cache-c", NULL);
  wire_expect (fixture->bob, "{\"event\":\"e\",\"channel\":\"cache-c\",\"data\":\"kept\"}");
}

typedef struct { const char *what, *body, *pattern; } BadBatch;

#define GOOD "{\"channel\":\"a\",\"name\":\"e\",\"data\":\"\"}"

static const BadBatch bad_batches[] = {
  { "no-json", "batch", "*no JSON object*" },
  { "no-batch", "{}", "*no “batch”*" },
  { "null", "{\"batch\":null}", "*no “batch”*" },
  { "no-list", "{\"batch\":" GOOD "}", "*no list of events*" },
  { "empty", "{\"batch\":[]}", "*empty*" },
  { "eleven", "{\"batch\":[" GOOD "," GOOD "," GOOD "," GOOD "," GOOD "," GOOD "," GOOD "," GOOD "," GOOD "," GOOD "," GOOD "]}",
    "*has 11 events, 1 more than the 10*" },
  { "odd-element", "{\"batch\":[" GOOD ",1]}", "Event 2 of the batch:*" },
  { "no-name", "{\"batch\":[" GOOD "," GOOD ",{\"channel\":\"a\",\"data\":\"\"}]}", "Event 3 of the batch:*“name”*" },
  { "no-channel", "{\"batch\":[" GOOD ",{\"name\":\"e\",\"data\":\"\"}]}", "Event 2 of the batch:*channel*" },
  { "two-channels", "{\"batch\":[" GOOD ",{\"channels\":[\"a\",\"b\"],\"name\":\"e\",\"data\":\"\"}]}", "Event 2 of the batch:*2 channels*" },
  { "bad-channel", "{\"batch\":[" GOOD ",{\"channel\":\"a b\",\"name\":\"e\",\"data\":\"\"}]}", "Event 2 of the batch:*space*" },
  { "reserved-name", "{\"batch\":[" GOOD ",{\"channel\":\"a\",\"name\":\"pusher:e\",\"data\":\"\"}]}", "Event 2 of the batch:*reserved*" },
  { "bad-info", "{\"batch\":[" GOOD ",{\"channel\":\"a\",\"name\":\"e\",\"data\":\"\",\"info\":\"user_count\"}]}",
    "Event 2 of the batch:*only for presence channels*" },
  { "bad-socket-id", "{\"batch\":[" GOOD ",{\"channel\":\"a\",\"name\":\"e\",\"data\":\"\",\"socket_id\":\"x\"}]}", "Event 2 of the batch:*socket id*" },
};

/* One bad event holds back those before it. */
static void
test_bad_batch (WireFixture   *fixture,
                gconstpointer  data)
{
  const BadBatch *bad = data;

  wire_subscribe (fixture->alice, "a", NULL);
  expect_batch (fixture, bad->body, 400, bad->pattern);
  wire_expect_nothing (fixture->alice);
}

static void
test_limits (WireFixture   *fixture,
             gconstpointer  data)
{
  g_autofree char *fill = g_strnfill (10240, 'x');
  g_autofree char *largest = g_strdup_printf ("{\"channel\":\"a\",\"name\":\"e\",\"data\":\"%s\"}", fill);
  g_autofree char *ten = g_strdup_printf ("{\"batch\":[%s,%s,%s,%s,%s,%s,%s,%s,%s,%s]}", largest, largest, largest, largest,
                                          largest, largest, largest, largest, largest, largest);
  g_autofree char *too_large = g_strdup_printf ("{\"batch\":[" GOOD ",{\"channel\":\"a\",\"name\":\"e\",\"data\":\"%sx\"}]}", fill);
  g_autofree char *name = g_strndup (fill, 201);
  g_autofree char *long_name = g_strdup_printf ("{\"batch\":[{\"channel\":\"a\",\"name\":\"%s\",\"data\":\"\"}]}", name);

  expect_batch (fixture, ten, 200, "{}");
  expect_batch (fixture, too_large, 413, "Event 2 of the batch:*10241 bytes, 1 more than the 10240*");
  expect_batch (fixture, long_name, 400, "Event 1 of the batch:*201*200*");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/batch/order", WireFixture, NULL, wire_set_up, test_order, wire_tear_down);
  g_test_add ("/sandbox/batch/exclusion", WireFixture, NULL, wire_set_up, test_exclusion, wire_tear_down);
  g_test_add ("/sandbox/batch/info", WireFixture, NULL, wire_set_up, test_info, wire_tear_down);
  g_test_add ("/sandbox/batch/special-channels", WireFixture, NULL, wire_set_up, test_special_channels, wire_tear_down);
  g_test_add ("/sandbox/batch/limits", WireFixture, NULL, wire_set_up, test_limits, wire_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_batches); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/batch/bad/", bad_batches[i].what, NULL);
      g_test_add (path, WireFixture, &bad_batches[i], wire_set_up, test_bad_batch, wire_tear_down);
    }

  return g_test_run ();
}
