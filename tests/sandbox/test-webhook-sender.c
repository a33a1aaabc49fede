/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-sender-private.h"

#include <string.h>

#include "await.h"
#include "bcast-signature.h"
#include "bcast-webhook-request-private.h"
#include "certificate.h"
#include "webhook-receiver.h"

static const BcastWebhookTimes quick = {
  .first_retry_ms = 5, .longest_retry_ms = 20, .give_up_ms = 60000, .request_ms = 10000,
};

typedef struct
{
  Receiver            receiver;
  SoupSession        *session;
  BcastApp           *app;
  BcastWebhookSender *sender;
  guint64             last_serial;
  GPtrArray          *changes; /* BcastWebhookDelivery, as they were */
} Fixture;

static void
free_delivery (gpointer delivery)
{
  bcast_webhook_delivery_free (delivery);
}

static void
changed_cb (BcastWebhookJob *job,
            gpointer         user_data)
{
  Fixture *fixture = user_data;

  if (job != NULL)
    g_ptr_array_add (fixture->changes, bcast_webhook_delivery_copy (job->delivery));
}

static void
use_times (Fixture                 *fixture,
           const BcastWebhookTimes *times)
{
  g_clear_pointer (&fixture->sender, bcast_webhook_sender_free);
  fixture->sender = bcast_webhook_sender_new (fixture->session, fixture->app, times, changed_cb, fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const BcastAppOptions options = { .app_id = "3", .key = RECEIVER_KEY, .secret = RECEIVER_SECRET, .ws_host = "127.0.0.1" };

  fixture->app = bcast_app_new (&options, NULL);
  fixture->session = bcast_webhook_session_new ();
  fixture->changes = g_ptr_array_new_with_free_func (free_delivery);
  receiver_set_up (&fixture->receiver, NULL);
  use_times (fixture, &quick);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_webhook_sender_free (fixture->sender);
  receiver_tear_down (&fixture->receiver);
  wait_for_gone (fixture->session);
  g_ptr_array_unref (fixture->changes);
  bcast_app_unref (fixture->app);
}

static void
push_to (Fixture            *fixture,
         const char         *url,
         const char * const *headers,
         const char         *body)
{
  g_autoptr(BcastWebhookJob) job = bcast_webhook_job_new (url, headers, g_strdup (body));

  job->delivery->serial = ++fixture->last_serial;
  bcast_webhook_sender_push (fixture->sender, job);
}

static void
push (Fixture    *fixture,
      const char *body)
{
  push_to (fixture, fixture->receiver.url, NULL, body);
}

static const BcastWebhookDelivery *
get_change (Fixture *fixture,
            guint    index)
{
  WAIT_FOR (fixture->changes->len > index);
  return fixture->changes->pdata[index];
}

static const BcastWebhookDelivery *
get_last_change (Fixture *fixture)
{
  WAIT_FOR (bcast_webhook_sender_is_idle (fixture->sender));
  g_assert_cmpuint (fixture->changes->len, >, 0);
  return fixture->changes->pdata[fixture->changes->len - 1];
}

static void
assert_text (const BcastWebhookDelivery *delivery,
             const char                 *part)
{
  if (delivery->text == NULL || strstr (delivery->text, part) == NULL)
    g_assert_cmpstr (delivery->text, ==, part);
}

static void
test_delivered (Fixture       *fixture,
                gconstpointer  data)
{
  const char * const headers[] = { "X-Tenant", "acme", "User-Agent", "Broadcast/test", NULL };
  const char *body = "{\"time_ms\":1,\"events\":[\"é\"]}";

  push_to (fixture, fixture->receiver.url, headers, body);
  g_assert_false (bcast_webhook_sender_is_idle (fixture->sender));

  const BcastWebhookDelivery *delivery = get_change (fixture, 0);
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
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *body = g_strdup_printf ("%u", i);

      push (fixture, body);
    }
  get_last_change (fixture);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 50);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpint (g_ascii_strtoll (receiver_get (&fixture->receiver, i)->body, NULL, 10), ==, i);
}

