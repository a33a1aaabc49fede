/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <string.h>

typedef struct
{
  const char *what;
  const char *arguments[8];
  const char *value;
} Vector;

/* From the Channels documentation, and made with npm `pusher` 5.3.4 with its clock frozen. */
static const Vector vectors[] = {
  { "private", { "private", "1234.1234", "private-foobar" },
    KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4" },
  { "presence-numeric-id",
    { "presence", "1234.1234", "presence-foobar", "--channel-data",
      "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}" },
    KEY ":31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80" },
  { "presence-utf8",
    { "presence", "1234.1234", "presence-cafe", "--channel-data",
      "{\"user_id\":\"u-é😀\",\"user_info\":{\"name\":\"Zoë \\\"Z\\\" ☃\",\"slash\":\"a/b\"}}" },
    KEY ":03b181860885a9a17ea24d9020379d44d0196f23cb61ca743f95c0b8a38e8ce1" },
  { "presence-python",
    { "presence", "1234.1234", "presence-cafe", "--channel-data",
      "{\"user_id\": \"1\", \"user_info\": {\"name\": \"Zo\\u00eb\"}}" },
    KEY ":9248258ba0cab3114f447e9d5d5b887d94b9eca7684b600d69f2b757d01a484e" },
  { "user", { "user", "1234.1234", "--user-data", "{\"id\":\"12345\"}" },
    KEY ":4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba" },
  { "user-watchlist",
    { "user", "1234.1234", "--user-data",
      "{\"id\":\"u1\",\"user_info\":{\"name\":\"Jørgen\"},\"watchlist\":[\"u2\",\"u3\"]}" },
    KEY ":8f1c6a25331260d97b73e97bb4d1dda6167ad88058891d2a31d2753020b086bc" },
  { "request-body",
    { "request", "POST", "/apps/3/events", "--timestamp", "1353088179", "--body",
      "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}" },
    "auth_key=" KEY "&auth_timestamp=1353088179&auth_version=1.0&body_md5=ec365a775a4cd0599faeb73354201b6f"
    "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c" },
  { "request-get", { "request", "GET", "/apps/3/channels", "--timestamp", "1700000000" },
    "auth_key=" KEY "&auth_timestamp=1700000000&auth_version=1.0"
    "&auth_signature=4707afdd8f617b6c4cd52e889d9136a131f31f57e26ce815afd04af0b804c7d3" },
  { "request-query",
    { "request", "GET", "/apps/3/channels", "--timestamp", "1700000000", "--query",
      "filter_by_prefix=presence-&info=user_count" },
    "auth_key=" KEY "&auth_timestamp=1700000000&auth_version=1.0&filter_by_prefix=presence-&info=user_count"
    "&auth_signature=5142c71a4248ef5f3ec45e8793d8997773f1d19ce69ee6f6b1d75131d8aa0a6a" },
};

static Run *
sign (Home               *home,
      const char * const *arguments,
      gboolean            json)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;

  g_strv_builder_add_many (builder, "sign", "--key", KEY, "--secret-file", home->secret_file, NULL);
  if (json)
    g_strv_builder_add (builder, "--json");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_strv_builder_add (builder, arguments[i]);
  all = g_strv_builder_end (builder);
  return run_newv (home, NULL, (const char * const *) all);
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) text = sign (home, vector->arguments, FALSE);
  g_autoptr(Run) json = sign (home, vector->arguments, TRUE);
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(GString) joined = g_string_new (NULL);
  JsonArray *parts;

  assert_exit (text, 0);
  assert_contains (text->out, vector->value);

  assert_exit (json, 0);
  object = run_get_json (json, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "value"), ==, vector->value);
  parts = json_object_get_array_member (object, "parts");
  for (guint i = 0; i < json_array_get_length (parts); i++)
    g_string_append (joined, json_object_get_string_member (json_array_get_object_element (parts, i), "text"));
  g_assert_cmpstr (joined->str, ==, json_object_get_string_member (object, "string_to_sign"));
}

/* The user's id and info are put together as the official libraries do. */
static void
test_user_id (void)
{
  const char * const arguments[] = {
    "presence", "1234.1234", "presence-foobar", "--user-id", "u1", "--user-info", "{\"name\":\"A\"}", NULL,
  };
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = sign (home, arguments, TRUE);
  g_autoptr(JsonObject) object = NULL;

  assert_exit (run, 0);
  object = run_get_json (run, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "string_to_sign"), ==,
                   "1234.1234:presence-foobar:{\"user_id\":\"u1\",\"user_info\":{\"name\":\"A\"}}");
}

