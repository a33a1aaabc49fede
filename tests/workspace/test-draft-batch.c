/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#include "bcast-draft-batch.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-limits.h"

static GPtrArray *
batch_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);
}

static BcastDraft *
add (GPtrArray  *batch,
     const char *channel,
     const char *name,
     const char *data)
{
  const char *channels[] = { channel, NULL };
  BcastDraft *draft = bcast_draft_new (channels, name, data);

  g_ptr_array_add (batch, draft);
  return draft;
}

static void
add_many (GPtrArray *batch,
          guint      n_events,
          gsize      data_bytes)
{
  g_autofree char *data = g_strnfill (data_bytes, 'x');

  for (guint i = 0; i < n_events; i++)
    add (batch, "c", "e", data);
}

/* A file of settings holds values as text. */
static GPtrArray *
unpack_text (const char *text,
             guint      *n_left_out)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) packed = g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return bcast_draft_batch_unpack (packed, n_left_out);
}

static void
test_round_trip (void)
{
  g_autoptr(GPtrArray) batch = batch_new ();
  guint n_left_out = 1;

  add (batch, "releases", "ReleasePublished", "{\"note\":\"über ☃\",\"line\":\"a\\nb\"}");
  BcastDraft *full = add (batch, "presence-lobby", "App\\Events\\Posted", "");
  full->excluded = g_strdup ("Alice");
  full->info = g_strdup ("user_count");

  g_autoptr(GVariant) packed = bcast_draft_batch_pack (batch);
  g_autofree char *text = g_variant_print (packed, TRUE);
  g_autoptr(GPtrArray) back = unpack_text (text, &n_left_out);

  g_assert_cmpuint (n_left_out, ==, 0);
  g_assert_cmpuint (back->len, ==, batch->len);
  for (guint i = 0; i < batch->len; i++)
    {
      const BcastDraft *before = g_ptr_array_index (batch, i);
      const BcastDraft *after = g_ptr_array_index (back, i);

      g_assert_cmpstrv (after->channels, before->channels);
      g_assert_cmpstr (after->name, ==, before->name);
      g_assert_cmpstr (after->data, ==, before->data);
      g_assert_cmpstr (after->excluded, ==, before->excluded);
      g_assert_cmpstr (after->info, ==, before->info);
      g_assert_null (after->sender);
    }
}

static void
test_empty (void)
{
  g_autoptr(GPtrArray) batch = batch_new ();
  g_autoptr(GVariant) packed = bcast_draft_batch_pack (batch);
  guint n_left_out = 1;
  g_autoptr(GPtrArray) back = bcast_draft_batch_unpack (packed, &n_left_out);

  g_assert_true (g_variant_is_of_type (packed, G_VARIANT_TYPE ("aa{sv}")));
  g_assert_cmpuint (back->len, ==, 0);
  g_assert_cmpuint (n_left_out, ==, 0);
}

/* Each stands between two events that are right, and those come back. */
static void
test_hostile (void)
{
  static const char * const rows[] = {
    "@a{sv} {}",
    "{'channel': <'c'>, 'event': <'e'>}",
    "{'channel': <'c'>, 'data': <''>}",
    "{'event': <'e'>, 'data': <''>}",
    "{'channel': <7>, 'event': <'e'>, 'data': <''>}",
    "{'channel': <['c']>, 'event': <'e'>, 'data': <''>}",
    "{'channel': <'c'>, 'event': <'e'>, 'data': <@ay []>}",
    "{'channel': <''>, 'event': <'e'>, 'data': <''>}",
    "{'channel': <'a b'>, 'event': <'e'>, 'data': <''>}",
    "{'channel': <'c'>, 'event': <''>, 'data': <''>}",
    "{'channel': <'c'>, 'event': <'pusher:error'>, 'data': <''>}",
    "{'channel': <'c'>, 'event': <'e'>, 'data': <''>, 'info': <'secrets'>}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("[{'channel': <'a'>, 'event': <'e'>, 'data': <''>}, %s, "
                                               "{'channel': <'z'>, 'event': <'e'>, 'data': <''>}]", rows[i]);
      guint n_left_out = 0;
      g_autoptr(GPtrArray) back = unpack_text (text, &n_left_out);

      g_test_message ("%s", rows[i]);
      g_assert_cmpuint (n_left_out, ==, 1);
      g_assert_cmpuint (back->len, ==, 2);
      g_assert_cmpstr (((const BcastDraft *) g_ptr_array_index (back, 0))->channels[0], ==, "a");
      g_assert_cmpstr (((const BcastDraft *) g_ptr_array_index (back, 1))->channels[0], ==, "z");
    }
}

