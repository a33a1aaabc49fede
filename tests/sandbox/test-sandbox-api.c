/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

#include "bcast-request-signature.h"

static void
expect_api (WireFixture *fixture,
            const char  *method,
            const char  *path,
            const char  *params,
            const char  *body,
            guint        status,
            const char  *pattern)
{
  guint actual = 0;
  g_autofree char *answer = wire_api (fixture->sandbox, method, path, params, body, &actual);

  wire_assert_match (answer, pattern);
  g_assert_cmpuint (actual, ==, status);
}

static void
test_several_channels (WireFixture   *fixture,
                       gconstpointer  data)
{
  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->bob, "b", NULL);
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"a\",\"b\",\"empty\"],\"data\":\"{}\"}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"{}\"}");
  wire_expect (fixture->bob, "{\"event\":\"e\",\"channel\":\"b\",\"data\":\"{}\"}");
}

static void
test_exclusion (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"e\",\"channels\":[\"a\"],\"data\":\"1\",\"socket_id\":\"%s\"}",
                                           fixture->alice->socket_id);

  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->bob, "a", NULL);
  wire_publish (fixture->sandbox, body);
  wire_expect_match (fixture->bob, "*\"data\":\"1\"*");
  wire_expect_nothing (fixture->alice);

  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"a\"],\"data\":\"2\",\"socket_id\":\"1.1\"}");
  wire_expect_match (fixture->bob, "*\"data\":\"2\"*");
  wire_expect_match (fixture->alice, "*\"data\":\"2\"*");
}

static void
test_data_that_is_no_string (WireFixture   *fixture,
                             gconstpointer  data)
{
  wire_subscribe (fixture->alice, "a", NULL);
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channel\":\"a\",\"data\":{\"x\":1}}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"{\\\"x\\\":1}\"}");
}

static void
test_queries (WireFixture   *fixture,
              gconstpointer  data)
{
  expect_api (fixture, "GET", "/channels", NULL, NULL, 200, "{\"channels\":{}}");
  expect_api (fixture, "GET", "/channels/a", NULL, NULL, 200, "{\"occupied\":false}");
  expect_api (fixture, "GET", "/channels/presence-r/users", NULL, NULL, 200, "{\"users\":[]}");

  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->bob, "a", NULL);
  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":\"u\\\"1\"}");
  wire_subscribe (fixture->bob, "presence-r", "{\"user_id\":2}");

  expect_api (fixture, "GET", "/channels", NULL, NULL, 200, "{\"channels\":{\"a\":{},\"presence-r\":{}}}");
  expect_api (fixture, "GET", "/channels", "filter_by_prefix=presence-", NULL, 200, "{\"channels\":{\"presence-r\":{}}}");
  expect_api (fixture, "GET", "/channels", "filter_by_prefix=presence-&info=user_count", NULL, 200,
              "{\"channels\":{\"presence-r\":{\"user_count\":2}}}");
  expect_api (fixture, "GET", "/channels/a", "info=subscription_count", NULL, 200,
              "{\"occupied\":true,\"subscription_count\":2}");
  expect_api (fixture, "GET", "/channels/presence-r", "info=user_count", NULL, 200,
              "{\"occupied\":true,\"user_count\":2}");
  expect_api (fixture, "GET", "/channels/presence-r/users", NULL, NULL, 200, "{\"users\":[{\"id\":\"u\\\"1\"},{\"id\":\"2\"}]}");

  wire_subscribe (fixture->bob, "a@b,c", NULL);
  expect_api (fixture, "GET", "/channels/a@b,c", NULL, NULL, 200, "{\"occupied\":true}");
  expect_api (fixture, "GET", "/channels/a%40b%2Cc", NULL, NULL, 200, "{\"occupied\":true}");

  expect_api (fixture, "GET", "/channels", "info=user_count", NULL, 400, "*presence*");
  expect_api (fixture, "GET", "/channels/a", "info=user_count", NULL, 400, "*presence*");
  expect_api (fixture, "GET", "/channels/a", "info=weather", NULL, 400, "*weather*");
  expect_api (fixture, "GET", "/channels/a/users", NULL, NULL, 400, "*presence*");
  expect_api (fixture, "GET", "/channels/a%20b", NULL, NULL, 400, "*space*");
}

