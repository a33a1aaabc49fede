/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-poller-private.h"

#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_PER_TURN 64
#define SHARE           50                   /* of the time, one part for each file */
#define ALLOWANCE_US    (3 * G_USEC_PER_SEC) /* what a file may be ahead of its share */
#define LONGEST_REST_US G_USEC_PER_SEC

/**
 * BcastPoller:
 *
 * Waits for many files in one source: with a source for each, a context would ask the system about all of
 * them whenever one is ready.
 *
 * It is fair as well. In one turn each file that is ready has one call. What has to do with one file may take
 * a fiftieth of the time, or 60 milliseconds at once after a pause that makes up for them; beyond that its
 * reading rests. Its peer meanwhile fills the buffers of the system, and waits.
 */
struct _BcastPoller
{
  GSource            *source;
  int                 epoll;
  struct epoll_event  ready[EVENTS_PER_TURN]; /* data.ptr is NULL once its watch is gone */
  int                 n_ready;
  BcastPollerWatch   *served;   /* whose function runs; NULL once it is gone */
  GPtrArray          *resting;  /* BcastPollerWatch, not owned */
  gint64              next_us;  /* when the first of them has rested */
};

struct _BcastPollerWatch
{
  BcastPoller     *poller;
  BcastPollerFunc  func;
  gpointer         object;
  int              fd;
  guint32          events;
  gboolean         is_resting;
  gint64           paid_us;  /* by when its share makes up for what it took */
};

typedef struct
{
  GSource      source;
  BcastPoller *poller;
} PollerSource;

static void
set_events (BcastPollerWatch *watch,
            guint32           events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  watch->events = events;
  epoll_ctl (watch->poller->epoll, EPOLL_CTL_MOD, watch->fd, &event);
}

static void
rest (BcastPollerWatch *watch)
{
  BcastPoller *self = watch->poller;

  watch->is_resting = TRUE;
  set_events (watch, watch->events & ~EPOLLIN);
  g_ptr_array_add (self->resting, watch);
  self->next_us = MIN (self->next_us, watch->paid_us - ALLOWANCE_US);
  g_source_set_ready_time (self->source, self->next_us);
}

static void
wake_rested (BcastPoller *self,
             gint64       now_us)
{
  if (now_us < self->next_us)
    return;

  self->next_us = G_MAXINT64;
  for (guint i = self->resting->len; i-- > 0; )
    {
      BcastPollerWatch *watch = self->resting->pdata[i];

      if (watch->paid_us - ALLOWANCE_US > now_us)
        {
          self->next_us = MIN (self->next_us, watch->paid_us - ALLOWANCE_US);
          continue;
        }
      watch->is_resting = FALSE;
      set_events (watch, watch->events | EPOLLIN);
      g_ptr_array_remove_index_fast (self->resting, i);
    }
  g_source_set_ready_time (self->source, self->next_us < G_MAXINT64 ? self->next_us : -1);
}

static void
charge (BcastPollerWatch *watch,
        gint64            from_us,
        gint64            to_us)
{
  watch->paid_us = MAX (watch->paid_us, from_us) + (to_us - from_us) * SHARE;
  if (watch->paid_us <= to_us + ALLOWANCE_US || watch->is_resting)
    return;

  watch->paid_us = MIN (watch->paid_us, to_us + ALLOWANCE_US + LONGEST_REST_US);
  rest (watch);
}

static void
serve (BcastPoller      *self,
       BcastPollerWatch *watch,
       guint32           events)
{
  gboolean is_writable = (events & EPOLLOUT) != 0;

  if (is_writable)
    set_events (watch, watch->events & ~EPOLLOUT);
  self->served = watch;
  watch->func (watch->object, (events & ~EPOLLOUT) != 0, is_writable);
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  BcastPoller *self = ((PollerSource *) source)->poller;
  gint64 now_us = g_get_monotonic_time ();

  wake_rested (self, now_us);
  self->n_ready = epoll_wait (self->epoll, self->ready, EVENTS_PER_TURN, 0);

  for (int i = 0; i < self->n_ready; i++)
    {
      gint64 start_us = now_us;

      if (self->ready[i].data.ptr == NULL)
        continue;

      serve (self, self->ready[i].data.ptr, self->ready[i].events);
      now_us = g_get_monotonic_time ();
      if (self->served != NULL)
        charge (self->served, start_us, now_us);
    }
  self->n_ready = 0;
  self->served = NULL;
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

/**
 * bcast_poller_new:
 * @context: (nullable): the context in which to call back
 *
 * Returns: (transfer full) (nullable): a poller; %NULL when the system has no file descriptor left
 */
BcastPoller *
bcast_poller_new (GMainContext *context)
{
  int epoll = epoll_create1 (EPOLL_CLOEXEC);

  if (epoll < 0)
    return NULL;

  BcastPoller *self = g_new0 (BcastPoller, 1);

  self->epoll = epoll;
  self->resting = g_ptr_array_new ();
  self->next_us = G_MAXINT64;
  self->source = g_source_new (&source_funcs, sizeof (PollerSource));
  ((PollerSource *) self->source)->poller = self;
  g_source_set_static_name (self->source, "[broadcast] sandbox poller");
  g_source_add_unix_fd (self->source, epoll, G_IO_IN);
  g_source_attach (self->source, context);
  return self;
}

/**
 * bcast_poller_free:
 * @self: (transfer full): a poller without watches
 */
void
bcast_poller_free (BcastPoller *self)
{
  g_return_if_fail (self != NULL && self->resting->len == 0);

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_ptr_array_unref (self->resting);
  close (self->epoll);
  g_free (self);
}

/**
 * bcast_poller_add:
 * @self: a poller
 * @fd: a file descriptor that does not block; must stay open until the watch is freed
 * @func: called when @fd can be read
 * @object: for @func
 *
 * Returns: (transfer full) (nullable): a watch, to be freed before @self; %NULL when the system takes no
 *   further one
 */
BcastPollerWatch *
bcast_poller_add (BcastPoller     *self,
                  int              fd,
                  BcastPollerFunc  func,
                  gpointer         object)
{
  g_return_val_if_fail (self != NULL && fd >= 0 && func != NULL, NULL);

  BcastPollerWatch *watch = g_new0 (BcastPollerWatch, 1);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = watch };

  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
    {
      g_free (watch);
      return NULL;
    }

  watch->poller = self;
  watch->func = func;
  watch->object = object;
  watch->fd = fd;
  watch->events = EPOLLIN;
  return watch;
}

/**
 * bcast_poller_watch_free:
 * @watch: (transfer full): a watch
 */
void
bcast_poller_watch_free (BcastPollerWatch *watch)
{
  g_return_if_fail (watch != NULL);

  BcastPoller *self = watch->poller;

  epoll_ctl (self->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
  if (watch->is_resting)
    g_ptr_array_remove_fast (self->resting, watch);
  for (int i = 0; i < self->n_ready; i++)
    if (self->ready[i].data.ptr == watch)
      self->ready[i].data.ptr = NULL;
  if (self->served == watch)
    self->served = NULL;
  g_free (watch);
}

/**
 * bcast_poller_watch_writing:
 * @watch: a watch
 *
 * Calls back, once, when the file can be written.
 */
void
bcast_poller_watch_writing (BcastPollerWatch *watch)
{
  g_return_if_fail (watch != NULL);

  set_events (watch, watch->events | EPOLLOUT);
}
