/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-websocket-deflate.h"

G_BEGIN_DECLS

#define BCAST_UPGRADE_MAX_HEAD_BYTES (16 * 1024)

/**
 * BcastUpgradeResult:
 * @BCAST_UPGRADE_NEEDS_MORE: the head of the answer is not complete
 * @BCAST_UPGRADE_OPEN: the WebSocket is open
 * @BCAST_UPGRADE_NO_HTTP: what came is no answer of HTTP
 * @BCAST_UPGRADE_TOO_LONG: the head is longer than %BCAST_UPGRADE_MAX_HEAD_BYTES
 * @BCAST_UPGRADE_REFUSED: an answer of HTTP, and no WebSocket
 * @BCAST_UPGRADE_BAD_EXTENSION: a WebSocket with an extension or subprotocol that was not offered
 *
 * What the other end makes of a request for a WebSocket.
 */
typedef enum
{
  BCAST_UPGRADE_NEEDS_MORE,
  BCAST_UPGRADE_OPEN,
  BCAST_UPGRADE_NO_HTTP,
  BCAST_UPGRADE_TOO_LONG,
  BCAST_UPGRADE_REFUSED,
  BCAST_UPGRADE_BAD_EXTENSION,
} BcastUpgradeResult;

/**
 * BcastUpgradeAnswer:
 * @status: its status
 * @headers: (nullable): its headers
 * @head_bytes: bytes before the first frame
 * @deflate: what was agreed on
 *
 * What bcast_upgrade_parse() found.
 */
typedef struct
{
  guint                  status;
  SoupMessageHeaders    *headers;
  gsize                  head_bytes;
  BcastWebsocketDeflate  deflate;
} BcastUpgradeAnswer;

char               *bcast_upgrade_make_key       (void) G_GNUC_WARN_UNUSED_RESULT;
char               *bcast_upgrade_format_request (GUri                *uri,
                                                  const char          *key) G_GNUC_WARN_UNUSED_RESULT;
BcastUpgradeResult  bcast_upgrade_parse          (const char          *bytes,
                                                  gsize                length,
                                                  const char          *key,
                                                  BcastUpgradeAnswer  *answer);
void                bcast_upgrade_answer_clear   (BcastUpgradeAnswer  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BcastUpgradeAnswer, bcast_upgrade_answer_clear)

G_END_DECLS
