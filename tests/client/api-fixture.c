/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "api-fixture.h"

void
api_fixture_set_up (ApiFixture *fixture,
                    Peer       *peer)
{
  g_autoptr(BcastApp) app = peer_dup_app (peer);

  *fixture = (ApiFixture) { .peer = peer, .api = bcast_api_new (app) };
}

static void
forget (ApiFixture *fixture)
{
  g_clear_pointer (&fixture->reply, bcast_api_reply_free);
  g_clear_error (&fixture->error);
}

void
api_fixture_tear_down (ApiFixture *fixture)
{
  forget (fixture);
  g_assert_finalize_object (fixture->api);
  peer_free (fixture->peer);
}

/* Waits for the request under way, and keeps its reply and error. */
gboolean
api_fixture_finish (ApiFixture *fixture)
{
  gboolean done;

  WAIT_FOR (fixture->outcome.result != NULL);
  forget (fixture);
  done = bcast_api_request_finish (fixture->api, fixture->outcome.result, &fixture->reply, &fixture->error);
  g_assert_cmpint (done, ==, fixture->error == NULL);
  outcome_clear (&fixture->outcome);
  return done;
}

static void
started_cb (gint64   started_us,
            gpointer user_data)
{
  ApiFixture *fixture = user_data;

  fixture->n_started++;
  fixture->started_us = started_us;
}

gboolean
api_fixture_trigger (ApiFixture *fixture)
{
  const char *channels[] = { "chat-1", "private-chat.2", NULL };
  g_autoptr(BcastTrigger) event = bcast_trigger_new ("greeting", channels, "{\"msg\":\"héllo ☃ 😀\"}",
                                                     "1234.5678", "subscription_count", NULL);

  bcast_api_trigger_async (fixture->api, event, NOW_S, started_cb, fixture, NULL, outcome_cb,
                           &fixture->outcome);
  return api_fixture_finish (fixture);
}
