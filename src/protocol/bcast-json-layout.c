/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same JSON text for people, on many lines, or for the wire, on one. */

#include "bcast-json.h"

#include <string.h>

#include "bcast-json-walk-private.h"

/**
 * bcast_json_minify:
 * @text: a JSON text
 * @error: %BCAST_ERROR_INVALID when it is none
 *
 * Takes out the white space between tokens and changes nothing else.
 *
 * Returns: (transfer full) (nullable): the text on one line
 */
char *
bcast_json_minify (const char  *text,
                   GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (!bcast_json_scan (text, strlen (text), NULL, NULL, error))
    return NULL;

  GString *buffer = g_string_sized_new (strlen (text));

  for (const char *at = bcast_json_skip_blanks (text); *at != '\0'; at = bcast_json_skip_blanks (at))
    {
      const char *end = *at == '"' ? bcast_json_find_string_end (at) : at + 1;

      g_string_append_len (buffer, at, end - at);
      at = end;
    }

  return g_string_free (buffer, FALSE);
}

static void
append_line (GString *buffer,
             guint    depth)
{
  g_string_append_c (buffer, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (buffer, "  ");
}

static const char *
tidy_token (const char *at,
            GString    *buffer,
            guint      *depth)
{
  const char *end = *at == '"' ? bcast_json_find_string_end (at) : at + 1;

  if (*at == '}' || *at == ']')
    append_line (buffer, --*depth);
  g_string_append_len (buffer, at, end - at);

  if (*at == '{' || *at == '[')
    {
      const char *next = bcast_json_skip_blanks (end);

      if (*next == '}' || *next == ']')
        {
          g_string_append_c (buffer, *next);
          return next + 1;
        }
      append_line (buffer, ++*depth);
    }
  else if (*at == ',')
    append_line (buffer, *depth);
  else if (*at == ':')
    g_string_append_c (buffer, ' ');

  return end;
}

/**
 * bcast_json_tidy:
 * @text: a JSON text
 * @error: %BCAST_ERROR_INVALID when it is none
 *
 * Lays @text out with two spaces a level. Strings and numbers stay as they were written.
 *
 * Returns: (transfer full) (nullable): the text on many lines
 */
char *
bcast_json_tidy (const char  *text,
                 GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (!bcast_json_scan (text, strlen (text), NULL, NULL, error))
    return NULL;

  GString *buffer = g_string_sized_new (strlen (text) * 2);
  guint depth = 0;

  for (const char *at = bcast_json_skip_blanks (text); *at != '\0'; at = bcast_json_skip_blanks (at))
    at = tidy_token (at, buffer, &depth);

  return g_string_free (buffer, FALSE);
}
