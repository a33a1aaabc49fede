/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-report-queue-private.h"

#include <string.h>

/* Ours: what a second of a flood may bring until the reader is back. */
#define MAX_REPORTS    20000
#define MAX_DATA_BYTES (16 * 1024 * 1024)

/**
 * BcastReportQueue:
 *
 * The way of reports from the sandbox's thread to who reads them. It never blocks the sandbox: what a
 * slow reader leaves no room for is counted and dropped. Any thread may push; watching belongs to the
 * thread in whose context the reports are wanted.
 */
struct _BcastReportQueue
{
  gatomicrefcount       refs;

  GMutex                lock;
  guint                 kinds;    /* bits: those that are wanted; 0 without a reader */
  GPtrArray            *reports;  /* BcastReport */
  gsize                 bytes;    /* of their data */
  guint64               n_lost;
  gboolean              is_woken; /* the reader will come */
  GMainContext         *context;  /* the reader's */
  BcastReportQueueFunc  func;
  gpointer              user_data;
};

static void
free_report (gpointer report)
{
  bcast_report_free (report);
}

static GPtrArray *
new_reports (void)
{
  return g_ptr_array_new_with_free_func (free_report);
}

/**
 * bcast_report_queue_new:
 *
 * Returns: (transfer full): a queue that nobody reads, so that it takes nothing
 */
BcastReportQueue *
bcast_report_queue_new (void)
{
  BcastReportQueue *self = g_new0 (BcastReportQueue, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->reports = new_reports ();
  return self;
}

/**
 * bcast_report_queue_ref:
 * @self: a queue
 *
 * Returns: (transfer full): @self
 */
BcastReportQueue *
bcast_report_queue_ref (BcastReportQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * bcast_report_queue_unref:
 * @self: (transfer full): a queue
 */
void
bcast_report_queue_unref (BcastReportQueue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_mutex_clear (&self->lock);
  g_ptr_array_unref (self->reports);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self);
}

/**
 * bcast_report_queue_watch:
 * @self: a queue
 * @kinds: bits of #BcastReportKind: what is wanted from now on; 0 for nothing more
 * @func: (nullable): gets the reports in the thread-default context of the caller
 * @user_data: for @func; must live until nothing more is wanted
 *
 * What waits in the queue and is no longer wanted is dropped.
 */
void
bcast_report_queue_watch (BcastReportQueue     *self,
                          guint                 kinds,
                          BcastReportQueueFunc  func,
                          gpointer              user_data)
{
  g_return_if_fail (self != NULL && (kinds == 0 || func != NULL));

  g_autoptr(GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->kinds = kinds;
  self->func = func;
  self->user_data = user_data;
  if (self->context != context)
    {
      g_clear_pointer (&self->context, g_main_context_unref);
      self->context = g_main_context_ref (context);
    }
  if (kinds == 0)
    {
      g_ptr_array_set_size (self->reports, 0);
      self->bytes = 0;
      self->n_lost = 0;
    }
}

static gboolean
deliver_cb (gpointer user_data)
{
  BcastReportQueue *self = user_data;
  g_autoptr(GPtrArray) reports = NULL;
  guint64 n_lost;
  BcastReportQueueFunc func;
  gpointer func_data;

  g_mutex_lock (&self->lock);
  reports = g_steal_pointer (&self->reports);
  n_lost = self->n_lost;
  func = self->func;
  func_data = self->user_data;
  self->reports = new_reports ();
  self->bytes = 0;
  self->n_lost = 0;
  self->is_woken = FALSE;
  g_mutex_unlock (&self->lock);

  if (func != NULL && (reports->len > 0 || n_lost > 0))
    func (reports, n_lost, func_data);
  return G_SOURCE_REMOVE;
}

static void
unref_queue (gpointer queue)
{
  bcast_report_queue_unref (queue);
}

/* With the lock held. */
static void
wake (BcastReportQueue *self)
{
  if (self->is_woken)
    return;

  g_autoptr(GSource) source = g_idle_source_new ();

  self->is_woken = TRUE;
  g_source_set_callback (source, deliver_cb, bcast_report_queue_ref (self), unref_queue);
  g_source_attach (source, self->context);
}

/**
 * bcast_report_queue_push:
 * @self: a queue
 * @report: what happened; copied
 *
 * Keeps the report if somebody wants it and there is room.
 */
void
bcast_report_queue_push (BcastReportQueue  *self,
                         const BcastReport *report)
{
  g_return_if_fail (self != NULL && report != NULL);

  gsize bytes = report->data != NULL ? strlen (report->data) : 0;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if ((self->kinds & (1u << report->kind)) == 0)
    return;

  if (self->reports->len >= MAX_REPORTS || self->bytes + bytes > MAX_DATA_BYTES)
    self->n_lost++;
  else
    {
      g_ptr_array_add (self->reports, bcast_report_copy (report));
      self->bytes += bytes;
    }
  wake (self);
}
