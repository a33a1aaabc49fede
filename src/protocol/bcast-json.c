/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-json.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json-token-private.h"
#include "bcast-limits.h"

/*
 * A scanner that finds values without copying them. It exists beside json-glib because frames are
 * relayed and compared byte for byte, and because the receive path must not build a tree for each
 * event.
 *
 * Source: RFC 8259.
 */

static gboolean scan_value (Scanner       *scanner,
                            BcastJsonSpan *span);

static gboolean
scan_member (Scanner       *scanner,
             BcastJsonSpan *key,
             BcastJsonSpan *value)
{
  if (scanner->at == scanner->end)
    return fail (scanner, N_("The text ends before this object is closed with “}”."));
  if (*scanner->at != '"')
    return fail (scanner, *scanner->at == '}' ? N_("There is a comma too many before this “}”.")
                                              : N_("A key in double quotes is expected here."));

  key->type = BCAST_JSON_STRING;
  key->start = scanner->at;
  if (!scan_string (scanner))
    return FALSE;
  key->length = scanner->at - key->start;

  skip_space (scanner);
  if (scanner->at == scanner->end || *scanner->at != ':')
    return fail (scanner, N_("A colon is expected after the key."));
  scanner->at++;
  return scan_value (scanner, value);
}

static gboolean
scan_object (Scanner             *scanner,
             BcastJsonMemberFunc  func,
             gpointer             user_data)
{
  scanner->at++;
  skip_space (scanner);
  if (scanner->at < scanner->end && *scanner->at == '}')
    {
      scanner->at++;
      return TRUE;
    }

  while (TRUE)
    {
      BcastJsonSpan key;
      BcastJsonSpan value;

      skip_space (scanner);
      if (!scan_member (scanner, &key, &value))
        return FALSE;
      if (func != NULL && !func (&key, &value, user_data))
        {
          scanner->at = value.start;
          return fail (scanner, N_("This value is not what is expected here."));
        }

      skip_space (scanner);
      if (scanner->at < scanner->end && *scanner->at == ',')
        {
          scanner->at++;
          continue;
        }
      if (scanner->at < scanner->end && *scanner->at == '}')
        {
          scanner->at++;
          return TRUE;
        }
      return fail (scanner, scanner->at == scanner->end
                            ? N_("The text ends before this object is closed with “}”.")
                            : N_("A comma or “}” is expected here."));
    }
}

static gboolean
scan_array (Scanner           *scanner,
            BcastJsonItemFunc  func,
            gpointer           user_data)
{
  BcastJsonSpan value;

  scanner->at++;
  skip_space (scanner);
  if (scanner->at < scanner->end && *scanner->at == ']')
    {
      scanner->at++;
      return TRUE;
    }

  while (TRUE)
    {
      skip_space (scanner);
      if (scanner->at < scanner->end && *scanner->at == ']')
        return fail (scanner, N_("There is a comma too many before this “]”."));
      if (!scan_value (scanner, &value))
        return FALSE;
      if (func != NULL && !func (&value, user_data))
        {
          scanner->at = value.start;
          return fail (scanner, N_("This value is not what is expected here."));
        }

      skip_space (scanner);
      if (scanner->at < scanner->end && *scanner->at == ',')
        {
          scanner->at++;
          continue;
        }
      if (scanner->at < scanner->end && *scanner->at == ']')
        {
          scanner->at++;
          return TRUE;
        }
      return fail (scanner, scanner->at == scanner->end
                            ? N_("The text ends before this list is closed with “]”.")
                            : N_("A comma or “]” is expected here."));
    }
}

static gboolean
scan_container (Scanner       *scanner,
                BcastJsonSpan *span)
{
  gboolean scanned;

  if (scanner->depth == BCAST_LIMIT_JSON_DEPTH)
    return fail (scanner, N_("The text is nested too deeply."));

  scanner->depth++;
  if (*scanner->at == '{')
    {
      span->type = BCAST_JSON_OBJECT;
      scanned = scan_object (scanner, NULL, NULL);
    }
  else
    {
      span->type = BCAST_JSON_ARRAY;
      scanned = scan_array (scanner, NULL, NULL);
    }
  scanner->depth--;
  return scanned;
}

static gboolean
scan_bare (Scanner       *scanner,
           BcastJsonSpan *span)
{
  switch (*scanner->at)
    {
    case '{':
    case '[':
      return scan_container (scanner, span);
    case '"':
      span->type = BCAST_JSON_STRING;
      return scan_string (scanner);
    case 't':
      return scan_word (scanner, "true", BCAST_JSON_TRUE, span);
    case 'f':
      return scan_word (scanner, "false", BCAST_JSON_FALSE, span);
    case 'n':
      return scan_word (scanner, "null", BCAST_JSON_NULL, span);
    case '\'':
      return fail (scanner, N_("JSON text needs double quotes, not single ones."));
    default:
      span->type = BCAST_JSON_NUMBER;
      if (*scanner->at == '-' || g_ascii_isdigit (*scanner->at))
        return scan_number (scanner);
      return fail (scanner, N_("A value is expected here."));
    }
}

