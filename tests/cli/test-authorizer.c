/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <glib/gstdio.h>
#include <string.h>

#define MASTER_KEY "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
#define ENDPOINT   "http://localhost:8000/broadcasting/auth"
#define AUTH_JSON  "{\n  \"headers\": [[\"X-Tenant\", \"acme\"]],\n  \"cookies\": \"session=c00kie\"\n}\n"

static Run *
add_shop (Home       *home,
          const char *auth_file,
          const char *key_file)
{
  return run_new (home, NULL, "profiles", "add", "Shop", "--cluster", "eu", "--app-id", APP_ID, "--key", KEY,
                  "--secret-file", home->secret_file, "--secret-place", "file", "--ca-file", "own/../ca.pem",
                  "--auth-endpoint", ENDPOINT, "--auth-file", auth_file, "--auth-header", "X-More: b: c",
                  "--master-key-file", key_file, "--json", NULL);
}

static char *
read_config (Home       *home,
             const char *name)
{
  g_autofree char *path = g_build_filename (home->folder, "broadcast", name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_add (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *auth_file = home_write (home, "auth.json", AUTH_JSON, 0600);
  g_autofree char *key_file = home_write (home, "master-key", MASTER_KEY "\n", 0600);
  g_autoptr(Run) added = add_shop (home, auth_file, key_file);
  g_autoptr(Run) removed = NULL;
  g_autoptr(JsonObject) profile = NULL;
  g_autofree char *profiles = NULL, *secrets = NULL, *after = NULL;

  assert_exit (added, 0);
  g_assert_cmpstr (added->err, ==, "");
  profile = run_get_json (added, 0);
  g_assert_cmpstr (json_object_get_string_member (profile, "authorizer"), ==, "endpoint");
  g_assert_cmpstr (json_object_get_string_member (profile, "auth_endpoint"), ==, ENDPOINT);
  g_assert_true (g_path_is_absolute (json_object_get_string_member (profile, "ca_file")));
  g_assert_true (g_str_has_suffix (json_object_get_string_member (profile, "ca_file"), "/ca.pem"));

  profiles = read_config (home, "profiles.ini");
  assert_contains (profiles, "auth-endpoint=" ENDPOINT);
  assert_lacks (profiles, "c00kie");
  assert_lacks (profiles, MASTER_KEY);
  secrets = read_config (home, "secrets.ini");
  assert_contains (secrets, "/master-key=" MASTER_KEY "\n");
  assert_contains (secrets, "/authorizer={\"headers\":[[\"X-Tenant\",\"acme\"],[\"X-More\",\"b: c\"]],\"params\":[],"
                            "\"cookies\":\"session=c00kie\",\"bearer\":\"\"}\n");

  removed = run_new (home, NULL, "profiles", "remove", "Shop", NULL);
  assert_exit (removed, 0);
  after = read_config (home, "secrets.ini");
  assert_lacks (after, "c00kie");
  assert_lacks (after, MASTER_KEY);
}

/* What others can read is used, with a warning; what is kept and cannot be understood is told. */
static void
test_warnings (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *auth_file = home_write (home, "auth.json", AUTH_JSON, 0644);
  g_autofree char *key_file = home_write (home, "master-key", MASTER_KEY "\n", 0640);
  g_autofree char *path = g_build_filename (home->folder, "broadcast", "secrets.ini", NULL);
  g_autoptr(Run) added = add_shop (home, auth_file, key_file);
  g_autoptr(Run) used = NULL, other = NULL;
  g_autofree char *secrets = NULL;
  g_autoptr(GString) broken = NULL;

  assert_exit (added, 0);
  assert_contains (added->err, auth_file);
  assert_contains (added->err, key_file);
  assert_contains (added->err, "chmod 600");

  secrets = read_config (home, "secrets.ini");
  broken = g_string_new (secrets);
  g_assert_cmpuint (g_string_replace (broken, "\"cookies\":", "\"cookies\";", 1), ==, 1);
  g_assert_true (g_file_set_contents_full (path, broken->str, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  used = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", "-p", "Shop", NULL);
  assert_exit (used, 0);
  assert_contains (used->err, "What your app is sent cannot be read");
  assert_lacks (used->err, "c00kie");

  /* An app elsewhere is not sent what is kept for this one, so that it is not even read. */
  other = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", "-p", "Shop", "--auth-endpoint",
                   "http://other.test/", NULL);
  assert_exit (other, 0);
  g_assert_cmpstr (other->err, ==, "");
}

static const struct
{
  const char *what;
  const char *auth, *key;
  const char *option, *value;
  const char *says;
} bad[] = {
  { "no-json", "hunter2", NULL, NULL, NULL, "cannot be read. It must be JSON" },
  { "bad-header-name", "{\"headers\":[[\"a b\",\"hunter2\"]]}", NULL, NULL, NULL, "name of a header" },
  { "bad-cookies", "{\"cookies\":\"hunter2\"}", NULL, NULL, NULL, "cookies are too long" },
  { "header-without-colon", NULL, NULL, "--auth-header", "X-A hunter2", "has no colon" },
  { "header-of-request", NULL, NULL, "--auth-header", "Host: hunter2", "Host cannot be set" },
  { "endpoint", NULL, NULL, "--auth-endpoint", "localhost:8000/hunter2", "http:// or https://" },
  { "user-endpoint-alone", NULL, NULL, "--user-auth-endpoint", "http://localhost/u", "channel endpoint is missing" },
  { "master-key", NULL, "hunter2", NULL, NULL, "32 bytes in base64" },
};

static void
test_bad (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(Home) home = home_new ();
  g_autofree char *auth_file = home_write (home, "auth.json", bad[i].auth != NULL ? bad[i].auth : "{}", 0600);
  g_autofree char *key_file = home_write (home, "key", bad[i].key != NULL ? bad[i].key : MASTER_KEY, 0600);
  g_autoptr(Run) run = run_new (home, NULL, "profiles", "add", "Shop", "--cluster", "eu", "--app-id", APP_ID, "--key",
                                KEY, "--auth-file", auth_file, "--master-key-file", key_file, bad[i].option,
                                bad[i].value, NULL);
  g_autoptr(Run) listed = run_new (home, NULL, "profiles", NULL);

  assert_exit (run, 2);
  assert_contains (run->err, bad[i].says);
  assert_lacks (run->err, "hunter2");
  assert_lacks (listed->out, "Shop");
}

static void
test_help (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_new (home, NULL, "subscribe", "--help", NULL);

  assert_exit (run, 0);
  assert_contains (run->out, "other users can read it on the command line");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/authorizer/add", test_add);
  g_test_add_func ("/cli/authorizer/warnings", test_warnings);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/authorizer/bad/", bad[i].what, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/cli/authorizer/help", test_help);
  return g_test_run ();
}
