/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "bcast-error.h"
#include "bcast-send-queue-private.h"
#include "bcast-timer-private.h"

#define FAILURE_DEADLINE_MS 1000 /* ours to choose */

/**
 * BcastWebsocketWriter:
 *
 * The sending half of a client's WebSocket: masks frames and writes them without blocking, from a queue
 * that is bounded.
 */
struct _BcastWebsocketWriter
{
  GMainContext                   *context;
  GPollableOutputStream          *output;
  BcastWebsocketWriterFailedFunc  failed_func;
  gpointer                        user_data;

  BcastSendQueue                 *queue;
  GSource                        *output_source; /* only while the output is blocked */
  GSource                        *failure_timer; /* only while a failure is not told yet */
  GSource                        *failure_deadline; /* the same */
  GError                         *failure;
  gboolean                        close_sent;    /* nothing may follow a close frame */
};

/**
 * bcast_websocket_writer_new:
 * @output: where to
 * @failed_func: called when nothing can be written any more
 * @user_data: for @failed_func
 *
 * Returns: (transfer full): a writer that works in the thread-default context
 */
BcastWebsocketWriter *
bcast_websocket_writer_new (GPollableOutputStream          *output,
                            BcastWebsocketWriterFailedFunc  failed_func,
                            gpointer                        user_data)
{
  g_return_val_if_fail (G_IS_POLLABLE_OUTPUT_STREAM (output) && failed_func != NULL, NULL);

  BcastWebsocketWriter *self = g_new0 (BcastWebsocketWriter, 1);

  if (sodium_init () < 0)
    g_assert_not_reached ();
  self->context = g_main_context_ref_thread_default ();
  self->output = g_object_ref (output);
  self->failed_func = failed_func;
  self->user_data = user_data;
  self->queue = bcast_send_queue_new ();
  return self;
}

/**
 * bcast_websocket_writer_free:
 * @self: (transfer full): a writer
 */
void
bcast_websocket_writer_free (BcastWebsocketWriter *self)
{
  g_return_if_fail (self != NULL);

  bcast_websocket_writer_stop (self);
  bcast_send_queue_free (self->queue);
  g_clear_error (&self->failure);
  g_object_unref (self->output);
  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
failure_cb (gpointer user_data)
{
  BcastWebsocketWriter *self = user_data;
  g_autoptr(GError) failure = g_error_copy (self->failure);

  bcast_timer_stop (&self->failure_timer);
  bcast_timer_stop (&self->failure_deadline);
  self->failed_func (failure, self->user_data);
  return G_SOURCE_REMOVE;
}

/* What has come already is to be read first: it may say why the other end takes nothing any more. But there
 * may be no end of what comes, here or for others of this context. */
static void
fail (BcastWebsocketWriter *self,
      GError               *failure)
{
  self->failure = failure;
  bcast_timer_stop (&self->output_source);
  bcast_timer_start (&self->failure_timer, self->context, 0, failure_cb, self);
  g_source_set_priority (self->failure_timer, G_PRIORITY_LOW);
  bcast_timer_start (&self->failure_deadline, self->context, FAILURE_DEADLINE_MS, failure_cb, self);
}

static void flush (BcastWebsocketWriter *self);

static gboolean
writable_cb (GObject  *output,
             gpointer  user_data)
{
  BcastWebsocketWriter *self = user_data;

  bcast_timer_stop (&self->output_source);
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
flush (BcastWebsocketWriter *self)
{
  GError *error = NULL;

  if (self->output_source != NULL)
    return;

  switch (bcast_send_queue_write (self->queue, self->output, &error))
    {
    case G_POLLABLE_RETURN_WOULD_BLOCK:
      self->output_source = g_pollable_output_stream_create_source (self->output, NULL);
      g_source_set_callback (self->output_source, G_SOURCE_FUNC (writable_cb), self, NULL);
      g_source_attach (self->output_source, self->context);
      break;
    case G_POLLABLE_RETURN_FAILED:
      fail (self, error);
      break;
    case G_POLLABLE_RETURN_OK:
    default:
      break;
    }
}

static void
enqueue (BcastWebsocketWriter *self,
         GBytes               *frame)
{
  gsize bytes = bcast_send_queue_get_bytes (self->queue) + g_bytes_get_size (frame);

  if (bytes > BCAST_WEBSOCKET_WRITER_MAX_BYTES)
    {
      fail (self, g_error_new (BCAST_ERROR, BCAST_ERROR_BUSY,
                               _("The server does not read what it is sent: more than %d bytes wait for it. "
                                 "The connection was closed."), BCAST_WEBSOCKET_WRITER_MAX_BYTES));
      return;
    }

  bcast_send_queue_push (self->queue, frame);
  flush (self);
}

/**
 * bcast_websocket_writer_is_open:
 * @self: a writer
 *
 * Returns: whether it takes anything: nothing broke and no close frame was sent
 */
gboolean
bcast_websocket_writer_is_open (BcastWebsocketWriter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->failure == NULL && !self->close_sent;
}

/**
 * bcast_websocket_writer_send_text:
 * @self: a writer that is open
 * @text: one message, valid UTF-8
 *
 * Sends @text at once, or as soon as the other end reads again.
 */
void
bcast_websocket_writer_send_text (BcastWebsocketWriter *self,
                                  const char           *text)
{
  g_return_if_fail (bcast_websocket_writer_is_open (self) && text != NULL);

  guint8 mask[BCAST_WEBSOCKET_MASK_BYTES];

  randombytes_buf (mask, sizeof mask);

  g_autoptr(GBytes) frame = bcast_websocket_masked_frame_new (BCAST_WEBSOCKET_TEXT, text, strlen (text), mask);

  enqueue (self, frame);
}

/**
 * bcast_websocket_writer_send_pong:
 * @self: a writer that is open
 * @data: (array length=length): what came with the ping
 * @length: how many bytes
 *
 * Sends a pong next, in the place of one that waits.
 */
void
bcast_websocket_writer_send_pong (BcastWebsocketWriter *self,
                                  const char           *data,
                                  gsize                 length)
{
  g_return_if_fail (bcast_websocket_writer_is_open (self));

  guint8 mask[BCAST_WEBSOCKET_MASK_BYTES];

  randombytes_buf (mask, sizeof mask);

  g_autoptr(GBytes) frame = bcast_websocket_masked_frame_new (BCAST_WEBSOCKET_PONG, data, length, mask);

  bcast_send_queue_set_pong (self->queue, frame);
  flush (self);
}

/**
 * bcast_websocket_writer_send_close:
 * @self: a writer that is open
 * @code: a close code
 * @reason: (nullable): why
 *
 * Sends a close frame, behind which nothing can follow.
 */
void
bcast_websocket_writer_send_close (BcastWebsocketWriter *self,
                                   guint                 code,
                                   const char           *reason)
{
  g_return_if_fail (bcast_websocket_writer_is_open (self));

  guint8 mask[BCAST_WEBSOCKET_MASK_BYTES];

  randombytes_buf (mask, sizeof mask);

  g_autoptr(GBytes) frame = bcast_websocket_masked_close_new (code, reason, mask);

  self->close_sent = TRUE;
  enqueue (self, frame);
}

/**
 * bcast_websocket_writer_stop:
 * @self: a writer
 *
 * Writes nothing more and tells nobody of a failure.
 */
void
bcast_websocket_writer_stop (BcastWebsocketWriter *self)
{
  g_return_if_fail (self != NULL);

  bcast_timer_stop (&self->output_source);
  bcast_timer_stop (&self->failure_timer);
  bcast_timer_stop (&self->failure_deadline);
}
