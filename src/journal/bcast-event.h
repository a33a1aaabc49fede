/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BcastEventOutcome:
 * @BCAST_EVENT_WAITING: sent; deliveries or the server's answer are outstanding
 * @BCAST_EVENT_MATCHED: every expected client received identical data
 * @BCAST_EVENT_DIFFERENT: every expected client received it, at least one with other bytes
 * @BCAST_EVENT_PARTLY: some expected clients received it before the time-out
 * @BCAST_EVENT_MISSED: no expected client received it before the time-out
 * @BCAST_EVENT_UNHEARD: accepted, but no client here was subscribed
 * @BCAST_EVENT_REFUSED: the server or the network refused it
 * @BCAST_EVENT_FOREIGN: received, and nobody here sent it
 *
 * What became of an event. The values stand in the journal: never renumber them.
 */
typedef enum
{
  BCAST_EVENT_WAITING   = 0,
  BCAST_EVENT_MATCHED   = 1,
  BCAST_EVENT_DIFFERENT = 2,
  BCAST_EVENT_PARTLY    = 3,
  BCAST_EVENT_MISSED    = 4,
  BCAST_EVENT_UNHEARD   = 5,
  BCAST_EVENT_REFUSED   = 6,
  BCAST_EVENT_FOREIGN   = 7,
} BcastEventOutcome;

const char *bcast_event_outcome_to_nick (BcastEventOutcome outcome);

/**
 * BcastDelivery:
 * @client: the name of the client that received it
 * @received_us: wall clock, microseconds since 1970
 * @latency_us: monotonic, from just before the request was written; -1 for a foreign event
 * @identical: whether the data had the same bytes as what was sent
 * @data: (nullable): the data received, %NULL when it is the event's own
 * @frame: the exact text of the frame
 *
 * One client's receipt of one event.
 */
typedef struct
{
  char     *client;
  gint64    received_us;
  gint64    latency_us;
  gboolean  identical;
  char     *data;
  char     *frame;
} BcastDelivery;

BcastDelivery *bcast_delivery_new  (const char    *client,
                                    gint64         received_us,
                                    gint64         latency_us,
                                    gboolean       identical,
                                    const char    *data,
                                    const char    *frame) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_delivery_free (BcastDelivery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastDelivery, bcast_delivery_free)

/**
 * BcastEventRecord:
 * @id: the journal's number for it, rising by one; given by bcast_journal_next_id()
 * @trigger_id: the @id of the first event of the same request; @id itself when it was alone
 * @outcome: what became of it
 * @time_us: wall clock, microseconds since 1970: when it was sent, or first received
 * @channel: its channel
 * @name: its event name
 * @data: its data as text, %NULL when it had none
 * @sender: (nullable): the client that sent it as a client event; %NULL for the HTTP API or foreign
 * @excluded: (nullable): the client excluded by its socket id
 * @expected: (nullable) (array zero-terminated=1): the clients that should receive it
 * @status: HTTP status of the answer, 0 when none came or none was asked
 * @accepted_us: monotonic time from request to answer, -1 before
 * @request: (nullable): the exact request, or the frame of a client event; never a secret
 * @response: (nullable): the body of the answer
 * @error: (nullable): why it was refused, a sentence
 *
 * What the journal keeps of one event, without its deliveries.
 */
typedef struct
{
  gint64             id;
  gint64             trigger_id;
  BcastEventOutcome  outcome;
  gint64             time_us;
  char              *channel;
  char              *name;
  char              *data;
  char              *sender;
  char              *excluded;
  char             **expected;
  guint              status;
  gint64             accepted_us;
  char              *request;
  char              *response;
  char              *error;
} BcastEventRecord;

BcastEventRecord *bcast_event_record_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_event_record_free (BcastEventRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastEventRecord, bcast_event_record_free)

#define BCAST_TYPE_EVENT (bcast_event_get_type ())

/* One row of the timeline, for lists: a record and its deliveries as last read from the journal.
 * Signal "changed": what it holds was replaced by newer values. */
G_DECLARE_FINAL_TYPE (BcastEvent, bcast_event, BCAST, EVENT, GObject)

BcastEvent             *bcast_event_new            (BcastEventRecord *record,
                                                    GPtrArray        *deliveries) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_event_replace        (BcastEvent       *self,
                                                    BcastEventRecord *record,
                                                    GPtrArray        *deliveries);
const BcastEventRecord *bcast_event_get_record     (BcastEvent       *self);
guint                   bcast_event_get_n_deliveries (BcastEvent     *self);
const BcastDelivery    *bcast_event_get_delivery   (BcastEvent       *self,
                                                    guint             index);
const BcastDelivery    *bcast_event_find_delivery  (BcastEvent       *self,
                                                    const char       *client);
gboolean                bcast_event_is_sent        (BcastEvent       *self);

G_END_DECLS
