/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "bcast-error.h"

G_BEGIN_DECLS

/**
 * BcastReaction:
 * @BCAST_REACTION_STOP: do not reconnect unchanged (4000-4099 and 4300 on)
 * @BCAST_REACTION_USE_TLS: reconnect with TLS, or stop when it is in use already (4000)
 * @BCAST_REACTION_BACK_OFF: reconnect after a second or more (4100-4199, transport errors)
 * @BCAST_REACTION_RETRY_NOW: reconnect at once (4200-4299)
 *
 * What a client does when its connection was closed.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Error codes”.
 */
typedef enum
{
  BCAST_REACTION_STOP,
  BCAST_REACTION_USE_TLS,
  BCAST_REACTION_BACK_OFF,
  BCAST_REACTION_RETRY_NOW,
} BcastReaction;

typedef enum
{
  BCAST_CLOSE_TLS_ONLY              = 4000,
  BCAST_CLOSE_APP_UNKNOWN           = 4001,
  BCAST_CLOSE_APP_DISABLED          = 4003,
  BCAST_CLOSE_OVER_QUOTA            = 4004,
  BCAST_CLOSE_PATH_NOT_FOUND        = 4005,
  BCAST_CLOSE_BAD_VERSION           = 4006,
  BCAST_CLOSE_PROTOCOL_UNSUPPORTED  = 4007,
  BCAST_CLOSE_PROTOCOL_MISSING      = 4008,
  BCAST_CLOSE_UNAUTHORIZED          = 4009,
  BCAST_CLOSE_OVER_CAPACITY         = 4100,
  BCAST_CLOSE_RECONNECT             = 4200,
  BCAST_CLOSE_PONG_MISSING          = 4201,
  BCAST_CLOSE_INACTIVE              = 4202,
  BCAST_CLOSE_CLIENT_EVENT_REFUSED  = 4301,
  BCAST_CLOSE_WATCHLIST_TOO_LONG    = 4302,
} BcastCloseCode;

BcastReaction  bcast_close_code_get_reaction (int code);
const char    *bcast_close_code_get_text     (int code);
BcastError     bcast_close_code_get_error    (int code);

G_END_DECLS
