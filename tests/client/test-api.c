/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "api-fixture.h"

#include <string.h>

#include "bcast-error.h"

/* H2, H5, H6, H7 and H8 of the published and recomputed vectors. */
static void
test_trigger (void)
{
  ApiFixture fixture;
  gint64 before_us = g_get_monotonic_time ();

  api_fixture_set_up (&fixture, peer_new ());
  fixture.peer->body = "{\"channels\":{}}";
  g_assert_true (api_fixture_trigger (&fixture));
  g_assert_cmpstr (fixture.peer->method, ==, "POST");
  g_assert_cmpstr (fixture.peer->content_type, ==, "application/json");
  g_assert_cmpstr (fixture.peer->target, ==, "/apps/3/events?auth_key=278d425bdf160c739803"
                   "&auth_timestamp=1700000000&auth_version=1.0&body_md5=997b756fe45355a030c90e11e1ab0bcc"
                   "&auth_signature=10a913d5a00e16d5f2db41dd7086cf5b05bf42c369ca924897f2e6f9e7ac70c5");
  g_assert_cmpstr (fixture.peer->request_body, ==, "{\"name\":\"greeting\",\"data\":\"{\\\"msg\\\":"
                   "\\\"héllo ☃ 😀\\\"}\",\"channels\":[\"chat-1\",\"private-chat.2\"],"
                   "\"socket_id\":\"1234.5678\",\"info\":\"subscription_count\"}");

  g_assert_cmpuint (fixture.reply->status, ==, 200);
  g_assert_cmpstr (fixture.reply->method, ==, "POST");
  g_assert_cmpstr (fixture.reply->target, ==, fixture.peer->target);
  g_assert_cmpstr (fixture.reply->request_body, ==, fixture.peer->request_body);
  g_assert_cmpstr (fixture.reply->body, ==, "{\"channels\":{}}");
  g_assert_true (fixture.reply->written);
  g_assert_cmpuint (fixture.n_started, ==, 1);
  g_assert_cmpint (fixture.reply->started_us, ==, fixture.started_us);
  g_assert_cmpint (fixture.reply->started_us, >=, before_us);
  g_assert_cmpint (fixture.reply->answered_us, >=, fixture.reply->started_us);
  g_assert_cmpint (fixture.reply->answered_us, <=, g_get_monotonic_time ());
  g_assert_null (strstr (fixture.reply->target, PEER_SECRET));
  api_fixture_tear_down (&fixture);
}

static void
expect_target (ApiFixture    *fixture,
               const char *target)
{
  g_assert_true (api_fixture_finish (fixture));
  g_assert_cmpstr (fixture->peer->method, ==, "GET");
  g_assert_cmpstr (fixture->peer->target, ==, target);
  g_assert_cmpstr (fixture->reply->target, ==, target);
  g_assert_null (fixture->reply->request_body);
}

#define AUTH "auth_key=278d425bdf160c739803&auth_timestamp=1700000000&auth_version=1.0"

static void
test_queries (void)
{
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new ());

  bcast_api_channels_async (fixture.api, NULL, NULL, NOW_S, NULL, outcome_cb, &fixture.outcome);
  expect_target (&fixture, "/apps/3/channels?" AUTH
                 "&auth_signature=4707afdd8f617b6c4cd52e889d9136a131f31f57e26ce815afd04af0b804c7d3");

  bcast_api_channels_async (fixture.api, "presence-", "user_count", NOW_S, NULL, outcome_cb, &fixture.outcome);
  expect_target (&fixture, "/apps/3/channels?" AUTH "&filter_by_prefix=presence-&info=user_count"
                 "&auth_signature=5142c71a4248ef5f3ec45e8793d8997773f1d19ce69ee6f6b1d75131d8aa0a6a");

  bcast_api_channel_async (fixture.api, "presence-foobar", "user_count,subscription_count", NOW_S, NULL,
                           outcome_cb, &fixture.outcome);
  expect_target (&fixture, "/apps/3/channels/presence-foobar?" AUTH "&info=user_count,subscription_count"
                 "&auth_signature=117e082c7dff8537497b0f08dd31c0b8ee92e5c3bc2518238afed83c03e6966e");

  bcast_api_users_async (fixture.api, "presence-foobar", NOW_S, NULL, outcome_cb, &fixture.outcome);
  expect_target (&fixture, "/apps/3/channels/presence-foobar/users?" AUTH
                 "&auth_signature=9e7cd451c60103a5a50ac29611500f874871a63a6c627727ac333981759139a1");

  /* The peer sets a cookie with each answer, and gets none back. */
  g_assert_null (fixture.peer->cookie);
  api_fixture_tear_down (&fixture);
}

