/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is given to the journal to write. */

#include "bcast-journal-private.h"

#include "bcast-journal-database-private.h"
#include "bcast-name-array-private.h"

/**
 * bcast_journal_append:
 * @self: a journal
 * @record: an event with a number of bcast_journal_next_id(); nothing in it may be a secret, for it is
 *   written as it is
 *
 * Adds an event. Of the events of one request only the first needs to have the request and the
 * response: who reads the others is given those.
 */
void
bcast_journal_append (BcastJournal           *self,
                      const BcastEventRecord *record)
{
  g_return_if_fail (BCAST_IS_JOURNAL (self));
  g_return_if_fail (record != NULL && record->id > 0 && record->id <= BCAST_JOURNAL_MAX_EVENT_ID);
  g_return_if_fail (record->channel != NULL && record->name != NULL);

  g_autofree char *expected = _bcast_name_array_format ((const char * const *) record->expected);
  BcastJournalOp op = {
    BCAST_JOURNAL_OP_APPEND, record->outcome, record->id, expected, { .record = *record }
  };

  _bcast_journal_push (self, &op);
}

/**
 * bcast_journal_deliver:
 * @self: a journal
 * @event_id: an event that was appended
 * @delivery: one client's receipt of it
 * @outcome: what the event has become with it; an event that was appended as
 *   %BCAST_EVENT_FOREIGN stays so
 *
 * Adds a delivery. An event has at most 1024.
 */
void
bcast_journal_deliver (BcastJournal        *self,
                       gint64               event_id,
                       const BcastDelivery *delivery,
                       BcastEventOutcome    outcome)
{
  g_return_if_fail (BCAST_IS_JOURNAL (self));
  g_return_if_fail (event_id > 0 && event_id <= BCAST_JOURNAL_MAX_EVENT_ID);
  g_return_if_fail (delivery != NULL);

  BcastJournalOp op = { BCAST_JOURNAL_OP_DELIVER, outcome, event_id, NULL, { .delivery = *delivery } };

  _bcast_journal_push (self, &op);
}

/**
 * bcast_journal_settle:
 * @self: a journal
 * @event_id: an event that was appended
 * @outcome: what it has become with the answer
 * @status: HTTP status of the answer, 0 when none came
 * @accepted_us: monotonic time from request to answer, -1 when none came
 * @request: (nullable): the exact request without secrets, %NULL to leave what is there
 * @response: (nullable): the body of the answer, %NULL to leave what is there
 * @error: (nullable): why it was refused, %NULL to leave what is there
 *
 * Adds the server's answer to an event.
 */
void
bcast_journal_settle (BcastJournal      *self,
                      gint64             event_id,
                      BcastEventOutcome  outcome,
                      guint              status,
                      gint64             accepted_us,
                      const char        *request,
                      const char        *response,
                      const char        *error)
{
  g_return_if_fail (BCAST_IS_JOURNAL (self));
  g_return_if_fail (event_id > 0);

  BcastJournalOp op = {
    BCAST_JOURNAL_OP_SETTLE, outcome, event_id, NULL,
    { .answer = { status, accepted_us, (char *) request, (char *) response, (char *) error } }
  };

  _bcast_journal_push (self, &op);
}

/**
 * bcast_journal_set_outcome:
 * @self: a journal
 * @event_id: an event that was appended
 * @outcome: what it has become, because its time was over for instance
 *
 * Changes the outcome of an event and nothing else.
 */
void
bcast_journal_set_outcome (BcastJournal      *self,
                           gint64             event_id,
                           BcastEventOutcome  outcome)
{
  g_return_if_fail (BCAST_IS_JOURNAL (self));
  g_return_if_fail (event_id > 0);

  BcastJournalOp op = { .kind = BCAST_JOURNAL_OP_SET_OUTCOME, .outcome = outcome, .event_id = event_id };

  _bcast_journal_push (self, &op);
}
