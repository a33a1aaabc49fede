/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-data-check.h"

#include <string.h>

#include "bcast-json.h"
#include "bcast-limits.h"

/* No server takes a fraction of this; looking at more would make typing slow. */
#define MAX_CHECKED_BYTES (64 * BCAST_LIMIT_DATA_BYTES)

/* An object, an array or a quoted string is meant to be JSON; “12 apples” or “true love” is not. */
static gboolean
looks_like_json (const char *text)
{
  text += strspn (text, " \t\r\n");
  return *text != '\0' && strchr ("{[\"", *text) != NULL;
}

/**
 * bcast_data_check_new:
 * @text: what was typed, valid UTF-8
 *
 * Tells what the data of an event is, and where it goes wrong.
 *
 * Returns: (transfer full): the verdict
 */
BcastDataCheck *
bcast_data_check_new (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  BcastDataCheck *self = g_new0 (BcastDataCheck, 1);
  gsize length = strlen (text);
  gsize error_offset = 0;
  g_autoptr(GError) error = NULL;

  if (length > MAX_CHECKED_BYTES)
    self->form = BCAST_DATA_HUGE;
  else if (bcast_json_scan (text, length, NULL, &error_offset, &error))
    self->form = BCAST_DATA_JSON;
  else if (!looks_like_json (text))
    self->form = BCAST_DATA_TEXT;
  else
    {
      self->form = BCAST_DATA_MALFORMED;
      self->error = g_strdup (error->message);
      bcast_json_locate (text, error_offset, &self->line, &self->column);
    }
  return self;
}

/**
 * bcast_data_check_free:
 * @self: (transfer full): a verdict
 */
void
bcast_data_check_free (BcastDataCheck *self)
{
  g_free (self->error);
  g_free (self);
}

/**
 * bcast_data_check_dup_wire:
 * @text: what was typed
 * @form: what it is
 * @compact: whether to leave out the spaces and line breaks between JSON values
 *
 * Returns: (transfer full): the data as it goes on the wire
 */
char *
bcast_data_check_dup_wire (const char    *text,
                           BcastDataForm  form,
                           gboolean       compact)
{
  g_return_val_if_fail (text != NULL, NULL);

  char *minified = compact && form == BCAST_DATA_JSON ? bcast_json_minify (text, NULL) : NULL;

  return minified != NULL ? minified : g_strdup (text);
}
