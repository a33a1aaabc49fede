/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-websocket.h"

G_BEGIN_DECLS

/* What a client offers: its window may be made smaller, since it sends nothing deflated anyway. */
#define BCAST_WEBSOCKET_DEFLATE_OFFER "permessage-deflate; client_max_window_bits"

/**
 * BcastWebsocketDeflate:
 * @agreed: whether the server deflates messages
 * @server_no_context_takeover: whether each of its messages stands alone
 *
 * What became of %BCAST_WEBSOCKET_DEFLATE_OFFER, as far as it matters to who only inflates.
 */
typedef struct
{
  gboolean agreed;
  gboolean server_no_context_takeover;
} BcastWebsocketDeflate;

gboolean bcast_websocket_deflate_parse_answer (const char             *extensions,
                                               BcastWebsocketDeflate  *deflate,
                                               GError                **error);

typedef struct _BcastWebsocketInflater BcastWebsocketInflater;

BcastWebsocketInflater *bcast_websocket_inflater_new     (const BcastWebsocketDeflate *deflate,
                                                          gsize                        max_message_bytes) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_websocket_inflater_free    (BcastWebsocketInflater      *self);
BcastWebsocketResult    bcast_websocket_inflater_inflate (BcastWebsocketInflater      *self,
                                                          BcastWebsocketMessage       *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebsocketInflater, bcast_websocket_inflater_free)

G_END_DECLS
