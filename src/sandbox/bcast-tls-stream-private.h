/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-tls-input-private.h"

G_BEGIN_DECLS

#define BCAST_TYPE_TLS_STREAM (bcast_tls_stream_get_type ())

G_DECLARE_FINAL_TYPE (BcastTlsStream, bcast_tls_stream, BCAST, TLS_STREAM, GIOStream)

BcastTlsStream *bcast_tls_stream_new  (GTlsConnection *connection,
                                       GSocket        *socket) G_GNUC_WARN_UNUSED_RESULT;
BcastPeek       bcast_tls_stream_peek (BcastTlsStream *self);

G_END_DECLS
