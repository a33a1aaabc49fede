/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event.h"

/**
 * bcast_event_outcome_to_nick:
 * @outcome: what became of an event
 *
 * The word that command lines, searches and exports use; it is never translated.
 *
 * Returns: (transfer none): a lower-case word such as `matched`
 */
const char *
bcast_event_outcome_to_nick (BcastEventOutcome outcome)
{
  switch (outcome)
    {
    case BCAST_EVENT_WAITING:
      return "waiting";
    case BCAST_EVENT_MATCHED:
      return "matched";
    case BCAST_EVENT_DIFFERENT:
      return "different";
    case BCAST_EVENT_PARTLY:
      return "partly";
    case BCAST_EVENT_MISSED:
      return "missed";
    case BCAST_EVENT_UNHEARD:
      return "unheard";
    case BCAST_EVENT_REFUSED:
      return "refused";
    case BCAST_EVENT_FOREIGN:
      return "foreign";
    default:
      return "unknown";
    }
}

/**
 * bcast_delivery_new:
 * @client: the name of the client that received it
 * @received_us: wall clock, microseconds since 1970
 * @latency_us: monotonic, from just before the request was written; -1 for a foreign event
 * @identical: whether the data had the same bytes as what was sent
 * @data: (nullable): the data received, %NULL when it is the event's own
 * @frame: (nullable): the exact text of the frame
 *
 * Returns: (transfer full): a new delivery
 */
BcastDelivery *
bcast_delivery_new (const char *client,
                    gint64      received_us,
                    gint64      latency_us,
                    gboolean    identical,
                    const char *data,
                    const char *frame)
{
  g_return_val_if_fail (client != NULL, NULL);

  BcastDelivery *self = g_new (BcastDelivery, 1);

  self->client = g_strdup (client);
  self->received_us = received_us;
  self->latency_us = latency_us;
  self->identical = identical;
  self->data = g_strdup (data);
  self->frame = g_strdup (frame);
  return self;
}

/**
 * bcast_delivery_free:
 * @self: (transfer full) (nullable): a delivery
 */
void
bcast_delivery_free (BcastDelivery *self)
{
  if (self == NULL)
    return;

  g_free (self->client);
  g_free (self->data);
  g_free (self->frame);
  g_free (self);
}

/**
 * bcast_event_record_new:
 *
 * Returns: (transfer full): a record with nothing in it but `accepted_us`, which is -1
 */
BcastEventRecord *
bcast_event_record_new (void)
{
  BcastEventRecord *self = g_new0 (BcastEventRecord, 1);

  self->accepted_us = -1;
  return self;
}

/**
 * bcast_event_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
bcast_event_record_free (BcastEventRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->channel);
  g_free (self->name);
  g_free (self->data);
  g_free (self->sender);
  g_free (self->excluded);
  g_strfreev (self->expected);
  g_free (self->request);
  g_free (self->response);
  g_free (self->error);
  g_free (self);
}
