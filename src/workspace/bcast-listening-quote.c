/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as literals of a language. What cannot be seen, or be told from a plain space, is written as an
 * escape: it would be lost or overlooked otherwise. */

#include "bcast-listening-private.h"

#include <string.h>

typedef void (*AppendEscape) (GString  *buffer,
                              gunichar  character);

static gboolean
is_visible (gunichar character)
{
  return character == ' ' || (g_unichar_isprint (character) && !g_unichar_isspace (character));
}

static char *
quote (const char   *text,
       char          mark,
       const char   *special,
       AppendEscape  append_escape)
{
  GString *buffer = g_string_new (NULL);

  g_string_append_c (buffer, mark);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!is_visible (character))
        append_escape (buffer, character);
      else
        {
          if (character < 0x80 && strchr (special, (char) character) != NULL)
            g_string_append_c (buffer, '\\');
          g_string_append_unichar (buffer, character);
        }
    }
  g_string_append_c (buffer, mark);
  return g_string_free (buffer, FALSE);
}

static void
append_javascript_escape (GString  *buffer,
                          gunichar  character)
{
  g_string_append_printf (buffer, character > 0xffff ? "\\u{%x}" : "\\u%04x", character);
}

static void
append_php_escape (GString  *buffer,
                   gunichar  character)
{
  g_string_append_printf (buffer, "\\u{%x}", character);
}

static void
append_python_escape (GString  *buffer,
                      gunichar  character)
{
  g_string_append_printf (buffer, character > 0xffff ? "\\U%08x" : character > 0xff ? "\\u%04x" : "\\x%02x",
                          character);
}

/*
 * bcast_listening_quote_javascript:
 * @text: UTF-8 text
 *
 * Returns: (transfer full): a string literal of JavaScript
 */
char *
bcast_listening_quote_javascript (const char *text)
{
  return quote (text, '"', "\"\\", append_javascript_escape);
}

/*
 * bcast_listening_quote_php:
 * @text: UTF-8 text
 *
 * Returns: (transfer full): a string literal of PHP, in single quotes where these can say it
 */
char *
bcast_listening_quote_php (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!is_visible (g_utf8_get_char (c)))
      return quote (text, '"', "\"\\$", append_php_escape);

  return quote (text, '\'', "'\\", append_php_escape);
}

/*
 * bcast_listening_quote_python:
 * @text: UTF-8 text
 *
 * Returns: (transfer full): a string literal of Python
 */
char *
bcast_listening_quote_python (const char *text)
{
  return quote (text, '"', "\"\\", append_python_escape);
}
