/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-draft.h"

G_BEGIN_DECLS

/* Ours: what a list of rows still shows at once, and what the settings, where a batch is kept, still bear. */
#define BCAST_DRAFT_BATCH_MAX   500
#define BCAST_DRAFT_BATCH_BYTES (256 * 1024)

gboolean   bcast_draft_batch_check  (GPtrArray  *batch,
                                     GPtrArray  *more,
                                     GError    **error);
GVariant  *bcast_draft_batch_pack   (GPtrArray  *batch) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *bcast_draft_batch_unpack (GVariant   *packed,
                                     guint      *n_left_out) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
