/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-send-plan.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-secret-box.h"

#define MASTER "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

static BcastApp *
make_app (const char *master_key)
{
  return bcast_app_new (&(BcastAppOptions) {
    .key = "k", .secret = "s", .ws_host = "localhost", .master_key = master_key }, NULL);
}

static BcastSendPlan *
plan_one (const char         *master_key,
          const char * const *channels,
          const char         *data,
          GError            **error)
{
  g_autoptr(BcastApp) app = make_app (master_key);
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "e", data);
  const BcastDraft *drafts[] = { draft };
  const char *socket_ids[] = { "1.2" };

  draft->info = g_strdup ("subscription_count");
  return bcast_send_plan_new (app, drafts, socket_ids, 1, error);
}

/* Each request with its channels, as in "a b | c". */
static char *
describe (BcastSendPlan *plan)
{
  GString *text = g_string_new (NULL);
  guint n_rows = 0;

  for (guint i = 0; i < plan->requests->len; i++)
    {
      const BcastSendRequest *request = g_ptr_array_index (plan->requests, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " | " : "", request->is_batch ? "batch:" : "");
      g_assert_cmpuint (request->first_row, ==, n_rows);
      for (guint j = 0; j < request->triggers->len; j++)
        {
          BcastTrigger *trigger = g_ptr_array_index (request->triggers, j);
          const char * const *channels = bcast_trigger_get_channels (trigger);

          for (guint k = 0; channels[k] != NULL; k++)
            {
              const BcastSendRow *row = g_ptr_array_index (plan->rows, n_rows++);

              g_assert_cmpstr (row->channel, ==, channels[k]);
              g_string_append_printf (text, "%s%s", j + k > 0 || request->is_batch ? " " : "", channels[k]);
            }
        }
      g_assert_cmpuint (request->first_row + request->n_rows, ==, n_rows);
    }
  g_assert_cmpuint (plan->rows->len, ==, n_rows);
  return g_string_free (text, FALSE);
}

