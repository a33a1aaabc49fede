/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-server-words-private.h"

#include <string.h>

typedef struct
{
  const char *what;
  const char *text;
  const char *words;
} Row;

static const Row found[] = {
  { "nothing", NULL, NULL },
  { "empty", "", NULL },
  { "hosted", "Timestamp required\n", "Timestamp required" },
  { "soketi", "{\"error\":\"Unauthorized\",\"code\":401}", "Unauthorized" },
  { "sockudo", "{\"error\":\"Bad auth\",\"code\":\"auth_failed\",\"status\":401}", "Bad auth" },
  { "reverb", "{\"message\":\"The data field must be a string.\",\"errors\":{}}",
    "The data field must be a string." },
  { "error-wins", "{\"message\":\"b\",\"error\":\"a\"}", "a" },
  { "error-wins-early", "{\"error\":\"a\",\"message\":\"b\"}", "a" },
  { "no-words", "{\"status\":4}", NULL },
  { "error-is-no-text", "{\"error\":{\"a\":1}}", NULL },
  { "web-page", "\n <!DOCTYPE html><title>404</title>", NULL },
};

static const Row cleaned[] = {
  { "lines", " a\r\n\tb \x01\x7f c ", "a b c" },
  { "utf-8", "Zoë ☃", "Zoë ☃" },
  { "no-utf-8", "a\xff" "b", "a\xef\xbf\xbd" "b" },
  { "bidi-override", "a\xe2\x80\xae" "b", "a b" },
  { "blank", " \n", NULL },
};

static void
test_find (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *words = bcast_server_words_find (row->text);

  g_assert_cmpstr (words, ==, row->words);
}

static void
test_clean (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *words = bcast_server_words_clean (row->text);

  g_assert_cmpstr (words, ==, row->words);
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autofree char *words = bcast_server_words_clean (text);

  g_assert_cmpuint (g_utf8_strlen (words, -1), ==, 401);
  g_assert_true (g_str_has_suffix (words, "x…"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autofree char *path = g_strconcat ("/server-words/find/", found[i].what, NULL);

      g_test_add_data_func (path, &found[i], test_find);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cleaned); i++)
    {
      g_autofree char *path = g_strconcat ("/server-words/clean/", cleaned[i].what, NULL);

      g_test_add_data_func (path, &cleaned[i], test_clean);
    }
  g_test_add_func ("/server-words/long", test_long);

  return g_test_run ();
}
