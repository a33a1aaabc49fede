/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event.h"

static void
test_outcome_nick (void)
{
  static const char * const nicks[] = {
    "waiting", "matched", "different", "partly", "missed", "unheard", "refused", "foreign",
  };

  /* The values stand in journals on disk. */
  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpstr (bcast_event_outcome_to_nick (i), ==, nicks[i]);
  g_assert_cmpstr (bcast_event_outcome_to_nick (99), ==, "unknown");
}

static BcastEventRecord *
new_record (const char *data)
{
  static const char * const expected[] = { "Alice", "Bob", NULL };
  BcastEventRecord *record = bcast_event_record_new ();

  record->id = 7;
  record->trigger_id = 6;
  record->channel = g_strdup ("my-channel");
  record->name = g_strdup ("my-event");
  record->data = g_strdup (data);
  record->expected = g_strdupv ((char **) expected);
  return record;
}

static void
count_cb (BcastEvent *event,
          guint      *count)
{
  (*count)++;
}

static void
test_replace (void)
{
  g_autoptr(BcastEvent) event = bcast_event_new (new_record ("old"), NULL);
  GPtrArray *deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_delivery_free);
  guint count = 0;

  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 0);
  g_assert_null (bcast_event_find_delivery (event, "Alice"));

  g_signal_connect (event, "changed", G_CALLBACK (count_cb), &count);
  g_ptr_array_add (deliveries, bcast_delivery_new ("Alice", 1, 2, TRUE, NULL, "f"));
  bcast_event_replace (event, new_record ("new"), deliveries);

  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (bcast_event_get_record (event)->data, ==, "new");
  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 1);
  g_assert_cmpint (bcast_event_get_delivery (event, 0)->latency_us, ==, 2);
  g_assert_null (bcast_event_get_delivery (event, 1));
  g_assert_true (bcast_event_find_delivery (event, "Alice") == bcast_event_get_delivery (event, 0));
  g_assert_null (bcast_event_find_delivery (event, "Bob"));
  g_assert_true (bcast_event_is_sent (event));
  g_assert_finalize_object (g_steal_pointer (&event));
}

static void
test_foreign_is_not_sent (void)
{
  BcastEventRecord *record = new_record (NULL);

  record->outcome = BCAST_EVENT_FOREIGN;

  g_autoptr(BcastEvent) event = bcast_event_new (record, NULL);

  g_assert_false (bcast_event_is_sent (event));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/outcome-nick", test_outcome_nick);
  g_test_add_func ("/event/replace", test_replace);
  g_test_add_func ("/event/foreign-is-not-sent", test_foreign_is_not_sent);

  return g_test_run ();
}
