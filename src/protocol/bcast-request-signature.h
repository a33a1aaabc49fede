/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastRequestSignature:
 * @body_md5: (nullable): hex MD5 of the body, %NULL when there is none
 * @string_to_sign: method, path and sorted parameters
 * @signature: hex HMAC-SHA256 of @string_to_sign
 * @query: the whole query for the wire, percent-encoded, signature last
 *
 * A signed request of the HTTP API with every step that led to it.
 */
typedef struct
{
  char *body_md5;
  char *string_to_sign;
  char *signature;
  char *query;
} BcastRequestSignature;

BcastRequestSignature *bcast_request_signature_new   (const char             *key,
                                                      const char             *secret,
                                                      const char             *method,
                                                      const char             *path,
                                                      const char * const     *params,
                                                      gconstpointer           body,
                                                      gsize                   body_length,
                                                      gint64                  now_s) G_GNUC_WARN_UNUSED_RESULT;
void                   bcast_request_signature_free  (BcastRequestSignature  *self);

gboolean               bcast_request_signature_check (const char             *key,
                                                      const char             *secret,
                                                      const char             *method,
                                                      const char             *path,
                                                      const char             *query,
                                                      gconstpointer           body,
                                                      gsize                   body_length,
                                                      gint64                  now_s,
                                                      GError                **error);

char                 **bcast_query_parse             (const char             *query,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
const char            *bcast_query_find              (const char * const     *params,
                                                      const char             *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastRequestSignature, bcast_request_signature_free)

G_END_DECLS
