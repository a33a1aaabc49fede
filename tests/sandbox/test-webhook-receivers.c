/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhook-sender-fixture.h"

#include <string.h>

#include "await.h"
#include "certificate.h"

/* For receivers that are gone when it is tried again. */
static const BcastWebhookTimes patient = {
  .first_retry_ms = 30000, .longest_retry_ms = 30000, .give_up_ms = 60000, .request_ms = 10000,
};

static void
test_hangs (SenderFixture *fixture,
            gconstpointer  data)
{
  const BcastWebhookTimes times = { .first_retry_ms = 1, .longest_retry_ms = 1, .give_up_ms = 10000, .request_ms = 50 };

  sender_use_times (fixture, &times);
  fixture->receiver.hangs = TRUE;
  sender_push (fixture, "{}");
  g_assert_cmpuint (sender_get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_WAITING);
  g_assert_cmpuint (sender_get_change (fixture, 0)->status, ==, 0);
  g_assert_cmpint (sender_get_change (fixture, 0)->duration_us, >=, 50000);
  delivery_assert_text (sender_get_change (fixture, 0), "within 0.05 seconds");
  fixture->receiver.hangs = FALSE;
  g_assert_cmpuint (sender_get_last_change (fixture)->state, ==, BCAST_WEBHOOK_DELIVERED);
}

static void
test_redirect (SenderFixture *fixture,
               gconstpointer  data)
{
  fixture->receiver.moves = TRUE;
  sender_push (fixture, "{}");
  g_assert_cmpuint (sender_get_change (fixture, 0)->status, ==, 303);
  delivery_assert_text (sender_get_change (fixture, 0), "Redirects are not followed");
  g_assert_cmpstr (receiver_get (&fixture->receiver, 0)->path, ==, "/hook");
  fixture->receiver.moves = FALSE;
  sender_get_last_change (fixture);
  g_assert_cmpstr (receiver_get (&fixture->receiver, 1)->path, ==, "/hook");
}

static void
test_megabytes (SenderFixture *fixture,
                gconstpointer  data)
{
  fixture->receiver.answer_bytes = 8 * 1024 * 1024;
  receiver_answer (&fixture->receiver, 500, 1);
  sender_push (fixture, "{}");
  g_assert_cmpuint (sender_get_change (fixture, 0)->status, ==, 500);
  g_assert_cmpuint (strlen (sender_get_change (fixture, 0)->text), <, 500);
  delivery_assert_text (sender_get_change (fixture, 0), "mmmm…");
  g_assert_cmpuint (sender_get_last_change (fixture)->state, ==, BCAST_WEBHOOK_DELIVERED);
}

/* Of an answer without end a little is read. */
static void
test_flood (SenderFixture *fixture,
            gconstpointer  data)
{
  RawAnswer answer = { "HTTP/1.1 500 Oh\r\n\r\n", 256 * 1024 };
  g_autofree char *url = NULL;
  g_autoptr(GSocketService) service = raw_receiver_new (&answer, &url);

  sender_use_times (fixture, &patient);
  sender_push_to (fixture, url, NULL, "{}");
  g_assert_cmpuint (sender_get_change (fixture, 0)->status, ==, 500);
  delivery_assert_text (sender_get_change (fixture, 0), "xxx…");
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  WAIT_FOR (g_atomic_int_get (&answer.is_over));
  g_assert_cmpint (g_atomic_int_get (&answer.written_kib), <, 64 * 1024);
}

/* Frameworks in debug mode show what they got. */
static void
test_echoed_secrets (SenderFixture *fixture,
                     gconstpointer  data)
{
  const char * const headers[] = { "Authorization", "Bearer hunter2", NULL };
  g_autofree char *url = g_strconcat (fixture->receiver.url, "?token=sesame", NULL);

  fixture->receiver.answer = "Bearer hunter2; the token hunter2 is bad; token=sesame; " RECEIVER_SECRET;
  receiver_answer (&fixture->receiver, 403, 1);
  sender_push_to (fixture, url, headers, "{}");
  delivery_assert_text (sender_get_change (fixture, 0), "“•••; the token ••• is bad; •••; •••”");
  g_assert_null (strstr (sender_get_change (fixture, 0)->text, "sesame"));
}

static void
test_raw (SenderFixture *fixture,
          gconstpointer  data)
{
  struct { RawAnswer answer; guint status; const char *text; } rows[] = {
    { { "" }, 0, "hung up without an answer" },
    { { "HTTP/1.1 200 OK\r\nContent-Le" }, 0, "" },
    { { "SSH-2.0-OpenSSH_9.2\r\n" }, 0, "" },
    { { "HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\nhalf of i" }, 500, "“half of i”" },
    { { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of i" }, 200, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = NULL;
      g_autoptr(GSocketService) service = raw_receiver_new (&rows[i].answer, &url);

      sender_use_times (fixture, &patient);
      g_ptr_array_set_size (fixture->changes, 0);
      sender_push_to (fixture, url, NULL, "{}");

      const BcastWebhookDelivery *delivery = sender_get_change (fixture, 0);

      g_test_message ("%s: %s", rows[i].answer.text, delivery->text);
      g_assert_cmpuint (delivery->status, ==, rows[i].status);
      g_assert_cmpuint (delivery->state, ==, rows[i].text != NULL ? BCAST_WEBHOOK_WAITING : BCAST_WEBHOOK_DELIVERED);
      if (rows[i].text != NULL)
        {
          delivery_assert_text (delivery, rows[i].text);
          delivery_assert_text (delivery, "http://127.0.0.1:");
        }
      WAIT_FOR (g_atomic_int_get (&rows[i].answer.is_over));
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
    }
}

static void
test_nobody (SenderFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autoptr(GSocketService) service = raw_receiver_new (&(RawAnswer) { "" }, &url);

  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  sender_push_to (fixture, url, NULL, "{}");
  delivery_assert_text (sender_get_change (fixture, 0), "Nothing listens at http://127.0.0.1:");
}

static void
test_certificate (SenderFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(GTlsCertificate) certificate = certificate_new ();
  Receiver receiver = { 0 };

  receiver_set_up (&receiver, certificate);
  sender_use_times (fixture, &patient);
  sender_push_to (fixture, receiver.url, NULL, "{}");
  g_assert_cmpuint (sender_get_change (fixture, 0)->state, ==, BCAST_WEBHOOK_WAITING);
  delivery_assert_text (sender_get_change (fixture, 0), "certificate");
  g_assert_cmpuint (receiver.received->len, ==, 0);
  receiver_tear_down (&receiver);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/webhook-receivers/hangs", SenderFixture, NULL, sender_set_up, test_hangs, sender_tear_down);
  g_test_add ("/webhook-receivers/redirect", SenderFixture, NULL, sender_set_up, test_redirect, sender_tear_down);
  g_test_add ("/webhook-receivers/megabytes", SenderFixture, NULL, sender_set_up, test_megabytes, sender_tear_down);
  g_test_add ("/webhook-receivers/flood", SenderFixture, NULL, sender_set_up, test_flood, sender_tear_down);
  g_test_add ("/webhook-receivers/echoed-secrets", SenderFixture, NULL, sender_set_up, test_echoed_secrets, sender_tear_down);
  g_test_add ("/webhook-receivers/raw", SenderFixture, NULL, sender_set_up, test_raw, sender_tear_down);
  g_test_add ("/webhook-receivers/nobody", SenderFixture, NULL, sender_set_up, test_nobody, sender_tear_down);
  g_test_add ("/webhook-receivers/certificate", SenderFixture, NULL, sender_set_up, test_certificate, sender_tear_down);

  return g_test_run ();
}
