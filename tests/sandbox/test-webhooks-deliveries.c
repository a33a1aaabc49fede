/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhooks-fixture.h"

#include <string.h>

#include "await.h"
#include "bcast-error.h"

static guint64
replay (WebhooksFixture *fixture,
        guint64          serial,
        const char      *url)
{
  g_autoptr(GError) error = NULL;
  guint64 replayed = bcast_webhooks_replay (fixture->webhooks, serial, url, &error);

  g_assert_no_error (error);
  return replayed;
}

static void
test_replay (WebhooksFixture *fixture,
             gconstpointer    data)
{
  g_auto(Visitor) ann = { 0 };
  const char * const headers[] = { "X-Tenant", "acme", NULL };
  BcastWebhook *webhook = webhooks_add (fixture, fixture->receiver.url);
  Receiver other = { 0 };
  g_autoptr(GError) error = NULL;

  receiver_set_up (&other, NULL);
  webhook->kinds = 1u << BCAST_REPORT_OCCUPIED;
  webhook->headers = g_strdupv ((char **) headers);
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  bcast_webhooks_set_clock_offset (fixture->webhooks, -400);
  visitor_join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 1);
  bcast_webhooks_set_clock_offset (fixture->webhooks, 0);

  /* The same events, now, with the headers. */
  g_assert_cmpuint (replay (fixture, 1, NULL), ==, 2);
  webhooks_expect (fixture, 1, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"}");
  g_assert_cmpstr (receiver_get (&fixture->receiver, 1)->tenant, ==, "acme");

  /* Headers do not go to somebody else. */
  replay (fixture, 1, other.url);
  WAIT_FOR (other.received->len == 1);
  received_check (receiver_get (&other, 0), HUB_KEY, HUB_SECRET);
  g_assert_null (receiver_get (&other, 0)->tenant);
  WAIT_FOR (fixture->reports->len == 3);

  /* Tried once. */
  receiver_answer (&fixture->receiver, 500, 1);
  replay (fixture, 2, NULL);
  WAIT_FOR (fixture->reports->len == 4);

  g_autoptr(GPtrArray) list = bcast_webhooks_list (fixture->webhooks);
  const BcastWebhookDelivery *last = list->pdata[3];

  g_assert_cmpuint (list->len, ==, 4);
  g_assert_cmpuint (last->serial, ==, 4);
  g_assert_cmpuint (last->replay_of, ==, 2);
  g_assert_cmpuint (last->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (last->n_events, ==, 1);
  g_assert_cmpstr (((BcastWebhookDelivery *) list->pdata[2])->url, ==, other.url);

  g_assert_cmpuint (bcast_webhooks_replay (fixture->webhooks, 5, NULL, &error), ==, 0);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (bcast_webhooks_replay (fixture->webhooks, 1, "file:///etc/passwd", &error), ==, 0);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  receiver_tear_down (&other);
}

