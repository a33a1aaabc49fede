/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastAuthorizerSecrets:
 * @headers: (array zero-terminated=1): further headers, name and value by turns
 * @params: (array zero-terminated=1): further parameters, likewise
 * @cookies: what goes into the `Cookie` header; may be empty
 * @bearer: a bearer token; may be empty
 *
 * What a user's app is sent so that it knows who asks. No field is %NULL.
 */
typedef struct
{
  char **headers;
  char **params;
  char  *cookies;
  char  *bearer;
} BcastAuthorizerSecrets;

BcastAuthorizerSecrets *bcast_authorizer_secrets_new      (const char * const            *headers,
                                                           const char * const            *params,
                                                           const char                    *cookies,
                                                           const char                    *bearer) G_GNUC_WARN_UNUSED_RESULT;
BcastAuthorizerSecrets *bcast_authorizer_secrets_parse    (const char                    *json,
                                                           GError                       **error) G_GNUC_WARN_UNUSED_RESULT;
char                   *bcast_authorizer_secrets_format   (const BcastAuthorizerSecrets  *self) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_authorizer_secrets_free     (BcastAuthorizerSecrets        *self);

gboolean                bcast_authorizer_secrets_is_empty (const BcastAuthorizerSecrets  *self);
gboolean                bcast_authorizer_secrets_check    (const BcastAuthorizerSecrets  *self,
                                                           const char                   **field,
                                                           GError                       **error);

char                  **bcast_authorizer_pairs_parse      (const char                    *lines,
                                                           char                           separator,
                                                           GError                       **error) G_GNUC_WARN_UNUSED_RESULT;
char                   *bcast_authorizer_pairs_format     (const char * const            *pairs,
                                                           const char                    *separator) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_authorizer_pairs_free       (char                         **pairs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastAuthorizerSecrets, bcast_authorizer_secrets_free)

G_END_DECLS
