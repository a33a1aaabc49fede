/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-tls-input-private.h"

/**
 * BcastTlsInput:
 *
 * What comes over TLS, with a look at what is next: on a plain socket recv() has MSG_PEEK for that, but
 * here a close_notify and data look alike before they are decrypted.
 */
struct _BcastTlsInput
{
  GFilterInputStream  parent_instance;

  guint8              byte;      /* read already, and still to be given out */
  gboolean            has_byte;
  GCancellable       *arrived;   /* cancelled while there is that byte: wakes whoever polls */
};

static void pollable_iface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastTlsInput, bcast_tls_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_iface_init))

static GPollableInputStream *
get_base (BcastTlsInput *self)
{
  return G_POLLABLE_INPUT_STREAM (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)));
}

static void
bcast_tls_input_finalize (GObject *object)
{
  g_object_unref (BCAST_TLS_INPUT (object)->arrived);

  G_OBJECT_CLASS (bcast_tls_input_parent_class)->finalize (object);
}

static void
take_byte (BcastTlsInput *self,
           guint8        *buffer)
{
  *buffer = self->byte;
  self->has_byte = FALSE;
  g_cancellable_reset (self->arrived);
}

static gssize
bcast_tls_input_read (GInputStream  *stream,
                      void          *buffer,
                      gsize          count,
                      GCancellable  *cancellable,
                      GError       **error)
{
  BcastTlsInput *self = BCAST_TLS_INPUT (stream);

  if (!self->has_byte || count == 0)
    return g_input_stream_read (G_INPUT_STREAM (get_base (self)), buffer, count, cancellable, error);

  take_byte (self, buffer);
  return 1;
}

static gssize
bcast_tls_input_read_nonblocking (GPollableInputStream  *stream,
                                  void                  *buffer,
                                  gsize                  count,
                                  GError               **error)
{
  BcastTlsInput *self = BCAST_TLS_INPUT (stream);

  if (!self->has_byte || count == 0)
    return g_pollable_input_stream_read_nonblocking (get_base (self), buffer, count, NULL, error);

  take_byte (self, buffer);
  if (count == 1)
    return 1;

  /* An end or an error is met again by the next read. */
  gssize more = g_pollable_input_stream_read_nonblocking (get_base (self), (guint8 *) buffer + 1, count - 1,
                                                          NULL, NULL);
  return 1 + MAX (more, 0);
}

static gboolean
bcast_tls_input_is_readable (GPollableInputStream *stream)
{
  BcastTlsInput *self = BCAST_TLS_INPUT (stream);

  return self->has_byte || g_pollable_input_stream_is_readable (get_base (self));
}

static GSource *
bcast_tls_input_create_source (GPollableInputStream *stream,
                               GCancellable         *cancellable)
{
  BcastTlsInput *self = BCAST_TLS_INPUT (stream);
  g_autoptr(GSource) base = g_pollable_input_stream_create_source (get_base (self), NULL);
  g_autoptr(GSource) arrived = g_cancellable_source_new (self->arrived);
  GSource *source = g_pollable_source_new_full (self, base, cancellable);

  g_source_set_dummy_callback (arrived);
  g_source_add_child_source (source, arrived);
  return source;
}

static void
pollable_iface_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = bcast_tls_input_is_readable;
  iface->create_source = bcast_tls_input_create_source;
  iface->read_nonblocking = bcast_tls_input_read_nonblocking;
}

static void
bcast_tls_input_class_init (BcastTlsInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_tls_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = bcast_tls_input_read;
}

static void
bcast_tls_input_init (BcastTlsInput *self)
{
  self->arrived = g_cancellable_new ();
}

/**
 * bcast_tls_input_new:
 * @base: the input of a #GTlsConnection; closing that one is left to others
 *
 * Returns: (transfer full): the same, with bcast_tls_input_peek()
 */
GInputStream *
bcast_tls_input_new (GInputStream *base)
{
  g_return_val_if_fail (G_IS_POLLABLE_INPUT_STREAM (base), NULL);

  return g_object_new (BCAST_TYPE_TLS_INPUT, "base-stream", base, "close-base-stream", FALSE, NULL);
}

/**
 * bcast_tls_input_peek:
 * @self: an input
 *
 * Never blocks. Whoever polls @self is woken by data that is found here.
 *
 * Returns: what stands next
 */
BcastPeek
bcast_tls_input_peek (BcastTlsInput *self)
{
  g_return_val_if_fail (BCAST_IS_TLS_INPUT (self), BCAST_PEEK_END);

  g_autoptr(GError) error = NULL;

  if (self->has_byte)
    return BCAST_PEEK_DATA;

  gssize n = g_pollable_input_stream_read_nonblocking (get_base (self), &self->byte, 1, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return BCAST_PEEK_NOTHING;
  if (n <= 0)
    return BCAST_PEEK_END;

  self->has_byte = TRUE;
  g_cancellable_cancel (self->arrived);
  return BCAST_PEEK_DATA;
}
