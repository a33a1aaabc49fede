/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BcastSpoken:
 * @BCAST_SPOKEN_NOTHING: nothing has come yet
 * @BCAST_SPOKEN_PLAIN: no TLS
 * @BCAST_SPOKEN_HELLO: TLS, whose first record has begun and not come to its end
 * @BCAST_SPOKEN_TLS: TLS
 * @BCAST_SPOKEN_END: the other end is gone
 *
 * How a connection begins.
 */
typedef enum
{
  BCAST_SPOKEN_NOTHING,
  BCAST_SPOKEN_PLAIN,
  BCAST_SPOKEN_HELLO,
  BCAST_SPOKEN_TLS,
  BCAST_SPOKEN_END,
} BcastSpoken;

BcastSpoken bcast_tls_peek (GSocket *socket,
                            int     *awaited);

G_END_DECLS
