/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-journal.h"
#include "bcast-journal-batch-private.h"
#include "bcast-journal-changes-private.h"
#include "bcast-journal-queue-private.h"

G_BEGIN_DECLS

void                 _bcast_journal_push      (BcastJournal         *self,
                                               const BcastJournalOp *op);
BcastJournalQueue   *_bcast_journal_get_queue (BcastJournal         *self);
BcastJournalChanges *_bcast_journal_watch     (BcastJournal         *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
