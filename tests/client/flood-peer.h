/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peer.h"

G_BEGIN_DECLS

/**
 * FloodPeer:
 * @port: where it listens
 * @n_connections: how many connections it has had; atomic
 *
 * The other end of a client, in a thread of its own, that writes as fast as the client reads. It greets,
 * waits for one message, writes what it was given as often as it was told, and then what comes at the end.
 * Then, or if it was told to write for ever, it goes on until it is freed. It never reads a second time, so
 * that what the client sends piles up.
 */
typedef struct
{
  guint16  port;
  int      n_connections;

  GThread *thread;
  GSocket *listener;
  GBytes  *chunk;
  guint    n_chunks;
  GBytes  *last;
  int      is_over;
} FloodPeer;

FloodPeer *flood_peer_new     (GBytes     *chunk,
                               guint       n_chunks,
                               GBytes     *last);
void       flood_peer_free    (FloodPeer  *self);
BcastApp  *flood_peer_dup_app (FloodPeer  *self);

void       flood_append_frame (GByteArray *bytes,
                               guint8      first,
                               const char *payload,
                               gsize       length);

G_END_DECLS
