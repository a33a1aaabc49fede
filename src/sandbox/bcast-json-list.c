/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-json-list-private.h"

#include <string.h>

#define SPACE " \t\r\n"

static BcastJsonType
find_type (char first)
{
  switch (first)
    {
    case '{':
      return BCAST_JSON_OBJECT;
    case '[':
      return BCAST_JSON_ARRAY;
    case '"':
      return BCAST_JSON_STRING;
    case 't':
      return BCAST_JSON_TRUE;
    case 'f':
      return BCAST_JSON_FALSE;
    case 'n':
      return BCAST_JSON_NULL;
    default:
      return BCAST_JSON_NUMBER;
    }
}

static const char *
skip_string (const char *at)
{
  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;
  return at + 1;
}

/* Behind the value at @at: the text was scanned, so that brackets stand in pairs. */
static const char *
skip_value (const char *at)
{
  guint depth = 0;

  while (TRUE)
    {
      if (depth == 0 && strchr ("," SPACE "]", *at) != NULL)
        return at;
      if (*at == '"')
        {
          at = skip_string (at);
          continue;
        }
      if (*at == '[' || *at == '{')
        depth++;
      else if (*at == ']' || *at == '}')
        depth--;
      at++;
    }
}

/**
 * bcast_json_list_next:
 * @list: a JSON array inside a text that was scanned without error
 * @at: (inout): where the walk is; %NULL at first
 * @element: (out): the next element
 *
 * Returns: whether there was another element
 */
gboolean
bcast_json_list_next (const BcastJsonSpan *list,
                      const char         **at,
                      BcastJsonSpan       *element)
{
  g_return_val_if_fail (list != NULL && list->type == BCAST_JSON_ARRAY, FALSE);
  g_return_val_if_fail (at != NULL && element != NULL, FALSE);

  const char *start = *at != NULL ? *at : list->start + 1;

  start += strspn (start, "," SPACE);
  if (*start == ']')
    {
      *at = start;
      return FALSE;
    }

  element->type = find_type (*start);
  element->start = start;
  *at = skip_value (start);
  element->length = *at - start;
  return TRUE;
}
