/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signers-private.h"

#include "bcast-endpoint-authorizer.h"
#include "bcast-local-authorizer.h"

/*
 * BcastSigners:
 *
 * Who signs for the clients of a workspace: what the profile says, and what each client may have of its
 * own. Never changes once made, so that it can be handed to the network context.
 */
struct _BcastSigners
{
  BcastApp               *app;
  gboolean                asks_endpoint;
  char                   *channel_endpoint;
  char                   *user_endpoint;
  char                   *csrf_cookie;
  char                   *csrf_header;
  BcastAuthorizerSecrets *secrets;
};

static char *
dup_non_empty (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

/*
 * bcast_signers_new:
 * @app: the app to sign for
 * @profile: who signs, unless a client has its own opinion
 * @secrets: (nullable): what the user's app is sent beside what the profile holds
 */
BcastSigners *
bcast_signers_new (BcastApp                     *app,
                   BcastProfile                 *profile,
                   const BcastAuthorizerSecrets *secrets)
{
  BcastSigners *self = g_new0 (BcastSigners, 1);

  self->app = bcast_app_ref (app);
  self->asks_endpoint = bcast_profile_get_authorizer (profile) == BCAST_PROFILE_AUTHORIZER_ENDPOINT;
  self->channel_endpoint = dup_non_empty (bcast_profile_get_auth_endpoint (profile));
  self->user_endpoint = dup_non_empty (bcast_profile_get_user_auth_endpoint (profile));
  self->csrf_cookie = dup_non_empty (bcast_profile_get_csrf_cookie (profile));
  self->csrf_header = dup_non_empty (bcast_profile_get_csrf_header (profile));
  self->secrets = secrets != NULL
    ? bcast_authorizer_secrets_new ((const char * const *) secrets->headers, (const char * const *) secrets->params,
                                    secrets->cookies, secrets->bearer)
    : bcast_authorizer_secrets_new (NULL, NULL, NULL, NULL);
  return self;
}

void
bcast_signers_free (BcastSigners *self)
{
  bcast_app_unref (self->app);
  g_free (self->channel_endpoint);
  g_free (self->user_endpoint);
  g_free (self->csrf_cookie);
  g_free (self->csrf_header);
  bcast_authorizer_secrets_free (self->secrets);
  g_free (self);
}

BcastApp *
bcast_signers_get_app (BcastSigners *self)
{
  return self->app;
}

static gboolean
has_name (char       **pairs,
          const char  *name)
{
  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i += 2)
    if (g_ascii_strcasecmp (pairs[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The pairs of the profile that the client has no own ones for, then the client's. Borrows all texts. */
static GPtrArray *
merge_pairs (char **of_profile,
             char **of_client)
{
  GPtrArray *pairs = g_ptr_array_new ();

  for (guint i = 0; of_profile[i] != NULL; i += 2)
    if (!has_name (of_client, of_profile[i]))
      {
        g_ptr_array_add (pairs, of_profile[i]);
        g_ptr_array_add (pairs, of_profile[i + 1]);
      }
  for (guint i = 0; of_client != NULL && of_client[i] != NULL; i++)
    g_ptr_array_add (pairs, of_client[i]);
  g_ptr_array_add (pairs, NULL);
  return pairs;
}

static const char *
choose (const char *of_client,
        const char *of_profile)
{
  if (of_client != NULL && *of_client != '\0')
    return of_client;
  return *of_profile != '\0' ? of_profile : NULL;
}

static BcastAuthorizer *
new_endpoint_authorizer (BcastSigners             *self,
                         const BcastClientOptions *options)
{
  g_autoptr(GPtrArray) headers = merge_pairs (self->secrets->headers, options->headers);
  g_autoptr(GPtrArray) params = merge_pairs (self->secrets->params, options->params);

  return bcast_endpoint_authorizer_new (&(BcastEndpointOptions) {
    .channel_endpoint = self->channel_endpoint,
    .user_endpoint = self->user_endpoint,
    .headers = (const char * const *) headers->pdata,
    .params = (const char * const *) params->pdata,
    .cookies = choose (options->cookies, self->secrets->cookies),
    .bearer = choose (options->bearer, self->secrets->bearer),
    .csrf_cookie = self->csrf_cookie,
    .csrf_header = self->csrf_header,
    .app = self->app,
  });
}

/*
 * bcast_signers_new_authorizer:
 * @options: for which client
 *
 * Called in the context where the authorizer is used.
 */
BcastAuthorizer *
bcast_signers_new_authorizer (BcastSigners             *self,
                              const BcastClientOptions *options)
{
  if (options->signer == BCAST_CLIENT_SIGNER_ENDPOINT
      || (options->signer == BCAST_CLIENT_SIGNER_PROFILE && self->asks_endpoint))
    return new_endpoint_authorizer (self, options);

  BcastAuthorizer *authorizer = bcast_local_authorizer_new (self->app);

  bcast_local_authorizer_set_watchlist (BCAST_LOCAL_AUTHORIZER (authorizer),
                                        (const char * const *) options->watchlist);
  return authorizer;
}
