/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhooks-fixture.h"

#include <string.h>

#include "await.h"

static void
test_kinds (WebhooksFixture *fixture,
            gconstpointer    data)
{
  g_auto(Visitor) ann = { 0 };
  const char *sender;

  webhooks_add (fixture, fixture->receiver.url);
  bcast_webhooks_set (fixture->webhooks, fixture->set);

  visitor_join (fixture, &ann, "presence-cache-p", "ann");
  sender = bcast_peer_get_socket_id (ann.peer);
  bcast_hub_relay (fixture->hub.hub, bcast_hub_find_channel (fixture->hub.hub, "presence-cache-p"), ann.peer,
                   "client-e", "{\"a\":1}");
  visitor_leave (fixture, &ann, "presence-cache-p");
  visitor_join (fixture, &ann, "ch", NULL);

  g_autofree char *event = g_strdup_printf ("{\"name\":\"client_event\",\"channel\":\"presence-cache-p\","
                                            "\"event\":\"client-e\",\"data\":\"{\\\"a\\\":1}\",\"socket_id\":\"%s\","
                                            "\"user_id\":\"ann\"}", sender);

  webhooks_expect (fixture, 0, "{\"name\":\"channel_occupied\",\"channel\":\"presence-cache-p\"}");
  webhooks_expect (fixture, 1, "{\"name\":\"member_added\",\"channel\":\"presence-cache-p\",\"user_id\":\"ann\"}");
  webhooks_expect (fixture, 2, "{\"name\":\"cache_miss\",\"channel\":\"presence-cache-p\"}");
  webhooks_expect (fixture, 3, event);
  webhooks_expect (fixture, 4, "{\"name\":\"member_removed\",\"channel\":\"presence-cache-p\",\"user_id\":\"ann\"}");
  webhooks_expect (fixture, 5, "{\"name\":\"channel_vacated\",\"channel\":\"presence-cache-p\"}");
  webhooks_expect (fixture, 6, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"}");
  webhooks_expect (fixture, 7, "{\"name\":\"subscription_count\",\"channel\":\"ch\",\"subscription_count\":1}");

  WAIT_FOR (fixture->reports->len == 8);
  for (guint i = 0; i < 8; i++)
    {
      const BcastReport *report = fixture->reports->pdata[i];

      g_assert_cmpuint (report->kind, ==, BCAST_REPORT_WEBHOOK_SENT);
      g_assert_cmpuint (report->code, ==, 200);
      g_assert_cmpint (report->duration_us, >, 0);
      g_assert_cmpstr (report->app_id, ==, "1");
      g_assert_cmpstr (report->data, ==, receiver_get (&fixture->receiver, i)->body);
      g_assert_nonnull (strstr (report->text, fixture->receiver.url));
    }
}

static void
test_grace (WebhooksFixture *fixture,
            gconstpointer    data)
{
  BcastWebhookTimes times = webhooks_quick;
  g_auto(Visitor) ann = { 0 };

  times.grace_ms = 50;
  webhooks_add (fixture, fixture->receiver.url);
  webhooks_use_times (fixture, &times);

  visitor_join (fixture, &ann, "presence-p", "ann");
  visitor_leave (fixture, &ann, "presence-p");
  visitor_join (fixture, &ann, "presence-p", "ann");
  visitor_leave (fixture, &ann, "presence-p");
  webhooks_expect (fixture, 0, "{\"name\":\"channel_occupied\",*");
  webhooks_expect (fixture, 1, "{\"name\":\"member_added\",*");
  webhooks_expect (fixture, 2, "{\"name\":\"member_removed\",*");
  webhooks_expect (fixture, 3, "{\"name\":\"channel_vacated\",*");
}

static void
test_batched (WebhooksFixture *fixture,
              gconstpointer    data)
{
  g_auto(Visitor) ann = { 0 };
  Receiver other = { 0 };
  BcastWebhook *batched = webhooks_add (fixture, fixture->receiver.url);

  receiver_set_up (&other, NULL);
  batched->is_batched = TRUE;
  batched->kinds = 1u << BCAST_REPORT_OCCUPIED | 1u << BCAST_REPORT_VACATED;
  webhooks_add (fixture, other.url)->channel_prefix = g_strdup ("presence-");
  bcast_webhooks_set (fixture->webhooks, fixture->set);

  visitor_join (fixture, &ann, "ch", NULL);
  visitor_join (fixture, &ann, "presence-p", "ann");
  visitor_leave (fixture, &ann, "ch");
  webhooks_expect (fixture, 0, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"},"
                      "{\"name\":\"channel_occupied\",\"channel\":\"presence-p\"},"
                      "{\"name\":\"channel_vacated\",\"channel\":\"ch\"}");
  WAIT_FOR (other.received->len == 2);
  g_assert_nonnull (strstr (receiver_get (&other, 0)->body, "channel_occupied\",\"channel\":\"presence-p"));
  g_assert_nonnull (strstr (receiver_get (&other, 1)->body, "member_added"));

  WAIT_FOR (fixture->reports->len == 3);
  g_autoptr(GPtrArray) list = bcast_webhooks_list (fixture->webhooks);
  guint n_events = 0;

  g_assert_cmpuint (list->len, ==, 3);
  for (guint i = 0; i < list->len; i++)
    n_events += ((BcastWebhookDelivery *) list->pdata[i])->n_events;
  g_assert_cmpuint (n_events, ==, 5);
  receiver_tear_down (&other);
}

