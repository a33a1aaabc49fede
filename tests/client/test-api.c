/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "peer.h"

#include <string.h>

#include "bcast-api.h"

#define NOW_S 1700000000

typedef struct
{
  Peer          *peer;
  BcastApi      *api;
  Outcome        outcome;
  BcastApiReply *reply;
  GError        *error;
} Fixture;

static void
set_up (Fixture *fixture,
        Peer    *peer)
{
  g_autoptr(BcastApp) app = peer_dup_app (peer);

  *fixture = (Fixture) { .peer = peer, .api = bcast_api_new (app) };
}

static void
forget (Fixture *fixture)
{
  g_clear_pointer (&fixture->reply, bcast_api_reply_free);
  g_clear_error (&fixture->error);
}

static void
tear_down (Fixture *fixture)
{
  forget (fixture);
  g_assert_finalize_object (fixture->api);
  peer_free (fixture->peer);
}

static gboolean
finish (Fixture *fixture)
{
  gboolean done;

  WAIT_FOR (fixture->outcome.result != NULL);
  forget (fixture);
  done = bcast_api_request_finish (fixture->api, fixture->outcome.result, &fixture->reply, &fixture->error);
  g_assert_cmpint (done, ==, fixture->error == NULL);
  outcome_clear (&fixture->outcome);
  return done;
}

static gboolean
trigger (Fixture *fixture)
{
  const char *channels[] = { "chat-1", "private-chat.2", NULL };
  g_autoptr(BcastTrigger) event = bcast_trigger_new ("greeting", channels, "{\"msg\":\"héllo ☃ 😀\"}",
                                                     "1234.5678", "subscription_count", NULL);

  bcast_api_trigger_async (fixture->api, event, NOW_S, NULL, outcome_cb, &fixture->outcome);
  return finish (fixture);
}

/* H2, H5, H6, H7 and H8 of the published and recomputed vectors. */
static void
test_trigger (void)
{
  Fixture fixture;
  gint64 before_us = g_get_monotonic_time ();

  set_up (&fixture, peer_new ());
  fixture.peer->body = "{\"channels\":{}}";
  g_assert_true (trigger (&fixture));
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
  g_assert_cmpint (fixture.reply->started_us, >=, before_us);
  g_assert_cmpint (fixture.reply->answered_us, >=, fixture.reply->started_us);
  g_assert_cmpint (fixture.reply->answered_us, <=, g_get_monotonic_time ());
  g_assert_null (strstr (fixture.reply->target, PEER_SECRET));
  tear_down (&fixture);
}

static void
expect_target (Fixture    *fixture,
               const char *target)
{
  g_assert_true (finish (fixture));
  g_assert_cmpstr (fixture->peer->method, ==, "GET");
  g_assert_cmpstr (fixture->peer->target, ==, target);
  g_assert_cmpstr (fixture->reply->target, ==, target);
  g_assert_null (fixture->reply->request_body);
}

#define AUTH "auth_key=278d425bdf160c739803&auth_timestamp=1700000000&auth_version=1.0"

static void
test_queries (void)
{
  Fixture fixture;

  set_up (&fixture, peer_new ());

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
  tear_down (&fixture);
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
  { 301, NULL, BCAST_ERROR_REFUSED, "status 301 (Moved Permanently). Redirects are not followed" },
  { 400, "Bad channel\n", BCAST_ERROR_INVALID, "status 400 (Bad Request): “Bad channel” Check" },
  { 401, "Invalid signature: you should have sent HmacSHA256Hex(\"POST\\n/apps/3\", your_secret_key)",
    BCAST_ERROR_UNAUTHORIZED, "“Invalid signature: you should have sent HmacSHA256Hex(" },
  { 401, "{\"error\":\"The app key is unknown\",\"code\":401}", BCAST_ERROR_UNAUTHORIZED, "“The app key is unknown”" },
  { 403, NULL, BCAST_ERROR_FORBIDDEN, "status 403 (Forbidden). The app" },
  { 404, "<html>Not here</html>", BCAST_ERROR_NOT_FOUND, "status 404 (Not Found). Check" },
  { 405, NULL, BCAST_ERROR_NOT_FOUND, "status 405" },
  { 413, "The data content of this event exceeds the allowed maximum (10240 bytes)", BCAST_ERROR_TOO_LARGE, "10240 bytes" },
  { 422, "{\"message\":\"The data field must be a string.\",\"errors\":{}}", BCAST_ERROR_INVALID, "must be a string" },
  { 429, "{\"error\":\"Too many requests\"}", BCAST_ERROR_BUSY, "Too many requests" },
  { 500, "Traceback\n  line 1\n  line 2", BCAST_ERROR_REFUSED, "“Traceback line 1 line 2”" },
  { 502, NULL, BCAST_ERROR_BUSY, "proxy" },
  { 503, NULL, BCAST_ERROR_BUSY, "status 503" },
};