/* Any 2xx is good, and nothing else is. */
static void
test_statuses (Fixture       *fixture,
               gconstpointer  data)
{
  const guint bad[] = { 300, 304, 400, 401, 404, 419, 500, 503 };
  const guint good[] = { 200, 201, 202, 204, 299 };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      receiver_answer (&fixture->receiver, good[i], 1);
      push (fixture, "{}");
      g_assert_cmpuint (get_change (fixture, i)->state, ==, BCAST_WEBHOOK_DELIVERED);
      g_assert_cmpuint (get_change (fixture, i)->status, ==, good[i]);
    }
  g_ptr_array_set_size (fixture->changes, 0);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    receiver_answer (&fixture->receiver, bad[i], 1);
  push (fixture, "{\"a\":1}");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_cmpuint (get_change (fixture, i)->state, ==, BCAST_WEBHOOK_WAITING);
      g_assert_cmpuint (get_change (fixture, i)->status, ==, bad[i]);
      g_assert_cmpint (get_change (fixture, i)->next_try_us, >, 0);
      assert_text (get_change (fixture, i), "answered with status");
    }
  g_assert_cmpuint (get_last_change (fixture)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (get_last_change (fixture)->attempts, ==, G_N_ELEMENTS (bad) + 1);

  /* The same bytes each time. */
  for (guint i = G_N_ELEMENTS (good); i < fixture->receiver.received->len; i++)
    g_assert_cmpstr (receiver_get (&fixture->receiver, i)->body, ==, "{\"a\":1}");
}

/* One that is refused does not keep the next one waiting. */
static void
test_passed_by (Fixture       *fixture,
                gconstpointer  data)
{
  receiver_answer (&fixture->receiver, 500, 1);
  push (fixture, "1");
  push (fixture, "2");
  push (fixture, "3");
  get_last_change (fixture);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 4);
  g_assert_cmpstr (receiver_get (&fixture->receiver, 1)->body, ==, "2");
  g_assert_cmpuint (get_change (fixture, 0)->serial, ==, 1);
  g_assert_cmpuint (get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_WAITING);
}

