/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BCAST_TYPE_TLS_INPUT (bcast_tls_input_get_type ())

G_DECLARE_FINAL_TYPE (BcastTlsInput, bcast_tls_input, BCAST, TLS_INPUT, GFilterInputStream)

/**
 * BcastPeek:
 * @BCAST_PEEK_NOTHING: nothing has come yet
 * @BCAST_PEEK_DATA: there is something to read
 * @BCAST_PEEK_END: the other end is gone or has said that nothing more comes
 *
 * What stands next in a stream, without taking it.
 */
typedef enum
{
  BCAST_PEEK_NOTHING,
  BCAST_PEEK_DATA,
  BCAST_PEEK_END,
} BcastPeek;

GInputStream *bcast_tls_input_new  (GInputStream  *base) G_GNUC_WARN_UNUSED_RESULT;
BcastPeek     bcast_tls_input_peek (BcastTlsInput *self);

G_END_DECLS
