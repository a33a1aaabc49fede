/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-tls-peek-private.h"

#include <errno.h>
#include <sys/socket.h>

/* RFC 8446, 5.1: a record has its type, two bytes of a version that begins with 3, and two of its length
 * before it */
#define HEADER_BYTES     5
#define TYPE_HANDSHAKE   0x16
#define VERSION          3
#define MAX_RECORD_BYTES 16384

/**
 * bcast_tls_peek:
 * @socket: a new connection
 * @awaited: (inout): for how many bytes this has it wait, 0 at first
 *
 * Looks at what the other end says first, and leaves it there. Never blocks. After
 * %BCAST_SPOKEN_HELLO the socket becomes readable only when the rest of the record has come, or the end: a
 * client that stops in the middle costs nothing but its place.
 *
 * Returns: how the connection begins
 */
BcastSpoken
bcast_tls_peek (GSocket *socket,
                int     *awaited)
{
  g_return_val_if_fail (G_IS_SOCKET (socket) && awaited != NULL, BCAST_SPOKEN_END);

  guint8 record[HEADER_BYTES + MAX_RECORD_BYTES];
  gssize n = recv (g_socket_get_fd (socket), record, MAX (*awaited, HEADER_BYTES), MSG_PEEK | MSG_DONTWAIT);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return BCAST_SPOKEN_NOTHING;
  if (n <= 0 || n < *awaited)
    return BCAST_SPOKEN_END;
  if (record[0] != TYPE_HANDSHAKE || (n > 1 && record[1] != VERSION))
    return BCAST_SPOKEN_PLAIN;

  *awaited = HEADER_BYTES;
  if (n >= HEADER_BYTES)
    *awaited += MIN (record[3] << 8 | record[4], MAX_RECORD_BYTES);

  gboolean is_whole = n >= *awaited;

  g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, is_whole ? 1 : *awaited, NULL);
  return is_whole ? BCAST_SPOKEN_TLS : BCAST_SPOKEN_HELLO;
}
