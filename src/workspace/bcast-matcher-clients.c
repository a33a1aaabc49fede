/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-matcher-clients-private.h"

#include <string.h>

#define WORD_BITS 64

/*
 * bcast_match_clients_clear:
 * @self: a set
 */
void
bcast_match_clients_clear (BcastMatchClients *self)
{
  g_clear_pointer (&self->high, g_free);
  self->low = 0;
  self->n_high = 0;
}

/*
 * bcast_match_clients_has:
 * @self: a set
 * @client: a client's number
 */
gboolean
bcast_match_clients_has (const BcastMatchClients *self,
                         guint                    client)
{
  guint word = client / WORD_BITS;
  guint64 bit = G_GUINT64_CONSTANT (1) << client % WORD_BITS;

  if (word == 0)
    return (self->low & bit) != 0;
  return word <= self->n_high && (self->high[word - 1] & bit) != 0;
}

/*
 * bcast_match_clients_add:
 * @self: a set
 * @client: a client's number
 *
 * Returns: whether it was not in the set before
 */
gboolean
bcast_match_clients_add (BcastMatchClients *self,
                         guint              client)
{
  guint word = client / WORD_BITS;
  guint64 bit = G_GUINT64_CONSTANT (1) << client % WORD_BITS;

  if (bcast_match_clients_has (self, client))
    return FALSE;

  if (word > self->n_high)
    {
      self->high = g_renew (guint64, self->high, word);
      memset (self->high + self->n_high, 0, (word - self->n_high) * sizeof *self->high);
      self->n_high = word;
    }
  *(word == 0 ? &self->low : &self->high[word - 1]) |= bit;
  return TRUE;
}
