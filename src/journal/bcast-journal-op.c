/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-op-private.h"

#include <string.h>

static gsize
measure (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

static gsize
measure_record (const BcastEventRecord *record)
{
  gsize size = sizeof *record + measure (record->channel) + measure (record->name) +
               measure (record->data) + measure (record->sender) + measure (record->excluded) +
               measure (record->request) + measure (record->response) + measure (record->error);

  for (char **name = record->expected; name != NULL && *name != NULL; name++)
    size += measure (*name);
  return size;
}

/**
 * _bcast_journal_op_get_size:
 * @self: something to write
 *
 * Returns: about how many bytes of memory it holds
 */
gsize
_bcast_journal_op_get_size (const BcastJournalOp *self)
{
  switch (self->kind)
    {
    case BCAST_JOURNAL_OP_APPEND:
      return sizeof *self + measure_record (self->record);

    case BCAST_JOURNAL_OP_DELIVER:
      return sizeof *self + sizeof *self->delivery + measure (self->delivery->client) +
             measure (self->delivery->data) + measure (self->delivery->frame);

    case BCAST_JOURNAL_OP_SETTLE:
      return sizeof *self + sizeof *self->answer + measure (self->answer->request) +
             measure (self->answer->response) + measure (self->answer->error);

    case BCAST_JOURNAL_OP_SET_OUTCOME:
      return sizeof *self;

    default:
      g_return_val_if_reached (0);
    }
}

static void
free_answer (BcastJournalAnswer *answer)
{
  g_free (answer->request);
  g_free (answer->response);
  g_free (answer->error);
  g_free (answer);
}

/**
 * _bcast_journal_op_clear:
 * @self: something to write
 *
 * Frees what it owns, not the structure.
 */
void
_bcast_journal_op_clear (BcastJournalOp *self)
{
  switch (self->kind)
    {
    case BCAST_JOURNAL_OP_APPEND:
      bcast_event_record_free (self->record);
      break;

    case BCAST_JOURNAL_OP_DELIVER:
      bcast_delivery_free (self->delivery);
      break;

    case BCAST_JOURNAL_OP_SETTLE:
      free_answer (self->answer);
      break;

    case BCAST_JOURNAL_OP_SET_OUTCOME:
    default:
      break;
    }
}
