/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-json-fields-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"

typedef struct
{
  const BcastJsonField *fields;
  gsize                 n_fields;
  const char           *bad_key; /* of the member whose value is of the wrong kind */
  const char           *no_text; /* of the member that has what no text can have */
} Reading;

/* NULL when the value is of another kind. */
static char *
dup_value (BcastJsonFieldKind   kind,
           const BcastJsonSpan *value)
{
  if (kind == BCAST_JSON_FIELD_RAW || (kind == BCAST_JSON_FIELD_ID && value->type == BCAST_JSON_NUMBER))
    return g_strndup (value->start, value->length);
  return value->type == BCAST_JSON_STRING ? bcast_json_span_dup_string (value, NULL) : NULL;
}

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Reading *reading = user_data;

  for (gsize i = 0; i < reading->n_fields; i++)
    {
      const BcastJsonField *field = &reading->fields[i];

      if (!bcast_json_span_equals (key, field->key))
        continue;

      g_clear_pointer (field->value, g_free);
      if (value->type == BCAST_JSON_NULL)
        return TRUE;
      if (field->kind != BCAST_JSON_FIELD_RAW && value->type == BCAST_JSON_STRING
          && !bcast_json_span_is_text (value))
        {
          reading->no_text = field->key;
          return FALSE;
        }
      *field->value = dup_value (field->kind, value);
      if (*field->value != NULL)
        return TRUE;
      reading->bad_key = field->key;
      return FALSE;
    }

  return TRUE;
}

/**
 * bcast_json_fields_read:
 * @text: (array length=length): a JSON text that must be an object
 * @length: its length in bytes
 * @fields: (array length=n_fields): which members to read; their values start as %NULL, are set for
 *   members that are there, and are the caller's to free even if this fails
 * @n_fields: how many
 * @error: %BCAST_ERROR_INVALID, with the member or place at fault
 *
 * Returns: whether @text is an object and all of @fields that are there could be read
 */
gboolean
bcast_json_fields_read (const char            *text,
                        gsize                  length,
                        const BcastJsonField  *fields,
                        gsize                  n_fields,
                        GError               **error)
{
  g_return_val_if_fail (text != NULL && fields != NULL, FALSE);

  Reading reading = { fields, n_fields, NULL, NULL };
  g_autoptr(GError) problem = NULL;
  gsize offset = 0;

  if (bcast_json_scan_object (text, length, take_member, &reading, &offset, &problem))
    return TRUE;

  if (reading.bad_key != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“%s” must be a text."), reading.bad_key);
  else if (reading.no_text != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“%s” has a NUL character or half of a surrogate pair, which no text can carry. Leave it "
                   "out, or send it encoded, for instance as base64."), reading.no_text);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("This is no JSON object (byte %zu): %s"), offset + 1, problem->message);
  return FALSE;
}
