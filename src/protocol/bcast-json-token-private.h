/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-json.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-bytes-private.h"
#include "bcast-utf8.h"

G_BEGIN_DECLS

/* The tokens of JSON that hold no others, for bcast-json.c alone: here the compiler can put them into the
 * scanner, which is walked for each frame that is received. */

typedef struct
{
  const char *at;
  const char *end;
  guint       depth;
  const char *problem; /* NULL while all is well; then @at is where it stands */
} Scanner;

static gboolean
fail (Scanner    *scanner,
      const char *problem)
{
  if (scanner->problem == NULL)
    scanner->problem = problem;
  return FALSE;
}

static void
skip_space (Scanner *scanner)
{
  while (scanner->at < scanner->end
         && (*scanner->at == ' ' || *scanner->at == '\n' || *scanner->at == '\t' || *scanner->at == '\r'))
    scanner->at++;
}

static gboolean
scan_escape (Scanner *scanner)
{
  if (scanner->end - scanner->at < 2)
    return fail (scanner, N_("The text ends inside a string."));

  char c = scanner->at[1];

  if (c == 'u')
    {
      if (scanner->end - scanner->at < 6)
        return fail (scanner, N_("The text ends inside a string."));
      for (guint i = 2; i < 6; i++)
        if (!g_ascii_isxdigit (scanner->at[i]))
          return fail (scanner, N_("After \\u there must be four hex digits."));
      scanner->at += 6;
      return TRUE;
    }

  /* Quotes are by far the most frequent: data is mostly JSON in a string. */
  if (c != '"' && (c == '\0' || strchr ("\\/bfnrt", c) == NULL))
    return fail (scanner, N_("This backslash escape does not exist in JSON."));

  scanner->at += 2;
  return TRUE;
}

/* Passes over what means nothing but itself in a string, up to some byte near the first that does. */
static void
skip_plain (Scanner *scanner)
{
  while (scanner->end - scanner->at >= 8)
    {
      guint64 word = bcast_bytes_load (scanner->at);

      if (((word & BCAST_BYTES_HIGHS) | bcast_bytes_has_below (word, 0x20)
           | bcast_bytes_has (word, '"') | bcast_bytes_has (word, '\\')) != 0)
        return;
      scanner->at += 8;
    }
}

static gboolean
scan_string (Scanner *scanner)
{
  const char *start = scanner->at;
  gboolean is_ascii = TRUE;
  const char *bad = NULL;

  scanner->at++;
  skip_plain (scanner);
  while (scanner->at < scanner->end)
    {
      guchar c = (guchar) *scanner->at;

      if (c == '"')
        {
          scanner->at++;
          if (is_ascii || bcast_utf8_validate (start, scanner->at - start, &bad))
            return TRUE;
          scanner->at = bad;
          return fail (scanner, N_("This byte is no valid UTF-8."));
        }
      if (c < 0x20)
        return fail (scanner, c == '\n' ? N_("A string is not closed on this line.")
                                        : N_("A control character must be written as an escape."));
      if (c == '\\')
        {
          if (!scan_escape (scanner))
            return FALSE;
          skip_plain (scanner);
          continue;
        }
      if (c >= 0x80)
        is_ascii = FALSE;
      scanner->at++;
    }

  return fail (scanner, N_("The text ends inside a string."));
}

static gboolean
scan_digits (Scanner *scanner)
{
  const char *start = scanner->at;

  while (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
    scanner->at++;
  return scanner->at > start || fail (scanner, N_("A digit is missing in this number."));
}

static gboolean
scan_number (Scanner *scanner)
{
  if (*scanner->at == '-')
    scanner->at++;

  if (scanner->at < scanner->end && *scanner->at == '0')
    {
      scanner->at++;
      if (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
        return fail (scanner, N_("A number cannot begin with a zero."));
    }
  else if (!scan_digits (scanner))
    return FALSE;

  if (scanner->at < scanner->end && *scanner->at == '.')
    {
      scanner->at++;
      if (!scan_digits (scanner))
        return FALSE;
    }

  if (scanner->at < scanner->end && (*scanner->at == 'e' || *scanner->at == 'E'))
    {
      scanner->at++;
      if (scanner->at < scanner->end && (*scanner->at == '+' || *scanner->at == '-'))
        scanner->at++;
      return scan_digits (scanner);
    }

  return TRUE;
}

static gboolean
scan_word (Scanner       *scanner,
           const char    *word,
           BcastJsonType  type,
           BcastJsonSpan *span)
{
  gsize length = strlen (word);

  if ((gsize) (scanner->end - scanner->at) < length || strncmp (scanner->at, word, length) != 0)
    return fail (scanner, N_("This word is unknown: text needs double quotes around it."));

  scanner->at += length;
  span->type = type;
  return TRUE;
}

G_END_DECLS
