/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-data-check.h"

G_BEGIN_DECLS

#define BCAST_TYPE_COMPOSER_STATUS (bcast_composer_status_get_type ())

G_DECLARE_FINAL_TYPE (BcastComposerStatus, bcast_composer_status, BCAST, COMPOSER_STATUS, GtkBox)

void bcast_composer_status_show_check     (BcastComposerStatus  *self,
                                           const BcastDataCheck *check,
                                           gboolean              is_empty);
void bcast_composer_status_show_size      (BcastComposerStatus  *self,
                                           gsize                 wire_bytes,
                                           gsize                 typed_bytes);
void bcast_composer_status_show_receivers (BcastComposerStatus  *self,
                                           const char * const   *receivers,
                                           guint                 n_connected);
void bcast_composer_status_show_problem   (BcastComposerStatus  *self,
                                           const char           *problem);
void bcast_composer_status_show_note      (BcastComposerStatus  *self,
                                           const char           *note,
                                           gboolean              is_warning);
void bcast_composer_status_show_answer    (BcastComposerStatus  *self,
                                           const char           *answer);

G_END_DECLS