typedef struct { const char *what, *path, *params, *pattern; } Unavailable;

static const Unavailable unavailable[] = {
  { "user-count-of-all", "/channels", "info=user_count", "*only for presence channels*" },
  { "user-count-of-others", "/channels", "filter_by_prefix=private-&info=user_count", "*only for presence channels*" },
  { "user-count-of-public", "/channels/a", "info=user_count", "*only for presence channels*" },
  { "subscription-count-of-all", "/channels", "info=subscription_count", "*cannot tell “subscription_count”*" },
  { "subscription-count-of-presence", "/channels/presence-r", "info=subscription_count", "*all but presence channels*" },
  { "both-counts", "/channels/presence-r", "info=user_count,subscription_count", "*all but presence channels*" },
  { "cache-of-all", "/channels", "filter_by_prefix=cache-&info=cache", "*cannot tell “cache”*" },
  { "cache-of-public", "/channels/a", "info=cache", "*only for cache channels*" },
  { "cache-of-presence", "/channels/presence-r", "info=user_count,cache", "*only for cache channels*" },
};

static void
test_unavailable (WireFixture   *fixture,
                  gconstpointer  data)
{
  const Unavailable *question = data;

  expect_api (fixture, "GET", question->path, question->params, NULL, 400, question->pattern);
}

/* What cannot be told is said before anything is sent. */
static void
test_unavailable_in_trigger (WireFixture   *fixture,
                             gconstpointer  data)
{
  static const struct { const char *channel, *info, *pattern; } cases[] = {
    { "a", "user_count", "*only for presence channels*" },
    { "presence-r", "subscription_count", "*all but presence channels*" },
    { "cache-c", "cache", "*cannot tell “cache”*" },
  };

  wire_subscribe (fixture->alice, "a", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"name\":\"e\",\"channels\":[\"%s\"],\"data\":\"\",\"info\":\"%s\"}",
                                               cases[i].channel, cases[i].info);

      expect_api (fixture, "POST", "/events", NULL, body, 400, cases[i].pattern);
    }
  wire_expect_nothing (fixture->alice);
}

static void
test_trigger_info (WireFixture   *fixture,
                   gconstpointer  data)
{
  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":1}");
  expect_api (fixture, "POST", "/events", NULL,
              "{\"name\":\"e\",\"channels\":[\"a\",\"presence-r\",\"a\",\"b\"],\"data\":\"\",\"info\":\"user_count,subscription_count\"}",
              200, "{\"channels\":{\"a\":{\"subscription_count\":1},\"presence-r\":{\"user_count\":1},\"b\":{\"subscription_count\":0}}}");
}

static void
test_cache (WireFixture   *fixture,
            gconstpointer  data)
{
  expect_api (fixture, "GET", "/channels/cache-c", "info=cache", NULL, 200, "{\"occupied\":false,\"cache\":null}");
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channel\":\"cache-c\",\"data\":\"{\\\"n\\\":1}\"}");
  expect_api (fixture, "GET", "/channels/cache-c", "info=cache", NULL, 200,
              "{\"occupied\":false,\"cache\":{\"data\":\"{\\\"n\\\":1}\",\"ttl\":1*}}");
}

typedef struct { const char *what, *method, *path, *body; guint status; const char *pattern; } BadRequest;

