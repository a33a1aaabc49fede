/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include "bcast-error.h"
#include "bcast-profile-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "[Broadcast]\nformat=1\n\n"
#define END    "\n# End of file\n"
#define A      "[profile a]\nkind=server\nproduction=true\nname=A\nws-port=6001\n"
#define B      "[profile b]\nkind=cluster\nname=B\ncluster=eu\n"
#define NOBODY 65534

typedef struct
{
  const char *what;
  const char *text;
  gssize      length;
  const char *ids;  /* what can be read of it all the same */
  const char *says; /* part of the sentence */
} Damage;

static const Damage damages[] = {
  { "empty", "", 0, "", "nothing in it" },
  { "blank", "\n\n", -1, "", "nothing in it" },
  { "header-alone", "[Broadcast]\n", -1, "", "its end is missing" },
  { "end-missing", HEADER A B, -1, "a b", "its end is missing" },
  { "cut-in-kind", HEADER A "[profile b]\nkind=clu", -1, "a", "line 10 makes no sense" },
  { "cut-in-value", HEADER A "[profile b]\nkind=cluster\nname=some", -1, "a b", "line 11 makes no sense" },
  { "kind-missing", HEADER A "[profile b]\nname=B\n" END, -1, "a", "[profile b] is not a profile" },
  { "cut-in-group", HEADER A "[profile", -1, "a", "line 9 makes no sense" },
  { "garbage", "\x7f" "ELF\x02\x01\x01\0\0\0\x80\xff\xfe garbage\n\0\0", 24, "", "line 1 makes no sense" },
  { "garbage-between", HEADER A "\x01\xff\xfe\n" B END, -1, "a b", "line 9 makes no sense" },
  { "nul", HEADER A "x=\0y\n" B END, sizeof (HEADER A "x=\0y\n" B END) - 1, "a b", "line 9 makes no sense" },
  { "bad-utf-8", HEADER A "app-id=\xc3\x28\n" B END, -1, "a b", "line 9 makes no sense" },
  { "no-entry", HEADER A "this is no entry\n" B END, -1, "a b", "line 9 makes no sense" },
  { "encoding", HEADER A "Encoding=latin1\n" B END, -1, "a b", "line 9 makes no sense" },
  { "group-twice", HEADER A B "[profile a]\nname=Second\n" END, -1, "a b", "the group in line 13 is there twice" },
  { "key-twice", HEADER A "name=Other\n" END, -1, "a", "the key in line 9 is there twice" },
  { "no-group", "name=A\n" HEADER A END, -1, "a", "line 1 belongs to no group" },
  { "port-word", HEADER A "http-port=many\n" END, -1, "a", "“http-port” in [profile a]" },
  { "port-negative", HEADER A "http-port=-1\n" END, -1, "a", "“http-port” in [profile a]" },
  { "port-huge", HEADER A "http-port=99999999999999999999\n" END, -1, "a", "“http-port” in [profile a]" },
  { "port-wide", HEADER A "http-port=4294967296\n" END, -1, "a", "“http-port” in [profile a]" },
  { "switch-word", HEADER A "tls=perhaps\n" END, -1, "a", "“tls” in [profile a]" },
  { "escape", HEADER A "path=\\q\n" END, -1, "a", "“path” in [profile a]" },
  { "escapes", HEADER A "path=\\q\\\n" END, -1, "a", "“path” in [profile a]" },
  { "authorizer", HEADER A "authorizer=banana\n" END, -1, "a", "“authorizer” in [profile a]" },
  { "kind-escapes", HEADER A "[profile x]\nkind=\\q\\\n" END, -1, "a", "[profile x] is not a profile" },
  { "kind", HEADER A "[profile x]\nkind=banana\n" END, -1, "a", "[profile x] is not a profile" },
  { "id", HEADER A "[profile x/../y]\nkind=server\n" END, -1, "a", "[profile x/../y] is not a profile" },
  { "id-empty", HEADER A "[profile ]\nkind=server\n" END, -1, "a", "line 9 makes no sense" },
  { "format-word", "[Broadcast]\nformat=new\n" A END, -1, "a", "in which format" },
  { "format-zero", "[Broadcast]\nformat=0\n" A END, -1, "a", "in which format" },
  { "format-missing", "[Broadcast]\n" A END, -1, "a", "in which format" },
};

