/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "bcast-error.h"

const char * const bcast_secret_kinds[BCAST_SECRET_N_KINDS] = {
  BCAST_SECRET_KIND_SECRET,
  BCAST_SECRET_KIND_MASTER_KEY,
  BCAST_SECRET_KIND_AUTHORIZER,
  BCAST_SECRET_KIND_CLIENTS,
};

/* Overwrites @secret in a way that the compiler does not leave out. */
void
bcast_secret_wipe (char *secret)
{
  explicit_bzero (secret, strlen (secret));
}

/**
 * bcast_secret_free:
 * @secret: (transfer full) (nullable): a secret
 *
 * Wipes @secret and frees it, so that it does not stay behind in memory.
 */
void
bcast_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  bcast_secret_wipe (secret);
  g_free (secret);
}

static gboolean
fill_with_randomness (guint8 *bytes,
                      gsize   length)
{
  gsize filled = 0;

  while (filled < length)
    {
      gssize n = getrandom (bytes + filled, length - filled, 0);

      if (n < 0 && errno != EINTR)
        return FALSE;
      filled += MAX (n, 0);
    }
  return TRUE;
}

/**
 * bcast_secret_random_hex:
 * @bytes: how many random bytes
 *
 * Makes a secret that nobody can guess, with the randomness of the kernel.
 *
 * Returns: (transfer full) (nullable): twice as many lower-case hex digits, for bcast_secret_free();
 *   %NULL where the kernel has no randomness to give
 */
char *
bcast_secret_random_hex (guint bytes)
{
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc (2 * (gsize) bytes + 1);
  guint8 *random = (guint8 *) hex + bytes; /* each byte is read before its digits reach it */

  if (!fill_with_randomness (random, bytes))
    {
      g_free (hex);
      return NULL;
    }

  for (gsize i = 0; i < bytes; i++)
    {
      guint8 byte = random[i];

      hex[2 * i] = digits[byte >> 4];
      hex[2 * i + 1] = digits[byte & 0xf];
    }
  hex[2 * (gsize) bytes] = '\0';
  return hex;
}

/**
 * bcast_secret_random_base64:
 * @bytes: how many random bytes
 *
 * Makes a key that nobody can guess, with the randomness of the kernel.
 *
 * Returns: (transfer full) (nullable): the bytes in base64, for bcast_secret_free(); %NULL where the kernel
 *   has no randomness to give
 */
char *
bcast_secret_random_base64 (guint bytes)
{
  g_autofree guint8 *random = g_malloc (bytes);
  char *base64 = NULL;

  if (fill_with_randomness (random, bytes))
    base64 = g_base64_encode (random, bytes);
  explicit_bzero (random, bytes);
  return base64;
}

static gboolean
is_one_line (const char *secret)
{
  gsize length = strlen (secret);

  for (gsize i = 0; i < length; i++)
    if (g_ascii_iscntrl (secret[i]))
      return FALSE;

  return secret[0] != ' ' && secret[length - 1] != ' ' && g_utf8_validate (secret, -1, NULL);
}

static gboolean
check_length (const char  *kind,
              const char  *secret,
              GError     **error)
{
  gboolean is_of_clients = g_str_equal (kind, BCAST_SECRET_KIND_CLIENTS);

  if (strlen (secret) <= (is_of_clients ? BCAST_SECRET_MAX_CLIENTS_BYTES : BCAST_SECRET_MAX_BYTES))
    return TRUE;

  if (is_of_clients)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("Headers, parameters, cookies and tokens of the clients have more than %d bytes together, so they "
                   "are not remembered. Leave out what is not needed."), BCAST_SECRET_MAX_CLIENTS_BYTES);
  else
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                         _("The secret is too long to be one. Copy it again from the app's settings."));
  return FALSE;
}

/* Whether @secret can be kept anywhere: one line of text, as every server gives them. */
gboolean
bcast_secret_check (const char  *kind,
                    const char  *secret,
                    GError     **error)
{
  if (*secret == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The secret is empty. Copy it from the app's settings on the server."));
      return FALSE;
    }

  if (!check_length (kind, secret, error))
    return FALSE;

  if (!is_one_line (secret))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The secret has a line break, a space at its start or end, or another "
                             "character that cannot be seen. Copy it again from the app's settings."));
      return FALSE;
    }
  return TRUE;
}
