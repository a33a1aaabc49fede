/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ClientReceiver:
 * @port: where the flood server is
 * @n: how many events to wait for
 * @each: (nullable): called in the receiving thread after each of @marks, in order
 * @marks: (nullable): numbers of events, with 0 at the end
 * @is_complete: (out): whether all came in time
 *
 * A client of its own thread, as the workspace has it, with one handler that counts.
 */
typedef struct
{
  guint16        port;
  guint64        n;
  void         (*each) (guint64 n_events);
  const guint64 *marks;
  gboolean       is_complete;
} ClientReceiver;

void client_receiver_run (ClientReceiver *self);

G_END_DECLS
