/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-json.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-bytes-private.h"
#include "bcast-error.h"

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

static const char *
find_string_end (const char *at)
{
  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;
  return at + 1;
}

static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

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

  for (const char *at = skip_blanks (text); *at != '\0'; at = skip_blanks (at))
    {
      const char *end = *at == '"' ? find_string_end (at) : at + 1;

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
  const char *end = *at == '"' ? find_string_end (at) : at + 1;

  if (*at == '}' || *at == ']')
    append_line (buffer, --*depth);
  g_string_append_len (buffer, at, end - at);

  if (*at == '{' || *at == '[')
    {
      const char *next = skip_blanks (end);

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

  for (const char *at = skip_blanks (text); *at != '\0'; at = skip_blanks (at))
    at = tidy_token (at, buffer, &depth);

  return g_string_free (buffer, FALSE);
}

typedef struct
{
  char    *key;
  GString *value;
  guint    position; /* in the text, to keep the order of equal keys */
} CanonicalMember;

static void append_canonical (GString             *buffer,
                              const BcastJsonSpan *span);

static void
clear_member (gpointer data)
{
  CanonicalMember *member = data;

  g_free (member->key);
  g_string_free (member->value, TRUE);
}

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const CanonicalMember *one = a;
  const CanonicalMember *other = b;
  int order = strcmp (one->key, other->key);

  return order != 0 ? order : (one->position > other->position) - (one->position < other->position);
}

static gboolean
add_member (const BcastJsonSpan *key,
            const BcastJsonSpan *value,
            gpointer             user_data)
{
  GArray *members = user_data;
  CanonicalMember member = { bcast_json_span_dup_string (key, NULL), g_string_new (NULL), members->len };

  append_canonical (member.value, value);
  g_array_append_val (members, member);
  return TRUE;
}

static void
append_canonical_object (GString             *buffer,
                         const BcastJsonSpan *span)
{
  g_autoptr(GArray) members = g_array_new (FALSE, FALSE, sizeof (CanonicalMember));

  g_array_set_clear_func (members, clear_member);
  bcast_json_scan_object (span->start, span->length, add_member, members, NULL, NULL);
  g_array_sort (members, compare_members);

  g_string_append_c (buffer, '{');
  for (guint i = 0; i < members->len; i++)
    {
      CanonicalMember *member = &g_array_index (members, CanonicalMember, i);

      /* The last of equal keys wins, as it does for JSON.parse(). */
      if (i + 1 < members->len && strcmp (member[0].key, member[1].key) == 0)
        continue;
      if (buffer->str[buffer->len - 1] != '{')
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, member->key, -1);
      g_string_append_c (buffer, ':');
      g_string_append_len (buffer, member->value->str, (gssize) member->value->len);
    }
  g_string_append_c (buffer, '}');
}

/* The text was scanned already, so an element ends where the next comma of its own level stands. */
static const char *
find_element_end (const char *at)
{
  guint depth = 0;

  while (TRUE)
    {
      if (*at == '"')
        {
          at = find_string_end (at);
          continue;
        }
      if (depth == 0 && (*at == ',' || *at == ']'))
        return at;
      if (*at == '{' || *at == '[')
        depth++;
      else if (*at == '}' || *at == ']')
        depth--;
      at++;
    }
}

static void
append_canonical_array (GString             *buffer,
                        const BcastJsonSpan *span)
{
  const char *at = skip_blanks (span->start + 1);

  g_string_append_c (buffer, '[');
  while (*at != ']')
    {
      const char *end = find_element_end (at);
      BcastJsonSpan element;

      if (bcast_json_scan (at, end - at, &element, NULL, NULL))
        append_canonical (buffer, &element);
      if (*end == ',')
        g_string_append_c (buffer, ',');
      at = *end == ',' ? skip_blanks (end + 1) : end;
    }
  g_string_append_c (buffer, ']');
}

static void
append_canonical_number (GString             *buffer,
                         const BcastJsonSpan *span)
{
  g_autofree char *number = g_strndup (span->start, span->length);
  char formatted[G_ASCII_DTOSTR_BUF_SIZE];

  gboolean is_integer = strpbrk (number, ".eE") == NULL;
  double value = g_ascii_strtod (number, NULL);

  /* Integers keep all their digits: ids beyond 2^53 must not become equal. What a double cannot hold
   * stays as it was written, for there is no other word for it in JSON. */
  if (value == 0)
    g_string_append_c (buffer, '0');
  else if (is_integer || !isfinite (value))
    g_string_append (buffer, number);
  else
    g_string_append (buffer, g_ascii_dtostr (formatted, sizeof formatted, value));
}

static void
append_canonical (GString             *buffer,
                  const BcastJsonSpan *span)
{
  switch (span->type)
    {
    case BCAST_JSON_OBJECT:
      append_canonical_object (buffer, span);
      break;
    case BCAST_JSON_ARRAY:
      append_canonical_array (buffer, span);
      break;
    case BCAST_JSON_STRING:
      {
        g_autofree char *string = bcast_json_span_dup_string (span, NULL);

        bcast_json_append_quoted (buffer, string, -1);
        break;
      }
    case BCAST_JSON_NUMBER:
      append_canonical_number (buffer, span);
      break;
    case BCAST_JSON_TRUE:
    case BCAST_JSON_FALSE:
    case BCAST_JSON_NULL:
    default:
      g_string_append_len (buffer, span->start, (gssize) span->length);
      break;
    }
}

/**
 * bcast_json_canonical:
 * @text: a text
 *
 * Brings two texts that mean the same to the same bytes: keys sorted, white space gone, escapes and
 * number forms made equal.
 *
 * Returns: (transfer full) (nullable): the canonical text, %NULL when @text is no JSON
 */
char *
bcast_json_canonical (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  BcastJsonSpan span;

  if (!bcast_json_scan (text, strlen (text), &span, NULL, NULL))
    return NULL;

  GString *buffer = g_string_sized_new (span.length);

  append_canonical (buffer, &span);
  return g_string_free (buffer, FALSE);
}
