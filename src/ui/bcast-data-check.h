/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastDataForm:
 * @BCAST_DATA_JSON: it is JSON
 * @BCAST_DATA_TEXT: it does not look like JSON, and goes out as plain text
 * @BCAST_DATA_MALFORMED: it begins like JSON and is none: not to be sent by mistake
 * @BCAST_DATA_HUGE: it is too long to be looked at, and far too long to be sent
 *
 * What the data of an event is.
 */
typedef enum
{
  BCAST_DATA_JSON,
  BCAST_DATA_TEXT,
  BCAST_DATA_MALFORMED,
  BCAST_DATA_HUGE,
} BcastDataForm;

/**
 * BcastDataCheck:
 * @form: what it is
 * @error: (nullable): why it is no JSON, a sentence; of a malformed one
 * @line: where, from 1
 * @column: where, from 1, in characters
 *
 * The verdict on the data of an event.
 */
typedef struct
{
  BcastDataForm  form;
  char          *error;
  guint          line;
  guint          column;
} BcastDataCheck;

BcastDataCheck *bcast_data_check_new      (const char     *text) G_GNUC_WARN_UNUSED_RESULT;
void            bcast_data_check_free     (BcastDataCheck *self);
char           *bcast_data_check_dup_wire (const char     *text,
                                           BcastDataForm   form,
                                           gboolean        compact) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastDataCheck, bcast_data_check_free)

G_END_DECLS
