/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastSigningOrigin:
 *
 * Where a part of a string to sign comes from; the Signatures page colours parts by it.
 */
typedef enum
{
  BCAST_SIGNING_FIXED,
  BCAST_SIGNING_SOCKET_ID,
  BCAST_SIGNING_CHANNEL,
  BCAST_SIGNING_CHANNEL_DATA,
  BCAST_SIGNING_USER_DATA,
  BCAST_SIGNING_METHOD,
  BCAST_SIGNING_PATH,
  BCAST_SIGNING_PARAMETER,
  BCAST_SIGNING_BODY_MD5,
  BCAST_SIGNING_BODY,
} BcastSigningOrigin;

typedef struct
{
  BcastSigningOrigin  origin;
  char               *text;
} BcastSigningPart;

/**
 * BcastSigning:
 * @parts: (element-type BcastSigningPart): what the string to sign is made of, in order
 * @string_to_sign: all parts joined
 * @digest: hex HMAC-SHA256 of @string_to_sign
 * @value: what goes on the wire: `key:digest`, or the signed query
 * @answer: (nullable): the JSON an authorize route answers with, %NULL for a request
 *
 * A signature with every step that led to it. Never holds the secret.
 */
typedef struct
{
  GPtrArray *parts;
  char      *string_to_sign;
  char      *digest;
  char      *value;
  char      *answer;
} BcastSigning;

BcastSigning *bcast_signing_new_channel (const char    *key,
                                         const char    *secret,
                                         const char    *socket_id,
                                         const char    *channel,
                                         const char    *channel_data,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;
BcastSigning *bcast_signing_new_user    (const char    *key,
                                         const char    *secret,
                                         const char    *socket_id,
                                         const char    *user_data,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;
BcastSigning *bcast_signing_new_request (const char    *key,
                                         const char    *secret,
                                         const char    *method,
                                         const char    *path,
                                         const char    *query,
                                         const char    *body,
                                         gint64         now_s,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          bcast_signing_free        (BcastSigning  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSigning, bcast_signing_free)

G_END_DECLS
