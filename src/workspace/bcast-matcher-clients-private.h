/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of clients by their numbers; zeroed memory is an empty set. */
typedef struct
{
  guint64  low;    /* numbers 0 to 63, nearly always all there are */
  guint64 *high;
  guint    n_high;
} BcastMatchClients;

void     bcast_match_clients_clear (BcastMatchClients       *self);
gboolean bcast_match_clients_has   (const BcastMatchClients *self,
                                    guint                    client);
gboolean bcast_match_clients_add   (BcastMatchClients       *self,
                                    guint                    client);

G_END_DECLS
