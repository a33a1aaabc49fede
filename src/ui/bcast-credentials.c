/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-credentials.h"

#include <glib/gi18n.h>

/* As many hex digits as the keys and secrets that Pusher gives out. */
#define CREDENTIAL_BYTES 10

/**
 * bcast_credentials_make:
 *
 * Returns: (transfer full) (nullable): a new random secret, %NULL when the system has no random
 *   numbers to give; free with bcast_secret_free()
 */
char *
bcast_credentials_make (void)
{
  return bcast_secret_random_hex (CREDENTIAL_BYTES);
}

/**
 * bcast_credentials_describe_place:
 * @secrets: where secrets are kept
 *
 * Returns: (transfer full): a sentence that says where
 */
char *
bcast_credentials_describe_place (BcastSecretStore *secrets)
{
  g_return_val_if_fail (BCAST_IS_SECRET_STORE (secrets), NULL);

  g_autofree char *path = NULL;

  switch (bcast_secret_store_get_place (secrets))
    {
    case BCAST_SECRET_PLACE_KEYRING:
      return g_strdup (_("Kept in your desktop’s keyring, never in the profile file."));
    case BCAST_SECRET_PLACE_FILE:
      path = bcast_secret_store_dup_default_file_path ();
      return g_strdup_printf (_("Kept unencrypted in %s, which only your user can read."), path);
    case BCAST_SECRET_PLACE_SESSION:
    default:
      return g_strdup (_("Kept in memory until you quit; you enter it again at the next start."));
    }
}
