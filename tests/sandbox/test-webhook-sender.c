/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhook-sender-fixture.h"

#include <string.h>

#include "await.h"
#include "bcast-signature.h"

static void
test_delivered (SenderFixture *fixture,
                gconstpointer  data)
{
  const char * const headers[] = { "X-Tenant", "acme", "User-Agent", "Broadcast/test", NULL };
  const char *body = "{\"time_ms\":1,\"events\":[\"é\"]}";

  sender_push_to (fixture, fixture->receiver.url, headers, body);
  g_assert_false (bcast_webhook_sender_is_idle (fixture->sender));

  const BcastWebhookDelivery *delivery = sender_get_change (fixture, 0);
  const Received *received = receiver_get (&fixture->receiver, 0);

  g_assert_cmpuint (delivery->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (delivery->status, ==, 200);
  g_assert_cmpuint (delivery->attempts, ==, 1);
  g_assert_cmpint (delivery->duration_us, >, 0);
  g_assert_cmpint (delivery->ended_us, >=, delivery->created_us);
  g_assert_null (delivery->text);
  g_assert_cmpstr (received->body, ==, body);
  g_assert_cmpuint (received->length, ==, strlen (body));
  g_assert_cmpstr (received->type, ==, "application/json");
  g_assert_cmpstr (received->key, ==, RECEIVER_KEY);
  g_assert_true (bcast_signature_check_webhook (RECEIVER_SECRET, body, strlen (body), received->signature));
  g_assert_cmpstr (received->tenant, ==, "acme");
  g_assert_cmpstr (received->agent, ==, "Broadcast/test");
  g_assert_true (bcast_webhook_sender_is_idle (fixture->sender));
}

static void
test_order (SenderFixture *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *body = g_strdup_printf ("%u", i);

      sender_push (fixture, body);
    }
  sender_get_last_change (fixture);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 50);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpint (g_ascii_strtoll (receiver_get (&fixture->receiver, i)->body, NULL, 10), ==, i);
}

/* Any 2xx is good, and nothing else is. */
static void
test_statuses (SenderFixture *fixture,
               gconstpointer  data)
{
  const guint bad[] = { 300, 304, 400, 401, 404, 419, 500, 503 };
  const guint good[] = { 200, 201, 202, 204, 299 };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      receiver_answer (&fixture->receiver, good[i], 1);
      sender_push (fixture, "{}");
      g_assert_cmpuint (sender_get_change (fixture, i)->state, ==, BCAST_WEBHOOK_DELIVERED);
      g_assert_cmpuint (sender_get_change (fixture, i)->status, ==, good[i]);
    }
  g_ptr_array_set_size (fixture->changes, 0);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    receiver_answer (&fixture->receiver, bad[i], 1);
  sender_push (fixture, "{\"a\":1}");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_cmpuint (sender_get_change (fixture, i)->state, ==, BCAST_WEBHOOK_WAITING);
      g_assert_cmpuint (sender_get_change (fixture, i)->status, ==, bad[i]);
      g_assert_cmpint (sender_get_change (fixture, i)->next_try_us, >, 0);
      delivery_assert_text (sender_get_change (fixture, i), "answered with status");
    }
  g_assert_cmpuint (sender_get_last_change (fixture)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (sender_get_last_change (fixture)->attempts, ==, G_N_ELEMENTS (bad) + 1);

  /* The same bytes each time. */
  for (guint i = G_N_ELEMENTS (good); i < fixture->receiver.received->len; i++)
    g_assert_cmpstr (receiver_get (&fixture->receiver, i)->body, ==, "{\"a\":1}");
}

/* One that is refused does not keep the next one waiting. */
static void
test_passed_by (SenderFixture *fixture,
                gconstpointer  data)
{
  receiver_answer (&fixture->receiver, 500, 1);
  sender_push (fixture, "1");
  sender_push (fixture, "2");
  sender_push (fixture, "3");
  sender_get_last_change (fixture);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 4);
  g_assert_cmpstr (receiver_get (&fixture->receiver, 1)->body, ==, "2");
  g_assert_cmpuint (sender_get_change (fixture, 0)->serial, ==, 1);
  g_assert_cmpuint (sender_get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_WAITING);
}