static void
check_ids (BcastProfileStore *store,
           const char        *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr(BcastProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", bcast_profile_get_id (profile));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
check_contents (const char *path,
                const char *text,
                gsize       length)
{
  g_autofree char *contents = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (path, &contents, &n, NULL));
  g_assert_cmpmem (contents, n, text, length);
}

static void
check_says (GError     *error,
            const char *says)
{
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

/* Loads what was damaged; checks that it is told, kept whole, and that what was rescued is on disk. */
static void
check_damage (const char *path,
              const char *text,
              gsize       length,
              const char *ids,
              const char *says,
              const char *why)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (path);
  g_autoptr(BcastProfileStore) again = bcast_profile_store_new (path);
  g_autofree char *prefix = g_strdup_printf ("%s.%s-", path, why);
  g_autoptr(GError) error = NULL;
  const char *aside;

  g_assert_false (bcast_profile_store_load (store, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
  check_says (error, says);
  check_ids (store, ids);

  aside = bcast_profile_store_get_kept_aside (store);
  g_assert_nonnull (aside);
  g_assert_true (g_str_has_prefix (aside, prefix));
  check_says (error, aside);
  check_contents (aside, text, length);

  g_clear_error (&error);
  g_assert_true (bcast_profile_store_load (again, &error));
  g_assert_no_error (error);
  check_ids (again, ids);

  g_assert_true (bcast_profile_store_save (store, &error));
  g_assert_no_error (error);
  check_contents (aside, text, length);
}

static void
test_damage (Place         *place,
             gconstpointer  data)
{
  const Damage *damage = data;
  gsize length = damage->length >= 0 ? (gsize) damage->length : strlen (damage->text);

  write_file (place->path, damage->text, length);
  check_damage (place->path, damage->text, length, damage->ids, damage->says, "damaged");
}

/* A profile that is half there must not lose what protects it. */
static void
test_kept_fields (Place         *place,
                  gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  BcastProfile *a;

  write_file (place->path, HEADER A "http-port=many\npath=/x\n" END, -1);
  g_assert_false (bcast_profile_store_load (store, NULL));
  a = bcast_profile_store_find (store, "a");
  g_assert_true (bcast_profile_get_production (a));
  g_assert_cmpuint (bcast_profile_get_ws_port (a), ==, 6001);
  g_assert_cmpuint (bcast_profile_get_http_port (a), ==, 0);
  g_assert_cmpstr (bcast_profile_get_path (a), ==, "/x");
}

static void
test_newer (Place         *place,
            gconstpointer  data)
{
  static const char text[] = "[Broadcast]\nformat=2\n\n" A "colour=red\n" END;

  write_file (place->path, text, -1);
  check_damage (place->path, text, strlen (text), "a", "newer version", "newer");
}

static void
test_huge (Place         *place,
           gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (10 * 1024 * 1024, 'x');
  g_autofree char *text = g_strconcat (HEADER A "note=", filler, "\n" B END, NULL);

  write_file (place->path, text, -1);
  check_damage (place->path, text, strlen (text), "a", "larger than 1 MiB", "damaged");
}

/* Each took GKeyFile minutes before there were limits. */
static void
test_many_groups (Place         *place,
                  gconstpointer  data)
{
  static const struct { const char *prefix; guint n, n_read; const char *says; } kinds[] = {
    { "profile ", 700, 500, "more than 500 profiles" },
    { "profile ", 30000, 500, "more than 1000 groups" },
    { "", 50000, 0, "more than 1000 groups" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GString) ids = g_string_new (NULL);

      for (guint i = 0; i < kinds[k].n; i++)
        {
          g_string_append_printf (text, "[%s%u]\n", kinds[k].prefix, i);
          if (i < kinds[k].n_read)
            g_string_append_printf (ids, "%s%u", i > 0 ? " " : "", i);
        }
      write_file (place->path, text->str, text->len);
      check_damage (place->path, text->str, text->len, ids->str, kinds[k].says, "damaged");
    }
}

static void
test_many_lines (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new ("[profile a]\nkind=server\n");

  for (guint i = 0; text->len < 1000 * 1000; i++)
    g_string_append_printf (text, "#\n%u=\n", i);
  write_file (place->path, text->str, text->len);
  check_damage (place->path, text->str, text->len, "a", "more than 20000 lines", "damaged");
}

static char *
make_valid_file (const char *path)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (path);
  static const char * const ids[] = { "one", "two", "three" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(BcastProfile) profile = bcast_profile_new (ids[i], i);

      g_object_set (profile, "name", "Bücher\n☃", "key", "app-key", "production", TRUE, NULL);
      bcast_profile_store_add (store, profile);
    }
  g_assert_true (bcast_profile_store_save (store, NULL));
  return read_file (path);
}

static gboolean
is_whole_in (const char *text,
             gsize       length,
             const char *id)
{
  g_autofree char *group = g_strdup_printf ("[profile %s]", id);
  const char *start = strstr (text, group);
  const char *next = strstr (start, "\n\n");

  return next != NULL && (gsize) (next - text) < length;
}

/* Cut anywhere, the file is either as it was, or kept aside with all profiles before the cut loaded. */
static void
test_truncations (Place         *place,
                  gconstpointer  data)
{
  g_autofree char *text = make_valid_file (place->path);
  g_autoptr(BcastProfileStore) whole = bcast_profile_store_new (place->path);
  gsize length = strlen (text);

  g_assert_true (bcast_profile_store_load (whole, NULL));
  for (gsize cut = 0; cut + 1 < length; cut++)
    {
      g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
      g_autoptr(GError) error = NULL;

      write_file (place->path, text, cut);
      g_assert_false (bcast_profile_store_load (store, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
      check_contents (bcast_profile_store_get_kept_aside (store), text, cut);
      g_assert_cmpint (g_unlink (bcast_profile_store_get_kept_aside (store)), ==, 0);

      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (whole)); i++)
        {
          g_autoptr(BcastProfile) before = g_list_model_get_item (G_LIST_MODEL (whole), i);
          BcastProfile *after = bcast_profile_store_find (store, bcast_profile_get_id (before));

          if (is_whole_in (text, cut, bcast_profile_get_id (before)))
            g_assert_true (bcast_profile_equal (before, after));
        }
    }

  /* Only the last line end is missing: nothing is lost. */
  write_file (place->path, text, length - 1);
  g_assert_true (bcast_profile_store_load (whole, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (whole)), ==, 3);
}

/* Random damage anywhere: no crash, and the bytes are on disk under one name or the other. */
static void
test_random_damage (Place         *place,
                    gconstpointer  data)
{
  g_autofree char *text = make_valid_file (place->path);
  gsize length = strlen (text);

  for (guint n = 0; n < 500; n++)
    {
      g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
      g_autofree char *hurt = g_memdup2 (text, length + 1);
      const char *aside;

      for (int i = g_test_rand_int_range (1, 6); i > 0; i--)
        hurt[g_test_rand_int_range (0, length)] = g_test_rand_int_range (0, 256);
      write_file (place->path, hurt, length);

      if (bcast_profile_store_load (store, NULL))
        {
          check_contents (place->path, hurt, length);
          continue;
        }
      aside = bcast_profile_store_get_kept_aside (store);
      check_contents (aside, hurt, length);
      g_assert_cmpint (g_unlink (aside), ==, 0);
    }
}

static void
test_same_second (Place         *place,
                  gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
      g_autofree char *text = g_strdup_printf ("damage %u\n", i);

      write_file (place->path, text, -1);
      g_assert_false (bcast_profile_store_load (store, NULL));
      check_contents (bcast_profile_store_get_kept_aside (store), text, strlen (text));
    }
  g_assert_cmpuint (count_files (folder, "profiles.ini.damaged-"), ==, 20);
}

/* Another program left something that makes no sense while this one was running. */
static void
test_damaged_meanwhile (Place         *place,
                        gconstpointer  data)
{
  g_autofree char *text = make_valid_file (place->path);
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);

  g_assert_true (bcast_profile_store_load (store, NULL));
  write_file (place->path, "junk", -1);
  g_assert_true (bcast_profile_store_save (store, NULL));
  check_contents (bcast_profile_store_get_kept_aside (store), "junk", 4);
  check_contents (place->path, text, strlen (text));
}

