/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-options.h"

#include <string.h>

/**
 * bcast_client_options_new:
 * @name: what the client is called
 *
 * Returns: (transfer full): options for a client that acts as a user of that name
 */
BcastClientOptions *
bcast_client_options_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  BcastClientOptions *self = g_new0 (BcastClientOptions, 1);

  self->name = g_strdup (name);
  return self;
}

/**
 * bcast_client_options_copy:
 * @self: options
 *
 * Returns: (transfer full): a copy
 */
BcastClientOptions *
bcast_client_options_copy (const BcastClientOptions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastClientOptions *copy = bcast_client_options_new (self->name);

  copy->user_id = g_strdup (self->user_id);
  copy->user_info = g_strdup (self->user_info);
  copy->signs_in = self->signs_in;
  copy->watchlist = g_strdupv (self->watchlist);
  copy->signer = self->signer;
  copy->headers = g_strdupv (self->headers);
  copy->params = g_strdupv (self->params);
  copy->cookies = g_strdup (self->cookies);
  copy->bearer = g_strdup (self->bearer);
  return copy;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
wipe_all (char **secrets)
{
  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    explicit_bzero (secrets[i], strlen (secrets[i]));
  g_strfreev (secrets);
}

/**
 * bcast_client_options_dup_secrets:
 * @self: options
 *
 * Returns: (transfer full): what the user's app is sent for this client beside what the profile says
 */
BcastAuthorizerSecrets *
bcast_client_options_dup_secrets (const BcastClientOptions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return bcast_authorizer_secrets_new ((const char * const *) self->headers, (const char * const *) self->params,
                                       self->cookies, self->bearer);
}

/**
 * bcast_client_options_free:
 * @self: (transfer full) (nullable): options
 *
 * Headers, parameters, cookies and the token may be secrets and are wiped.
 */
void
bcast_client_options_free (BcastClientOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->user_id);
  g_free (self->user_info);
  g_strfreev (self->watchlist);
  wipe_all (self->headers);
  wipe_all (self->params);
  wipe (self->cookies);
  wipe (self->bearer);
  g_free (self);
}
