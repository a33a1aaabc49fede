/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Ours: ten events of 10 KB, each character of them escaped, fit in. */
#define BCAST_SANDBOX_MAX_BODY_BYTES (1024 * 1024)

/* RFC 9110 and RFC 6585; libsoup has no names for them. */
#define BCAST_SANDBOX_UPGRADE_REQUIRED  426
#define BCAST_SANDBOX_TOO_MANY_REQUESTS 429

void        bcast_sandbox_http_prepare      (SoupServerMessage *message);
void        bcast_sandbox_http_limit_body   (SoupServerMessage *message);
GBytes     *bcast_sandbox_http_dup_body     (SoupServerMessage *message) G_GNUC_WARN_UNUSED_RESULT;
const char *bcast_sandbox_http_get_header   (SoupServerMessage *message,
                                             const char        *name);
void        bcast_sandbox_http_set_header   (SoupServerMessage *message,
                                             const char        *name,
                                             const char        *value);

void        bcast_sandbox_http_answer       (SoupServerMessage *message,
                                             guint              status,
                                             const char        *content_type,
                                             const char        *body);
void        bcast_sandbox_http_answer_json  (SoupServerMessage *message,
                                             const char        *json);
void        bcast_sandbox_http_refuse       (SoupServerMessage *message,
                                             guint              status,
                                             const char        *sentence);
void        bcast_sandbox_http_refuse_plain (SoupServerMessage *message);
void        bcast_sandbox_http_refuse_error (SoupServerMessage *message,
                                             const GError      *error);
void        bcast_sandbox_http_refuse_on_purpose (SoupServerMessage *message,
                                             guint              status);
guint       bcast_sandbox_http_get_error_status (const GError  *error);

char       *bcast_sandbox_http_dup_sentence     (SoupServerMessage *message) G_GNUC_WARN_UNUSED_RESULT;
gboolean    bcast_sandbox_http_has_length       (SoupServerMessage *message);
char       *bcast_sandbox_http_format_timeout   (void) G_GNUC_WARN_UNUSED_RESULT;
char       *bcast_sandbox_http_format_no_length (void) G_GNUC_WARN_UNUSED_RESULT;
char       *bcast_sandbox_http_format_large_head (void) G_GNUC_WARN_UNUSED_RESULT;
char       *bcast_sandbox_http_format_bad_body (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
