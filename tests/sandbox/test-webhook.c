/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-webhook-delivery.h"

static const char * const good_headers[] = { "X-Tenant", "acme", "Authorization", "Bearer t", NULL };
static const char * const reserved[] = { "X-Tenant", "acme", "x-pusher-key", "k", NULL };
static const char * const injected[] = { "X-Tenant", "acme\r\nX-Pusher-Key: k", NULL };
static const char * const bad_name[] = { "X Tenant", "acme", NULL };
static const char * const type[] = { "Content-Type", "application/json; charset=utf-8", NULL };
static const char * const odd[] = { "X-Tenant", NULL };

static const struct
{
  const char         *what;
  BcastWebhook        webhook;
  gboolean            is_good;
  const char         *secret; /* must not be repeated */
} rows[] = {
  { "http", { .url = (char *) "http://localhost:8000/hook?token=abc" }, TRUE },
  { "https", { .url = (char *) "https://example.org" }, TRUE },
  { "everything", { (char *) "http://[::1]/", BCAST_WEBHOOK_ALL, (char *) "private-a", (char **) good_headers, TRUE }, TRUE },
  { "other scheme", { .url = (char *) "ftp://localhost/hook" }, FALSE },
  { "file", { .url = (char *) "file:///etc/passwd" }, FALSE },
  { "no scheme", { .url = (char *) "localhost:8000" }, FALSE },
  { "no host", { .url = (char *) "http:///hook" }, FALSE },
  { "line break", { .url = (char *) "http://localhost/\r\nX: y" }, FALSE },
  { "password", { .url = (char *) "http://me:hunter2@localhost/" }, FALSE, "hunter2" },
  { "empty", { .url = (char *) "" }, FALSE },
  { "unknown kind", { (char *) "http://localhost/", 1u << BCAST_REPORT_CONNECTION }, FALSE },
  { "prefix", { (char *) "http://localhost/", 0, (char *) "private ord" }, FALSE },
  { "reserved header", { (char *) "http://localhost/", 0, NULL, (char **) reserved }, FALSE },
  { "header injection", { (char *) "http://localhost/", 0, NULL, (char **) injected }, FALSE, "acme" },
  { "header name", { (char *) "http://localhost/", 0, NULL, (char **) bad_name }, FALSE },
  { "content type", { (char *) "http://localhost/", 0, NULL, (char **) type }, FALSE },
  { "header without value", { (char *) "http://localhost/", 0, NULL, (char **) odd }, FALSE },
};

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", rows[i].what);
      g_assert_cmpint (bcast_webhook_check (&rows[i].webhook, &error), ==, rows[i].is_good);
      if (rows[i].is_good)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
      g_assert_true (g_str_has_suffix (error->message, "."));
      if (rows[i].secret != NULL)
        g_assert_null (strstr (error->message, rows[i].secret));
    }
}

static void
test_too_long (void)
{
  g_autofree char *path = g_strnfill (5000, 'a');
  g_autofree char *url = g_strconcat ("http://localhost/", path, NULL);
  g_autoptr(BcastWebhook) webhook = bcast_webhook_new (url);
  g_autoptr(GError) error = NULL;

  g_assert_false (bcast_webhook_check (webhook, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_clear_error (&error);

  g_autoptr(BcastWebhook) prefixed = bcast_webhook_new ("http://localhost/");

  prefixed->channel_prefix = g_strnfill (200, 'a');
  g_assert_true (bcast_webhook_check (prefixed, NULL));
  g_free (prefixed->channel_prefix);
  prefixed->channel_prefix = g_strnfill (201, 'a');
  g_assert_false (bcast_webhook_check (prefixed, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
}

static void
test_copy (void)
{
  g_autoptr(BcastWebhook) webhook = bcast_webhook_copy (&rows[2].webhook);

  g_assert_cmpstr (webhook->url, ==, "http://[::1]/");
  g_assert_cmpuint (webhook->kinds, ==, BCAST_WEBHOOK_ALL);
  g_assert_cmpstr (webhook->channel_prefix, ==, "private-a");
  g_assert_true (g_strv_equal ((const char * const *) webhook->headers, good_headers));
  g_assert_true (webhook->is_batched);

  const BcastWebhookDelivery delivery = { .serial = 7, .url = (char *) "u", .body = (char *) "b", .attempts = 2 };
  g_autoptr(BcastWebhookDelivery) copy = bcast_webhook_delivery_copy (&delivery);

  g_assert_cmpuint (copy->serial, ==, 7);
  g_assert_cmpstr (copy->url, ==, "u");
  g_assert_cmpstr (copy->body, ==, "b");
  g_assert_null (copy->text);
  g_assert_true (copy->url != delivery.url);
}

static gboolean
wants (guint            kinds,
       const char      *prefix,
       BcastReportKind  kind,
       const char      *channel)
{
  const BcastWebhook webhook = { .url = (char *) "u", .kinds = kinds, .channel_prefix = (char *) prefix };

  return bcast_webhook_wants (&webhook, &(BcastReport) { .kind = kind, .channel = (char *) channel });
}

static void
test_wants (void)
{
  g_assert_true (wants (0, NULL, BCAST_REPORT_VACATED, "ch"));
  g_assert_true (wants (0, NULL, BCAST_REPORT_SUBSCRIPTION_COUNT, "ch"));
  g_assert_false (wants (0, NULL, BCAST_REPORT_SUBSCRIBED, "ch"));
  g_assert_false (wants (0, NULL, BCAST_REPORT_WEBHOOK_SENT, NULL));
  g_assert_true (wants (1u << BCAST_REPORT_VACATED, NULL, BCAST_REPORT_VACATED, "ch"));
  g_assert_false (wants (1u << BCAST_REPORT_VACATED, NULL, BCAST_REPORT_OCCUPIED, "ch"));
  g_assert_true (wants (0, "private-", BCAST_REPORT_OCCUPIED, "private-x"));
  g_assert_false (wants (0, "private-", BCAST_REPORT_OCCUPIED, "privat"));
  g_assert_true (wants (0, "", BCAST_REPORT_OCCUPIED, "ch"));
}

static void
test_kinds (void)
{
  guint all = 0;
  g_autoptr(GError) error = NULL;
  BcastReportKind kind;

  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    {
      const char *name = bcast_webhook_kind_to_string (i);

      if (name == NULL)
        continue;
      all |= 1u << i;
      g_assert_true (bcast_webhook_kind_parse (name, &kind, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (kind, ==, i);
    }
  g_assert_cmpuint (all, ==, BCAST_WEBHOOK_ALL);

  g_assert_false (bcast_webhook_kind_parse ("channel-occupied", &kind, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "channel_occupied"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook/check", test_check);
  g_test_add_func ("/webhook/too-long", test_too_long);
  g_test_add_func ("/webhook/copy", test_copy);
  g_test_add_func ("/webhook/wants", test_wants);
  g_test_add_func ("/webhook/kinds", test_kinds);

  return g_test_run ();
}
