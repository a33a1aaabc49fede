/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-queue-private.h"

#define QUEUE_OPS      (32 * 1024)
#define QUEUE_BYTES    (16 * 1024 * 1024)
#define BATCH_OPS      (8 * 1024)
#define BATCH_BYTES    (4 * 1024 * 1024)
#define BATCH_DELAY_US (30 * G_TIME_SPAN_MILLISECOND)
#define RETRY_DELAY_US G_TIME_SPAN_SECOND

/* What is to be written, between the thread that makes it and the thread that writes it. Bounded by
 * count and by bytes: whoever pushes into a full queue waits until the writer took its batch, so
 * that a slow disk makes the socket be read more slowly. While writing fails there is no use in
 * waiting: then a full queue drops what comes, and counts it.
 *
 * n_done <= n_taken <= n_pushed; the batch holds the n_pushed - n_taken newest. */
struct _BcastJournalQueue
{
  GMutex             mutex;
  GCond              work;     /* for the writer: something came, or is due, or the queue closes */
  GCond              progress; /* for the others: a batch was taken, or written */

  BcastJournalBatch *batch;
  gint64             due_us;   /* monotonic: when the oldest op must be written */

  guint64            n_pushed;
  guint64            n_taken;
  guint64            n_done;   /* written, or given up */
  guint64            n_failures;
  guint64            n_lost;
  guint              n_flushing;
  guint              n_held_up; /* who push and wait because the queue is full */
  gboolean           is_failing;
  gboolean           is_closed;
  gboolean           is_over;  /* the writer takes nothing any more */
};

/**
 * _bcast_journal_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
BcastJournalQueue *
_bcast_journal_queue_new (void)
{
  BcastJournalQueue *self = g_new0 (BcastJournalQueue, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->work);
  g_cond_init (&self->progress);
  self->batch = _bcast_journal_batch_new ();
  return self;
}

/**
 * _bcast_journal_queue_free:
 * @self: (transfer full): a queue that no thread uses any more
 */
