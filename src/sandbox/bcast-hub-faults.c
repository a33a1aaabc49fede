/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-faults-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-fault-line-private.h"
#include "bcast-hub-private.h"
#include "bcast-websocket.h"

/**
 * BcastHubFaults:
 *
 * What the faults do to the sockets of one app.
 */
struct _BcastHubFaults
{
  BcastFaults *faults; /* not owned; NULL while none is on */
  GHashTable  *lines;  /* BcastPeer, not owned → BcastFaultLine: those whose channel events have faults */
  GHashTable  *told;   /* BcastPeer, not owned → GArray of the serials of the errors it got */
};

static void
free_line (gpointer line)
{
  bcast_fault_line_free (line);
}

static void
free_serials (gpointer serials)
{
  g_array_unref (serials);
}

/**
 * bcast_hub_faults_new:
 *
 * Returns: (transfer full): no faults
 */
BcastHubFaults *
bcast_hub_faults_new (void)
{
  BcastHubFaults *self = g_new0 (BcastHubFaults, 1);

  self->lines = g_hash_table_new_full (NULL, NULL, NULL, free_line);
  self->told = g_hash_table_new_full (NULL, NULL, NULL, free_serials);
  return self;
}

/**
 * bcast_hub_faults_free:
 * @self: (transfer full): faults
 */
void
bcast_hub_faults_free (BcastHubFaults *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->lines);
  g_hash_table_unref (self->told);
  g_free (self);
}

/**
 * bcast_hub_faults_forget:
 * @self: faults
 * @peer: a socket that is gone; what is held back for it is lost
 */
void
bcast_hub_faults_forget (BcastHubFaults *self,
                         BcastPeer      *peer)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove (self->lines, peer);
  g_hash_table_remove (self->told, peer);
}

static const char *
get_app_id (BcastHub *hub)
{
  return bcast_app_get_app_id (bcast_hub_get_app (hub));
}

/**
 * bcast_hub_list_faults:
 * @hub: an app
 *
 * Returns: (nullable) (transfer none): the faults of this and other apps; %NULL while none is on
 */
BcastFaults *
bcast_hub_list_faults (BcastHub *hub)
{
  return bcast_hub_get_faults (hub)->faults;
}

/**
 * bcast_hub_find_fault:
 * @hub: an app
 * @kind: what goes wrong
 * @peer: (nullable): for which socket; without one faults for one client alone are passed over
 *
 * Returns: (nullable): the first such fault that is on
 */
const BcastActiveFault *
bcast_hub_find_fault (BcastHub       *hub,
                      BcastFaultKind  kind,
                      BcastPeer      *peer)
{
  BcastFaults *faults = bcast_hub_list_faults (hub);

  return faults != NULL ? bcast_faults_find (faults, kind, get_app_id (hub), peer) : NULL;
}

/* Lets go of what no fault holds back any more. */
static void
settle_lines (BcastHub *hub)
{
  BcastHubFaults *self = bcast_hub_get_faults (hub);
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer peer, line;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &peer, &line))
    {
      BcastFaultPlan plan = { NULL, };
      gboolean is_needed = self->faults != NULL
                           && bcast_faults_plan (self->faults, get_app_id (hub), peer, &plan);

      bcast_fault_line_follow (line, &plan, now_us);
      if (!is_needed)
        g_hash_table_iter_remove (&iter);
    }
}

/**
 * bcast_hub_set_faults:
 * @hub: an app
 * @faults: (nullable): the faults that are on, of this and other apps; must live until others are set. Is
 *   to be called again when they change
 *
 * Closes sockets and sends errors, and lets go of channel events that no fault holds back any more.
 */
void
bcast_hub_set_faults (BcastHub    *hub,
                      BcastFaults *faults)
{
  g_return_if_fail (BCAST_IS_HUB (hub));

  BcastHubFaults *self = bcast_hub_get_faults (hub);
  g_autoptr(GPtrArray) peers = bcast_hub_list_peers (hub);

  self->faults = faults;
  settle_lines (hub);
  if (faults == NULL)
    g_hash_table_remove_all (self->told);
  for (guint i = 0; i < peers->len; i++)
    bcast_hub_meet_faults (hub, peers->pdata[i]);
}