static void
test_given_up (SenderFixture *fixture,
               gconstpointer  data)
{
  const BcastWebhookTimes times = { .first_retry_ms = 100, .longest_retry_ms = 400, .give_up_ms = 1000, .request_ms = 10000 };

  sender_use_times (fixture, &times);
  receiver_answer (&fixture->receiver, 500, 100);
  fixture->receiver.answer = "no <b>luck</b>";
  sender_push (fixture, "{}");

  const BcastWebhookDelivery *delivery = sender_get_last_change (fixture);

  g_assert_cmpuint (delivery->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (delivery->attempts, >=, 2);
  g_assert_cmpuint (delivery->attempts, <=, 4); /* at 0, 0.1, 0.3 and 0.7 s */
  g_assert_cmpint (delivery->next_try_us, ==, 0);
  g_assert_cmpint (delivery->ended_us, >, 0);
  delivery_assert_text (delivery, "given up");
  delivery_assert_text (delivery, "“no <b>luck</b>”");
}

/* The five minutes are over for those as well that waited behind others. */
static void
test_given_up_behind (SenderFixture *fixture,
                      gconstpointer  data)
{
  const BcastWebhookTimes times = { .first_retry_ms = 10, .longest_retry_ms = 40, .give_up_ms = 40, .request_ms = 60 };

  sender_use_times (fixture, &times);
  fixture->receiver.hangs = TRUE;
  sender_push (fixture, "1");
  sender_push (fixture, "2");

  const BcastWebhookDelivery *delivery = sender_get_last_change (fixture);

  g_assert_cmpuint (fixture->changes->len, ==, 2);
  g_assert_cmpuint (delivery->serial, ==, 2);
  g_assert_cmpuint (delivery->attempts, ==, 0);
  g_assert_cmpuint (delivery->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  delivery_assert_text (delivery, "in time");
}

static void
test_delays (void)
{
  const BcastWebhookTimes times = BCAST_WEBHOOK_TIMES_DEFAULT;
  const guint delays_s[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };
  guint sum_ms = 0, n_retries = 0;

  for (guint i = 0; i < G_N_ELEMENTS (delays_s); i++)
    g_assert_cmpuint (bcast_webhook_times_get_delay_ms (&times, i + 1), ==, delays_s[i] * 1000);
  g_assert_cmpuint (bcast_webhook_times_get_delay_ms (&times, G_MAXUINT), ==, 60000);
  while ((sum_ms += bcast_webhook_times_get_delay_ms (&times, n_retries + 1)) < times.give_up_ms)
    n_retries++;
  g_assert_cmpuint (n_retries, ==, 9);
  g_assert_cmpuint (times.request_ms, ==, 10000);
  g_assert_cmpuint (times.grace_ms, ==, 3000);
  g_assert_cmpuint (times.batch_ms, ==, 50);
}

static void
test_full (SenderFixture *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < BCAST_WEBHOOK_SENDER_MAX_WAITING + 3; i++)
    sender_push (fixture, "{}");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (sender_get_change (fixture, i)->serial, ==, i + 1);
      g_assert_cmpuint (sender_get_change (fixture, i)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
      g_assert_cmpuint (sender_get_change (fixture, i)->attempts, ==, 0);
      delivery_assert_text (sender_get_change (fixture, i), "oldest");
    }
  g_assert_cmpuint (sender_get_change (fixture, 3)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (sender_get_change (fixture, 3)->serial, ==, 4);
}

static void
test_full_bytes (SenderFixture *fixture,
                 gconstpointer  data)
{
  g_autofree char *body = g_strnfill (BCAST_WEBHOOK_SENDER_MAX_BYTES / 4, ' ');

  for (guint i = 0; i < 5; i++)
    sender_push (fixture, body);
  g_assert_cmpuint (sender_get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (sender_get_last_change (fixture)->serial, ==, 5);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 4);
}

static void
test_hurried (SenderFixture *fixture,
              gconstpointer  data)
{
  const BcastWebhookTimes slow = { .first_retry_ms = 60000, .longest_retry_ms = 60000, .give_up_ms = 300000, .request_ms = 10000 };

  sender_use_times (fixture, &slow);
  receiver_answer (&fixture->receiver, 500, 3);
  sender_push (fixture, "1");
  sender_push (fixture, "2");
  sender_get_change (fixture, 1);
  bcast_webhook_sender_hurry (fixture->sender);
  sender_push (fixture, "3");
  sender_get_last_change (fixture);

  g_assert_cmpuint (fixture->changes->len, ==, 5);
  g_assert_cmpuint (sender_get_change (fixture, 2)->serial, ==, 1);
  g_assert_cmpuint (sender_get_change (fixture, 2)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (sender_get_change (fixture, 3)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (sender_get_change (fixture, 4)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 5);
}

static void
test_all_given_up (SenderFixture *fixture,
                   gconstpointer  data)
{
  fixture->receiver.hangs = TRUE;
  sender_push (fixture, "1");
  sender_push (fixture, "2");
  WAIT_FOR (fixture->receiver.received->len == 1);
  bcast_webhook_sender_give_up (fixture->sender, "Enough.");
  g_assert_cmpuint (fixture->changes->len, ==, 2);
  delivery_assert_text (sender_get_change (fixture, 0), "Enough. It was for http://127.0.0.1:");
  g_assert_cmpuint (sender_get_change (fixture, 1)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  sender_get_last_change (fixture);
  g_assert_cmpuint (fixture->changes->len, ==, 2);

  sender_push (fixture, "3");
  delivery_assert_text (sender_get_change (fixture, 2), "Enough.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/webhook-sender/delivered", SenderFixture, NULL, sender_set_up, test_delivered, sender_tear_down);
  g_test_add ("/webhook-sender/order", SenderFixture, NULL, sender_set_up, test_order, sender_tear_down);
  g_test_add ("/webhook-sender/statuses", SenderFixture, NULL, sender_set_up, test_statuses, sender_tear_down);
  g_test_add ("/webhook-sender/passed-by", SenderFixture, NULL, sender_set_up, test_passed_by, sender_tear_down);
  g_test_add ("/webhook-sender/given-up", SenderFixture, NULL, sender_set_up, test_given_up, sender_tear_down);
  g_test_add ("/webhook-sender/given-up-behind", SenderFixture, NULL, sender_set_up, test_given_up_behind, sender_tear_down);
  g_test_add_func ("/webhook-sender/delays", test_delays);
  g_test_add ("/webhook-sender/full", SenderFixture, NULL, sender_set_up, test_full, sender_tear_down);
  g_test_add ("/webhook-sender/full-bytes", SenderFixture, NULL, sender_set_up, test_full_bytes, sender_tear_down);
  g_test_add ("/webhook-sender/hurried", SenderFixture, NULL, sender_set_up, test_hurried, sender_tear_down);
  g_test_add ("/webhook-sender/all-given-up", SenderFixture, NULL, sender_set_up, test_all_given_up, sender_tear_down);

  return g_test_run ();
}
