/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The JSON scanner and all that rewrites JSON. */

#include "fuzz.h"

#include "bcast-json.h"

#include <string.h>

static char *
tidy (const char *text)
{
  g_autoptr(GError) error = NULL;
  char *result = bcast_json_tidy (text, &error);

  g_assert_no_error (error);
  return result;
}

static char *
minify (const char *text)
{
  g_autoptr(GError) error = NULL;
  char *result = bcast_json_minify (text, &error);

  g_assert_no_error (error);
  return result;
}

static char *
canonical (const char *text)
{
  char *result = bcast_json_canonical (text);

  g_assert_nonnull (result);
  g_assert_true (g_utf8_validate (result, -1, NULL));
  g_assert_true (bcast_json_scan (result, strlen (result), NULL, NULL, NULL));
  return result;
}

/* Layout never changes what is said, and laying out twice is laying out once. */
static void
check_rewriting (const char *text)
{
  g_autofree char *tidied = tidy (text);
  g_autofree char *tidied_twice = tidy (tidied);
  g_autofree char *minified = minify (text);
  g_autofree char *minified_tidied = minify (tidied);
  g_autofree char *plain = canonical (text);
  g_autofree char *plain_tidied = canonical (tidied);
  g_autofree char *plain_minified = canonical (minified);
  g_autofree char *plain_twice = canonical (plain);

  g_assert_cmpstr (tidied_twice, ==, tidied);
  g_assert_cmpstr (minified_tidied, ==, minified);
  g_assert_cmpstr (plain_tidied, ==, plain);
  g_assert_cmpstr (plain_minified, ==, plain);
  g_assert_cmpstr (plain_twice, ==, plain);
}

static void
check_string (const BcastJsonSpan *span)
{
  gsize length;
  g_autofree char *string = bcast_json_span_dup_string (span, &length);
  g_autofree char *quoted = bcast_json_quote (string);
  g_autofree char *again = NULL;
  BcastJsonSpan quoted_span;

  g_assert_cmpuint (strlen (string), ==, length);
  g_assert_true (g_utf8_validate (string, -1, NULL));
  g_assert_true (bcast_json_scan (quoted, strlen (quoted), &quoted_span, NULL, NULL));
  again = bcast_json_span_dup_string (&quoted_span, NULL);
  g_assert_cmpstr (again, ==, string);
  g_assert_true (bcast_json_span_is_text (&quoted_span));
  g_assert_true (bcast_json_span_is_text (span) || strstr (string, "\xEF\xBF\xBD") != NULL);
}

static gboolean
check_member_cb (const BcastJsonSpan *key,
                 const BcastJsonSpan *value,
                 gpointer             user_data)
{
  check_string (key);
  g_assert_true (bcast_json_scan (value->start, value->length, NULL, NULL, NULL));
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *bytes = (const char *) data;
  g_autofree char *text = g_strndup (bytes, size);
  g_autoptr(GError) error = NULL;
  BcastJsonSpan span;
  gsize offset = 0;
  guint line, column;

  if (!bcast_json_scan (bytes, size, &span, &offset, &error))
    {
      fuzz_check_error (error);
      g_assert_cmpuint (offset, <=, size);
      bcast_json_locate (text, offset, &line, &column);
      return 0;
    }

  g_assert_true (span.start >= bytes && span.start + span.length <= bytes + size);
  g_assert_cmpuint (strlen (text), ==, size);
  check_rewriting (text);
  if (span.type == BCAST_JSON_STRING)
    check_string (&span);
  g_assert_true (bcast_json_scan_object (bytes, size, check_member_cb, NULL, NULL, NULL)
                 == (span.type == BCAST_JSON_OBJECT));
  return 0;
}
