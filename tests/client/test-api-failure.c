/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "api-fixture.h"

#include <string.h>

#include "bcast-error.h"

static void
expect_no_answer (ApiFixture    *fixture,
                  BcastError  code,
                  const char *part)
{
  g_assert_false (api_fixture_trigger (fixture));
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
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new ());
  fixture.peer->stall = TRUE;
  bcast_api_set_timeout (fixture.api, 200);
  expect_no_answer (&fixture, BCAST_ERROR_TIMED_OUT, "within 0.2 seconds");
  g_assert_cmpuint (fixture.peer->n_requests, ==, 1);
  api_fixture_tear_down (&fixture);
}

/* An answer that begins but never ends. */
static void
test_stalled_body (void)
{
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new_raw ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", FALSE));
  bcast_api_set_timeout (fixture.api, 200);
  expect_no_answer (&fixture, BCAST_ERROR_TIMED_OUT, "within 0.2 seconds");
  api_fixture_tear_down (&fixture);
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
      ApiFixture fixture;

      api_fixture_set_up (&fixture, peer_new_raw (others[i].bytes, TRUE));
      expect_no_answer (&fixture, others[i].code, others[i].part);
      api_fixture_tear_down (&fixture);
    }
}

static void
test_dead_port (void)
{
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new_raw ("", TRUE));
  peer_close_port (fixture.peer);
  expect_no_answer (&fixture, BCAST_ERROR_UNREACHABLE, "Nothing listens on 127.0.0.1");
  api_fixture_tear_down (&fixture);
}

static void
test_too_large (void)
{
  g_autofree char *body = g_strnfill (16 * 1024 * 1024 + 1, ' ');
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new ());
  fixture.peer->body = body;
  expect_no_answer (&fixture, BCAST_ERROR_PROTOCOL, "16777216 bytes");
  api_fixture_tear_down (&fixture);
}

static void
test_cancel (gconstpointer data)
{
  gboolean beforehand = GPOINTER_TO_INT (data);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  ApiFixture fixture;

  api_fixture_set_up (&fixture, peer_new ());
  fixture.peer->stall = TRUE;
  if (beforehand)
    g_cancellable_cancel (cancellable);
  bcast_api_channels_async (fixture.api, NULL, NULL, NOW_S, cancellable, outcome_cb, &fixture.outcome);
  if (!beforehand)
    WAIT_FOR (fixture.peer->n_requests == 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (api_fixture_finish (&fixture));
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  api_fixture_tear_down (&fixture);
}

static void
test_unref_while_asking (void)
{
  ApiFixture fixture;
  gpointer weak;

  api_fixture_set_up (&fixture, peer_new ());
  weak = fixture.api;
  g_object_add_weak_pointer (G_OBJECT (fixture.api), &weak);
  bcast_api_channels_async (fixture.api, NULL, NULL, NOW_S, NULL, outcome_cb, &fixture.outcome);
  g_object_unref (fixture.api);
  WAIT_FOR (fixture.outcome.result != NULL);
  g_assert_true (bcast_api_request_finish (BCAST_API (fixture.outcome.source), fixture.outcome.result,
                                           NULL, NULL));
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
  ApiFixture fixture = { .peer = peer, .api = bcast_api_new (app) };

  if (accept_any)
    g_assert_true (api_fixture_trigger (&fixture));
  else
    expect_no_answer (&fixture, BCAST_ERROR_UNREACHABLE, "nobody this computer trusts");
  api_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api-failure/stalled", test_stalled);
  g_test_add_func ("/api-failure/stalled-body", test_stalled_body);
  g_test_add_func ("/api-failure/other-server", test_other_server);
  g_test_add_func ("/api-failure/dead-port", test_dead_port);
  g_test_add_func ("/api-failure/too-large", test_too_large);
  g_test_add_data_func ("/api-failure/cancel/later", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/api-failure/cancel/before", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_func ("/api-failure/unref-while-asking", test_unref_while_asking);
  g_test_add_func ("/api-failure/impossible", test_impossible);
  g_test_add_data_func ("/api-failure/tls/unknown-certificate", GINT_TO_POINTER (FALSE), test_tls);
  g_test_add_data_func ("/api-failure/tls/any-certificate", GINT_TO_POINTER (TRUE), test_tls);

  return g_test_run ();
}
