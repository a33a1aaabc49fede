/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-tls-output-private.h"

/**
 * BcastTlsOutput:
 *
 * What goes out over TLS, and whether a record of it waits half written: nothing else may be written
 * before the rest of that one.
 */
struct _BcastTlsOutput
{
  GFilterOutputStream  parent_instance;

  gboolean             is_blocked;
};

static void pollable_iface_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastTlsOutput, bcast_tls_output, G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, pollable_iface_init))

static GPollableOutputStream *
get_base (GPollableOutputStream *stream)
{
  return G_POLLABLE_OUTPUT_STREAM (g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream)));
}

static gssize
bcast_tls_output_write_nonblocking (GPollableOutputStream  *stream,
                                    const void             *buffer,
                                    gsize                   count,
                                    GError                **error)
{
  BcastTlsOutput *self = BCAST_TLS_OUTPUT (stream);
  gssize n = g_pollable_output_stream_write_nonblocking (get_base (stream), buffer, count, NULL, error);

  self->is_blocked = n < 0;
  return n;
}

static gboolean
bcast_tls_output_is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (get_base (stream));
}

static GSource *
bcast_tls_output_create_source (GPollableOutputStream *stream,
                                GCancellable          *cancellable)
{
  g_autoptr(GSource) base = g_pollable_output_stream_create_source (get_base (stream), NULL);

  return g_pollable_source_new_full (stream, base, cancellable);
}

static void
pollable_iface_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = bcast_tls_output_is_writable;
  iface->create_source = bcast_tls_output_create_source;
  iface->write_nonblocking = bcast_tls_output_write_nonblocking;
}

static void
bcast_tls_output_class_init (BcastTlsOutputClass *klass)
{
}

static void
bcast_tls_output_init (BcastTlsOutput *self)
{
}

/**
 * bcast_tls_output_new:
 * @base: the output of a #GTlsConnection; closing that one is left to others
 *
 * Returns: (transfer full): the same, with bcast_tls_output_is_blocked()
 */
GOutputStream *
bcast_tls_output_new (GOutputStream *base)
{
  g_return_val_if_fail (G_IS_POLLABLE_OUTPUT_STREAM (base), NULL);

  return g_object_new (BCAST_TYPE_TLS_OUTPUT, "base-stream", base, "close-base-stream", FALSE, NULL);
}

/**
 * bcast_tls_output_is_blocked:
 * @self: an output
 *
 * Returns: whether what was written last did not go out
 */
gboolean
bcast_tls_output_is_blocked (BcastTlsOutput *self)
{
  g_return_val_if_fail (BCAST_IS_TLS_OUTPUT (self), FALSE);

  return self->is_blocked;
}
