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

/* One thing to write. Owns what it points to. */
typedef struct
{
  BcastJournalOpKind  kind;
  BcastEventOutcome   outcome;
  gint64              event_id;
  union
  {
    BcastEventRecord   *record;   /* APPEND */
    BcastDelivery      *delivery; /* DELIVER */
    BcastJournalAnswer *answer;   /* SETTLE */
  };
} BcastJournalOp;

gsize _bcast_journal_op_get_size (const BcastJournalOp *self);
void  _bcast_journal_op_clear    (BcastJournalOp       *self);

G_END_DECLS
