/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhook-sender-fixture.h"

#include <string.h>

#include "await.h"
#include "bcast-webhook-request-private.h"

static const BcastWebhookTimes quick = {
  .first_retry_ms = 5, .longest_retry_ms = 20, .give_up_ms = 60000, .request_ms = 10000,
};

static void
free_delivery (gpointer delivery)
{
  bcast_webhook_delivery_free (delivery);
}

static void
changed_cb (BcastWebhookJob *job,
            gpointer         user_data)
{
  SenderFixture *fixture = user_data;

  if (job != NULL)
    g_ptr_array_add (fixture->changes, bcast_webhook_delivery_copy (job->delivery));
}

void
sender_use_times (SenderFixture           *fixture,
                  const BcastWebhookTimes *times)
{
  g_clear_pointer (&fixture->sender, bcast_webhook_sender_free);
  fixture->sender = bcast_webhook_sender_new (fixture->session, fixture->app, times, changed_cb, fixture);
}

void
sender_set_up (SenderFixture *fixture,
               gconstpointer  data)
{
  const BcastAppOptions options = { .app_id = "3", .key = RECEIVER_KEY, .secret = RECEIVER_SECRET, .ws_host = "127.0.0.1" };

  fixture->app = bcast_app_new (&options, NULL);
  fixture->session = bcast_webhook_session_new ();
  fixture->changes = g_ptr_array_new_with_free_func (free_delivery);
  receiver_set_up (&fixture->receiver, NULL);
  sender_use_times (fixture, &quick);
}

void
sender_tear_down (SenderFixture *fixture,
                  gconstpointer  data)
{
  bcast_webhook_sender_free (fixture->sender);
  receiver_tear_down (&fixture->receiver);
  wait_for_gone (fixture->session);
  g_ptr_array_unref (fixture->changes);
  bcast_app_unref (fixture->app);
}

void
sender_push_to (SenderFixture      *fixture,
                const char         *url,
                const char * const *headers,
                const char         *body)
{
  g_autoptr(BcastWebhookJob) job = bcast_webhook_job_new (url, headers, g_strdup (body));

  job->delivery->serial = ++fixture->last_serial;
  bcast_webhook_sender_push (fixture->sender, job);
}

void
sender_push (SenderFixture *fixture,
             const char    *body)
{
  sender_push_to (fixture, fixture->receiver.url, NULL, body);
}

const BcastWebhookDelivery *
sender_get_change (SenderFixture *fixture,
                   guint          index)
{
  WAIT_FOR (fixture->changes->len > index);
  return fixture->changes->pdata[index];
}

const BcastWebhookDelivery *
sender_get_last_change (SenderFixture *fixture)
{
  WAIT_FOR (bcast_webhook_sender_is_idle (fixture->sender));
  g_assert_cmpuint (fixture->changes->len, >, 0);
  return fixture->changes->pdata[fixture->changes->len - 1];
}

void
delivery_assert_text (const BcastWebhookDelivery *delivery,
                      const char                 *part)
{
  if (delivery->text == NULL || strstr (delivery->text, part) == NULL)
    g_assert_cmpstr (delivery->text, ==, part);
}
