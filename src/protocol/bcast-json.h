/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef enum
{
  BCAST_JSON_OBJECT,
  BCAST_JSON_ARRAY,
  BCAST_JSON_STRING,
  BCAST_JSON_NUMBER,
  BCAST_JSON_TRUE,
  BCAST_JSON_FALSE,
  BCAST_JSON_NULL,
} BcastJsonType;

/**
 * BcastJsonSpan:
 * @type: what stands there
 * @start: its first byte, inside the text that was scanned
 * @length: its length in bytes, quotes or brackets included
 *
 * One value inside a JSON text, not copied.
 */
typedef struct
{
  BcastJsonType  type;
  const char    *start;
  gsize          length;
} BcastJsonSpan;

/**
 * BcastJsonMemberFunc:
 * @key: the member's key as it stands, quotes included
 * @value: the member's value
 * @user_data: what the caller passed
 *
 * Called for each member of an object, in order.
 *
 * Returns: %FALSE to stop the scan with %BCAST_ERROR_INVALID
 */
typedef gboolean (*BcastJsonMemberFunc) (const BcastJsonSpan *key,
                                         const BcastJsonSpan *value,
                                         gpointer             user_data);

/**
 * BcastJsonItemFunc:
 * @item: the item
 * @user_data: what the caller passed
 *
 * Called for each item of a list, in order.
 *
 * Returns: %FALSE to stop the scan with %BCAST_ERROR_INVALID
 */
typedef gboolean (*BcastJsonItemFunc) (const BcastJsonSpan *item,
                                       gpointer             user_data);

gboolean  bcast_json_scan           (const char           *text,
                                     gsize                 length,
                                     BcastJsonSpan        *span,
                                     gsize                *error_offset,
                                     GError              **error);
gboolean  bcast_json_scan_object    (const char           *text,
                                     gsize                 length,
                                     BcastJsonMemberFunc   func,
                                     gpointer              user_data,
                                     gsize                *error_offset,
                                     GError              **error);
gboolean  bcast_json_scan_array     (const char           *text,
                                     gsize                 length,
                                     BcastJsonItemFunc     func,
                                     gpointer              user_data,
                                     GError              **error);
void      bcast_json_locate         (const char           *text,
                                     gsize                 offset,
                                     guint                *line,
                                     guint                *column);

gboolean  bcast_json_span_is_text   (const BcastJsonSpan  *span);
char     *bcast_json_span_dup_string (const BcastJsonSpan *span,
                                      gsize               *length) G_GNUC_WARN_UNUSED_RESULT;
gsize     bcast_json_span_decode    (const BcastJsonSpan  *span,
                                     char                 *buffer);

void      bcast_json_append_quoted  (GString              *buffer,
                                     const char           *string,
                                     gssize                length);
char     *bcast_json_quote          (const char           *string) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_json_minify         (const char           *text,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_json_tidy           (const char           *text,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_json_canonical      (const char           *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bcast_json_span_equals:
 * @span: a string or key
 * @string: plain ASCII without anything that JSON escapes
 *
 * Compares without decoding, for the keys of the protocol. Inline, because the compiler then knows the
 * length of a literal, and most keys differ in theirs.
 *
 * Returns: whether @span spells @string
 */
static inline gboolean
bcast_json_span_equals (const BcastJsonSpan *span,
                        const char          *string)
{
  gsize length = strlen (string);

  return span->type == BCAST_JSON_STRING
         && span->length == length + 2
         && memcmp (span->start + 1, string, length) == 0;
}

G_END_DECLS
