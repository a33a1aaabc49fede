/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-draft.h"

G_BEGIN_DECLS

#define BCAST_TYPE_COMPOSER_BATCH (bcast_composer_batch_get_type ())

/* Signal "changed": there are more or fewer events. */
G_DECLARE_FINAL_TYPE (BcastComposerBatch, bcast_composer_batch, BCAST, COMPOSER_BATCH, GtkPopover)

void       bcast_composer_batch_set_lack   (BcastComposerBatch  *self,
                                            const char          *lack);
gboolean   bcast_composer_batch_add        (BcastComposerBatch  *self,
                                            GPtrArray           *drafts,
                                            GError             **error);
void       bcast_composer_batch_remove     (BcastComposerBatch  *self,
                                            GPtrArray           *drafts);
void       bcast_composer_batch_clear      (BcastComposerBatch  *self);
GPtrArray *bcast_composer_batch_dup_drafts (BcastComposerBatch  *self) G_GNUC_WARN_UNUSED_RESULT;
guint      bcast_composer_batch_get_n      (BcastComposerBatch  *self);

G_END_DECLS
