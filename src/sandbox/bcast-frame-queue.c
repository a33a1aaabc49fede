/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-frame-queue-private.h"

#define MAX_FREE_SLOTS 1024

/**
 * BcastFrameQueue:
 *
 * Frames that wait for one socket. They are only referenced, so that sockets can share them.
 */
struct _BcastFrameQueue
{
  GPtrArray *frames;     /* GBytes; those before first are out and NULL */
  guint      first;
  gsize      first_sent; /* bytes of the first frame that are out already */
  gboolean   is_blocked; /* the first frame was tried: TLS may have it partly out without saying so */
  gsize      bytes;      /* that are not out yet */
  guint      most;       /* frames that frames ever held, for which it keeps room */
};

static void
free_frame (gpointer frame)
{
  if (frame != NULL)
    g_bytes_unref (frame);
}

/**
 * bcast_frame_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
BcastFrameQueue *
bcast_frame_queue_new (void)
{
  BcastFrameQueue *self = g_new0 (BcastFrameQueue, 1);

  self->frames = g_ptr_array_new_with_free_func (free_frame);
  return self;
}

/**
 * bcast_frame_queue_free:
 * @self: (transfer full): a queue
 */
void
bcast_frame_queue_free (BcastFrameQueue *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->frames);
  g_free (self);
}

/**
 * bcast_frame_queue_is_empty:
 * @self: a queue
 *
 * Returns: whether all is out
 */
gboolean
bcast_frame_queue_is_empty (BcastFrameQueue *self)
{
  return self->frames->len == 0;
}

/**
 * bcast_frame_queue_get_bytes:
 * @self: a queue
 *
 * Returns: how many bytes wait
 */
gsize
bcast_frame_queue_get_bytes (BcastFrameQueue *self)
{
  return self->bytes;
}

/**
 * bcast_frame_queue_push:
 * @self: a queue
 * @frame: what is to go out after all that waits
 */
void
bcast_frame_queue_push (BcastFrameQueue *self,
                        GBytes          *frame)
{
  g_ptr_array_add (self->frames, g_bytes_ref (frame));
  self->most = MAX (self->most, self->frames->len);
  self->bytes += g_bytes_get_size (frame);
}

/* Who was slow once must not hold on to the room for it. */
static void
empty (BcastFrameQueue *self)
{
  if (self->most > MAX_FREE_SLOTS)
    {
      g_ptr_array_unref (self->frames);
      self->frames = g_ptr_array_new_with_free_func (free_frame);
      self->most = 0;
    }
  else
    g_ptr_array_set_size (self->frames, 0);
  self->first = 0;
}

/**
 * bcast_frame_queue_clear:
 * @self: a queue
 *
 * Forgets all that waits.
 */
void
bcast_frame_queue_clear (BcastFrameQueue *self)
{
  empty (self);
  self->first_sent = 0;
  self->is_blocked = FALSE;
  self->bytes = 0;
}

/**
 * bcast_frame_queue_discard:
 * @self: a queue
 *
 * Forgets all that waits but the rest of a frame that is partly out, or may be: the other end would take
 * what follows for that rest.
 */
void
bcast_frame_queue_discard (BcastFrameQueue *self)
{
  if (self->first_sent == 0 && !self->is_blocked)
    {
      bcast_frame_queue_clear (self);
      return;
    }

  g_ptr_array_set_size (self->frames, self->first + 1);
  self->bytes = g_bytes_get_size (self->frames->pdata[self->first]) - self->first_sent;
}

static void
shift (BcastFrameQueue *self)
{
  free_frame (self->frames->pdata[self->first]);
  self->frames->pdata[self->first++] = NULL;
  self->first_sent = 0;

  if (self->first == self->frames->len)
    empty (self);
  else if (self->first >= MAX_FREE_SLOTS && self->first > self->frames->len / 2)
    {
      g_ptr_array_remove_range (self->frames, 0, self->first);
      self->first = 0;
    }
}

static void
take_written (BcastFrameQueue *self,
              gsize            written)
{
  self->bytes -= written;

  while (written > 0)
    {
      gsize left = g_bytes_get_size (self->frames->pdata[self->first]) - self->first_sent;

      if (written < left)
        {
          self->first_sent += written;
          return;
        }
      written -= left;
      shift (self);
    }
}

static gssize
write_some (BcastFrameQueue *self,
            BcastPeerStream *stream)
{
  GOutputVector vectors[BCAST_PEER_STREAM_MAX_VECTORS];
  guint n = MIN (self->frames->len - self->first, BCAST_PEER_STREAM_MAX_VECTORS);
  gsize skip = self->first_sent;

  for (guint i = 0; i < n; i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (self->frames->pdata[self->first + i], &size);

      vectors[i].buffer = bytes + skip;
      vectors[i].size = size - skip;
      skip = 0;
    }

  gssize written = bcast_peer_stream_write (stream, vectors, n);

  self->is_blocked = written == 0;
  if (written > 0)
    take_written (self, (gsize) written);
  return written;
}

/**
 * bcast_frame_queue_write:
 * @self: a queue
 * @stream: where to
 *
 * Writes what @stream takes, several frames at once.
 *
 * Returns: above 0 when all is out, 0 when @stream has no room for the rest, or -1 when it failed
 */
gssize
bcast_frame_queue_write (BcastFrameQueue *self,
                         BcastPeerStream *stream)
{
  gssize written = 1;

  while (written > 0 && !bcast_frame_queue_is_empty (self))
    written = write_some (self, stream);
  return written;
}
