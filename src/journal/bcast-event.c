/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event.h"

/**
 * BcastEvent:
 *
 * One row of the timeline, for lists: a record and its deliveries as last read from the journal.
 * It is used in one context only, that of the list it came from.
 *
 * The signal `changed` says that what it holds was replaced by newer values; what was lent before
 * is gone then.
 */
struct _BcastEvent
{
  GObject           parent_instance;

  BcastEventRecord *record;
  GPtrArray        *deliveries;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BcastEvent, bcast_event, G_TYPE_OBJECT)

static void
bcast_event_finalize (GObject *object)
{
  BcastEvent *self = BCAST_EVENT (object);

  bcast_event_record_free (self->record);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);

  G_OBJECT_CLASS (bcast_event_parent_class)->finalize (object);
}

static void
bcast_event_class_init (BcastEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_event_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_event_init (BcastEvent *self)
{
}

static void
take_values (BcastEvent       *self,
             BcastEventRecord *record,
             GPtrArray        *deliveries)
{
  bcast_event_record_free (self->record);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  self->record = record;
  self->deliveries = deliveries;
}

/**
 * bcast_event_new:
 * @record: (transfer full): what is known of the event
 * @deliveries: (transfer full) (nullable) (element-type BcastDelivery): who received it, in the
 *   order of receipt; the array frees its elements
 *
 * Returns: (transfer full): a new row
 */
BcastEvent *
bcast_event_new (BcastEventRecord *record,
                 GPtrArray        *deliveries)
{
  g_return_val_if_fail (record != NULL, NULL);

  BcastEvent *self = g_object_new (BCAST_TYPE_EVENT, NULL);

  take_values (self, record, deliveries);
  return self;
}

/**
 * bcast_event_replace:
 * @self: a row
 * @record: (transfer full): newer values of the same event
 * @deliveries: (transfer full) (nullable) (element-type BcastDelivery): its deliveries now
 *
 * Puts newer values in place and emits `changed`.
 */
void
bcast_event_replace (BcastEvent       *self,
                     BcastEventRecord *record,
                     GPtrArray        *deliveries)
{
  g_return_if_fail (BCAST_IS_EVENT (self));
  g_return_if_fail (record != NULL && record->id == self->record->id);

  take_values (self, record, deliveries);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * bcast_event_get_record:
 * @self: a row
 *
 * Returns: (transfer none): its values, until the next `changed`
 */
const BcastEventRecord *
bcast_event_get_record (BcastEvent *self)
{
  g_return_val_if_fail (BCAST_IS_EVENT (self), NULL);

  return self->record;
}

/**
 * bcast_event_get_n_deliveries:
 * @self: a row
 *
 * Returns: how many clients received it
 */
guint
bcast_event_get_n_deliveries (BcastEvent *self)
{
  g_return_val_if_fail (BCAST_IS_EVENT (self), 0);

  return self->deliveries != NULL ? self->deliveries->len : 0;
}

/**
 * bcast_event_get_delivery:
 * @self: a row
 * @index: which one, in the order of receipt
 *
 * Returns: (transfer none) (nullable): the delivery, until the next `changed`; %NULL when @index is
 *   too large
 */
const BcastDelivery *
bcast_event_get_delivery (BcastEvent *self,
                          guint       index)
{
  g_return_val_if_fail (BCAST_IS_EVENT (self), NULL);

  if (index >= bcast_event_get_n_deliveries (self))
    return NULL;
  return g_ptr_array_index (self->deliveries, index);
}

/**
 * bcast_event_find_delivery:
 * @self: a row
 * @client: a client's name
 *
 * Returns: (transfer none) (nullable): that client's receipt, until the next `changed`
 */
const BcastDelivery *
bcast_event_find_delivery (BcastEvent *self,
                           const char *client)
{
  g_return_val_if_fail (BCAST_IS_EVENT (self), NULL);
  g_return_val_if_fail (client != NULL, NULL);

  for (guint i = 0; i < bcast_event_get_n_deliveries (self); i++)
    {
      const BcastDelivery *delivery = bcast_event_get_delivery (self, i);

      if (g_str_equal (delivery->client, client))
        return delivery;
    }
  return NULL;
}

/**
 * bcast_event_is_sent:
 * @self: a row
 *
 * Returns: whether it was sent from here, as opposed to received from somebody else
 */
gboolean
bcast_event_is_sent (BcastEvent *self)
{
  g_return_val_if_fail (BCAST_IS_EVENT (self), FALSE);

  return self->record->outcome != BCAST_EVENT_FOREIGN;
}