/* What waits stays with a receiver that stays, and goes with one that goes. */
static void
test_set (WebhooksFixture *fixture,
          gconstpointer    data)
{
  BcastWebhookTimes times = webhooks_quick;
  g_auto(Visitor) ann = { 0 };
  Receiver other = { 0 };

  receiver_set_up (&other, NULL);
  times.first_retry_ms = times.longest_retry_ms = 100;
  webhooks_add (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  webhooks_add (fixture, other.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  webhooks_use_times (fixture, &times);
  receiver_answer (&fixture->receiver, 500, 1);
  other.hangs = TRUE;
  visitor_join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 1 && other.received->len == 1);

  g_ptr_array_set_size (fixture->set, 1);
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  g_assert_cmpuint (fixture->reports->len, ==, 2);
  g_assert_nonnull (strstr (((BcastReport *) fixture->reports->pdata[1])->text, "removed"));
  WAIT_FOR (fixture->reports->len == 3);
  g_assert_cmpuint (((BcastReport *) fixture->reports->pdata[2])->kind, ==, BCAST_REPORT_WEBHOOK_SENT);
  receiver_tear_down (&other);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  WebhooksFixture *fixture = user_data;

  fixture->is_in_time = bcast_webhooks_flush_finish (fixture->webhooks, result);
  fixture->is_flushed = TRUE;

  /* As a server does that stops: nothing may be left to do. */
  bcast_webhooks_free (fixture->webhooks);
  fixture->webhooks = bcast_webhooks_new (fixture->hub.hub);
}

static void
test_flush (WebhooksFixture *fixture,
            gconstpointer    data)
{
  const BcastWebhookTimes slow = {
    .grace_ms = 60000, .batch_ms = 60000, .first_retry_ms = 60000, .longest_retry_ms = 60000, .give_up_ms = 300000,
    .request_ms = 10000,
  };
  g_auto(Visitor) ann = { 0 };

  webhooks_add (fixture, fixture->receiver.url)->is_batched = TRUE;
  webhooks_use_times (fixture, &slow);
  visitor_join (fixture, &ann, "ch", NULL);
  visitor_leave (fixture, &ann, "ch");
  bcast_webhooks_flush_async (fixture->webhooks, 20000, flushed_cb, fixture);
  g_assert_false (fixture->is_flushed);
  WAIT_FOR (fixture->is_flushed);
  g_assert_true (fixture->is_in_time);
  webhooks_expect (fixture, 0, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"},{\"name\":\"channel_vacated\",\"channel\":\"ch\"}");
  g_assert_cmpuint (fixture->receiver.received->len, ==, 1);
}

static void
test_flush_retries (WebhooksFixture *fixture,
                    gconstpointer    data)
{
  BcastWebhookTimes times = webhooks_quick;
  g_auto(Visitor) ann = { 0 };

  times.first_retry_ms = times.longest_retry_ms = 30000;
  webhooks_add (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  webhooks_use_times (fixture, &times);
  receiver_answer (&fixture->receiver, 500, 2);
  visitor_join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 1);
  bcast_webhooks_flush_async (fixture->webhooks, 20000, flushed_cb, fixture);
  WAIT_FOR (fixture->is_flushed);
  g_assert_true (fixture->is_in_time);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 2);
  g_assert_cmpuint (fixture->reports->len, ==, 2);
}

static void
test_flush_limit (WebhooksFixture *fixture,
                  gconstpointer    data)
{
  g_auto(Visitor) ann = { 0 };

  webhooks_add (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  fixture->receiver.hangs = TRUE;
  visitor_join (fixture, &ann, "a", NULL);
  visitor_join (fixture, &ann, "b", NULL);
  bcast_webhooks_flush_async (fixture->webhooks, 30, flushed_cb, fixture);
  WAIT_FOR (fixture->is_flushed);
  g_assert_false (fixture->is_in_time);
  g_assert_cmpuint (fixture->reports->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (strstr (((BcastReport *) fixture->reports->pdata[i])->text, "server stopped"));
}

static void
test_flush_nothing (WebhooksFixture *fixture,
                    gconstpointer    data)
{
  bcast_webhooks_flush_async (fixture->webhooks, 20000, flushed_cb, fixture);
  WAIT_FOR (fixture->is_flushed);
  g_assert_true (fixture->is_in_time);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/webhooks-deliveries/replay", WebhooksFixture, NULL, webhooks_set_up, test_replay, webhooks_tear_down);
  g_test_add ("/webhooks-deliveries/set", WebhooksFixture, NULL, webhooks_set_up, test_set, webhooks_tear_down);
  g_test_add ("/webhooks-deliveries/flush", WebhooksFixture, NULL, webhooks_set_up, test_flush, webhooks_tear_down);
  g_test_add ("/webhooks-deliveries/flush-retries", WebhooksFixture, NULL, webhooks_set_up, test_flush_retries, webhooks_tear_down);
  g_test_add ("/webhooks-deliveries/flush-limit", WebhooksFixture, NULL, webhooks_set_up, test_flush_limit, webhooks_tear_down);
  g_test_add ("/webhooks-deliveries/flush-nothing", WebhooksFixture, NULL, webhooks_set_up, test_flush_nothing, webhooks_tear_down);

  return g_test_run ();
}
