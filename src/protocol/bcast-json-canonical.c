/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells whether two JSON texts mean the same. */

#include "bcast-json.h"

#include <math.h>
#include <string.h>

#include "bcast-json-walk-private.h"

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
          at = bcast_json_find_string_end (at);
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
  const char *at = bcast_json_skip_blanks (span->start + 1);

  g_string_append_c (buffer, '[');
  while (*at != ']')
    {
      const char *end = find_element_end (at);
      BcastJsonSpan element;

      if (bcast_json_scan (at, end - at, &element, NULL, NULL))
        append_canonical (buffer, &element);
      if (*end == ',')
        g_string_append_c (buffer, ',');
      at = *end == ',' ? bcast_json_skip_blanks (end + 1) : end;
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
