/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-quote-private.h"

#include <string.h>

#define MOST_CHARACTERS 200
#define LEAST_BYTES     4 /* to hide a shorter secret would hide half of a sentence */
#define HIDDEN          "•••"
#define UNREADABLE      "\357\277\275" /* what invalid bytes become, such as half a character */

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  gsize length_a = strlen (*(const char * const *) a);
  gsize length_b = strlen (*(const char * const *) b);

  return length_a > length_b ? -1 : length_a < length_b;
}

/* The longest first, so that one inside another leaves nothing of it behind. */
static GPtrArray *
sort_secrets (const char * const *secrets)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (gsize i = 0; secrets[i] != NULL; i++)
    if (strlen (secrets[i]) >= LEAST_BYTES)
      g_ptr_array_add (sorted, (char *) secrets[i]);
  g_ptr_array_sort (sorted, compare_lengths);
  return sorted;
}

/* Whether a secret begins at the end of what was read and goes on in what was not. */
static gsize
count_cut_off (const GString *text,
               const char    *secret)
{
  for (gsize n = MIN (strlen (secret), text->len); n >= LEAST_BYTES; n--)
    if (memcmp (text->str + text->len - n, secret, n) == 0)
      return n;
  return 0;
}

static void
hide (GString   *text,
      GPtrArray *secrets)
{
  gsize n_cut_off = 0;

  while (g_str_has_suffix (text->str, UNREADABLE))
    g_string_truncate (text, text->len - strlen (UNREADABLE));
  for (guint i = 0; i < secrets->len; i++)
    g_string_replace (text, secrets->pdata[i], HIDDEN, 0);
  for (guint i = 0; i < secrets->len; i++)
    n_cut_off = MAX (n_cut_off, count_cut_off (text, secrets->pdata[i]));
  g_string_truncate (text, text->len - n_cut_off);
}

/* On one line, and not too long. */
static char *
tidy (const char *text)
{
  GString *line = g_string_new (NULL);
  guint n_characters = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_blank = !g_unichar_isprint (c) || g_unichar_isspace (c);

      if (is_blank && (line->len == 0 || line->str[line->len - 1] == ' '))
        continue;
      if (++n_characters > MOST_CHARACTERS)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, is_blank ? ' ' : c);
    }
  g_strchomp (line->str);
  return g_string_free (line, FALSE);
}

/**
 * bcast_webhook_quote:
 * @text: (nullable) (array length=length): the beginning of what a receiver answered
 * @length: how many bytes
 * @secrets: (array zero-terminated=1): what must not be repeated
 *
 * Makes a stranger's text fit to stand in a sentence: valid, on one line, short, without secrets. Frameworks in
 * debug mode like to show the request's headers.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL when nothing is left of it or it is a web page
 */
char *
bcast_webhook_quote (const char         *text,
                     gsize               length,
                     const char * const *secrets)
{
  g_return_val_if_fail ((text != NULL || length == 0) && secrets != NULL, NULL);

  if (text == NULL)
    return NULL;

  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  g_autoptr(GString) hidden = g_string_new (valid);

  g_autoptr(GPtrArray) sorted = sort_secrets (secrets);

  hide (hidden, sorted);

  g_autofree char *line = *g_strchug (hidden->str) != '<' ? tidy (hidden->str) : NULL;

  return line != NULL && *line != '\0' ? g_steal_pointer (&line) : NULL;
}
