/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names of clients in one column of the journal: a JSON array of strings. */

#include "bcast-name-array-private.h"

#include "bcast-json.h"

#include <string.h>

/**
 * _bcast_name_array_format:
 * @names: (nullable) (array zero-terminated=1): names
 *
 * Returns: (transfer full) (nullable): a JSON array, %NULL when there are no names
 */
char *
_bcast_name_array_format (const char * const *names)
{
  if (names == NULL || names[0] == NULL)
    return NULL;

  GString *text = g_string_new ("[");

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      bcast_json_append_quoted (text, names[i], -1);
    }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static const char *
find_string_end (const char *start)
{
  const char *at = start + 1;

  while (*at != '"' && *at != '\0')
    at += *at == '\\' && at[1] != '\0' ? 2 : 1;
  return *at == '"' ? at + 1 : at;
}

/**
 * _bcast_name_array_parse:
 * @text: (nullable): what _bcast_name_array_format() made, from a file that may have been changed
 *
 * Returns: (transfer full) (nullable): the strings of the array, %NULL when there are none or
 *   @text is no JSON
 */
char **
_bcast_name_array_parse (const char *text)
{
  BcastJsonSpan whole;

  if (text == NULL || !bcast_json_scan (text, strlen (text), &whole, NULL, NULL) ||
      whole.type != BCAST_JSON_ARRAY)
    return NULL;

  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  gboolean has_names = FALSE;

  for (const char *at = strchr (whole.start, '"'); at != NULL; at = strchr (at, '"'))
    {
      const char *end = find_string_end (at);
      BcastJsonSpan span = { BCAST_JSON_STRING, at, end - at };
      g_autofree char *name = bcast_json_span_dup_string (&span, NULL);

      g_strv_builder_add (names, name);
      has_names = TRUE;
      at = end;
    }
  return has_names ? g_strv_builder_end (names) : NULL;
}
