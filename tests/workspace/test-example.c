/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-example.h"

#include <string.h>

#include "bcast-event-name.h"
#include "bcast-json.h"
#include "bcast-trigger.h"

/* A first click on an example must not meet an error. */
static void
test_every_example_can_be_sent (void)
{
  guint n_examples = 0;
  const BcastExample *examples = bcast_example_get_all (&n_examples);

  g_assert_cmpuint (n_examples, >=, 4);
  for (guint i = 0; i < n_examples; i++)
    {
      const char * const channels[] = { examples[i].channel, NULL };
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastTrigger) trigger = bcast_trigger_new (examples[i].name, channels, examples[i].data, NULL,
                                                           NULL, &error);

      g_assert_no_error (error);
      g_assert_true (bcast_json_scan (examples[i].data, strlen (examples[i].data), NULL, NULL, NULL));
      g_assert_cmpint (bcast_event_name_is_client (examples[i].name), ==, examples[i].sender != NULL);
    }
}

static void
test_draft_copies (void)
{
  const char * const channels[] = { "a", "b", NULL };
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "name", "data");

  draft->sender = g_strdup ("Alice");
  draft->excluded = g_strdup ("Bob");
  draft->info = g_strdup ("user_count");

  g_autoptr(BcastDraft) copy = bcast_draft_copy (draft);

  g_assert_cmpstrv (copy->channels, channels);
  g_assert_cmpstr (copy->name, ==, "name");
  g_assert_cmpstr (copy->data, ==, "data");
  g_assert_cmpstr (copy->sender, ==, "Alice");
  g_assert_cmpstr (copy->excluded, ==, "Bob");
  g_assert_cmpstr (copy->info, ==, "user_count");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/example/every-one-can-be-sent", test_every_example_can_be_sent);
  g_test_add_func ("/draft/copies", test_draft_copies);

  return g_test_run ();
}
