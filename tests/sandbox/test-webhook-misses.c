/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-misses-private.h"

#define SECOND G_USEC_PER_SEC

static void
test_once (void)
{
  g_autoptr(BcastWebhookMisses) misses = bcast_webhook_misses_new ();

  g_assert_true (bcast_webhook_misses_is_new (misses, "cache-a", 1 * SECOND));
  g_assert_false (bcast_webhook_misses_is_new (misses, "cache-a", 2 * SECOND));
  g_assert_true (bcast_webhook_misses_is_new (misses, "cache-b", 3 * SECOND));

  /* Half a minute later the app may have missed it. */
  g_assert_false (bcast_webhook_misses_is_new (misses, "cache-a", 31 * SECOND - 1));
  g_assert_true (bcast_webhook_misses_is_new (misses, "cache-a", 31 * SECOND));
  g_assert_false (bcast_webhook_misses_is_new (misses, "cache-a", 32 * SECOND));
  g_assert_false (bcast_webhook_misses_is_new (misses, "cache-b", 32 * SECOND));
}

static void
test_filled (void)
{
  g_autoptr(BcastWebhookMisses) misses = bcast_webhook_misses_new ();

  bcast_webhook_misses_forget (misses, "cache-a");
  g_assert_true (bcast_webhook_misses_is_new (misses, "cache-a", 1 * SECOND));
  bcast_webhook_misses_forget (misses, "cache-a");
  g_assert_true (bcast_webhook_misses_is_new (misses, "cache-a", 2 * SECOND));
  g_assert_false (bcast_webhook_misses_is_new (misses, "cache-a", 3 * SECOND));
}

/* The oldest makes room. */
static void
test_flood (void)
{
  g_autoptr(BcastWebhookMisses) misses = bcast_webhook_misses_new ();

  for (guint i = 0; i <= BCAST_WEBHOOK_MISSES_MAX; i++)
    {
      g_autofree char *channel = g_strdup_printf ("cache-%u", i);

      g_assert_true (bcast_webhook_misses_is_new (misses, channel, SECOND));
    }
  g_assert_true (bcast_webhook_misses_is_new (misses, "cache-0", SECOND));
  g_assert_false (bcast_webhook_misses_is_new (misses, "cache-9999", SECOND));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook-misses/once", test_once);
  g_test_add_func ("/webhook-misses/filled", test_filled);
  g_test_add_func ("/webhook-misses/flood", test_flood);

  return g_test_run ();
}
