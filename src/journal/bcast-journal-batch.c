/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is on its way to the writer. All texts of a batch lie in a few large blocks, which go at once:
 * memory that one thread takes and another gives back text by text makes both wait for each other. */

#include "bcast-journal-batch-private.h"

#include <string.h>

#define BLOCK_BYTES (64 * 1024)

/**
 * _bcast_journal_batch_new:
 *
 * Returns: (transfer full): an empty batch
 */
BcastJournalBatch *
_bcast_journal_batch_new (void)
{
  BcastJournalBatch *self = g_new0 (BcastJournalBatch, 1);

  self->ops = g_array_new (FALSE, FALSE, sizeof (BcastJournalOp));
  self->texts = g_string_chunk_new (BLOCK_BYTES);
  return self;
}

/**
 * _bcast_journal_batch_free:
 * @self: (transfer full): a batch
 */
void
_bcast_journal_batch_free (BcastJournalBatch *self)
{
  g_array_unref (self->ops);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static void
copy (BcastJournalBatch  *self,
      char              **text)
{
  gsize length;

  if (*text == NULL)
    return;

  length = strlen (*text);
  *text = g_string_chunk_insert_len (self->texts, *text, (gssize) length);
  self->n_bytes += length + 1;
}

static void
copy_record (BcastJournalBatch *self,
             BcastEventRecord  *record)
{
  copy (self, &record->channel);
  copy (self, &record->name);
  copy (self, &record->data);
  copy (self, &record->sender);
  copy (self, &record->excluded);
  copy (self, &record->request);
  copy (self, &record->response);
  copy (self, &record->error);
  record->expected = NULL; /* beside the record, as text */
}

/**
 * _bcast_journal_batch_add:
 * @self: a batch
 * @op: what to write; its texts are copied
 */
void
_bcast_journal_batch_add (BcastJournalBatch    *self,
                          const BcastJournalOp *op)
{
  BcastJournalOp *added;

  g_array_append_vals (self->ops, op, 1);
  added = &g_array_index (self->ops, BcastJournalOp, self->ops->len - 1);
  self->n_bytes += sizeof *added;
  copy (self, &added->expected);

  switch (added->kind)
    {
    case BCAST_JOURNAL_OP_APPEND:
      copy_record (self, &added->record);
      break;

    case BCAST_JOURNAL_OP_DELIVER:
      copy (self, &added->delivery.client);
      copy (self, &added->delivery.data);
      copy (self, &added->delivery.frame);
      break;

    case BCAST_JOURNAL_OP_SETTLE:
      copy (self, &added->answer.request);
      copy (self, &added->answer.response);
      copy (self, &added->answer.error);
      break;

    case BCAST_JOURNAL_OP_SET_OUTCOME:
    default:
      break;
    }
}

/**
 * _bcast_journal_batch_clear:
 * @self: a batch
 *
 * Empties it, so that it can be filled again.
 */
void
_bcast_journal_batch_clear (BcastJournalBatch *self)
{
  g_array_set_size (self->ops, 0);
  g_string_chunk_clear (self->texts);
  self->n_bytes = 0;
}
