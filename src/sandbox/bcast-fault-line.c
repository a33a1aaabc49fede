/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-fault-line-private.h"

#include "bcast-alarm-private.h"

#define ROW_TIMEOUT_US (BCAST_FAULT_LINE_ROW_TIMEOUT_MS * (gint64) 1000)

/* One thing that happens to frames. */
typedef struct
{
  guint64 serial; /* of the fault; 0: it does not happen */
  guint   value;
  guint   jitter_ms;
  guint64 count;  /* of the frames that came by */
} Step;

typedef struct
{
  GBytes *frame;
  gint64  due_us;
} Held;

/**
 * BcastFaultLine:
 *
 * The way of channel events to one socket while faults concern it: some are dropped, rows of them are
 * reversed, some are doubled, all are held back for a while; in this order, so that two of a row that come
 * twice still change places. A delay keeps the order, whatever its jitter. When a fault ends or is replaced,
 * what it held back goes out at once in the order in which it came.
 */
struct _BcastFaultLine
{
  Step                drop;
  Step                reorder;
  Step                duplicate;
  Step                delay;

  GPtrArray          *row;        /* GBytes: of those that will be reversed */
  gint64              row_due_us; /* when the row goes out even if it is short */
  GQueue              held;       /* Held, by due_us */
  gsize               bytes;      /* in the row and held */
  GSource            *alarm;      /* NULL until the first is held back */

  BcastFaultLineSend  send;
  gpointer            target;
};

static void
free_frame (gpointer frame)
{
  g_bytes_unref (frame);
}

static void
free_held (gpointer data)
{
  Held *held = data;

  g_bytes_unref (held->frame);
  g_free (held);
}

/**
 * bcast_fault_line_new:
 * @send: sends a frame to @target; must not free the line
 * @target: must live as long as the line
 *
 * Returns: (transfer full): a line that lets all pass; what it will hold back goes out in the
 *   thread-default context
 */
BcastFaultLine *
bcast_fault_line_new (BcastFaultLineSend send,
                      gpointer           target)
{
  g_return_val_if_fail (send != NULL, NULL);

  BcastFaultLine *self = g_new0 (BcastFaultLine, 1);

  self->send = send;
  self->target = target;
  self->row = g_ptr_array_new_with_free_func (free_frame);
  g_queue_init (&self->held);
  return self;
}

/**
 * bcast_fault_line_free:
 * @self: (transfer full): a line; what it holds back is lost
 */
void
bcast_fault_line_free (BcastFaultLine *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->alarm, bcast_alarm_free);
  g_ptr_array_unref (self->row);
  g_queue_clear_full (&self->held, free_held);
  g_free (self);
}

