/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"

G_BEGIN_DECLS

typedef enum
{
  BCAST_JOURNAL_OP_APPEND,
  BCAST_JOURNAL_OP_DELIVER,
  BCAST_JOURNAL_OP_SETTLE,
  BCAST_JOURNAL_OP_SET_OUTCOME,
} BcastJournalOpKind;

typedef struct
{
  guint   status;
  gint64  accepted_us;
  char   *request;
  char   *response;
  char   *error;
} BcastJournalAnswer;

/* One thing to write. Its texts belong to whoever made it, or to the batch that it is in. */
typedef struct
{
  BcastJournalOpKind kind;
  BcastEventOutcome  outcome;
  gint64             event_id;
  char              *expected; /* APPEND: the record's, as a JSON array of names, or NULL */
  union
  {
    BcastEventRecord   record;   /* APPEND */
    BcastDelivery      delivery; /* DELIVER */
    BcastJournalAnswer answer;   /* SETTLE */
  };
} BcastJournalOp;

/* What is written in one transaction. */
typedef struct
{
  GArray       *ops; /* of BcastJournalOp */
  GStringChunk *texts;
  gsize         n_bytes;
} BcastJournalBatch;

BcastJournalBatch *_bcast_journal_batch_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void               _bcast_journal_batch_free  (BcastJournalBatch    *self);
void               _bcast_journal_batch_add   (BcastJournalBatch    *self,
                                               const BcastJournalOp *op);
void               _bcast_journal_batch_clear (BcastJournalBatch    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastJournalBatch, _bcast_journal_batch_free)

G_END_DECLS
