/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastRequestText:
 * @line: method and path, `POST /apps/3/events`
 * @body_md5: (nullable): what the query said about the body
 * @auth_key: (nullable): the key it was signed with
 * @auth_timestamp: (nullable): when it was signed, seconds since 1970
 * @auth_signature: (nullable): its signature
 *
 * What a request in the journal is about.
 */
typedef struct
{
  char *line;
  char *body_md5;
  char *auth_key;
  char *auth_timestamp;
  char *auth_signature;
} BcastRequestText;

BcastRequestText *bcast_request_text_parse (const char       *request) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_request_text_free  (BcastRequestText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastRequestText, bcast_request_text_free)

G_END_DECLS
