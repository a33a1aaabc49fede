/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem */

#include "cli-process.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static Run *
add_shop (Home *home)
{
  return run_new (home, NULL, "profiles", "add", "Shop", "--cluster", "eu", "--app-id", APP_ID, "--key", KEY,
                  "--secret-file", home->secret_file, "--secret-place", "file", "--json", NULL);
}

static Run *
sign_for_shop (Home *home)
{
  return run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", "-p", "Shop", NULL);
}

static void
test_add_list_remove (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) none = run_new (home, NULL, "profiles", NULL);
  g_autoptr(Run) added = add_shop (home);
  g_autoptr(Run) twice = add_shop (home);
  g_autoptr(Run) listed = run_new (home, NULL, "profiles", "list", "--json", NULL);
  g_autoptr(Run) signed_with = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", "-p", "Shop",
                                        NULL);
  g_autoptr(Run) removed = run_new (home, NULL, "profiles", "remove", "Shop", NULL);
  g_autoptr(Run) again = run_new (home, NULL, "profiles", "remove", "Shop", NULL);
  g_autoptr(Run) after = run_new (home, NULL, "profiles", NULL);
  g_autoptr(JsonObject) profile = NULL;

  assert_exit (none, 0);
  assert_exit (added, 0);
  assert_exit (twice, 2);
  assert_exit (listed, 0);
  profile = run_get_json (listed, 0);
  g_assert_cmpstr (json_object_get_string_member (profile, "name"), ==, "Shop");
  g_assert_cmpstr (json_object_get_string_member (profile, "kind"), ==, "cluster");
  g_assert_cmpstr (json_object_get_string_member (profile, "key"), ==, KEY);
  assert_exit (signed_with, 0);
  assert_contains (signed_with->out, "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
  assert_exit (removed, 0);
  assert_exit (again, 5);
  assert_exit (after, 0);
  g_assert_cmpstr (after->out, ==, none->out);
}

static void
check_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  GStatBuf status;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  if (memmem (text, length, SECRET, strlen (SECRET)) != NULL)
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static guint
check_folder (const char *path,
              const char *but)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_str_equal (child, but))
        continue;
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          n += check_folder (child, but);
        }
      else
        {
          check_file (child);
          n++;
        }
    }
  return n;
}

/* Kept in a file on request: one that its owner alone can read, and nowhere else. */
static void
test_secret_file (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) added = add_shop (home);

  assert_exit (added, 0);
  g_assert_cmpuint (check_folder (home->folder, home->secret_file), >=, 2);
}

static char *
break_format (const char *text)
{
  GString *broken = g_string_new (text);

  g_assert_cmpuint (g_string_replace (broken, "format=1", "format=99", 1), ==, 1);
  return g_string_free (broken, FALSE);
}

/* Keeps the first profile and a part of the second. */
static char *
cut (const char *text)
{
  const char *second = strstr (text, "name=Bazaar");

  g_assert_nonnull (second);
  return g_strndup (text, second + strlen ("name=Ba") - text);
}

typedef struct
{
  const char *what;
  char *    (*damage) (const char *text);
  const char *kept;
} Damage;

static const Damage damages[] = {
  { "newer", break_format, "profiles.ini.newer-" },
  { "cut", cut, "profiles.ini.damaged-" },
};

