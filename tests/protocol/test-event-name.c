/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-name.h"

#include "bcast-error.h"

static void
test_accepts (void)
{
  static const char * const names[] = { "OrderShipped", "client-typing", "App\\Events\\OrderShipped", ".order.shipped",
                                        "ünïcode ☃", "pusher", "pusherish:x" };
  g_autofree char *longest = g_strnfill (200, 'e');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (bcast_event_name_check (names[i], NULL));
  g_assert_true (bcast_event_name_check (longest, NULL));
}

static void
test_refuses (void)
{
  g_autofree char *too_long = g_strnfill (201, 'e');
  static const char * const wrong[] = { "", "pusher:ping", "pusher_internal:x", "bad\xff" };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (bcast_event_name_check (wrong[i], &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
      g_clear_error (&error);
    }

  g_assert_false (bcast_event_name_check (too_long, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
}

static void
test_kinds (void)
{
  g_assert_true (bcast_event_name_is_client ("client-typing"));
  g_assert_false (bcast_event_name_is_client ("xclient-typing"));
  g_assert_false (bcast_event_name_is_client ("client"));
  g_assert_false (bcast_event_name_is_client (NULL));
  g_assert_true (bcast_event_name_is_reserved ("pusher:ping"));
  g_assert_true (bcast_event_name_is_reserved ("pusher_internal:member_added"));
  g_assert_false (bcast_event_name_is_reserved ("pusher"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-name/accepts", test_accepts);
  g_test_add_func ("/event-name/refuses", test_refuses);
  g_test_add_func ("/event-name/kinds", test_kinds);

  return g_test_run ();
}