/* Returns whether the error was not sent to @peer before. */
static gboolean
note_error (BcastHubFaults         *self,
            BcastPeer              *peer,
            const BcastActiveFault *active)
{
  GArray *serials = g_hash_table_lookup (self->told, peer);

  if (serials == NULL)
    {
      serials = g_array_new (FALSE, FALSE, sizeof (guint64));
      g_hash_table_insert (self->told, peer, serials);
    }

  for (guint i = 0; i < serials->len; i++)
    if (g_array_index (serials, guint64, i) == active->serial)
      return FALSE;
  g_array_append_val (serials, active->serial);
  return TRUE;
}

/**
 * bcast_hub_meet_faults:
 * @hub: an app
 * @peer: a socket that is new, or of which more is known than before
 *
 * Closes it or sends it errors, if a fault says so.
 */
void
bcast_hub_meet_faults (BcastHub  *hub,
                       BcastPeer *peer)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && BCAST_IS_PEER (peer));

  BcastHubFaults *self = bcast_hub_get_faults (hub);
  const BcastActiveFault *active;

  if (self->faults == NULL)
    return;

  for (guint i = 0; (active = bcast_faults_get (self->faults, i)) != NULL; i++)
    if (bcast_active_fault_matches (active, BCAST_FAULT_ERROR, get_app_id (hub), peer, NULL)
        && note_error (self, peer, active))
      bcast_peer_send_error (peer, NULL, active->fault->value,
                             _("The fault lab of the sandbox sends this error on purpose."));

  active = bcast_hub_find_fault (hub, BCAST_FAULT_CLOSE, peer);
  if (active != NULL)
    bcast_peer_close (peer, active->fault->value,
                      _("The fault lab of the sandbox closes this connection on purpose."));
}

static void
send_cb (gpointer  peer,
         GBytes   *frame)
{
  bcast_peer_send_frame (peer, frame);
  bcast_hub_add_deliveries (bcast_peer_get_hub (peer), 1);
}

/* Sends @frame as the faults have it. */
static void
deliver (BcastHub  *hub,
         BcastPeer *peer,
         GBytes    *frame,
         gint64     now_us)
{
  BcastHubFaults *self = bcast_hub_get_faults (hub);
  BcastFaultLine *line = g_hash_table_lookup (self->lines, peer);
  BcastFaultPlan plan;
  gboolean is_needed = bcast_faults_plan (self->faults, get_app_id (hub), peer, &plan);

  if (line == NULL && !is_needed)
    {
      send_cb (peer, frame);
      return;
    }

  if (line == NULL)
    {
      line = bcast_fault_line_new (send_cb, peer);
      g_hash_table_insert (self->lines, peer, line);
    }
  if (!bcast_fault_line_push (line, &plan, frame, bcast_peer_get_room (peer), now_us))
    {
      is_needed = FALSE;
      bcast_peer_close (peer, BCAST_CLOSE_OVER_CAPACITY,
                        _("The fault lab of the sandbox holds back more for this client than there is room for."));
    }
  if (!is_needed)
    g_hash_table_remove (self->lines, peer);
}

/**
 * bcast_hub_deliver:
 * @hub: an app
 * @channel: one of its channels
 * @text: the event that an app or a client triggered there
 * @except: (nullable): who does not get it
 *
 * As bcast_hub_channel_send(), but for the faults that channel events have, and counts to how many sockets
 * it is handed.
 */
void
bcast_hub_deliver (BcastHub        *hub,
                   BcastHubChannel *channel,
                   const char      *text,
                   BcastPeer       *except)
{
  if (bcast_hub_list_faults (hub) == NULL)
    {
      bcast_hub_add_deliveries (hub, bcast_hub_channel_send (channel, text, except));
      return;
    }

  g_autoptr(GBytes) frame = bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, text, strlen (text));
  GPtrArray *peers = bcast_hub_channel_get_peers (channel);
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < peers->len; i++)
    if (peers->pdata[i] != except)
      deliver (hub, peers->pdata[i], frame, now_us);
}