static void
test_batch (void)
{
  static const char * const first[] = { "a", NULL };
  static const char * const second[] = { "private-b", NULL };
  g_autoptr(GPtrArray) triggers = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_trigger_unref);
  ApiFixture fixture;

  g_ptr_array_add (triggers, bcast_trigger_new ("x", first, "1", NULL, NULL, NULL));
  g_ptr_array_add (triggers, bcast_trigger_new ("y", second, "2", NULL, "subscription_count", NULL));
  api_fixture_set_up (&fixture, peer_new ());
  fixture.peer->body = "{\"batch\":[{},{\"subscription_count\":3}]}";
  bcast_api_batch_async (fixture.api, triggers, NOW_S, NULL, NULL, NULL, outcome_cb, &fixture.outcome);
  g_assert_true (api_fixture_finish (&fixture));
  g_assert_cmpstr (fixture.peer->method, ==, "POST");
  g_assert_cmpstr (fixture.peer->target, ==, "/apps/3/batch_events?" AUTH
                   "&body_md5=70bf97c687e16e00bb39e7db7bd7a671"
                   "&auth_signature=fe086a14f3246733637049cc3f2e7769297e25013bdf581d91f9c598a6e0c497");
  g_assert_cmpstr (fixture.peer->request_body, ==, "{\"batch\":[{\"channel\":\"a\",\"name\":\"x\",\"data\":\"1\"},"
                   "{\"channel\":\"private-b\",\"name\":\"y\",\"data\":\"2\",\"info\":\"subscription_count\"}]}");
  g_assert_cmpstr (fixture.reply->body, ==, fixture.peer->body);
  api_fixture_tear_down (&fixture);
}

static void
test_terminate (void)
{
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new ());
  bcast_api_terminate_async (fixture.api, "u-1@x", NOW_S, NULL, outcome_cb, &fixture.outcome);
  g_assert_true (api_fixture_finish (&fixture));
  g_assert_cmpstr (fixture.peer->target, ==, "/apps/3/users/u-1@x/terminate_connections?" AUTH
                   "&body_md5=99914b932bd37a50b983c5e7c90ae93b"
                   "&auth_signature=6434e4e5a02f52a51f73ebca41b686ea74d5ae80213d31e79c56de1f45b2a97c");
  g_assert_cmpstr (fixture.peer->request_body, ==, "{}");

  bcast_api_terminate_async (fixture.api, "a/b", NOW_S, NULL, outcome_cb, &fixture.outcome);
  g_assert_false (api_fixture_finish (&fixture));
  g_assert_error (fixture.error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_cmpuint (fixture.peer->n_requests, ==, 1);
  api_fixture_tear_down (&fixture);
}

typedef struct
{
  guint       status;
  const char *body;
  int         code; /* -1: done */
  const char *part;
} Answer;

