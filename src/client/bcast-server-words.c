/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-server-words-private.h"

#include <string.h>

#include "bcast-json.h"

/* Enough for the longest sentence of hosted Pusher, which quotes a whole string to sign. */
#define MOST_CHARACTERS 400

/**
 * bcast_server_words_clean:
 * @text: (nullable): what a server said
 *
 * Makes a stranger's text fit to stand in a sentence: valid UTF-8, on one line, of bounded length.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL when nothing is left of it
 */
char *
bcast_server_words_clean (const char *text)
{
  if (text == NULL)
    return NULL;

  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MOST_CHARACTERS * 6));
  g_autoptr(GString) clean = g_string_new (NULL);
  guint n_characters = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      gboolean is_blank = !g_unichar_isprint (character) || g_unichar_isspace (character);

      if (is_blank && (clean->len == 0 || clean->str[clean->len - 1] == ' '))
        continue;
      if (++n_characters > MOST_CHARACTERS)
        {
          g_string_append (clean, "…");
          break;
        }
      g_string_append_unichar (clean, is_blank ? ' ' : character);
    }

  g_strchomp (clean->str);
  return *clean->str != '\0' ? g_strdup (clean->str) : NULL;
}

static gboolean
take_words (const BcastJsonSpan *key,
            const BcastJsonSpan *value,
            gpointer             user_data)
{
  char **words = user_data;
  gboolean is_error = bcast_json_span_equals (key, "error");

  if (value->type == BCAST_JSON_STRING
      && (is_error || (*words == NULL && bcast_json_span_equals (key, "message"))))
    {
      g_free (*words);
      *words = bcast_json_span_dup_string (value, NULL);
    }
  return TRUE;
}

/**
 * bcast_server_words_find:
 * @body: (nullable): the body of an HTTP answer
 *
 * Finds what a server says about a refusal: hosted Pusher answers in plain text, soketi, Sockudo and
 * laravel-websockets with JSON that has an `error`, Reverb with one that has a `message`. A web
 * page is no answer to repeat.
 *
 * Returns: (transfer full) (nullable): the server's words
 */
char *
bcast_server_words_find (const char *body)
{
  g_autofree char *words = NULL;

  if (body == NULL)
    return NULL;
  if (bcast_json_scan_object (body, strlen (body), take_words, &words, NULL, NULL))
    return bcast_server_words_clean (words);

  body += strspn (body, " \t\r\n");
  return *body != '<' ? bcast_server_words_clean (body) : NULL;
}
