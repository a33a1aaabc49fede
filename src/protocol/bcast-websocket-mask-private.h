/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-websocket.h"

/* Masks and unmasks. Source: RFC 6455, section 5.3. */
static inline void
bcast_websocket_mask (guint8       *bytes,
                      gsize         length,
                      const guint8 *mask)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] ^= mask[i % BCAST_WEBSOCKET_MASK_BYTES];
}
