/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-flusher-private.h"

#include "bcast-alarm-private.h"

#define LATEST_US 2000 /* what waits is written by then, whatever comes in */

/**
 * BcastFlusher:
 *
 * Collects objects that have something to write, and has each written when nothing more is there to
 * be read, but soon in any case: what came in together then goes out to a socket in one system call,
 * and what came in alone goes out at once. The sources serve all sockets, because making one for
 * each write costs more than the write.
 */
struct _BcastFlusher
{
  GSource        *idle;   /* once nothing more urgent is ready */
  GSource        *latest; /* when there is always something */
  BcastFlushFunc  func;
  GPtrArray      *waiting;
};

static gboolean
flush_cb (gpointer user_data)
{
  bcast_flusher_run (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * bcast_flusher_new:
 * @context: (nullable): the context in which to write
 * @func: (scope notified): writes out one object; may add objects
 *
 * Returns: (transfer full): a new flusher
 */
BcastFlusher *
bcast_flusher_new (GMainContext   *context,
                   BcastFlushFunc  func)
{
  g_return_val_if_fail (func != NULL, NULL);

  BcastFlusher *self = g_new0 (BcastFlusher, 1);

  self->func = func;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->idle = bcast_alarm_new (context, G_PRIORITY_DEFAULT + 10, flush_cb, self);
  self->latest = bcast_alarm_new (context, G_PRIORITY_HIGH, flush_cb, self);
  return self;
}

/**
 * bcast_flusher_free:
 * @self: (transfer full): a flusher; what still waits is not written
 */
void
bcast_flusher_free (BcastFlusher *self)
{
  g_return_if_fail (self != NULL);

  bcast_alarm_free (self->idle);
  bcast_alarm_free (self->latest);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

/**
 * bcast_flusher_add:
 * @self: a flusher
 * @object: (type GObject): what is to be written; add it again only once it was
 */
void
bcast_flusher_add (BcastFlusher *self,
                   gpointer      object)
{
  g_return_if_fail (self != NULL && G_IS_OBJECT (object));

  if (self->waiting->len == 0)
    {
      g_source_set_ready_time (self->idle, 0);
      g_source_set_ready_time (self->latest, g_get_monotonic_time () + LATEST_US);
    }
  g_ptr_array_add (self->waiting, g_object_ref (object));
}

/**
 * bcast_flusher_run:
 * @self: a flusher
 *
 * Writes what waits now.
 */
void
bcast_flusher_run (BcastFlusher *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr(GPtrArray) ready = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_source_set_ready_time (self->idle, -1);
  g_source_set_ready_time (self->latest, -1);

  for (guint i = 0; i < ready->len; i++)
    self->func (ready->pdata[i]);
}
