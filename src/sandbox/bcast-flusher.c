/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-flusher-private.h"

/**
 * BcastFlusher:
 *
 * Collects objects that have something to write, and has each written once per turn of the main
 * loop: what a turn queued for a socket then goes out in one system call. One source serves all
 * sockets, because making one for each write costs more than the write.
 */
struct _BcastFlusher
{
  GSource        *source;
  BcastFlushFunc  func;
  GPtrArray      *waiting;
};

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

static gboolean
flush_cb (gpointer user_data)
{
  bcast_flusher_run (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * bcast_flusher_new:
 * @context: (nullable): the context whose turns count
 * @func: (scope notified): writes out one object; may add objects for the next turn
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
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "[broadcast] sandbox flusher");
  g_source_set_callback (self->source, flush_cb, self, NULL);
  g_source_attach (self->source, context);
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

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

/**
 * bcast_flusher_add:
 * @self: a flusher
 * @object: (type GObject): what is to be written in this turn; add it once a turn
 */
void
bcast_flusher_add (BcastFlusher *self,
                   gpointer      object)
{
  g_return_if_fail (self != NULL && G_IS_OBJECT (object));

  if (self->waiting->len == 0)
    g_source_set_ready_time (self->source, 0);
  g_ptr_array_add (self->waiting, g_object_ref (object));
}

/**
 * bcast_flusher_run:
 * @self: a flusher
 *
 * Writes what waits now, without waiting for the end of the turn.
 */
void
bcast_flusher_run (BcastFlusher *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr(GPtrArray) ready = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_source_set_ready_time (self->source, -1);

  for (guint i = 0; i < ready->len; i++)
    self->func (ready->pdata[i]);
}