static void
test_body_from_stdin_and_file (void)
{
  const char *body = "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";
  g_autoptr(Home) home = home_new ();
  g_autofree char *path = home_write (home, "body.json", body, 0644);
  g_autofree char *argument = g_strconcat ("@", path, NULL);
  g_autofree char *with_newline = g_strconcat (body, "\n", NULL);
  g_autoptr(Run) piped = run_new (home, with_newline, "sign", "request", "POST", "/apps/3/events", "--body", "-",
                                  "--key", KEY, "--secret-file", home->secret_file, "--timestamp", "1353088179",
                                  NULL);
  g_autoptr(Run) read = run_new (home, NULL, "sign", "request", "POST", "/apps/3/events", "--body", argument,
                                 "--key", KEY, "--secret-file", home->secret_file, "--timestamp", "1353088179",
                                 NULL);

  assert_exit (piped, 0);
  assert_contains (piped->out, "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
  g_assert_cmpstr (read->out, ==, piped->out);
}

static void
test_secret_sources (void)
{
  static const char hex[] = "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4";
  g_autoptr(Home) home = home_new ();
  g_autofree char *exposed = home_write (home, "exposed", SECRET "\n", 0644);
  g_autofree char *latin_file = home_write (home, "latin", "caf\351\n", 0600);
  g_autofree char *empty = home_write (home, "empty", "\n", 0600);
  g_autoptr(Run) piped = run_new (home, SECRET "\n", "sign", "private", "1234.1234", "private-foobar", "--key",
                                  KEY, "--secret-file", "-", NULL);
  g_autoptr(Run) warned = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", "--key", KEY,
                                   "--secret-file", exposed, NULL);
  g_autoptr(Run) refused = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", "--key", KEY,
                                    "--secret-file", empty, NULL);
  g_autoptr(Run) nothing = run_new (home, "\n", "sign", "private", "1234.1234", "private-foobar", "--key", KEY,
                                    "--secret-file", "-", NULL);
  g_autoptr(Run) latin = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", "--key", KEY,
                                  "--secret-file", latin_file, NULL);
  g_autoptr(Run) variables = NULL;
  g_autoptr(Run) url = NULL;
  g_autoptr(Run) broken = NULL;

  assert_exit (piped, 0);
  assert_contains (piped->out, hex);
  g_assert_cmpstr (piped->err, ==, "");
  assert_exit (warned, 0);
  assert_contains (warned->out, hex);
  assert_contains (warned->err, "chmod 600");
  assert_exit (refused, 2);
  assert_exit (nothing, 2);
  assert_contains (nothing->err, "The standard input holds no secret");
  assert_exit (latin, 2);
  assert_contains (latin->err, "not UTF-8");
  assert_lacks (latin->err, "sent");

  g_subprocess_launcher_setenv (home->launcher, "PUSHER_URL", "https://" KEY ":" SECRET "@api-eu.pusher.com/apps/3",
                                TRUE);
  url = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", NULL);
  assert_exit (url, 0);
  assert_contains (url->out, hex);

  g_subprocess_launcher_setenv (home->launcher, "PUSHER_URL", "https://" SECRET "@api-eu.pusher.com/apps/3", TRUE);
  broken = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", NULL);
  assert_exit (broken, 2);
  assert_contains (broken->err, "PUSHER_URL");

  g_subprocess_launcher_setenv (home->launcher, "BROADCAST_KEY", KEY, TRUE);
  g_subprocess_launcher_setenv (home->launcher, "BROADCAST_SECRET", SECRET, TRUE);
  variables = run_new (home, NULL, "sign", "private", "1234.1234", "private-foobar", NULL);
  assert_exit (variables, 0);
  assert_contains (variables->out, hex);
}

static void
test_stdin_twice (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_new (home, SECRET "\n", "sign", "request", "POST", "/apps/3/events", "--body", "-",
                                "--key", KEY, "--secret-file", "-", NULL);

  assert_exit (run, 2);
  assert_contains (run->err, "Only one");
}

static void
test_malformed (void)
{
  const char * const wrong[][8] = {
    { "private", "12341234", "private-foobar", NULL },
    { "private", "1234.1234", "private foobar", NULL },
    { "presence", "1234.1234", "presence-foobar", "--channel-data", "{", NULL },
    { "presence", "1234.1234", "presence-foobar", "--user-id", "1", "--user-info", "{", NULL },
    { "user", "1234.1234", "--user-data", "nothing", NULL },
    { "request", "GET", "no-slash", NULL },
  };
  g_autoptr(Home) home = home_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(Run) run = sign (home, wrong[i], FALSE);

      assert_exit (run, 2);
      g_assert_cmpstr (run->out, ==, "");
      if (g_strv_contains (wrong[i], "--user-info"))
        assert_contains (run->err, "--user-info is not JSON");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/sign/vector/", vectors[i].what, NULL);

      g_test_add_data_func (path, &vectors[i], test_vector);
    }
  g_test_add_func ("/cli/sign/user-id", test_user_id);
  g_test_add_func ("/cli/sign/body", test_body_from_stdin_and_file);
  g_test_add_func ("/cli/sign/secret-sources", test_secret_sources);
  g_test_add_func ("/cli/sign/stdin-twice", test_stdin_twice);
  g_test_add_func ("/cli/sign/malformed", test_malformed);
  return g_test_run ();
}
