/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-authorizer-secrets.h"

G_BEGIN_DECLS

/**
 * BcastClientSigner:
 * @BCAST_CLIENT_SIGNER_PROFILE: whoever the profile says
 * @BCAST_CLIENT_SIGNER_LOCAL: this program, with the app's secret
 * @BCAST_CLIENT_SIGNER_ENDPOINT: the user's own app, over HTTP
 *
 * Who signs what a client subscribes to.
 */
typedef enum
{
  BCAST_CLIENT_SIGNER_PROFILE,
  BCAST_CLIENT_SIGNER_LOCAL,
  BCAST_CLIENT_SIGNER_ENDPOINT,
} BcastClientSigner;

/**
 * BcastClientOptions:
 * @name: what the client is called, unique in its workspace
 * @user_id: (nullable): as whom it acts; %NULL means @name in lower case
 * @user_info: (nullable): what others may know of the user, as JSON
 * @signs_in: whether the user is signed in
 * @watchlist: (nullable) (array zero-terminated=1): of whom the user wants to know whether they are online
 * @signer: who signs
 * @headers: (nullable) (array zero-terminated=1): what the app is asked with beside what the profile
 *   says, name and value by turns; the same name here counts more
 * @params: (nullable) (array zero-terminated=1): likewise, for parameters
 * @cookies: (nullable): likewise, all cookies: they take the place of those in the profile
 * @bearer: (nullable): a token that takes the place of the one in the profile
 *
 * Who a client is, and how it is authorized.
 */
typedef struct
{
  char              *name;
  char              *user_id;
  char              *user_info;
  gboolean           signs_in;
  char             **watchlist;
  BcastClientSigner  signer;
  char             **headers;
  char             **params;
  char              *cookies;
  char              *bearer;
} BcastClientOptions;

BcastClientOptions *bcast_client_options_new      (const char                *name) G_GNUC_WARN_UNUSED_RESULT;
BcastClientOptions *bcast_client_options_copy     (const BcastClientOptions  *self) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_client_options_free     (BcastClientOptions        *self);
BcastClientOptions *bcast_client_options_complete (const BcastClientOptions  *self,
                                                   GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            bcast_client_channel_check    (const char                *channel,
                                                   GError                   **error);
BcastAuthorizerSecrets *bcast_client_options_dup_secrets (const BcastClientOptions *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastClientOptions, bcast_client_options_free)

G_END_DECLS