static void
test_not_a_file (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->folder);
  g_autofree char *pipe = g_build_filename (place->folder, "pipe", NULL);
  g_autoptr(BcastProfileStore) on_pipe = bcast_profile_store_new (pipe);
  g_autoptr(GError) error = NULL;

  g_assert_false (bcast_profile_store_load (store, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  check_says (error, place->folder);
  g_clear_error (&error);
  g_assert_false (bcast_profile_store_save (store, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_false (bcast_profile_store_load (on_pipe, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  check_says (error, "it is not a file");
}

static void
test_folder_is_a_file (Place         *place,
                       gconstpointer  data)
{
  g_autofree char *file = g_build_filename (place->folder, "file", NULL);
  g_autofree char *path = g_build_filename (file, "profiles.ini", NULL);
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (path);
  g_autoptr(GError) error = NULL;

  write_file (file, "", 0);
  g_assert_false (bcast_profile_store_save (store, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  check_says (error, "could not be saved");
}

/* Root may write everywhere, so it becomes nobody for the while. */
static void
lock_up (const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *above = g_path_get_dirname (parent);

  g_assert_cmpint (g_chmod (above, 0755), ==, 0);
  g_assert_cmpint (g_chmod (parent, 0755), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
}

static void
unlock (const char *folder)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

static void
test_read_only (Place         *place,
                gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autofree char *text = make_valid_file (place->path);
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autoptr(GError) error = NULL;
  gboolean is_loaded, is_saved;

  g_assert_cmpint (g_chmod (place->path, 0644), ==, 0);
  lock_up (folder);
  is_loaded = bcast_profile_store_load (store, NULL);
  is_saved = bcast_profile_store_save (store, &error);
  unlock (folder);

  g_assert_true (is_loaded);
  g_assert_false (is_saved);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  check_says (error, "could not be saved: Permission denied.");
  check_contents (place->path, text, strlen (text));
  g_assert_cmpuint (count_files (folder, ""), ==, 1);
}

static void
test_unreadable (Place         *place,
                 gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autofree char *text = make_valid_file (place->path);
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autoptr(GError) error = NULL;
  gboolean is_loaded, is_saved;

  g_assert_cmpint (g_chmod (place->path, 0000), ==, 0);
  lock_up (folder);
  is_loaded = bcast_profile_store_load (store, &error);
  is_saved = bcast_profile_store_save (store, NULL);
  unlock (folder);

  g_assert_false (is_loaded);
  g_assert_false (is_saved);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  check_says (error, "could not be read: Permission denied.");
  g_assert_cmpint (g_chmod (place->path, 0600), ==, 0);
  check_contents (place->path, text, strlen (text));
}

/* What can be neither understood nor moved away is not written over either. */
static void
test_damaged_and_read_only (Place         *place,
                            gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autoptr(GError) load_error = NULL;
  g_autoptr(GError) save_error = NULL;
  gboolean is_saved;

  write_file (place->path, HEADER A, -1);
  g_assert_cmpint (g_chmod (place->path, 0644), ==, 0);
  lock_up (folder);
  bcast_profile_store_load (store, &load_error);
  is_saved = bcast_profile_store_save (store, &save_error);
  unlock (folder);

  g_assert_error (load_error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
  check_says (load_error, "Nothing will be saved until");
  check_ids (store, "a");
  g_assert_null (bcast_profile_store_get_kept_aside (store));
  g_assert_false (is_saved);
  g_assert_error (save_error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  check_contents (place->path, HEADER A, strlen (HEADER A));

  /* The folder was mended: the file is kept aside now, and the save goes through. */
  g_assert_true (bcast_profile_store_save (store, NULL));
  check_contents (bcast_profile_store_get_kept_aside (store), HEADER A, strlen (HEADER A));
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Place *, gconstpointer); } tests[] = {
    { "/profile-damage/kept-fields", test_kept_fields },
    { "/profile-damage/newer", test_newer },
    { "/profile-damage/huge", test_huge },
    { "/profile-damage/many-groups", test_many_groups },
    { "/profile-damage/many-lines", test_many_lines },
    { "/profile-damage/truncations", test_truncations },
    { "/profile-damage/random", test_random_damage },
    { "/profile-damage/same-second", test_same_second },
    { "/profile-damage/meanwhile", test_damaged_meanwhile },
    { "/profile-damage/not-a-file", test_not_a_file },
    { "/profile-damage/folder-is-a-file", test_folder_is_a_file },
    { "/profile-damage/read-only", test_read_only },
    { "/profile-damage/unreadable", test_unreadable },
    { "/profile-damage/damaged-and-read-only", test_damaged_and_read_only },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/profile-damage/kind/", damages[i].what, NULL);
      g_test_add (path, Place, &damages[i], place_set_up, test_damage, place_tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, place_set_up, tests[i].func, place_tear_down);

  return g_test_run ();
}