void
_bcast_journal_queue_free (BcastJournalQueue *self)
{
  _bcast_journal_batch_free (self->batch);
  g_cond_clear (&self->progress);
  g_cond_clear (&self->work);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
is_full (BcastJournalQueue *self)
{
  return self->batch->ops->len >= QUEUE_OPS || self->batch->n_bytes >= QUEUE_BYTES;
}

static gboolean
is_worth_a_batch (BcastJournalQueue *self)
{
  return self->batch->ops->len >= BATCH_OPS || self->batch->n_bytes >= BATCH_BYTES;
}

/**
 * _bcast_journal_queue_push:
 * @self: a queue
 * @op: what to write; copied with its texts
 *
 * Adds to the queue. Waits while the queue is full, unless writing fails.
 */
void
_bcast_journal_queue_push (BcastJournalQueue    *self,
                           const BcastJournalOp *op)
{
  g_mutex_lock (&self->mutex);
  self->n_held_up++;
  while (is_full (self) && !self->is_failing && !self->is_closed)
    g_cond_wait (&self->progress, &self->mutex);
  self->n_held_up--;

  if (self->is_closed || is_full (self))
    {
      self->n_lost++;
      g_mutex_unlock (&self->mutex);
      return;
    }

  gboolean was_empty = self->batch->ops->len == 0;
  gboolean was_worth_a_batch = is_worth_a_batch (self);

  if (was_empty)
    self->due_us = g_get_monotonic_time () + BATCH_DELAY_US;
  _bcast_journal_batch_add (self->batch, op);
  self->n_pushed++;
  if (was_empty || (!was_worth_a_batch && is_worth_a_batch (self)))
    g_cond_signal (&self->work);
  g_mutex_unlock (&self->mutex);
}

/**
 * _bcast_journal_queue_flush:
 * @self: a queue
 *
 * Waits until all that was pushed before is written, or was tried in vain.
 */
void
_bcast_journal_queue_flush (BcastJournalQueue *self)
{
  g_mutex_lock (&self->mutex);

  guint64 target = self->n_pushed;
  guint64 n_failures = self->n_failures;

  self->n_flushing++;
  g_cond_signal (&self->work);
  while (self->n_done < target && self->n_failures == n_failures && !self->is_over)
    g_cond_wait (&self->progress, &self->mutex);
  self->n_flushing--;
  g_mutex_unlock (&self->mutex);
}

/**
 * _bcast_journal_queue_close:
 * @self: a queue
 *
 * Makes the writer write the rest and then stop. What is pushed later is dropped.
 */
void
_bcast_journal_queue_close (BcastJournalQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->is_closed = TRUE;
  g_cond_broadcast (&self->work);
  g_cond_broadcast (&self->progress);
  g_mutex_unlock (&self->mutex);
}

/**
 * _bcast_journal_queue_get_n_lost:
 * @self: a queue
 *
 * Returns: how many ops were dropped because the queue was full while writing failed, or closed
 */
guint64
_bcast_journal_queue_get_n_lost (BcastJournalQueue *self)
{
  g_mutex_lock (&self->mutex);
  guint64 n_lost = self->n_lost;
  g_mutex_unlock (&self->mutex);
  return n_lost;
}

/**
 * _bcast_journal_queue_is_stalled:
 * @self: a queue
 *
 * Returns: whether somebody is made to wait because the queue is full
 */
gboolean
_bcast_journal_queue_is_stalled (BcastJournalQueue *self)
{
  g_mutex_lock (&self->mutex);
  gboolean is_stalled = self->n_held_up > 0 && is_full (self);
  g_mutex_unlock (&self->mutex);
  return is_stalled;
}

/**
 * _bcast_journal_queue_take:
 * @self: a queue
 * @batch: (inout): in, an empty batch to fill from now on, or %NULL; out, what to write
 *
 * For the writer: waits until a batch is large enough, or old enough, or asked for.
 *
 * Returns: %FALSE when the queue is closed and nothing is left
 */
gboolean
_bcast_journal_queue_take (BcastJournalQueue  *self,
                           BcastJournalBatch **batch)
{
  g_mutex_lock (&self->mutex);
  while (self->batch->ops->len == 0 && !self->is_closed)
    g_cond_wait (&self->work, &self->mutex);
  while (!is_worth_a_batch (self) && self->n_flushing == 0 && !self->is_closed)
    if (!g_cond_wait_until (&self->work, &self->mutex, self->due_us))
      break;

  BcastJournalBatch *taken = self->batch;

  self->batch = *batch != NULL ? *batch : _bcast_journal_batch_new ();
  *batch = taken;
  self->n_taken = self->n_pushed;
  self->is_over = taken->ops->len == 0;
  g_cond_broadcast (&self->progress);
  g_mutex_unlock (&self->mutex);
  return taken->ops->len > 0;
}

/**
 * _bcast_journal_queue_settle:
 * @self: a queue
 * @is_done: whether the batch that was taken is written, or given up
 *
 * For the writer: tells those who wait for the batch how the last try went.
 */
void
_bcast_journal_queue_settle (BcastJournalQueue *self,
                             gboolean           is_done)
{
  g_mutex_lock (&self->mutex);
  self->is_failing = !is_done;
  if (is_done)
    self->n_done = self->n_taken;
  else
    self->n_failures++;
  g_cond_broadcast (&self->progress);
  g_mutex_unlock (&self->mutex);
}

/**
 * _bcast_journal_queue_await_retry:
 * @self: a queue
 *
 * For the writer, with a batch that could not be written: waits a moment before the next try.
 *
 * Returns: %FALSE when the queue is closed, so that one more try is the last
 */
gboolean
_bcast_journal_queue_await_retry (BcastJournalQueue *self)
{
  gint64 end_us = g_get_monotonic_time () + RETRY_DELAY_US;

  g_mutex_lock (&self->mutex);
  while (!self->is_closed && self->n_flushing == 0)
    if (!g_cond_wait_until (&self->work, &self->mutex, end_us))
      break;
  gboolean is_closed = self->is_closed;
  g_mutex_unlock (&self->mutex);
  return !is_closed;
}