static gboolean
scan_value (Scanner       *scanner,
            BcastJsonSpan *span)
{
  skip_space (scanner);
  if (scanner->at == scanner->end)
    return fail (scanner, N_("The text ends where a value is expected."));

  span->start = scanner->at;
  if (!scan_bare (scanner, span))
    return FALSE;
  span->length = scanner->at - span->start;
  return TRUE;
}

static gboolean
finish_scan (Scanner     *scanner,
             const char  *text,
             gboolean     scanned,
             gsize       *error_offset,
             GError     **error)
{
  if (scanned)
    {
      skip_space (scanner);
      if (scanner->at == scanner->end)
        return TRUE;
      fail (scanner, N_("There is something behind the end of the JSON text."));
    }

  if (error_offset != NULL)
    *error_offset = scanner->at - text;
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, _(scanner->problem));
  return FALSE;
}

/**
 * bcast_json_scan:
 * @text: (array length=length): a JSON text, not necessarily terminated
 * @length: its length in bytes
 * @span: (out) (optional): where its one value stands
 * @error_offset: (out) (optional): the byte at which the text stops being JSON
 * @error: %BCAST_ERROR_INVALID, a sentence about that place
 *
 * Checks that @text is one JSON value of at most %BCAST_LIMIT_JSON_DEPTH levels.
 *
 * Returns: whether it is
 */
gboolean
bcast_json_scan (const char     *text,
                 gsize           length,
                 BcastJsonSpan  *span,
                 gsize          *error_offset,
                 GError        **error)
{
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  Scanner scanner = { .at = text, .end = text + length };
  BcastJsonSpan found = { 0, };
  gboolean scanned = scan_value (&scanner, &found);

  if (!finish_scan (&scanner, text, scanned, error_offset, error))
    return FALSE;
  if (span != NULL)
    *span = found;
  return TRUE;
}

/**
 * bcast_json_scan_object:
 * @text: (array length=length): a JSON text that must be an object
 * @length: its length in bytes
 * @func: (scope call): called for each member
 * @user_data: for @func
 * @error_offset: (out) (optional): the byte at which the text stops being what is expected
 * @error: %BCAST_ERROR_INVALID, a sentence about that place
 *
 * Returns: whether @text is an object and @func took all of it
 */
gboolean
bcast_json_scan_object (const char           *text,
                        gsize                 length,
                        BcastJsonMemberFunc   func,
                        gpointer              user_data,
                        gsize                *error_offset,
                        GError              **error)
{
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  Scanner scanner = { .at = text, .end = text + length, .depth = 1 };
  gboolean scanned;

  skip_space (&scanner);
  if (scanner.at == scanner.end || *scanner.at != '{')
    scanned = fail (&scanner, N_("An object in braces is expected here."));
  else
    scanned = scan_object (&scanner, func, user_data);

  return finish_scan (&scanner, text, scanned, error_offset, error);
}

/**
 * bcast_json_scan_array:
 * @text: (array length=length): a JSON text that must be a list
 * @length: its length in bytes
 * @func: (scope call): called for each item
 * @user_data: for @func
 * @error: %BCAST_ERROR_INVALID, a sentence about the place at which it stops being what is expected
 *
 * Returns: whether @text is a list and @func took all of it
 */
gboolean
bcast_json_scan_array (const char         *text,
                       gsize               length,
                       BcastJsonItemFunc   func,
                       gpointer            user_data,
                       GError            **error)
{
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  Scanner scanner = { .at = text, .end = text + length, .depth = 1 };
  gboolean scanned;

  skip_space (&scanner);
  if (scanner.at == scanner.end || *scanner.at != '[')
    scanned = fail (&scanner, N_("A list in square brackets is expected here."));
  else
    scanned = scan_array (&scanner, func, user_data);

  return finish_scan (&scanner, text, scanned, NULL, error);
}

/**
 * bcast_json_locate:
 * @text: a text
 * @offset: a byte in it
 * @line: (out): its line, from 1
 * @column: (out): its character in that line, from 1
 *
 * Tells people where an error stands.
 */
void
bcast_json_locate (const char *text,
                   gsize       offset,
                   guint      *line,
                   guint      *column)
{
  g_return_if_fail (text != NULL);

  *line = 1;
  *column = 1;

  for (gsize i = 0; i < offset && text[i] != '\0'; i++)
    if (text[i] == '\n')
      {
        *line += 1;
        *column = 1;
      }
    else if (((guchar) text[i] & 0xC0) != 0x80)
      *column += 1;
}