static const BadRequest bad_requests[] = {
  { "no-body", "POST", "/events", NULL, 400, "*no event*" },
  { "no-json", "POST", "/events", "hello", 400, "*no event*" },
  { "no-name", "POST", "/events", "{\"channels\":[\"a\"],\"data\":\"\"}", 400, "*name*" },
  { "no-data", "POST", "/events", "{\"name\":\"e\",\"channels\":[\"a\"]}", 400, "*data*" },
  { "no-channel", "POST", "/events", "{\"name\":\"e\",\"data\":\"\"}", 400, "*channel*" },
  { "bad-channel", "POST", "/events", "{\"name\":\"e\",\"channels\":[\"a/b\"],\"data\":\"\"}", 400, "*/*" },
  { "reserved-name", "POST", "/events", "{\"name\":\"pusher:e\",\"channels\":[\"a\"],\"data\":\"\"}", 400, "*reserved*" },
  { "bad-socket-id", "POST", "/events", "{\"name\":\"e\",\"channels\":[\"a\"],\"data\":\"\",\"socket_id\":\"x\"}", 400, "*socket id*" },
  { "bad-info", "POST", "/events", "{\"name\":\"e\",\"channels\":[\"a\"],\"data\":\"\",\"info\":\"weather\"}", 400, "*weather*" },
  { "encrypted-and-another", "POST", "/events", "{\"name\":\"e\",\"channels\":[\"a\",\"private-encrypted-b\"],\"data\":\"\"}", 400, "*encrypted*" },
  { "nul-in-data", "POST", "/events", "{\"name\":\"e\",\"channels\":[\"a\"],\"data\":\"a\\u0000b\"}", 400, "“data” has a NUL*" },
  { "surrogate-in-name", "POST", "/events", "{\"name\":\"\\ud83d\",\"channels\":[\"a\"],\"data\":\"\"}", 400, "“name” has*surrogate*" },
  { "nul-in-channel", "POST", "/events", "{\"name\":\"e\",\"channels\":[\"a\\u0000\"],\"data\":\"\"}", 400, "“channels” has a NUL*" },
  { "no-such-path", "GET", "/weather", NULL, 404, "*nothing at this path*" },
  { "too-long-a-path", "GET", "/channels/a/users/b", NULL, 404, "*nothing at this path*" },
  { "bad-escape", "GET", "/channels/%00", NULL, 404, "*nothing at this path*" },
  { "wrong-method", "GET", "/events", NULL, 405, "*POST*" },
};

static void
test_bad_request (WireFixture   *fixture,
                  gconstpointer  data)
{
  const BadRequest *bad = data;

  expect_api (fixture, bad->method, bad->path, NULL, bad->body, bad->status, bad->pattern);
}

static void
test_limits (WireFixture   *fixture,
             gconstpointer  data)
{
  g_autofree char *fill = g_strnfill (10240, 'x');
  g_autofree char *largest = g_strdup_printf ("{\"name\":\"e\",\"channel\":\"a\",\"data\":\"%s\"}", fill);
  g_autofree char *too_large = g_strdup_printf ("{\"name\":\"e\",\"channel\":\"a\",\"data\":\"%sx\"}", fill);
  g_autofree char *object_fill = g_strnfill (10232, 'x');
  g_autofree char *largest_object = g_strdup_printf ("{\"name\":\"e\",\"channel\":\"a\",\"data\":{\"x\":\"%s\"}}", object_fill);
  g_autofree char *too_large_object = g_strdup_printf ("{\"name\":\"e\",\"channel\":\"a\",\"data\":{\"x\":\"%sx\"}}", object_fill);
  g_autofree char *long_name = g_strnfill (201, 'n');
  g_autofree char *named = g_strdup_printf ("{\"name\":\"%s\",\"channel\":\"a\",\"data\":\"\"}", long_name);
  GString *many = g_string_new ("{\"name\":\"e\",\"data\":\"\",\"channels\":[\"a0\"");

  for (guint i = 1; i <= 100; i++)
    g_string_append_printf (many, ",\"a%u\"", i);
  g_string_append (many, "]}");

  expect_api (fixture, "POST", "/events", NULL, largest, 200, "{}");
  expect_api (fixture, "POST", "/events", NULL, too_large, 413, "*10241 bytes, 1 more than the 10240*");
  expect_api (fixture, "POST", "/events", NULL, largest_object, 200, "{}");
  expect_api (fixture, "POST", "/events", NULL, too_large_object, 413, "*10241 bytes, 1 more than the 10240*");
  expect_api (fixture, "POST", "/events", NULL, named, 400, "*201*200*");
  expect_api (fixture, "POST", "/events", NULL, many->str, 400, "*101*100*");
  g_string_free (many, TRUE);
}

static void
test_huge_body (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *huge = g_strnfill (1024 * 1024 + 1, ' ');

  expect_api (fixture, "POST", "/events", NULL, huge, 413, "*1048576*");
  wire_expect_nothing (fixture->alice);
}

typedef struct { const char *what, *key, *secret, *app_id; gint64 age_s; const char *body; guint status; const char *pattern; } Unsigned;

