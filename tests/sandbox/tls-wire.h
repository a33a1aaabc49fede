/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wire.h"

G_BEGIN_DECLS

/* A ClientHello that a server answers, of TLS 1.2 and with P-256: what comes then is up to the client. */
extern const char  tls_wire_hello[];
extern const gsize tls_wire_hello_length;

GSocketConnection *tls_wire_open_raw   (BcastSandbox *sandbox,
                                        int           receive_buffer_bytes);
GIOStream         *tls_wire_open       (BcastSandbox *sandbox,
                                        int           receive_buffer_bytes);
GIOStream         *tls_wire_open_websocket (BcastSandbox *sandbox,
                                        int           receive_buffer_bytes);
void               tls_wire_write      (GIOStream    *stream,
                                        const char   *bytes,
                                        gsize         length);
void               tls_wire_send_text  (GIOStream    *stream,
                                        const char   *text);
void               tls_wire_expect     (GIOStream    *stream,
                                        const char   *wanted);
char              *tls_wire_get        (BcastSandbox *sandbox,
                                        const char   *target);

G_END_DECLS
