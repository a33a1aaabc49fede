/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-send-queue-private.h"

/**
 * BcastSendQueue:
 *
 * What waits to be written to a WebSocket, in order. Of pongs only the newest waits, and it goes before
 * the rest, so that no number of pings makes the queue grow. Source: RFC 6455, section 5.5.3.
 */
struct _BcastSendQueue
{
  GQueue  frames;  /* GBytes */
  GBytes *pong;
  GBytes *current; /* taken out and perhaps partly written: TLS wants the same bytes again */
  gsize   written; /* bytes of it that are out */
  gsize   bytes;   /* of all that is not out yet */
};

/**
 * bcast_send_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
BcastSendQueue *
bcast_send_queue_new (void)
{
  BcastSendQueue *self = g_new0 (BcastSendQueue, 1);

  g_queue_init (&self->frames);
  return self;
}

/**
 * bcast_send_queue_free:
 * @self: (transfer full): a queue
 */
void
bcast_send_queue_free (BcastSendQueue *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->frames, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&self->pong, g_bytes_unref);
  g_clear_pointer (&self->current, g_bytes_unref);
  g_free (self);
}

/**
 * bcast_send_queue_push:
 * @self: a queue
 * @frame: goes out after all that was pushed before
 */
void
bcast_send_queue_push (BcastSendQueue *self,
                       GBytes         *frame)
{
  g_return_if_fail (self != NULL && frame != NULL);

  g_queue_push_tail (&self->frames, g_bytes_ref (frame));
  self->bytes += g_bytes_get_size (frame);
}

/**
 * bcast_send_queue_set_pong:
 * @self: a queue
 * @frame: goes out next, in the place of one that still waits
 */
void
bcast_send_queue_set_pong (BcastSendQueue *self,
                           GBytes         *frame)
{
  g_return_if_fail (self != NULL && frame != NULL);

  if (self->pong != NULL)
    {
      self->bytes -= g_bytes_get_size (self->pong);
      g_bytes_unref (self->pong);
    }
  self->pong = g_bytes_ref (frame);
  self->bytes += g_bytes_get_size (frame);
}

/**
 * bcast_send_queue_get_bytes:
 * @self: a queue
 *
 * Returns: how many bytes wait
 */
gsize
bcast_send_queue_get_bytes (BcastSendQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes;
}

static GBytes *
take_next (BcastSendQueue *self)
{
  if (self->current == NULL)
    self->current = self->pong != NULL ? g_steal_pointer (&self->pong) : g_queue_pop_head (&self->frames);
  return self->current;
}

/**
 * bcast_send_queue_write:
 * @self: a queue
 * @output: where to
 * @error: what broke
 *
 * Writes as much as @output takes without blocking.
 *
 * Returns: %G_POLLABLE_RETURN_OK when the queue is empty
 */
GPollableReturn
bcast_send_queue_write (BcastSendQueue         *self,
                        GPollableOutputStream  *output,
                        GError                **error)
{
  g_return_val_if_fail (self != NULL, G_POLLABLE_RETURN_FAILED);

  GBytes *frame;

  while ((frame = take_next (self)) != NULL)
    {
      gsize size;
      const char *bytes = g_bytes_get_data (frame, &size);
      g_autoptr(GError) problem = NULL;
      gssize written = g_pollable_output_stream_write_nonblocking (output, bytes + self->written,
                                                                   size - self->written, NULL, &problem);

      if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_POLLABLE_RETURN_WOULD_BLOCK;
      if (written < 0)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return G_POLLABLE_RETURN_FAILED;
        }

      self->written += written;
      self->bytes -= written;
      if (self->written == size)
        {
          g_clear_pointer (&self->current, g_bytes_unref);
          self->written = 0;
        }
    }
  return G_POLLABLE_RETURN_OK;
}