static const Unsigned unsigned_requests[] = {
  { "right", WIRE_KEY, WIRE_SECRET, WIRE_APP_ID, 599, "{}", 400, "*name*" },
  { "unknown-app", WIRE_KEY, WIRE_SECRET, "4", 0, "{}", 404, "There is no app “4” here*" },
  { "wrong-key", "other", WIRE_SECRET, WIRE_APP_ID, 0, "{}", 401, "*auth_key*" },
  { "wrong-secret", WIRE_KEY, "other", WIRE_APP_ID, 0, "{}", 401, "Invalid signature*POST*/apps/3/events*" },
  { "stale", WIRE_KEY, WIRE_SECRET, WIRE_APP_ID, 601, "{}", 401, "*Timestamp expired*600*" },
  { "future", WIRE_KEY, WIRE_SECRET, WIRE_APP_ID, -601, "{}", 401, "*Timestamp expired*600*" },
  { "other-body", WIRE_KEY, WIRE_SECRET, WIRE_APP_ID, 0, "[]", 401, "*body_md5*" },
};

static void
test_signature (WireFixture   *fixture,
                gconstpointer  data)
{
  const Unsigned *request = data;
  g_autofree char *path = g_strdup_printf ("/apps/%s/events", request->app_id);
  g_autoptr(BcastRequestSignature) signature = bcast_request_signature_new (request->key, request->secret, "POST", path, NULL, "{}", 2,
                                                                            g_get_real_time () / G_USEC_PER_SEC - request->age_s);
  g_autofree char *target = g_strconcat (path, "?", signature->query, NULL);
  guint status = 0;
  g_autofree char *answer = wire_request (fixture->sandbox, "POST", target, NULL, request->body, &status);

  wire_assert_match (answer, request->pattern);
  g_assert_cmpuint (status, ==, request->status);
  g_assert_null (strstr (answer, WIRE_SECRET));
}

static void
test_unsigned (WireFixture   *fixture,
               gconstpointer  data)
{
  guint status = 0;
  g_autofree char *answer = wire_request (fixture->sandbox, "GET", "/apps/" WIRE_APP_ID "/channels", NULL, NULL, &status);
  g_autofree char *page = wire_request (fixture->sandbox, "GET", "/", NULL, NULL, NULL);
  g_autofree char *lost = wire_request (fixture->sandbox, "GET", "/users/1/terminate_connections", NULL, NULL, &status);

  g_assert_nonnull (strstr (answer, "auth_key"));
  g_assert_nonnull (strstr (page, "sandbox"));
  g_assert_nonnull (strstr (lost, "/apps/{app_id}"));
  g_assert_cmpuint (status, ==, 404);
}

static void
test_no_websocket (WireFixture   *fixture,
                   gconstpointer  data)
{
  guint status = 0;
  g_autofree char *answer = wire_request (fixture->sandbox, "GET", "/app/" WIRE_KEY, NULL, NULL, &status);

  g_assert_cmpuint (status, ==, 426);
  g_assert_nonnull (strstr (answer, "WebSocket"));
}

static const struct
{
  const char  *name;
  void       (*run) (WireFixture   *fixture,
                     gconstpointer  data);
} cases[] = {
  { "several-channels", test_several_channels },
  { "exclusion", test_exclusion },
  { "data-that-is-no-string", test_data_that_is_no_string },
  { "queries", test_queries },
  { "unavailable-in-trigger", test_unavailable_in_trigger },
  { "trigger-info", test_trigger_info },
  { "cache", test_cache },
  { "limits", test_limits },
  { "huge-body", test_huge_body },
  { "unsigned", test_unsigned },
  { "no-websocket", test_no_websocket },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/api/", cases[i].name, NULL);
      g_test_add (path, WireFixture, NULL, wire_set_up, cases[i].run, wire_tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unavailable); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/api/unavailable/", unavailable[i].what, NULL);
      g_test_add (path, WireFixture, &unavailable[i], wire_set_up, test_unavailable, wire_tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad_requests); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/api/bad-request/", bad_requests[i].what, NULL);
      g_test_add (path, WireFixture, &bad_requests[i], wire_set_up, test_bad_request, wire_tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unsigned_requests); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/api/signature/", unsigned_requests[i].what, NULL);
      g_test_add (path, WireFixture, &unsigned_requests[i], wire_set_up, test_signature, wire_tear_down);
    }

  return g_test_run ();
}