static void
test_answer (gconstpointer data)
{
  const Answer *row = data;
  Fixture fixture;

  set_up (&fixture, peer_new ());
  fixture.peer->status = row->status;
  fixture.peer->body = row->body;
  fixture.peer->location = row->status == 301 ? "http://127.0.0.1:1/" : NULL;
  if (trigger (&fixture))
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
  tear_down (&fixture);
}

static void
expect_no_answer (Fixture    *fixture,
                  BcastError  code,
                  const char *part)
{
  g_assert_false (trigger (fixture));
  g_assert_error (fixture->error, BCAST_ERROR, (int) code);
  if (strstr (fixture->error->message, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, fixture->error->message);
  g_assert_cmpuint (fixture->reply->status, ==, 0);
  g_assert_null (fixture->reply->body);
  g_assert_cmpstr (fixture->reply->method, ==, "POST");
  g_assert_cmpint (fixture->reply->answered_us, >=, fixture->reply->started_us);
}

static void
test_stalled (void)
{
  Fixture fixture;

  set_up (&fixture, peer_new ());
  fixture.peer->stall = TRUE;
  bcast_api_set_timeout (fixture.api, 200);
  expect_no_answer (&fixture, BCAST_ERROR_TIMED_OUT, "within 0.2 seconds");
  g_assert_cmpuint (fixture.peer->n_requests, ==, 1);
  tear_down (&fixture);
}

/* An answer that begins but never ends. */
static void
test_stalled_body (void)
{
  Fixture fixture;

  set_up (&fixture, peer_new_raw ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", FALSE));
  bcast_api_set_timeout (fixture.api, 200);
  expect_no_answer (&fixture, BCAST_ERROR_TIMED_OUT, "within 0.2 seconds");
  tear_down (&fixture);
}

static const struct { const char *bytes; BcastError code; const char *part; } others[] = {
  { "", BCAST_ERROR_PROTOCOL, "hung up" },
  { "220 mail.test ESMTP\r\n", BCAST_ERROR_PROTOCOL, "does not speak HTTP" },
  { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", BCAST_ERROR_PROTOCOL, "hung up" },
};

static void
test_other_server (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      Fixture fixture;

      set_up (&fixture, peer_new_raw (others[i].bytes, TRUE));
      expect_no_answer (&fixture, others[i].code, others[i].part);
      tear_down (&fixture);
    }
}

static void
test_dead_port (void)
{
  Fixture fixture;

  set_up (&fixture, peer_new_raw ("", TRUE));
  peer_close_port (fixture.peer);
  expect_no_answer (&fixture, BCAST_ERROR_UNREACHABLE, "Nothing listens on 127.0.0.1");
  tear_down (&fixture);
}

static void
test_too_large (void)
{
  g_autofree char *body = g_strnfill (16 * 1024 * 1024 + 1, ' ');
  Fixture fixture;

  set_up (&fixture, peer_new ());
  fixture.peer->body = body;
  expect_no_answer (&fixture, BCAST_ERROR_TOO_LARGE, "16777216 bytes");
  tear_down (&fixture);
}

static void
test_cancel (gconstpointer data)
{
  gboolean beforehand = GPOINTER_TO_INT (data);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture;

  set_up (&fixture, peer_new ());
  fixture.peer->stall = TRUE;
  if (beforehand)
    g_cancellable_cancel (cancellable);
  bcast_api_channels_async (fixture.api, NULL, NULL, NOW_S, cancellable, outcome_cb, &fixture.outcome);
  if (!beforehand)
    WAIT_FOR (fixture.peer->n_requests == 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (finish (&fixture));
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tear_down (&fixture);
}

static void
test_unref_while_asking (void)
{
  Fixture fixture;
  gpointer weak;

  set_up (&fixture, peer_new ());
  weak = fixture.api;
  g_object_add_weak_pointer (G_OBJECT (fixture.api), &weak);
  bcast_api_channels_async (fixture.api, NULL, NULL, NOW_S, NULL, outcome_cb, &fixture.outcome);
  g_object_unref (fixture.api);
  WAIT_FOR (fixture.outcome.result != NULL);
  g_assert_true (bcast_api_request_finish (BCAST_API (fixture.outcome.source), fixture.outcome.result, NULL, NULL));
  outcome_clear (&fixture.outcome);
  WAIT_FOR (weak == NULL);
  peer_free (fixture.peer);
}

/* Nothing is sent that could not be signed or cannot be meant. */
static void
expect_no_request (BcastApp   *app,
                   const char *channel,
                   BcastError  code)
{
  BcastApi *api = bcast_api_new (app);
  BcastApiReply *reply = NULL;
  g_autoptr(GError) error = NULL;
  Outcome outcome = { NULL, NULL };

  bcast_api_users_async (api, channel, NOW_S, NULL, outcome_cb, &outcome);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_api_request_finish (api, outcome.result, &reply, &error));
  g_assert_error (error, BCAST_ERROR, (int) code);
  g_assert_null (reply);
  outcome_clear (&outcome);
  g_assert_finalize_object (api);
}

static void
test_impossible (void)
{
  BcastAppOptions options = { .app_id = "3", .key = "k", .secret = "s", .ws_host = "localhost" };
  g_autoptr(BcastApp) good = bcast_app_new (&options, NULL);
  g_autoptr(BcastApp) no_secret = NULL;
  g_autoptr(BcastApp) no_id = NULL;
  g_autoptr(BcastApp) bad_host = NULL;

  options.secret = NULL;
  no_secret = bcast_app_new (&options, NULL);
  options.secret = "s";
  options.app_id = NULL;
  no_id = bcast_app_new (&options, NULL);
  options.app_id = "3";
  options.http_host = "[::1";
  bad_host = bcast_app_new (&options, NULL);

  expect_no_request (good, "presence a", BCAST_ERROR_INVALID);
  expect_no_request (good, "../../apps/4", BCAST_ERROR_INVALID);
  expect_no_request (good, "#server-to-user-1", BCAST_ERROR_INVALID);
  expect_no_request (no_secret, "presence-a", BCAST_ERROR_UNAUTHORIZED);
  expect_no_request (no_id, "presence-a", BCAST_ERROR_INVALID);
  expect_no_request (bad_host, "presence-a", BCAST_ERROR_INVALID);
}

static void
test_tls (gconstpointer data)
{
  gboolean accept_any = GPOINTER_TO_INT (data);
  Peer *peer = peer_new_tls ();
  g_autoptr(BcastApp) app = peer_dup_app_with (peer, "localhost", NULL, PEER_SECRET, TRUE, accept_any);
  Fixture fixture = { .peer = peer, .api = bcast_api_new (app) };

  if (accept_any)
    g_assert_true (trigger (&fixture));
  else
    expect_no_answer (&fixture, BCAST_ERROR_UNREACHABLE, "nobody this computer trusts");
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api/trigger", test_trigger);
  g_test_add_func ("/api/queries", test_queries);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/answer/%u-%u", answers[i].status, i);

      g_test_add_data_func (path, &answers[i], test_answer);
    }
  g_test_add_func ("/api/stalled", test_stalled);
  g_test_add_func ("/api/stalled-body", test_stalled_body);
  g_test_add_func ("/api/other-server", test_other_server);
  g_test_add_func ("/api/dead-port", test_dead_port);
  g_test_add_func ("/api/too-large", test_too_large);
  g_test_add_data_func ("/api/cancel/later", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/api/cancel/before", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_func ("/api/unref-while-asking", test_unref_while_asking);
  g_test_add_func ("/api/impossible", test_impossible);
  g_test_add_data_func ("/api/tls/unknown-certificate", GINT_TO_POINTER (FALSE), test_tls);
  g_test_add_data_func ("/api/tls/any-certificate", GINT_TO_POINTER (TRUE), test_tls);

  return g_test_run ();
}
