/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-batch-private.h"

#include <string.h>

#include "bcast-webhook-format-private.h"
#include "bcast-webhook-log-private.h"

typedef struct
{
  GPtrArray *sent;  /* what stood in each request */
  GArray    *sizes; /* how many events */
} Sent;

static void
send_cb (const char *events,
         guint       n_events,
         gpointer    user_data)
{
  Sent *sent = user_data;

  g_ptr_array_add (sent->sent, g_strdup (events));
  g_array_append_val (sent->sizes, n_events);
}

static void
sent_init (Sent *sent)
{
  sent->sent = g_ptr_array_new_with_free_func (g_free);
  sent->sizes = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
sent_clear (Sent *sent)
{
  g_ptr_array_unref (sent->sent);
  g_array_unref (sent->sizes);
}

static void
test_gathered (void)
{
  Sent sent;
  sent_init (&sent);
  g_autoptr(BcastWebhookBatch) batch = bcast_webhook_batch_new (20, send_cb, &sent);

  bcast_webhook_batch_send (batch);
  bcast_webhook_batch_add (batch, "{1}");
  bcast_webhook_batch_add (batch, "{2}");
  g_assert_cmpuint (sent.sent->len, ==, 0);
  while (sent.sent->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sent.sent->pdata[0], ==, "{1},{2}");
  g_assert_cmpuint (g_array_index (sent.sizes, guint, 0), ==, 2);

  bcast_webhook_batch_add (batch, "{3}");
  bcast_webhook_batch_send (batch);
  g_assert_cmpstr (sent.sent->pdata[1], ==, "{3}");
  sent_clear (&sent);
}

static void
test_number (void)
{
  Sent sent;
  sent_init (&sent);
  g_autoptr(BcastWebhookBatch) batch = bcast_webhook_batch_new (60000, send_cb, &sent);

  for (guint i = 0; i < 2001; i++)
    bcast_webhook_batch_add (batch, "{}");
  g_assert_cmpuint (sent.sent->len, ==, 2);
  g_assert_cmpuint (g_array_index (sent.sizes, guint, 0), ==, 1000);
  g_assert_cmpuint (g_array_index (sent.sizes, guint, 1), ==, 1000);
  sent_clear (&sent);
}

static void
test_size (void)
{
  Sent sent;
  sent_init (&sent);
  g_autoptr(BcastWebhookBatch) batch = bcast_webhook_batch_new (60000, send_cb, &sent);
  g_autofree char *event = g_strnfill (10000, 'x');

  for (guint i = 0; i < 60; i++)
    bcast_webhook_batch_add (batch, event);
  bcast_webhook_batch_send (batch);

  guint n_events = 0;

  g_assert_cmpuint (sent.sent->len, ==, 3);
  for (guint i = 0; i < sent.sent->len; i++)
    {
      g_autofree char *body = bcast_webhook_format_body (G_MAXINT64, sent.sent->pdata[i]);

      g_assert_cmpuint (strlen (body), <=, BCAST_WEBHOOK_BATCH_MAX_BYTES);
      n_events += g_array_index (sent.sizes, guint, i);
    }
  g_assert_cmpuint (n_events, ==, 60);
  sent_clear (&sent);
}

static void
push (BcastWebhookLog *log,
      guint64          serial,
      gsize            length)
{
  g_autoptr(BcastWebhookJob) job = bcast_webhook_job_new ("http://h/", NULL, g_strnfill (length, 'x'));

  job->delivery->serial = serial;
  bcast_webhook_log_push (log, job);
}

static void
test_log (void)
{
  g_autoptr(BcastWebhookLog) log = bcast_webhook_log_new ();

  for (guint64 serial = 1; serial <= 201; serial++)
    push (log, serial, 10);
  g_assert_null (bcast_webhook_log_find (log, 1));
  g_assert_cmpuint (bcast_webhook_log_find (log, 2)->delivery->serial, ==, 2);

  g_autoptr(GPtrArray) list = bcast_webhook_log_list (log);

  g_assert_cmpuint (list->len, ==, 200);
  g_assert_cmpuint (((BcastWebhookDelivery *) list->pdata[0])->serial, ==, 2);
  g_assert_cmpuint (((BcastWebhookDelivery *) list->pdata[199])->serial, ==, 201);

  /* Large ones are fewer, and the newest is kept however large it is. */
  push (log, 202, BCAST_WEBHOOK_LOG_MAX_BYTES - 100);
  g_assert_nonnull (bcast_webhook_log_find (log, 201));
  g_assert_null (bcast_webhook_log_find (log, 190));
  push (log, 203, BCAST_WEBHOOK_LOG_MAX_BYTES + 1);

  g_autoptr(GPtrArray) large = bcast_webhook_log_list (log);

  g_assert_cmpuint (large->len, ==, 1);
  g_assert_cmpuint (((BcastWebhookDelivery *) large->pdata[0])->serial, ==, 203);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook-batch/gathered", test_gathered);
  g_test_add_func ("/webhook-batch/number", test_number);
  g_test_add_func ("/webhook-batch/size", test_size);
  g_test_add_func ("/webhook-batch/log", test_log);

  return g_test_run ();
}