static void
test_given_up (Fixture       *fixture,
               gconstpointer  data)
{
  const BcastWebhookTimes times = { .first_retry_ms = 100, .longest_retry_ms = 400, .give_up_ms = 1000, .request_ms = 10000 };

  use_times (fixture, &times);
  receiver_answer (&fixture->receiver, 500, 100);
  fixture->receiver.answer = "no <b>luck</b>";
  push (fixture, "{}");

  const BcastWebhookDelivery *delivery = get_last_change (fixture);

  g_assert_cmpuint (delivery->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (delivery->attempts, >=, 2);
  g_assert_cmpuint (delivery->attempts, <=, 4); /* at 0, 0.1, 0.3 and 0.7 s */
  g_assert_cmpint (delivery->next_try_us, ==, 0);
  g_assert_cmpint (delivery->ended_us, >, 0);
  assert_text (delivery, "given up");
  assert_text (delivery, "“no <b>luck</b>”");
}

/* The five minutes are over for those as well that waited behind others. */
static void
test_given_up_behind (Fixture       *fixture,
                      gconstpointer  data)
{
  const BcastWebhookTimes times = { .first_retry_ms = 10, .longest_retry_ms = 40, .give_up_ms = 40, .request_ms = 60 };

  use_times (fixture, &times);
  fixture->receiver.hangs = TRUE;
  push (fixture, "1");
  push (fixture, "2");

  const BcastWebhookDelivery *delivery = get_last_change (fixture);

  g_assert_cmpuint (fixture->changes->len, ==, 2);
  g_assert_cmpuint (delivery->serial, ==, 2);
  g_assert_cmpuint (delivery->attempts, ==, 0);
  g_assert_cmpuint (delivery->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  assert_text (delivery, "in time");
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
test_hangs (Fixture       *fixture,
            gconstpointer  data)
{
  const BcastWebhookTimes times = { .first_retry_ms = 1, .longest_retry_ms = 1, .give_up_ms = 10000, .request_ms = 50 };

  use_times (fixture, &times);
  fixture->receiver.hangs = TRUE;
  push (fixture, "{}");
  g_assert_cmpuint (get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_WAITING);
  g_assert_cmpuint (get_change (fixture, 0)->status, ==, 0);
  g_assert_cmpint (get_change (fixture, 0)->duration_us, >=, 50000);
  assert_text (get_change (fixture, 0), "within 0.05 seconds");
  fixture->receiver.hangs = FALSE;
  g_assert_cmpuint (get_last_change (fixture)->state, ==, BCAST_WEBHOOK_DELIVERED);
}

static void
test_redirect (Fixture       *fixture,
               gconstpointer  data)
{
  fixture->receiver.moves = TRUE;
  push (fixture, "{}");
  g_assert_cmpuint (get_change (fixture, 0)->status, ==, 307);
  assert_text (get_change (fixture, 0), "Redirects are not followed");
  g_assert_cmpstr (receiver_get (&fixture->receiver, 0)->path, ==, "/hook");
  fixture->receiver.moves = FALSE;
  get_last_change (fixture);
  g_assert_cmpstr (receiver_get (&fixture->receiver, 1)->path, ==, "/hook");
}

static void
test_megabytes (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->receiver.answer_bytes = 8 * 1024 * 1024;
  receiver_answer (&fixture->receiver, 500, 1);
  push (fixture, "{}");
  g_assert_cmpuint (get_change (fixture, 0)->status, ==, 500);
  g_assert_cmpuint (strlen (get_change (fixture, 0)->text), <, 500);
  assert_text (get_change (fixture, 0), "mmmm…");
  g_assert_cmpuint (get_last_change (fixture)->state, ==, BCAST_WEBHOOK_DELIVERED);
}

/* Frameworks in debug mode show what they got. */
static void
test_echoed_secrets (Fixture       *fixture,
                     gconstpointer  data)
{
  const char * const headers[] = { "Authorization", "Bearer hunter2", NULL };
  g_autofree char *url = g_strconcat (fixture->receiver.url, "?token=sesame", NULL);

  fixture->receiver.answer = "Bearer hunter2; the token hunter2 is bad; token=sesame; " RECEIVER_SECRET;
  receiver_answer (&fixture->receiver, 403, 1);
  push_to (fixture, url, headers, "{}");
  assert_text (get_change (fixture, 0), "“•••; the token ••• is bad; •••; •••”");
  g_assert_null (strstr (get_change (fixture, 0)->text, "sesame"));
}

static void
test_raw (Fixture       *fixture,
          gconstpointer  data)
{
  const struct { const char *answer; guint status; const char *text; } rows[] = {
    { "", 0, "hung up without an answer" },
    { "HTTP/1.1 200 OK\r\nContent-Le", 0, "" },
    { "SSH-2.0-OpenSSH_9.2\r\n", 0, "" },
    { "HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\nhalf of i", 500, "“half of i”" },
    { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of i", 200, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = NULL;
      g_autoptr(GSocketService) service = raw_receiver_new (rows[i].answer, &url);

      use_times (fixture, &quick);
      g_ptr_array_set_size (fixture->changes, 0);
      push_to (fixture, url, NULL, "{}");

      const BcastWebhookDelivery *delivery = get_change (fixture, 0);

      g_test_message ("%s: %s", rows[i].answer, delivery->text);
      g_assert_cmpuint (delivery->status, ==, rows[i].status);
      g_assert_cmpuint (delivery->state, ==, rows[i].text != NULL ? BCAST_WEBHOOK_WAITING : BCAST_WEBHOOK_DELIVERED);
      if (rows[i].text != NULL)
        {
          assert_text (delivery, rows[i].text);
          assert_text (delivery, "http://127.0.0.1:");
        }
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
    }
}

static void
test_nobody (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autoptr(GSocketService) service = raw_receiver_new ("", &url);

  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  push_to (fixture, url, NULL, "{}");
  assert_text (get_change (fixture, 0), "Nothing listens at http://127.0.0.1:");
}

static void
test_certificate (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GTlsCertificate) certificate = certificate_new ();
  Receiver receiver = { 0 };

  receiver_set_up (&receiver, certificate);
  push_to (fixture, receiver.url, NULL, "{}");
  g_assert_cmpuint (get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_WAITING);
  assert_text (get_change (fixture, 0), "certificate");
  g_assert_cmpuint (receiver.received->len, ==, 0);
  use_times (fixture, &quick);
  receiver_tear_down (&receiver);
}

static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < BCAST_WEBHOOK_SENDER_MAX_WAITING + 3; i++)
    push (fixture, "{}");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (get_change (fixture, i)->serial, ==, i + 1);
      g_assert_cmpuint (get_change (fixture, i)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
      g_assert_cmpuint (get_change (fixture, i)->attempts, ==, 0);
      assert_text (get_change (fixture, i), "oldest");
    }
  g_assert_cmpuint (get_change (fixture, 3)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (get_change (fixture, 3)->serial, ==, 4);
}

static void
test_full_bytes (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *body = g_strnfill (BCAST_WEBHOOK_SENDER_MAX_BYTES / 4, ' ');

  for (guint i = 0; i < 5; i++)
    push (fixture, body);
  g_assert_cmpuint (get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (get_last_change (fixture)->serial, ==, 5);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 4);
}

static void
test_hurried (Fixture       *fixture,
              gconstpointer  data)
{
  const BcastWebhookTimes slow = { .first_retry_ms = 60000, .longest_retry_ms = 60000, .give_up_ms = 300000, .request_ms = 10000 };

  use_times (fixture, &slow);
  receiver_answer (&fixture->receiver, 500, 3);
  push (fixture, "1");
  push (fixture, "2");
  get_change (fixture, 1);
  bcast_webhook_sender_hurry (fixture->sender);
  push (fixture, "3");
  get_last_change (fixture);

  g_assert_cmpuint (fixture->changes->len, ==, 5);
  g_assert_cmpuint (get_change (fixture, 2)->serial, ==, 1);
  g_assert_cmpuint (get_change (fixture, 2)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (get_change (fixture, 3)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (get_change (fixture, 4)->state, ==, BCAST_WEBHOOK_DELIVERED);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 5);
}

static void
test_all_given_up (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->receiver.hangs = TRUE;
  push (fixture, "1");
  push (fixture, "2");
  WAIT_FOR (fixture->receiver.received->len == 1);
  bcast_webhook_sender_give_up (fixture->sender, "Enough.");
  g_assert_cmpuint (fixture->changes->len, ==, 2);
  g_assert_cmpstr (get_change (fixture, 0)->text, ==, "Enough.");
  g_assert_cmpuint (get_change (fixture, 1)->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  get_last_change (fixture);
  g_assert_cmpuint (fixture->changes->len, ==, 2);

  push (fixture, "3");
  g_assert_cmpstr (get_change (fixture, 2)->text, ==, "Enough.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/webhook-sender/delivered", Fixture, NULL, set_up, test_delivered, tear_down);
  g_test_add ("/webhook-sender/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/webhook-sender/statuses", Fixture, NULL, set_up, test_statuses, tear_down);
  g_test_add ("/webhook-sender/passed-by", Fixture, NULL, set_up, test_passed_by, tear_down);
  g_test_add ("/webhook-sender/given-up", Fixture, NULL, set_up, test_given_up, tear_down);
  g_test_add ("/webhook-sender/given-up-behind", Fixture, NULL, set_up, test_given_up_behind, tear_down);
  g_test_add_func ("/webhook-sender/delays", test_delays);
  g_test_add ("/webhook-sender/hangs", Fixture, NULL, set_up, test_hangs, tear_down);
  g_test_add ("/webhook-sender/redirect", Fixture, NULL, set_up, test_redirect, tear_down);
  g_test_add ("/webhook-sender/megabytes", Fixture, NULL, set_up, test_megabytes, tear_down);
  g_test_add ("/webhook-sender/echoed-secrets", Fixture, NULL, set_up, test_echoed_secrets, tear_down);
  g_test_add ("/webhook-sender/raw", Fixture, NULL, set_up, test_raw, tear_down);
  g_test_add ("/webhook-sender/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/webhook-sender/certificate", Fixture, NULL, set_up, test_certificate, tear_down);
  g_test_add ("/webhook-sender/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/webhook-sender/full-bytes", Fixture, NULL, set_up, test_full_bytes, tear_down);
  g_test_add ("/webhook-sender/hurried", Fixture, NULL, set_up, test_hurried, tear_down);
  g_test_add ("/webhook-sender/all-given-up", Fixture, NULL, set_up, test_all_given_up, tear_down);

  return g_test_run ();
}