static void
test_split (void)
{
  static const struct { const char *channels[6], *requests; } cases[] = {
    { { "a", NULL }, "a" },
    { { "a", "private-b", "#server-to-user-u", NULL }, "a private-b #server-to-user-u" },
    { { "private-encrypted-a", NULL }, "private-encrypted-a" },
    { { "a", "private-encrypted-b", "c", "private-encrypted-cache-d", NULL },
      "private-encrypted-b | private-encrypted-cache-d | a c" },
    { { "private-encrypted-b", "c", NULL }, "private-encrypted-b | c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastSendPlan) plan = plan_one (MASTER, cases[i].channels, "{}", &error);

      g_assert_no_error (error);

      g_autofree char *requests = describe (plan);

      g_assert_cmpstr (requests, ==, cases[i].requests);
    }
}

static void
test_many_channels (void)
{
  g_auto(GStrv) channels = g_new0 (char *, 2 * BCAST_LIMIT_CHANNELS_PER_TRIGGER + 2);
  static const guint counts[] = { 100, 101, 200, 201 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr(GError) error = NULL;

      for (guint j = 0; j < counts[i]; j++)
        if (channels[j] == NULL)
          channels[j] = g_strdup_printf ("c%u", j);

      g_autoptr(BcastSendPlan) plan = plan_one (NULL, (const char * const *) channels, "{}", &error);
      g_autofree char *requests = NULL;

      g_assert_no_error (error);
      requests = describe (plan);
      g_assert_cmpuint (plan->rows->len, ==, counts[i]);
      g_assert_cmpuint (plan->requests->len, ==, (counts[i] + 99) / 100);
    }
}

static void
test_sealed (void)
{
  static const char * const channels[] = { "private-encrypted-orders", NULL };
  g_autoptr(GBytes) master = bcast_secret_box_parse_key (MASTER, NULL);
  g_autoptr(GBytes) key = bcast_secret_box_derive_key (master, channels[0]);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSendPlan) plan = plan_one (MASTER, channels, "{\"id\":7}", &error);

  g_assert_no_error (error);

  const BcastSendRow *row = g_ptr_array_index (plan->rows, 0);
  const BcastSendRequest *request = g_ptr_array_index (plan->requests, 0);
  BcastTrigger *trigger = g_ptr_array_index (request->triggers, 0);
  g_autofree char *opened = bcast_secret_box_open (key, bcast_trigger_get_data (trigger), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (opened, ==, "{\"id\":7}");
  g_assert_cmpstr (row->data, ==, "{\"id\":7}");
  g_assert_null (strstr (bcast_trigger_get_data (trigger), "{\"id\":7}"));
  g_assert_cmpstr (bcast_trigger_get_socket_id (trigger), ==, "1.2");
  g_assert_cmpstr (bcast_trigger_get_info (trigger), ==, "subscription_count");

  /* What is sealed already goes out as it is, and the row says what it means. */
  g_autofree char *sealed = bcast_secret_box_seal (key, "hi", NULL, NULL);
  g_autoptr(BcastSendPlan) again = plan_one (MASTER, channels, sealed, &error);

  g_assert_no_error (error);
  request = g_ptr_array_index (again->requests, 0);
  g_assert_cmpstr (bcast_trigger_get_data (g_ptr_array_index (request->triggers, 0)), ==, sealed);
  g_assert_cmpstr (((BcastSendRow *) g_ptr_array_index (again->rows, 0))->data, ==, "hi");

  g_autoptr(BcastSendPlan) strange = plan_one (NULL, channels, sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (((BcastSendRow *) g_ptr_array_index (strange->rows, 0))->data, ==, sealed);
}

/* Each request asks for what one of its channels has. */
static void
test_info (void)
{
  static const struct { const char *channels[4], *info, *parts[3]; } cases[] = {
    { { "private-encrypted-a", "presence-b", NULL }, "user_count,subscription_count",
      { "subscription_count", "user_count", NULL } },
    { { "a", "presence-b", NULL }, "user_count,subscription_count", { "user_count,subscription_count", NULL } },
    { { "private-encrypted-a", "presence-b", NULL }, "user_count", { NULL, "user_count" } },
    { { "a", NULL }, "user_count", { "user_count", NULL } },
    { { "a", NULL }, "nonsense", { "nonsense", NULL } },
    { { "a", NULL }, NULL, { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BcastApp) app = make_app (MASTER);
      g_autoptr(BcastDraft) draft = bcast_draft_new (cases[i].channels, "e", "{}");
      const BcastDraft *drafts[] = { draft };
      const char *socket_ids[] = { NULL };
      g_autoptr(BcastSendPlan) plan = NULL;

      draft->info = g_strdup (cases[i].info);
      plan = bcast_send_plan_new (app, drafts, socket_ids, 1, NULL);
      for (guint j = 0; j < plan->requests->len; j++)
        {
          const BcastSendRequest *request = g_ptr_array_index (plan->requests, j);

          g_assert_cmpstr (bcast_trigger_get_info (g_ptr_array_index (request->triggers, 0)), ==, cases[i].parts[j]);
        }
    }
}

static void
test_refused (void)
{
  g_autofree char *largest = g_strnfill (BCAST_LIMIT_DATA_BYTES, 'x');
  g_autofree char *larger = g_strnfill (BCAST_LIMIT_DATA_BYTES + 1, 'x');
  const struct { const char *channels[3]; const char *data; BcastError code; } cases[] = {
    { { NULL }, "{}", BCAST_ERROR_INVALID },
    { { "a b", NULL }, "{}", BCAST_ERROR_INVALID },
    { { "a", "a b", NULL }, "{}", BCAST_ERROR_INVALID },
    { { "a", NULL }, larger, BCAST_ERROR_TOO_LARGE },
    { { "private-encrypted-a", NULL }, largest, BCAST_ERROR_TOO_LARGE }, /* encrypted it is larger */
  };
  static const char * const encrypted[] = { "a", "private-encrypted-a", NULL };
  g_autoptr(GError) no_key = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (plan_one (MASTER, cases[i].channels, cases[i].data, &error));
      g_assert_error (error, BCAST_ERROR, (int) cases[i].code);
    }

  g_assert_null (plan_one (NULL, encrypted, "{}", &no_key));
  g_assert_error (no_key, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
}

static void
test_batch (void)
{
  static const char * const one[] = { "a", NULL };
  static const char * const two[] = { "private-encrypted-b", "c", NULL };
  g_autoptr(BcastApp) app = make_app (MASTER);
  const BcastDraft *drafts[8];
  const char *socket_ids[8] = { NULL, "3.4", NULL, NULL, NULL, NULL, NULL, NULL };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    drafts[i] = bcast_draft_new (i % 2 == 0 ? one : two, "e", "{}");

  g_autoptr(BcastSendPlan) plan = bcast_send_plan_new (app, drafts, socket_ids, G_N_ELEMENTS (drafts), &error);

  g_assert_no_error (error);

  g_autofree char *requests = describe (plan);
  const BcastSendRequest *request = g_ptr_array_index (plan->requests, 0);

  g_assert_cmpstr (requests, ==,
                   "batch: a private-encrypted-b c a private-encrypted-b c a private-encrypted-b c a | "
                   "batch: private-encrypted-b c");
  g_assert_null (bcast_trigger_get_socket_id (g_ptr_array_index (request->triggers, 0)));
  g_assert_cmpstr (bcast_trigger_get_socket_id (g_ptr_array_index (request->triggers, 1)), ==, "3.4");
  g_assert_true (bcast_secret_box_is_sealed (bcast_trigger_get_data (g_ptr_array_index (request->triggers, 1))));
  g_assert_cmpstr (bcast_trigger_get_data (g_ptr_array_index (request->triggers, 2)), ==, "{}");
  g_assert_cmpuint (((BcastSendRow *) g_ptr_array_index (plan->rows, 2))->draft, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    bcast_draft_free ((BcastDraft *) drafts[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/send-plan/split", test_split);
  g_test_add_func ("/send-plan/many-channels", test_many_channels);
  g_test_add_func ("/send-plan/sealed", test_sealed);
  g_test_add_func ("/send-plan/info", test_info);
  g_test_add_func ("/send-plan/refused", test_refused);
  g_test_add_func ("/send-plan/batch", test_batch);

  return g_test_run ();
}
