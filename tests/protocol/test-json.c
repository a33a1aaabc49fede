/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-json.h"

#include <string.h>

#include "bcast-error.h"

static void
test_scan (void)
{
  static const struct { const char *text; BcastJsonType type; const char *span; } cases[] = {
    { " {} ", BCAST_JSON_OBJECT, "{}" }, { "[1, [2], {\"a\": null}]", BCAST_JSON_ARRAY, "[1, [2], {\"a\": null}]" },
    { "\"\\u00e9\"", BCAST_JSON_STRING, "\"\\u00e9\"" }, { "-0", BCAST_JSON_NUMBER, "-0" },
    { "1.5e-10", BCAST_JSON_NUMBER, "1.5e-10" }, { "0.0E+1", BCAST_JSON_NUMBER, "0.0E+1" },
    { "true", BCAST_JSON_TRUE, "true" }, { "false", BCAST_JSON_FALSE, "false" }, { "\tnull\r\n", BCAST_JSON_NULL, "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BcastJsonSpan span;
      g_autoptr(GError) error = NULL;

      g_assert_true (bcast_json_scan (cases[i].text, strlen (cases[i].text), &span, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (span.type, ==, cases[i].type);
      g_assert_cmpmem (span.start, span.length, cases[i].span, strlen (cases[i].span));
    }
}

static void
test_errors_have_a_place (void)
{
  static const struct { const char *text; guint line, column; const char *words; } cases[] = {
    { "", 1, 1, "ends" }, { "{\n  \"a\": 1,\n}", 3, 1, "comma too many" }, { "[1,]", 1, 4, "comma too many" },
    { "{\n  \"a\" 1\n}", 2, 7, "colon" }, { "{\"a\":1 \"b\":2}", 1, 8, "comma or" }, { "[1 2]", 1, 4, "comma or" },
    { "{\"é\": x}", 1, 7, "value" }, { "{\"a\": tru}", 1, 7, "word" }, { "{'a': 1}", 1, 2, "key" }, { "'a'", 1, 1, "double quotes" },
    { "\"abc", 1, 5, "ends inside a string" }, { "\"a\nb\"", 1, 3, "not closed" }, { "\"\\q\"", 1, 2, "escape" },
    { "01", 1, 2, "zero" }, { "1.", 1, 3, "digit" }, { "-", 1, 2, "digit" }, { "1e", 1, 3, "digit" }, { "{} {}", 1, 4, "behind the end" },
    { "{\"a\":1", 1, 7, "closed with" }, { "[1", 1, 3, "closed with" }, { "\"\\u00g0\"", 1, 2, "hex" }, { "\"\xc3\x28\"", 1, 2, "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize offset = 0;
      guint line, column;
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_json_scan (cases[i].text, strlen (cases[i].text), NULL, &offset, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
      bcast_json_locate (cases[i].text, offset, &line, &column);
      g_test_message ("case %u: %u:%u %s", i, line, column, error->message);
      g_assert_cmpuint (line, ==, cases[i].line);
      g_assert_cmpuint (column, ==, cases[i].column);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_depth (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 128; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 128; i++)
    g_string_append_c (text, ']');
  g_assert_true (bcast_json_scan (text->str, text->len, NULL, NULL, NULL));
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  g_assert_false (bcast_json_scan (text->str, text->len, NULL, NULL, NULL));
}

static void
test_strings (void)
{
  static const struct { const char *quoted, *plain; } cases[] = {
    { "\"\"", "" }, { "\"a\\\"b\\\\c\\/d\"", "a\"b\\c/d" }, { "\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t" },
    { "\"\\u0041\\u00e9\\u2603\"", "Aé☃" }, { "\"\\ud83d\\ude00\"", "😀" },
    { "\"\\\\u0000 \\\\ud83d\"", "\\u0000 \\ud83d" },
    { "\"\\ud83d\"", "\xEF\xBF\xBD" }, { "\"\\ude00x\"", "\xEF\xBF\xBDx" }, { "\"\\ud83dA\"", "\xEF\xBF\xBD" "A" }, { "\"a\\u0000b\"", "a\xEF\xBF\xBD" "b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BcastJsonSpan span;
      gsize length = 0;

      g_assert_true (bcast_json_scan (cases[i].quoted, strlen (cases[i].quoted), &span, NULL, NULL));

      g_autofree char *plain = bcast_json_span_dup_string (&span, &length);

      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpuint (length, ==, strlen (plain));
      g_assert_cmpint (bcast_json_span_is_text (&span), ==, strstr (plain, "\xEF\xBF\xBD") == NULL);
    }
}

static void
test_quote (void)
{
  g_autofree char *quoted = bcast_json_quote ("a\"b\\c/d\b\f\n\r\t\x01\x7fé☃😀");

  g_assert_cmpstr (quoted, ==, "\"a\\\"b\\\\c/d\\b\\f\\n\\r\\t\\u0001\x7fé☃😀\"");
}

static void
test_minify_and_tidy (void)
{
  static const char tidy_text[] = "{\n  \"a b\": [\n    1.50,\n    \"x  , y\"\n  ],\n  \"c\": {},\n  \"d\": []\n}";
  g_autoptr(GError) error = NULL;
  g_autofree char *small = bcast_json_minify (" { \"a b\" : [ 1.50 , \"x  , y\" ] , \"c\" : { } , \"d\":[ ] } ", &error);
  g_autofree char *large = bcast_json_tidy (small, &error);
  g_autofree char *again = bcast_json_tidy (large, &error);
  g_autofree char *back = bcast_json_minify (large, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (small, ==, "{\"a b\":[1.50,\"x  , y\"],\"c\":{},\"d\":[]}");
  g_assert_cmpstr (large, ==, tidy_text);
  g_assert_cmpstr (again, ==, large);
  g_assert_cmpstr (back, ==, small);

  g_assert_null (bcast_json_tidy ("{", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_null (bcast_json_minify ("{", NULL));
}

static void
test_canonical (void)
{
  static const struct { const char *one, *other; gboolean equal; } cases[] = {
    { "{\"a\":1,\"b\":[true,null]}", " { \"b\" : [ true , null ] , \"a\" : 1.0 } ", TRUE },
    { "{\"a\":1,\"b\":[true,null]}", " { \"b\" : [ true , null ] , \"a\" : 1 } ", TRUE },
    { "\"\\u00e9\\/\"", "\"é/\"", TRUE }, { "1.50", "1.5", TRUE }, { "1e2", "100.0", TRUE }, { "0", "-0", TRUE },
    { "9007199254740993", "9007199254740992", FALSE }, { "[1,2]", "[2,1]", FALSE }, { "[]", "{}", FALSE },
    { "{\"a\":1,\"a\":2}", "{\"a\":2}", TRUE }, { "[[],[{}]]", "[ [ ] , [ { } ] ]", TRUE }, { "\"1\"", "1", FALSE },
    { "-0.0", "0", TRUE }, { "1e999", "1e999", TRUE }, { "[1e999]", "[-1e999]", FALSE },
    { "[\"a,b\",\"c]d\"]", "[ \"a,b\" , \"c]d\" ]", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *one = bcast_json_canonical (cases[i].one);
      g_autofree char *other = bcast_json_canonical (cases[i].other);

      g_test_message ("%s ~ %s", one, other);
      g_assert_nonnull (one);
      g_assert_cmpint (g_str_equal (one, other), ==, cases[i].equal);
      g_assert_true (bcast_json_scan (one, strlen (one), NULL, NULL, NULL));
    }
  g_assert_null (bcast_json_canonical ("plain"));
}

static gboolean
stop_cb (const BcastJsonSpan *key,
         const BcastJsonSpan *value,
         gpointer             user_data)
{
  guint *n_members = user_data;

  *n_members += 1;
  return !bcast_json_span_equals (key, "stop");
}

static void
test_members (void)
{
  static const char text[] = "{\"a\":1,\"stop\":2,\"b\":3}";
  guint n_members = 0;
  gsize offset = 0;
  g_autoptr(GError) error = NULL;

  g_assert_false (bcast_json_scan_object (text, strlen (text), stop_cb, &n_members, &offset, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_cmpuint (n_members, ==, 2);
  g_assert_cmpuint (offset, ==, 14);
  g_assert_false (bcast_json_scan_object ("[]", 2, stop_cb, &n_members, NULL, NULL));
}

static gboolean
join_item (const BcastJsonSpan *item,
           gpointer             user_data)
{
  g_string_append_printf (user_data, "%d:%.*s|", item->type, (int) item->length, item->start);
  return item->type != BCAST_JSON_NULL;
}

static void
test_array (void)
{
  static const struct { const char *text, *items; } cases[] = {
    { "[]", "" },
    { " [ ] ", "" },
    { "[1]", "3:1|" },
    { "[ \"a,]\" , {\"b\":[1,2]},[3] ,true,-1e3]", "2:\"a,]\"|0:{\"b\":[1,2]}|1:[3]|4:true|3:-1e3|" },
  };
  static const char * const broken[] = { "", "{}", "[1,]", "[1", "[1] 2", "[null]", "[1,,2]", "]" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) items = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_true (bcast_json_scan_array (cases[i].text, strlen (cases[i].text), join_item, items, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (items->str, ==, cases[i].items);
    }

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GString) items = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_json_scan_array (broken[i], strlen (broken[i]), join_item, items, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
    }
}

/* Strings are scanned and decoded some bytes at a time: what is special counts at every place. */
static void
test_each_place (void)
{
  static const struct { const char *special; const char *decoded; } rows[] = {
    { "\\\"", "\"" }, { "\\n", "\n" }, { "\\u00e9", "é" }, { "é", "é" }, { "\x7f", "\x7f" }, { "!", "!" },
    { "\x01", NULL }, { "\x1f", NULL }, { "\"", NULL }, { "\\x", NULL }, { "\xff", NULL },
  };

  for (gsize before = 0; before < 20; before++)
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        g_autofree char *fill = g_strnfill (before, 'x');
        g_autofree char *text = g_strconcat ("\"", fill, rows[i].special, "and some more of it\"", NULL);
        g_autofree char *expected = g_strconcat (fill, rows[i].decoded, "and some more of it", NULL);
        g_autofree char *decoded = NULL;
        BcastJsonSpan span;
        gsize length;
        gsize offset;

        if (rows[i].decoded == NULL)
          {
            g_assert_false (bcast_json_scan (text, strlen (text), NULL, &offset, NULL));
            g_assert_cmpuint (offset, ==, 1 + before + (*rows[i].special == '"' ? 1 : 0));
            continue;
          }

        g_assert_true (bcast_json_scan (text, strlen (text), &span, NULL, NULL));
        g_assert_cmpuint (span.length, ==, strlen (text));
        decoded = bcast_json_span_dup_string (&span, &length);
        g_assert_cmpstr (decoded, ==, expected);
        g_assert_cmpuint (length, ==, strlen (expected));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/scan", test_scan);
  g_test_add_func ("/json/errors-have-a-place", test_errors_have_a_place);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/quote", test_quote);
  g_test_add_func ("/json/minify-and-tidy", test_minify_and_tidy);
  g_test_add_func ("/json/canonical", test_canonical);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/each-place", test_each_place);

  g_test_add_func ("/json/array", test_array);

  return g_test_run ();
}