static void
test_misses (WebhooksFixture *fixture,
             gconstpointer    data)
{
  g_auto(Visitor) ann = { 0 };
  g_auto(Visitor) bob = { 0 };

  webhooks_add (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_CACHE_MISS;
  bcast_webhooks_set (fixture->webhooks, fixture->set);

  visitor_join (fixture, &ann, "cache-c", NULL);
  visitor_join (fixture, &bob, "cache-c", NULL);
  visitor_join (fixture, &bob, "cache-d", NULL);
  bcast_hub_publish (fixture->hub.hub, "cache-c", "e", "{}", NULL);
  visitor_leave (fixture, &bob, "cache-c");
  visitor_join (fixture, &bob, "cache-c", NULL);

  /* As if what was remembered had expired. */
  bcast_hub_report (fixture->hub.hub, &(BcastReport) { .kind = BCAST_REPORT_CACHE_MISS, .channel = (char *) "cache-c" });
  webhooks_expect (fixture, 0, "{\"name\":\"cache_miss\",\"channel\":\"cache-c\"}");
  webhooks_expect (fixture, 1, "{\"name\":\"cache_miss\",\"channel\":\"cache-d\"}");
  webhooks_expect (fixture, 2, "{\"name\":\"cache_miss\",\"channel\":\"cache-c\"}");
}

static void
test_clock (WebhooksFixture *fixture,
            gconstpointer    data)
{
  g_auto(Visitor) ann = { 0 };

  webhooks_add (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  bcast_webhooks_set_clock_offset (fixture->webhooks, -400);
  visitor_join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->receiver.received->len == 1);

  gint64 time_ms = g_ascii_strtoll (receiver_get (&fixture->receiver, 0)->body + strlen ("{\"time_ms\":"), NULL, 10);
  gint64 age_ms = g_get_real_time () / 1000 - time_ms;

  g_assert_cmpint (age_ms, >=, 400 * 1000);
  g_assert_cmpint (age_ms, <, 460 * 1000);
}

static void
test_failed (WebhooksFixture *fixture,
             gconstpointer    data)
{
  g_auto(Visitor) ann = { 0 };
  g_autofree char *url = g_strconcat (fixture->receiver.url, "?token=sesame", NULL);

  webhooks_add (fixture, url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  fixture->receiver.answer = "Oh no!";
  receiver_answer (&fixture->receiver, 500, 1);
  visitor_join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 2);

  const BcastReport *failed = fixture->reports->pdata[0];
  const BcastReport *sent = fixture->reports->pdata[1];

  g_assert_cmpuint (failed->kind, ==, BCAST_REPORT_WEBHOOK_FAILED);
  g_assert_cmpuint (failed->code, ==, 500);
  g_assert_nonnull (strstr (failed->text, "“Oh no!”"));
  g_assert_nonnull (strstr (failed->text, "sent again in"));
  g_assert_null (strstr (failed->text, "sesame"));
  g_assert_cmpuint (sent->kind, ==, BCAST_REPORT_WEBHOOK_SENT);
  g_assert_null (strstr (sent->text, "sesame"));
}

int
main (int   argc,
      char *argv[])
{
  const BcastHubOptions counted = BCAST_HUB_OPTIONS_DEFAULT;

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/webhooks/kinds", WebhooksFixture, &counted, webhooks_set_up, test_kinds, webhooks_tear_down);
  g_test_add ("/webhooks/grace", WebhooksFixture, NULL, webhooks_set_up, test_grace, webhooks_tear_down);
  g_test_add ("/webhooks/batched", WebhooksFixture, NULL, webhooks_set_up, test_batched, webhooks_tear_down);
  g_test_add ("/webhooks/misses", WebhooksFixture, NULL, webhooks_set_up, test_misses, webhooks_tear_down);
  g_test_add ("/webhooks/clock", WebhooksFixture, NULL, webhooks_set_up, test_clock, webhooks_tear_down);
  g_test_add ("/webhooks/failed", WebhooksFixture, NULL, webhooks_set_up, test_failed, webhooks_tear_down);

  return g_test_run ();
}