/* A database of settings holds them as bytes, and a text that is no UTF-8 reads as an empty one. */
static void
test_no_utf8 (void)
{
  g_autoptr(GPtrArray) batch = batch_new ();
  guint n_left_out = 0;

  add (batch, "channel", "XXXX", "{}");

  g_autoptr(GVariant) packed = bcast_draft_batch_pack (batch);
  gsize size = g_variant_get_size (packed);
  g_autofree char *bytes = g_memdup2 (g_variant_get_data (packed), size);
  char *name = memmem (bytes, size, "XXXX", 4);

  g_assert_nonnull (name);
  memset (name, 0xFF, 4);

  g_autoptr(GVariant) damaged = g_variant_ref_sink (
    g_variant_new_from_data (G_VARIANT_TYPE ("aa{sv}"), bytes, size, FALSE, NULL, NULL));
  g_autoptr(GPtrArray) back = bcast_draft_batch_unpack (damaged, &n_left_out);

  g_assert_cmpuint (back->len, ==, 0);
  g_assert_cmpuint (n_left_out, ==, 1);
}

static void
test_room (void)
{
  static const struct { guint n_before, n_more; gsize data_bytes; int code; } cases[] = {
    { 0, BCAST_DRAFT_BATCH_MAX, 0, -1 },
    { BCAST_DRAFT_BATCH_MAX - 1, 1, 0, -1 },
    { BCAST_DRAFT_BATCH_MAX - 1, 2, 0, BCAST_ERROR_TOO_LARGE },
    { 31, 1, 8192 - 2, -1 },                       /* with channel and name exactly as much as there is room for */
    { 31, 1, 8192 - 1, BCAST_ERROR_TOO_LARGE },
    { 0, 1, BCAST_LIMIT_DATA_BYTES, -1 },
    { 0, 1, BCAST_LIMIT_DATA_BYTES + 1, BCAST_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) batch = batch_new ();
      g_autoptr(GPtrArray) more = batch_new ();
      g_autoptr(GError) error = NULL;

      add_many (batch, cases[i].n_before, cases[i].data_bytes);
      add_many (more, cases[i].n_more, cases[i].data_bytes);
      g_assert_cmpint (bcast_draft_batch_check (batch, more, &error), ==, cases[i].code < 0);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, BCAST_ERROR, cases[i].code);
    }
}

/* What is more than a batch may have is left out from its end. */
static void
test_left_out (void)
{
  static const struct { guint n_packed; gsize data_bytes; guint n_back; } cases[] = {
    { BCAST_DRAFT_BATCH_MAX + 3, 0, BCAST_DRAFT_BATCH_MAX },
    { 32, 8192 - 2, 32 },
    { 40, 8192 - 2, 32 },
    { 32, 8192 - 1, 31 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) batch = batch_new ();
      guint n_left_out = 0;

      add_many (batch, cases[i].n_packed, cases[i].data_bytes);
      add (batch, "last", "e", "");

      g_autoptr(GVariant) packed = bcast_draft_batch_pack (batch);
      g_autoptr(GPtrArray) back = bcast_draft_batch_unpack (packed, &n_left_out);

      g_assert_cmpuint (back->len, ==, cases[i].n_back);
      g_assert_cmpuint (n_left_out, ==, cases[i].n_packed + 1 - cases[i].n_back);
      for (guint j = 0; j < back->len; j++)
        g_assert_cmpstr (((const BcastDraft *) g_ptr_array_index (back, j))->channels[0], ==, "c");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft-batch/round-trip", test_round_trip);
  g_test_add_func ("/draft-batch/empty", test_empty);
  g_test_add_func ("/draft-batch/hostile", test_hostile);
  g_test_add_func ("/draft-batch/no-utf8", test_no_utf8);
  g_test_add_func ("/draft-batch/room", test_room);
  g_test_add_func ("/draft-batch/left-out", test_left_out);

  return g_test_run ();
}
