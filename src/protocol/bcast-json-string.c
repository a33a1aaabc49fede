/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strings of JSON: what they say, and how a text is written as one. */

#include "bcast-json.h"

#include <string.h>

#include "bcast-bytes-private.h"

static guint
parse_hex4 (const char *digits)
{
  guint value = 0;

  for (guint i = 0; i < 4; i++)
    value = value << 4 | (guint) g_ascii_xdigit_value (digits[i]);
  return value;
}

static const char *
decode_character (const char *at,
                  const char *end,
                  gunichar   *character)
{
  gunichar c = parse_hex4 (at + 2);

  at += 6;
  if (c >= 0xD800 && c < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u')
    {
      guint low = parse_hex4 (at + 2);

      if (low >= 0xDC00 && low < 0xE000)
        {
          c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
          at += 6;
        }
    }

  *character = c;
  return at;
}

/* U+0000 and lone surrogates have no place in a C string of UTF-8. */
static gboolean
is_text_character (gunichar c)
{
  return c != 0 && (c < 0xD800 || c >= 0xE000);
}

/* The replacement character stands for what has no place. The frame keeps the exact bytes. */
static const char *
decode_unicode (const char  *at,
                const char  *end,
                char       **out)
{
  gunichar c;

  at = decode_character (at, end, &c);
  *out += g_unichar_to_utf8 (is_text_character (c) ? c : 0xFFFD, *out);
  return at;
}

static const char *
decode_escape (const char  *at,
               const char  *end,
               char       **out)
{
  static const char names[] = "bfnrt";
  static const char values[] = "\b\f\n\r\t";

  if (at[1] == 'u')
    return decode_unicode (at, end, out);

  /* Quotes are by far the most frequent: data is mostly JSON in a string. */
  const char *name = at[1] != '"' ? strchr (names, at[1]) : NULL;

  *(*out)++ = name != NULL ? values[name - names] : at[1];
  return at + 2;
}

/**
 * bcast_json_span_decode:
 * @span: a string that bcast_json_scan() found
 * @buffer: (out caller-allocates): room for as many bytes as @span has
 *
 * Decodes the escapes of a JSON string. U+0000 and lone surrogates become U+FFFD.
 *
 * Returns: how many bytes of UTF-8 are in @buffer, without the zero that follows them
 */
gsize
bcast_json_span_decode (const BcastJsonSpan *span,
                        char                *buffer)
{
  g_return_val_if_fail (span != NULL && span->type == BCAST_JSON_STRING && buffer != NULL, 0);

  const char *at = span->start + 1;
  const char *end = span->start + span->length - 1;
  char *out = buffer;

  /* No escape is shorter than the bytes that it stands for, so out never overtakes at. */
  while (at < end)
    {
      if (end - at >= 8 && bcast_bytes_has (bcast_bytes_load (at), '\\') == 0)
        {
          memcpy (out, at, 8);
          out += 8;
          at += 8;
        }
      else if (*at != '\\')
        *out++ = *at++;
      else
        at = decode_escape (at, end, &out);
    }

  *out = '\0';
  return out - buffer;
}

/**
 * bcast_json_span_dup_string:
 * @span: a string that bcast_json_scan() found
 * @length: (out) (optional): the length of the result in bytes
 *
 * Decodes as bcast_json_span_decode() does.
 *
 * Returns: (transfer full): UTF-8 text without quotes
 */
char *
bcast_json_span_dup_string (const BcastJsonSpan *span,
                            gsize               *length)
{
  g_return_val_if_fail (span != NULL && span->type == BCAST_JSON_STRING, NULL);

  char *decoded = g_malloc (span->length);
  gsize decoded_bytes = bcast_json_span_decode (span, decoded);

  if (length != NULL)
    *length = decoded_bytes;
  return decoded;
}

/**
 * bcast_json_span_is_text:
 * @span: a string that bcast_json_scan() found
 *
 * Tells whether bcast_json_span_dup_string() gives what the string says: U+0000 and lone surrogates can be
 * escaped in JSON and are no text elsewhere.
 *
 * Returns: whether nothing is replaced in the text
 */
gboolean
bcast_json_span_is_text (const BcastJsonSpan *span)
{
  g_return_val_if_fail (span != NULL && span->type == BCAST_JSON_STRING, FALSE);

  const char *end = span->start + span->length - 1;
  const char *at = memchr (span->start, '\\', end - span->start);

  while (at != NULL)
    {
      gunichar c = ' ';

      at = at[1] == 'u' ? decode_character (at, end, &c) : at + 2;
      if (!is_text_character (c))
        return FALSE;
      at = memchr (at, '\\', end - at);
    }
  return TRUE;
}

/**
 * bcast_json_append_quoted:
 * @buffer: where to write
 * @string: UTF-8 text
 * @length: its length in bytes, or -1 when it is terminated
 *
 * Writes @string as a JSON string, escaping only what RFC 8259 demands, as the official libraries do.
 */
void
bcast_json_append_quoted (GString    *buffer,
                          const char *string,
                          gssize      length)
{
  g_return_if_fail (buffer != NULL && string != NULL);

  const char *end = string + (length < 0 ? strlen (string) : (gsize) length);
  const char *plain = string;

  g_string_append_c (buffer, '"');
  for (const char *at = string; at < end; at++)
    {
      guchar c = (guchar) *at;
      static const char escaped[] = "\"\\\b\f\n\r\t";
      static const char names[] = "\"\\bfnrt";

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;

      const char *known = c != 0 ? strchr (escaped, c) : NULL;

      g_string_append_len (buffer, plain, at - plain);
      if (known != NULL)
        {
          g_string_append_c (buffer, '\\');
          g_string_append_c (buffer, names[known - escaped]);
        }
      else
        g_string_append_printf (buffer, "\\u%04x", c);
      plain = at + 1;
    }
  g_string_append_len (buffer, plain, end - plain);
  g_string_append_c (buffer, '"');
}

/**
 * bcast_json_quote:
 * @string: UTF-8 text
 *
 * Returns: (transfer full): @string as a JSON string, quotes included
 */
char *
bcast_json_quote (const char *string)
{
  GString *buffer = g_string_sized_new (strlen (string) + 8);

  bcast_json_append_quoted (buffer, string, -1);
  return g_string_free (buffer, FALSE);
}
