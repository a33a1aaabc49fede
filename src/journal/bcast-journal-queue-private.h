/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-journal-batch-private.h"

G_BEGIN_DECLS

typedef struct _BcastJournalQueue BcastJournalQueue;

BcastJournalQueue *_bcast_journal_queue_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void               _bcast_journal_queue_free        (BcastJournalQueue    *self);

void               _bcast_journal_queue_push        (BcastJournalQueue    *self,
                                                     const BcastJournalOp *op);
void               _bcast_journal_queue_flush       (BcastJournalQueue    *self);
void               _bcast_journal_queue_close       (BcastJournalQueue    *self);
guint64            _bcast_journal_queue_get_n_lost  (BcastJournalQueue    *self);
gboolean           _bcast_journal_queue_is_stalled  (BcastJournalQueue    *self);

gboolean           _bcast_journal_queue_take        (BcastJournalQueue    *self,
                                                     BcastJournalBatch   **batch);
void               _bcast_journal_queue_settle      (BcastJournalQueue    *self,
                                                     gboolean              is_done);
gboolean           _bcast_journal_queue_await_retry (BcastJournalQueue    *self);

G_END_DECLS
