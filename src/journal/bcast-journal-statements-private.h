/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "bcast-journal-batch-private.h"

G_BEGIN_DECLS

typedef struct _BcastJournalStatements BcastJournalStatements;

BcastJournalStatements *_bcast_journal_statements_new    (sqlite3                *db,
                                                          const char             *path,
                                                          gint64                  last_id,
                                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void                    _bcast_journal_statements_free   (BcastJournalStatements *self);

int                     _bcast_journal_statements_begin  (BcastJournalStatements *self);
int                     _bcast_journal_statements_write  (BcastJournalStatements *self,
                                                          const BcastJournalOp   *op);
int                     _bcast_journal_statements_commit (BcastJournalStatements *self);
void                    _bcast_journal_statements_revert (BcastJournalStatements *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastJournalStatements, _bcast_journal_statements_free)

G_END_DECLS
