/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-cache-private.h"

static void
test_latest_wins (void)
{
  g_autoptr(BcastEventCache) cache = bcast_event_cache_new ();

  g_assert_null (bcast_event_cache_find (cache, "cache-a", 0));
  bcast_event_cache_put (cache, "cache-a", "e1", "1", 0);
  bcast_event_cache_put (cache, "cache-b", "e2", "2", 0);
  bcast_event_cache_put (cache, "cache-a", "e3", "3", 0);
  g_assert_cmpstr (bcast_event_cache_find (cache, "cache-a", 0)->event, ==, "e3");
  g_assert_cmpstr (bcast_event_cache_find (cache, "cache-a", 0)->data, ==, "3");
  g_assert_cmpstr (bcast_event_cache_find (cache, "cache-b", 0)->data, ==, "2");
}

static void
test_expiry (void)
{
  const gint64 ttl_us = BCAST_EVENT_CACHE_TTL_S * G_USEC_PER_SEC;
  g_autoptr(BcastEventCache) cache = bcast_event_cache_new ();

  bcast_event_cache_put (cache, "cache-a", "e", "1", 5);
  g_assert_nonnull (bcast_event_cache_find (cache, "cache-a", 5 + ttl_us - 1));
  g_assert_null (bcast_event_cache_find (cache, "cache-a", 5 + ttl_us));
  g_assert_null (bcast_event_cache_find (cache, "cache-a", 5));
}

static void
test_bound (void)
{
  g_autoptr(BcastEventCache) cache = bcast_event_cache_new ();

  bcast_event_cache_put (cache, "cache-first", "e", "1", 0);
  bcast_event_cache_put (cache, "cache-second", "e", "1", 0);
  bcast_event_cache_put (cache, "cache-first", "e", "2", 0);
  for (guint i = 0; i < BCAST_EVENT_CACHE_MAX - 1; i++)
    {
      g_autofree char *channel = g_strdup_printf ("cache-%u", i);
      bcast_event_cache_put (cache, channel, "e", "1", 0);
    }

  /* The oldest event made room. */
  g_assert_null (bcast_event_cache_find (cache, "cache-second", 0));
  g_assert_nonnull (bcast_event_cache_find (cache, "cache-first", 0));
  g_assert_nonnull (bcast_event_cache_find (cache, "cache-0", 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-cache/latest-wins", test_latest_wins);
  g_test_add_func ("/event-cache/expiry", test_expiry);
  g_test_add_func ("/event-cache/bound", test_bound);

  return g_test_run ();
}
