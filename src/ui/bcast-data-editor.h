/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-data-check.h"

G_BEGIN_DECLS

#define BCAST_TYPE_DATA_EDITOR (bcast_data_editor_get_type ())

/* Signals:
 *   "edited": the text changed
 *   "checked": the verdict on the text is up to date again */
G_DECLARE_FINAL_TYPE (BcastDataEditor, bcast_data_editor, BCAST, DATA_EDITOR, GtkWidget)

void                  bcast_data_editor_set_short (BcastDataEditor *self,
                                                   gboolean         is_short);
char                 *bcast_data_editor_dup_text  (BcastDataEditor *self) G_GNUC_WARN_UNUSED_RESULT;
void                  bcast_data_editor_set_text  (BcastDataEditor *self,
                                                   const char      *text);
const BcastDataCheck *bcast_data_editor_get_check (BcastDataEditor *self);
void                  bcast_data_editor_tidy      (BcastDataEditor *self);
void                  bcast_data_editor_minify    (BcastDataEditor *self);
void                  bcast_data_editor_go_wrong  (BcastDataEditor *self);

G_END_DECLS
