/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include "bcast-cast-file.h"
#include "bcast-error.h"

#include <glib/gstdio.h>
#include <string.h>

static void
check_loaded (Place      *place,
              const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (bcast_cast_file_load (place->path, &text, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (length, ==, expected != NULL ? strlen (expected) : 0);
}

static void
test_round_trip (Place         *place,
                 gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autoptr(GError) error = NULL;

  check_loaded (place, NULL);
  g_assert_true (bcast_cast_file_save (place->path, "{\"version\":1}", &error));
  g_assert_no_error (error);
  check_loaded (place, "{\"version\":1}");
  g_assert_cmphex (get_mode (place->path), ==, 0600);
  g_assert_cmphex (get_mode (folder), ==, 0700);
  g_assert_true (bcast_cast_file_save (place->path, "{}", NULL));
  check_loaded (place, "{}");
  g_assert_cmpuint (count_files (folder, ""), ==, 1);

  g_assert_true (bcast_cast_file_remove (place->path, &error));
  check_loaded (place, NULL);
  g_assert_true (bcast_cast_file_remove (place->path, &error));
  g_assert_no_error (error);
}

/* A file too large is no longer written than it can be read, and is seen to be too large. */
static void
test_too_large (Place         *place,
                gconstpointer  data)
{
  g_autofree char *large = g_strnfill (BCAST_CAST_FILE_MAX_BYTES + 1, 'x');
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (bcast_cast_file_save (place->path, "{}", NULL));
  g_assert_false (bcast_cast_file_save (place->path, large, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  check_loaded (place, "{}");

  write_file (place->path, large, -1);
  g_assert_true (bcast_cast_file_load (place->path, &text, &length, NULL));
  g_assert_cmpuint (length, >, BCAST_CAST_FILE_MAX_BYTES);
}

static void
test_keep_aside (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *kept = NULL;

  write_file (place->path, "damaged", -1);
  aside = bcast_cast_file_keep_aside (place->path, "damaged", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (aside, place->path));
  g_assert_nonnull (strstr (aside, ".damaged-"));
  kept = read_file (aside);
  g_assert_cmpstr (kept, ==, "damaged");
  check_loaded (place, NULL);
}

/* What stands where the file or its folder should be is left alone, and told. */
static void
test_in_the_way (Place         *place,
                 gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autofree char *text = NULL;
  GError *errors[3] = { NULL };
  gsize length;

  g_assert_cmpint (g_mkdir_with_parents (place->path, 0700), ==, 0);
  g_assert_false (bcast_cast_file_load (place->path, &text, &length, &errors[0]));
  g_assert_false (bcast_cast_file_save (place->path, "{}", &errors[1]));
  g_assert_false (bcast_cast_file_remove (place->path, &errors[2]));
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_assert_error (errors[i], BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
      g_assert_nonnull (strstr (errors[i]->message, place->path));
      g_clear_error (&errors[i]);
    }
  g_assert_true (g_file_test (place->path, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (count_files (folder, ""), ==, 1);
}

static void
test_path (void)
{
  g_autofree char *path = bcast_cast_file_dup_default_path ("../a b");

  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (path, "/broadcast/clients/..%2Fa%20b.json"));
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*test) (Place *, gconstpointer); } tests[] = {
    { "/cast-file/round-trip", test_round_trip },
    { "/cast-file/too-large", test_too_large },
    { "/cast-file/keep-aside", test_keep_aside },
    { "/cast-file/in-the-way", test_in_the_way },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, place_set_up, tests[i].test, place_tear_down);
  g_test_add_func ("/cast-file/path", test_path);
  return g_test_run ();
}
