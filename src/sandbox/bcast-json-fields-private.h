/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastJsonFieldKind:
 * @BCAST_JSON_FIELD_TEXT: a string; its text is given
 * @BCAST_JSON_FIELD_ID: a string or number; its text is given
 * @BCAST_JSON_FIELD_RAW: any value; its JSON is given as it stands
 */
typedef enum
{
  BCAST_JSON_FIELD_TEXT,
  BCAST_JSON_FIELD_ID,
  BCAST_JSON_FIELD_RAW,
} BcastJsonFieldKind;

typedef struct
{
  const char          *key;
  BcastJsonFieldKind   kind;
  char               **value;
} BcastJsonField;

gboolean bcast_json_fields_read (const char            *text,
                                 gsize                  length,
                                 const BcastJsonField  *fields,
                                 gsize                  n_fields,
                                 GError               **error);

G_END_DECLS
