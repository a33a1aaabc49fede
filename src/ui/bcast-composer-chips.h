/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Ours: each chip is a handful of widgets. */
#define BCAST_COMPOSER_CHIPS_MAX 1000

#define BCAST_TYPE_COMPOSER_CHIPS (bcast_composer_chips_get_type ())

/* Signals:
 *   "changed": there are other channels
 *   "removed": the user took one out
 *   "clear": the user wants all of them out */
G_DECLARE_FINAL_TYPE (BcastComposerChips, bcast_composer_chips, BCAST, COMPOSER_CHIPS, GtkBox)

const char * const *bcast_composer_chips_get_names (BcastComposerChips *self);
guint               bcast_composer_chips_get_n     (BcastComposerChips *self);
void                bcast_composer_chips_set_names (BcastComposerChips *self,
                                                    const char * const *names);
void                bcast_composer_chips_add       (BcastComposerChips *self,
                                                    const char * const *names);
char               *bcast_composer_chips_take_last (BcastComposerChips *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
