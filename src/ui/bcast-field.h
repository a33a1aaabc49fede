/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_FIELD (bcast_field_get_type ())

/* Properties: "title", "hint" (one sentence: what to enter, and why), "error" (NULL: none), "input"
 * (the widget that is filled in), "suffix" (a widget beside it). */
G_DECLARE_FINAL_TYPE (BcastField, bcast_field, BCAST, FIELD, GtkBox)

void        bcast_field_set_hint  (BcastField *self,
                                   const char *hint);
void        bcast_field_set_error (BcastField *self,
                                   const char *error);
const char *bcast_field_get_error (BcastField *self);
GtkWidget  *bcast_field_get_input (BcastField *self);

G_END_DECLS
