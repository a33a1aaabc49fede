/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-deflate.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-number.h"

#define MAX_PARAMETERS 4 /* there are no more, and none may come twice */

typedef struct
{
  const char *at;
  char        word[32]; /* longer ones mean nothing to anybody */
} Words;

static void
skip_blanks (Words *words)
{
  words->at += strspn (words->at, " \t");
}

static gboolean
is_word_character (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
take_word (Words *words)
{
  gsize length = 0;

  skip_blanks (words);
  while (is_word_character (words->at[length]))
    length++;
  if (length == 0 || length >= sizeof words->word)
    return FALSE;

  memcpy (words->word, words->at, length);
  words->word[length] = '\0';
  words->at += length;
  skip_blanks (words);
  return TRUE;
}

static gboolean
take_mark (Words *words,
           char   mark)
{
  if (*words->at != mark)
    return FALSE;

  words->at++;
  return TRUE;
}

/* A value may stand in quotes. Source: RFC 6455, section 9.1. */
static gboolean
take_value (Words *words)
{
  skip_blanks (words);
  if (!take_mark (words, '"'))
    return take_word (words);
  return is_word_character (*words->at) && take_word (words) && take_mark (words, '"');
}

/* Source: RFC 7692, section 7.1.2. */
static gboolean
is_window_bits (const char *value)
{
  return *value != '0' && bcast_number_parse (value, 8, 15, NULL);
}

static const struct
{
  const char *name;
  gboolean    has_value;
  gboolean    server_stands_alone;
} parameters[] = {
  { "server_no_context_takeover", FALSE, TRUE },
  { "client_no_context_takeover", FALSE, FALSE },
  { "server_max_window_bits", TRUE, FALSE },
  { "client_max_window_bits", TRUE, FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (parameters) == MAX_PARAMETERS);

static gboolean
take_parameter (Words                 *words,
                gboolean              *seen,
                BcastWebsocketDeflate *deflate)
{
  guint i = 0;

  if (!take_word (words))
    return FALSE;
  while (i < MAX_PARAMETERS && strcmp (words->word, parameters[i].name) != 0)
    i++;
  if (i == MAX_PARAMETERS || seen[i])
    return FALSE;

  seen[i] = TRUE;
  deflate->server_no_context_takeover |= parameters[i].server_stands_alone;
  if (!parameters[i].has_value)
    return *words->at != '=';
  if (!take_mark (words, '=') || !take_value (words) || !is_window_bits (words->word))
    return FALSE;
  skip_blanks (words);
  return TRUE;
}

static gboolean
take_answer (const char            *extensions,
             BcastWebsocketDeflate *deflate)
{
  Words words = { extensions, "" };
  gboolean seen[MAX_PARAMETERS] = { FALSE, };

  if (!take_word (&words) || strcmp (words.word, "permessage-deflate") != 0)
    return FALSE;
  while (take_mark (&words, ';'))
    if (!take_parameter (&words, seen, deflate))
      return FALSE;
  return *words.at == '\0';
}

/**
 * bcast_websocket_deflate_parse_answer:
 * @extensions: (nullable): what the server says under Sec-WebSocket-Extensions
 * @deflate: (out caller-allocates): what was agreed on
 * @error: %BCAST_ERROR_PROTOCOL when that cannot follow from %BCAST_WEBSOCKET_DEFLATE_OFFER
 *
 * Source: RFC 7692, section 7.1: a client fails a connection whose server answers with something that
 * was not offered, twice, or with a value that does not exist.
 *
 * Returns: whether the connection can be used, with @deflate
 */
gboolean
bcast_websocket_deflate_parse_answer (const char             *extensions,
                                      BcastWebsocketDeflate  *deflate,
                                      GError                **error)
{
  g_return_val_if_fail (deflate != NULL, FALSE);

  *deflate = (BcastWebsocketDeflate) { FALSE, FALSE };
  if (extensions == NULL || extensions[strspn (extensions, " \t")] == '\0')
    return TRUE;

  deflate->agreed = take_answer (extensions, deflate);
  if (!deflate->agreed)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                         _("The server answered with a WebSocket extension that was not offered to it, or "
                           "offered in another way. Is a proxy in the way?"));
  return deflate->agreed;
}
