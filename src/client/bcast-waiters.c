/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-waiters-private.h"

#include "bcast-timer-private.h"

/**
 * BcastWaiters:
 *
 * Tasks that wait for the same thing and end together, each of which may be cancelled before. A
 * task's callback may do anything, so the list is never touched after one was called.
 */
struct _BcastWaiters
{
  GMainContext     *context;
  GPtrArray        *waiters;
  BcastWaitersFunc  deserted;
  gpointer          user_data;
};

typedef struct
{
  BcastWaiters *owner;
  GTask        *task;
  GSource      *cancelled_source;
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  bcast_timer_stop (&waiter->cancelled_source);
  g_clear_object (&waiter->task);
  g_free (waiter);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Waiter *waiter = user_data;
  BcastWaiters *owner = waiter->owner;
  g_autoptr(GTask) task = g_steal_pointer (&waiter->task);

  g_ptr_array_remove (owner->waiters, waiter);
  if (owner->waiters->len == 0 && owner->deserted != NULL)
    owner->deserted (owner->user_data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/**
 * bcast_waiters_new:
 * @context: where the tasks end
 * @deserted: (nullable): called when the last task was cancelled; may free the list
 * @user_data: for @deserted
 *
 * Returns: (transfer full): an empty list
 */
BcastWaiters *
bcast_waiters_new (GMainContext     *context,
                   BcastWaitersFunc  deserted,
                   gpointer          user_data)
{
  BcastWaiters *self = g_new0 (BcastWaiters, 1);

  self->context = g_main_context_ref (context);
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  self->deserted = deserted;
  self->user_data = user_data;
  return self;
}

/**
 * bcast_waiters_free:
 * @self: (transfer full): a list; tasks still in it end as cancelled
 */
void
bcast_waiters_free (BcastWaiters *self)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                 "The operation was given up");

  bcast_waiters_finish (self, error);
  g_ptr_array_unref (self->waiters);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * bcast_waiters_add:
 * @self: a list
 * @task: (transfer none): a task whose result is a boolean
 */
void
bcast_waiters_add (BcastWaiters *self,
                   GTask        *task)
{
  Waiter *waiter = g_new0 (Waiter, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  waiter->owner = self;
  waiter->task = g_object_ref (task);
  if (cancellable != NULL)
    {
      waiter->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelled_source, G_SOURCE_FUNC (cancelled_cb), waiter, NULL);
      g_source_attach (waiter->cancelled_source, self->context);
    }
  g_ptr_array_add (self->waiters, waiter);
}

/**
 * bcast_waiters_finish:
 * @self: a list
 * @error: (nullable): why the tasks failed, or %NULL when they succeeded
 *
 * Ends all tasks. @self may be gone afterwards if a callback freed its owner.
 */
void
bcast_waiters_finish (BcastWaiters *self,
                      const GError *error)
{
  g_autoptr(GPtrArray) ended = g_steal_pointer (&self->waiters);
  g_autoptr(GError) reason = error != NULL ? g_error_copy (error) : NULL;

  self->waiters = g_ptr_array_new_with_free_func (waiter_free);

  /* A callback may run the main loop: a task must not end a second time, as cancelled. */
  for (guint i = 0; i < ended->len; i++)
    bcast_timer_stop (&((Waiter *) g_ptr_array_index (ended, i))->cancelled_source);

  for (guint i = 0; i < ended->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (ended, i);
      g_autoptr(GTask) task = g_steal_pointer (&waiter->task);

      if (reason != NULL)
        g_task_return_error (task, g_error_copy (reason));
      else
        g_task_return_boolean (task, TRUE);
    }
}