static const Answer answers[] = {
  { 200, "{\"ok\":true}", -1, NULL },
  { 202, "202 ACCEPTED", -1, NULL },
  { 202, NULL, -1, NULL },
  { 200, NULL, BCAST_ERROR_PROTOCOL, "no JSON object" },
  { 200, "<!DOCTYPE html><p>It works!", BCAST_ERROR_PROTOCOL, "no JSON object" },
  { 200, "[]", BCAST_ERROR_PROTOCOL, "no JSON object" },
  { 204, NULL, BCAST_ERROR_REFUSED, "status 204" },
  { 301, NULL, BCAST_ERROR_PROTOCOL, "status 301 (Moved Permanently). Redirects are not followed" },
  { 400, "Bad channel\n", BCAST_ERROR_REFUSED, "status 400 (Bad Request): “Bad channel” Check" },
  { 401, "Invalid signature: you should have sent HmacSHA256Hex(\"POST\\n/apps/3\", your_secret_key)",
    BCAST_ERROR_UNAUTHORIZED, "“Invalid signature: you should have sent HmacSHA256Hex(" },
  { 401, "{\"error\":\"The app key is unknown\",\"code\":401}", BCAST_ERROR_UNAUTHORIZED,
    "“The app key is unknown”" },
  { 403, NULL, BCAST_ERROR_FORBIDDEN, "status 403 (Forbidden). The app" },
  { 400, "<html>This port wants HTTPS</html>", BCAST_ERROR_PROTOCOL, "TLS" },
  { 404, "404 NOT FOUND", BCAST_ERROR_NOT_FOUND, "status 404 (Not Found): “404 NOT FOUND” Check" },
  { 404, "\n<html>Not here</html>", BCAST_ERROR_PROTOCOL, "status 404 (Not Found) and is a web page" },
  { 405, NULL, BCAST_ERROR_PROTOCOL, "status 405" },
  { 413, "The data content of this event exceeds the allowed maximum (10240 bytes)",
    BCAST_ERROR_REFUSED, "10240 bytes" },
  { 413, "<html>nginx</html>", BCAST_ERROR_REFUSED, "smaller" },
  { 422, "{\"message\":\"The data field must be a string.\",\"errors\":{}}", BCAST_ERROR_REFUSED,
    "must be a string" },
  { 429, "{\"error\":\"Too many requests\"}", BCAST_ERROR_BUSY, "Too many requests" },
  { 500, "Traceback\n  line 1\n  line 2", BCAST_ERROR_REFUSED, "“Traceback line 1 line 2”" },
  { 501, "<p>Unsupported method</p>", BCAST_ERROR_PROTOCOL, "status 501" },
  { 502, "<html>nginx</html>", BCAST_ERROR_BUSY, "proxy" },
  { 503, NULL, BCAST_ERROR_BUSY, "status 503" },
};

static void
test_answer (gconstpointer data)
{
  const Answer *row = data;
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new ());
  fixture.peer->status = row->status;
  fixture.peer->body = row->body;
  fixture.peer->location = row->status == 301 ? "http://127.0.0.1:1/" : NULL;
  if (api_fixture_trigger (&fixture))
    g_assert_cmpint (row->code, ==, -1);
  else
    {
      g_assert_error (fixture.error, BCAST_ERROR, row->code);
      if (strstr (fixture.error->message, row->part) == NULL)
        g_error ("Expected “%s” in “%s”", row->part, fixture.error->message);
      g_assert_null (strstr (fixture.error->message, PEER_SECRET));
      g_assert_false (g_str_has_suffix (fixture.error->message, " "));
    }
  g_assert_cmpuint (fixture.reply->status, ==, row->status);
  g_assert_cmpstr (fixture.reply->body, ==, row->body != NULL ? row->body : "");
  g_assert_cmpuint (fixture.peer->n_requests, ==, 1);
  api_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/trigger", test_trigger);
  g_test_add_func ("/api/queries", test_queries);
  g_test_add_func ("/api/batch", test_batch);
  g_test_add_func ("/api/terminate", test_terminate);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/answer/%u-%u", answers[i].status, i);

      g_test_add_data_func (path, &answers[i], test_answer);
    }

  return g_test_run ();
}