static void
test_damaged_profiles (gconstpointer data)
{
  const Damage *row = data;
  g_autoptr(Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->folder, "broadcast", "profiles.ini", NULL);
  g_autofree char *text = NULL;
  g_autofree char *damaged = NULL;
  g_autoptr(Run) added = add_shop (home);
  g_autoptr(Run) other = run_new (home, NULL, "profiles", "add", "Bazaar", "--cluster", "mt1", "--app-id",
                                  APP_ID, "--key", KEY, NULL);
  g_autoptr(Run) listed = NULL;
  g_autoptr(Run) again = NULL;
  g_autoptr(Run) used = NULL;

  assert_exit (added, 0);
  assert_exit (other, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  damaged = row->damage (text);
  g_assert_true (g_file_set_contents (path, damaged, -1, NULL));

  listed = run_new (home, NULL, "profiles", NULL);
  assert_exit (listed, 6);
  assert_contains (listed->out, "Shop");
  assert_contains (listed->err, row->kept);

  again = run_new (home, NULL, "profiles", NULL);
  assert_exit (again, 0);
  assert_contains (again->out, "Shop");

  g_assert_true (g_file_set_contents (path, damaged, -1, NULL));
  used = sign_for_shop (home);
  assert_exit (used, 0);
  assert_contains (used->err, row->kept);
}

/* Where a file should hold the secret, the keyring that is not there either is not the news. */
static void
test_exposed_secrets (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->folder, "broadcast", "secrets.ini", NULL);
  g_autoptr(Run) added = add_shop (home);
  g_autoptr(Run) refused = NULL;
  g_autoptr(Run) again = NULL;

  assert_exit (added, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  refused = sign_for_shop (home);
  assert_exit (refused, 6);
  assert_contains (refused->err, "chmod 600");
  assert_lacks (refused->err, "keyring");

  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  again = sign_for_shop (home);
  assert_exit (again, 0);
}

/* What stands before the damage is used at once; what was lost is told where it was lost. */
static void
test_damaged_secrets (gconstpointer data)
{
  gboolean is_rescued = GPOINTER_TO_INT (data);
  g_autoptr(Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->folder, "broadcast", "secrets.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr(Run) added = add_shop (home);
  g_autoptr(Run) run = NULL;
  char *end;

  assert_exit (added, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  end = strstr (text, is_rescued ? SECRET "\n" : SECRET);
  g_assert_nonnull (end);
  end[is_rescued ? strlen (SECRET "\n") : 0] = '\0';
  if (!is_rescued)
    *strrchr (text, '=') = '\0';
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));

  run = sign_for_shop (home);
  assert_exit (run, is_rescued ? 0 : 6);
  assert_contains (run->err, "secrets.ini.damaged-");
  assert_lacks (run->err, "keyring");
  if (!is_rescued)
    {
      g_autoptr(Run) later = sign_for_shop (home);

      assert_exit (later, 6);
      assert_contains (later->err, "secrets.ini.damaged-");
      assert_lacks (later->err, "keyring");
    }
}

static void
test_no_keyring (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) refused = run_new (home, NULL, "profiles", "add", "Shop", "--cluster", "eu", "--app-id", APP_ID,
                                    "--key", KEY, "--secret-file", home->secret_file, NULL);
  g_autoptr(Run) listed = run_new (home, NULL, "profiles", NULL);
  g_autoptr(Run) bare = run_new (home, NULL, "profiles", "add", "Shop", "--cluster", "eu", "--app-id", APP_ID,
                                 "--key", KEY, NULL);

  assert_exit (refused, 6);
  assert_contains (refused->err, "--secret-place file");
  assert_lacks (refused->err, "session");
  assert_lacks (listed->out, "Shop");
  assert_exit (bare, 0);
  assert_contains (bare->err, "no secret");
}

static void
test_malformed (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) no_key = run_new (home, NULL, "profiles", "add", "Shop", "--cluster", "eu", NULL);
  g_autoptr(Run) bad_host = run_new (home, NULL, "profiles", "add", "Shop", "--host", "no host", "--key", KEY, NULL);

  assert_exit (no_key, 2);
  assert_exit (bad_host, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/profiles/add-list-remove", test_add_list_remove);
  g_test_add_func ("/cli/profiles/secret-file", test_secret_file);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/profiles/damaged-profiles/", damages[i].what, NULL);

      g_test_add_data_func (path, &damages[i], test_damaged_profiles);
    }
  g_test_add_func ("/cli/profiles/exposed-secrets", test_exposed_secrets);
  g_test_add_data_func ("/cli/profiles/damaged-secrets/rescued", GINT_TO_POINTER (TRUE), test_damaged_secrets);
  g_test_add_data_func ("/cli/profiles/damaged-secrets/lost", GINT_TO_POINTER (FALSE), test_damaged_secrets);
  g_test_add_func ("/cli/profiles/no-keyring", test_no_keyring);
  g_test_add_func ("/cli/profiles/malformed", test_malformed);
  return g_test_run ();
}
