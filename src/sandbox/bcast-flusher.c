/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-flusher-private.h"

#define LATEST_US 2000 /* what waits is written by then, whatever comes in */

/**
 * BcastFlusher:
 *
 * Collects objects that have something to write, and has each written when nothing more is there to
 * be read, but soon in any case: what came in together then goes out to a socket in one system call,
 * and what came in alone goes out at once. The sources serve all sockets, because making one for
 * each write costs more than the write; the poller, by which they are read, does so too.
 */
struct _BcastFlusher
{
  GSource        *idle;      /* once nothing more urgent is ready */
  GSource        *latest;    /* when there is always something */
  gint64          latest_us; /* when what waits first is to be written, whatever comes in */
  BcastFlushFunc  func;
  GPtrArray      *waiting;
  BcastPoller    *poller;
};

typedef struct
{
  GSource       source;
  BcastFlusher *flusher;
} FlusherSource;

/* A ready time would do instead, but setting one wakes the context, a system call each time. */
static gboolean
prepare_idle (GSource *source,
              int     *timeout_ms)
{
  *timeout_ms = -1;
  return ((FlusherSource *) source)->flusher->waiting->len > 0;
}

static gboolean
prepare_latest (GSource *source,
                int     *timeout_ms)
{
  BcastFlusher *self = ((FlusherSource *) source)->flusher;

  *timeout_ms = -1;
  return self->waiting->len > 0 && g_source_get_time (source) >= self->latest_us;
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  bcast_flusher_run (((FlusherSource *) source)->flusher);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs idle_funcs = { .prepare = prepare_idle, .dispatch = dispatch };
static GSourceFuncs latest_funcs = { .prepare = prepare_latest, .dispatch = dispatch };

static GSource *
attach (BcastFlusher *self,
        GSourceFuncs *funcs,
        GMainContext *context,
        int           priority)
{
  GSource *source = g_source_new (funcs, sizeof (FlusherSource));

  ((FlusherSource *) source)->flusher = self;
  g_source_set_static_name (source, "[broadcast] sandbox flusher");
  g_source_set_priority (source, priority);
  g_source_attach (source, context);
  return source;
}

static void
detach (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
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
  self->idle = attach (self, &idle_funcs, context, G_PRIORITY_DEFAULT + 10);
  self->latest = attach (self, &latest_funcs, context, G_PRIORITY_HIGH);
  self->poller = bcast_poller_new (context);
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

  detach (self->idle);
  detach (self->latest);
  g_ptr_array_unref (self->waiting);
  g_clear_pointer (&self->poller, bcast_poller_free);
  g_free (self);
}

/**
 * bcast_flusher_get_poller:
 * @self: a flusher
 *
 * Returns: (transfer none) (nullable): tells when the objects can be read, and written again
 */
BcastPoller *
bcast_flusher_get_poller (BcastFlusher *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->poller;
}

/**
 * bcast_flusher_add:
 * @self: a flusher
 * @object: (type GObject): what is to be written; add it again only once it was
 *
 * To be called in the flusher's context, which does not wake up for it.
 */
void
bcast_flusher_add (BcastFlusher *self,
                   gpointer      object)
{
  g_return_if_fail (self != NULL && G_IS_OBJECT (object));

  if (self->waiting->len == 0)
    self->latest_us = g_get_monotonic_time () + LATEST_US;
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
  for (guint i = 0; i < ready->len; i++)
    self->func (ready->pdata[i]);
}
