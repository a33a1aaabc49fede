/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <string.h>

#include "bcast-watchlist.h"

#define MOST_ONLINE 1000 /* the protocol's watchlist has 100; ours to choose */

static void
take_presence (const char *user_id,
               gboolean    is_online,
               gpointer    user_data)
{
  GHashTable *online = user_data;

  if (!is_online)
    g_hash_table_remove (online, user_id);
  else if (g_hash_table_size (online) < MOST_ONLINE && strlen (user_id) <= BCAST_LIMIT_SIGN_IN_ID)
    g_hash_table_add (online, g_strdup (user_id));
}

/* Users of the watchlist came or went. */
void
bcast_client_take_watchlist (BcastClient *self,
                             BcastFrame  *frame)
{
  const char *data = bcast_frame_get_data (frame);
  g_autoptr(GError) error = NULL;

  if (self->sign_in_state != BCAST_SIGN_IN_DONE)
    return;

  gboolean is_understood = bcast_watchlist_parse_events (data != NULL ? data : "", take_presence, self->online, &error);
  guint epoch = self->epoch;

  bcast_client_emit_sign_in_changed (self);
  if (!is_understood && epoch == self->epoch)
    bcast_client_report (self, error);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/**
 * bcast_client_dup_online:
 * @self: a client
 *
 * Returns: (transfer full) (array zero-terminated=1): who of the user's watchlist is online, sorted;
 *   free with g_strfreev()
 */
char **
bcast_client_dup_online (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->online);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}