static gboolean
alarm_cb (gpointer user_data)
{
  bcast_fault_line_run (user_data, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static void
set_alarm (BcastFaultLine *self)
{
  Held *first = g_queue_peek_head (&self->held);
  gint64 next_us = first != NULL ? first->due_us : G_MAXINT64;

  if (self->row->len > 0)
    next_us = MIN (next_us, self->row_due_us);
  if (self->alarm == NULL && next_us == G_MAXINT64)
    return;

  if (self->alarm == NULL)
    self->alarm = bcast_alarm_new (g_main_context_get_thread_default (), G_PRIORITY_DEFAULT, alarm_cb, self);
  g_source_set_ready_time (self->alarm, next_us != G_MAXINT64 ? next_us : -1);
}

/* Returns whether it is another fault than before. */
static gboolean
adopt (Step                   *step,
       const BcastActiveFault *active)
{
  if (step->serial == (active != NULL ? active->serial : 0))
    return FALSE;

  *step = (Step) { 0, };
  if (active != NULL)
    {
      step->serial = active->serial;
      step->value = active->fault->value;
      step->jitter_ms = active->fault->jitter_ms;
    }
  return TRUE;
}

static gboolean
is_nth (Step *step)
{
  return step->serial != 0 && ++step->count % step->value == 0;
}

static gint64
choose_due (BcastFaultLine *self,
            gint64          now_us)
{
  int jitter_ms = self->delay.jitter_ms;
  gint64 delay_ms = self->delay.value + (jitter_ms > 0 ? g_random_int_range (-jitter_ms, jitter_ms + 1) : 0);
  Held *last = g_queue_peek_tail (&self->held);

  return MAX (now_us + delay_ms * 1000, last != NULL ? last->due_us : G_MININT64);
}

static void
hold_or_send (BcastFaultLine *self,
              GBytes         *frame,
              gint64          now_us)
{
  if (self->delay.serial == 0)
    {
      self->send (self->target, frame);
      return;
    }

  Held *held = g_new0 (Held, 1);

  held->frame = g_bytes_ref (frame);
  held->due_us = choose_due (self, now_us);
  g_queue_push_tail (&self->held, held);
  self->bytes += g_bytes_get_size (frame);
}

static void
pass (BcastFaultLine *self,
      GBytes         *frame,
      gint64          now_us)
{
  hold_or_send (self, frame, now_us);
  if (is_nth (&self->duplicate))
    hold_or_send (self, frame, now_us);
}

static void
pass_row (BcastFaultLine *self,
          gboolean        is_reversed,
          gint64          now_us)
{
  g_autoptr(GPtrArray) row = g_steal_pointer (&self->row);

  self->row = g_ptr_array_new_with_free_func (free_frame);
  for (guint i = 0; i < row->len; i++)
    {
      GBytes *frame = row->pdata[is_reversed ? row->len - 1 - i : i];

      self->bytes -= g_bytes_get_size (frame);
      pass (self, frame, now_us);
    }
}

/* Sends what was held back and is due by @until_us. */
static void
release (BcastFaultLine *self,
         gint64          until_us)
{
  Held *held;

  while ((held = g_queue_peek_head (&self->held)) != NULL && held->due_us <= until_us)
    {
      g_queue_pop_head (&self->held);
      self->bytes -= g_bytes_get_size (held->frame);
      self->send (self->target, held->frame);
      free_held (held);
    }
}

static void
follow (BcastFaultLine       *self,
        const BcastFaultPlan *plan,
        gint64                now_us)
{
  adopt (&self->drop, plan->drop);
  adopt (&self->duplicate, plan->duplicate);
  /* What is in the row came behind what is held. */
  if (adopt (&self->delay, plan->delay))
    release (self, G_MAXINT64);
  if (adopt (&self->reorder, plan->reorder))
    pass_row (self, FALSE, now_us);
}

static void
line_up (BcastFaultLine *self,
         GBytes         *frame,
         gint64          now_us)
{
  if (self->row->len == 0)
    self->row_due_us = now_us + ROW_TIMEOUT_US;
  g_ptr_array_add (self->row, g_bytes_ref (frame));
  self->bytes += g_bytes_get_size (frame);
  if (self->row->len == self->reorder.value)
    pass_row (self, TRUE, now_us);
}

static gboolean
has_room (BcastFaultLine *self,
          GBytes         *frame,
          gsize           room)
{
  gsize copies = self->duplicate.serial != 0 ? 2 : 1;

  return (self->delay.serial == 0 && self->reorder.serial == 0)
         || self->bytes + copies * g_bytes_get_size (frame) <= room;
}

/**
 * bcast_fault_line_push:
 * @self: a line
 * @plan: what happens to channel events now
 * @frame: one of them; only referenced
 * @room: how many bytes may be held back
 * @now_us: the monotonic clock
 *
 * Returns: %FALSE when @frame would have to be held back and there is no room; it is lost then
 */
gboolean
bcast_fault_line_push (BcastFaultLine       *self,
                       const BcastFaultPlan *plan,
                       GBytes               *frame,
                       gsize                 room,
                       gint64                now_us)
{
  g_return_val_if_fail (self != NULL && plan != NULL && frame != NULL, FALSE);

  follow (self, plan, now_us);
  if (is_nth (&self->drop))
    return TRUE;
  if (!has_room (self, frame, room))
    return FALSE;

  if (self->reorder.serial != 0)
    line_up (self, frame, now_us);
  else
    pass (self, frame, now_us);
  set_alarm (self);
  return TRUE;
}

/**
 * bcast_fault_line_follow:
 * @self: a line
 * @plan: what happens to channel events from now on
 * @now_us: the monotonic clock
 *
 * Lets go of what is held back by faults that are no longer on.
 */
void
bcast_fault_line_follow (BcastFaultLine       *self,
                         const BcastFaultPlan *plan,
                         gint64                now_us)
{
  g_return_if_fail (self != NULL && plan != NULL);

  follow (self, plan, now_us);
  set_alarm (self);
}

/**
 * bcast_fault_line_run:
 * @self: a line
 * @now_us: the monotonic clock
 *
 * Sends what is due. A row that did not become full within a second goes out as it is, reversed, so that
 * the last events of a burst come at all. Comes by itself at the right time.
 */
void
bcast_fault_line_run (BcastFaultLine *self,
                      gint64          now_us)
{
  g_return_if_fail (self != NULL);

  release (self, now_us);
  if (self->row->len > 0 && self->row_due_us <= now_us)
    pass_row (self, TRUE, now_us);
  set_alarm (self);
}

/**
 * bcast_fault_line_get_bytes:
 * @self: a line
 *
 * Returns: how many bytes are held back
 */
gsize
bcast_fault_line_get_bytes (BcastFaultLine *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes;
}
