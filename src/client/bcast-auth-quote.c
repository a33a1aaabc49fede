/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-auth-quote-private.h"

#include <string.h>

#include "bcast-server-words-private.h"

/* Whoever sends a shorter one than this keeps no secret, and hiding it would hide half of a sentence. */
#define LEAST_BYTES 4
#define HIDDEN      "•••"

struct _BcastAuthSecrets
{
  GPtrArray *texts; /* the longest first, so that one inside another leaves nothing of it behind */
};

/* Frees a text, and leaves nothing of it in memory. */
void
bcast_auth_wipe (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

BcastAuthSecrets *
bcast_auth_secrets_new (void)
{
  BcastAuthSecrets *self = g_new0 (BcastAuthSecrets, 1);

  self->texts = g_ptr_array_new_with_free_func (bcast_auth_wipe);
  return self;
}

/* Wipes what it has. */
void
bcast_auth_secrets_free (BcastAuthSecrets *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * bcast_auth_secrets_add:
 * @self: secrets
 * @text: (nullable): one more; copied
 */
void
bcast_auth_secrets_add (BcastAuthSecrets *self,
                        const char       *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  guint at = 0;

  if (length < LEAST_BYTES)
    return;
  while (at < self->texts->len && strlen (self->texts->pdata[at]) >= length)
    at++;
  g_ptr_array_insert (self->texts, (int) at, g_strdup (text));
}

/* Where a secret begins that was cut off together with the rest of a long text; the length of all else. */
static gsize
find_cut_off (const char *secret,
              const char *text,
              gsize       length)
{
  for (gsize n = MIN (strlen (secret), length); n >= LEAST_BYTES; n--)
    if (memcmp (text + length - n, secret, n) == 0)
      return length - n;
  return length;
}

static char *
hide (const BcastAuthSecrets *secrets,
      const char             *text)
{
  g_autoptr(GString) hidden = g_string_new (text);

  for (guint i = 0; i < secrets->texts->len; i++)
    g_string_replace (hidden, secrets->texts->pdata[i], HIDDEN, 0);

  if (g_str_has_suffix (hidden->str, "…"))
    {
      gsize end = hidden->len - strlen ("…");
      gsize kept = end;

      for (guint i = 0; i < secrets->texts->len; i++)
        kept = MIN (kept, find_cut_off (secrets->texts->pdata[i], hidden->str, end));
      g_string_erase (hidden, (gssize) kept, (gssize) (end - kept));
    }
  return g_string_free (g_steal_pointer (&hidden), FALSE);
}

/**
 * bcast_auth_quote_text:
 * @secrets: what must not be said
 * @text: (nullable): what the app said
 *
 * Returns: (transfer full) (nullable): @text on one line and of bounded length, without secrets
 */
char *
bcast_auth_quote_text (const BcastAuthSecrets *secrets,
                       const char             *text)
{
  if (text == NULL)
    return NULL;

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *hidden = hide (secrets, valid);
  g_autofree char *clean = bcast_server_words_clean (hidden);

  return clean != NULL ? hide (secrets, clean) : NULL;
}

/**
 * bcast_auth_quote_body:
 * @secrets: what must not be said
 * @body: the body of the app's answer
 *
 * What is escaped in JSON is found once it was read.
 *
 * Returns: (transfer full) (nullable): what the app says in it about a refusal, without secrets
 */
char *
bcast_auth_quote_body (const BcastAuthSecrets *secrets,
                       const char             *body)
{
  g_autofree char *hidden = hide (secrets, body);
  g_autofree char *words = bcast_server_words_find (hidden);

  return words != NULL ? hide (secrets, words) : NULL;
}
