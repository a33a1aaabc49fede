/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-live-shortcuts.h"

#include <glib/gi18n.h>

static const BcastShortcut shortcuts[] = {
  { N_("Live"), N_("Send the event"), "<Control>Return <Control>KP_Enter", "live.send" },
  { NULL, N_("Write an event"), "<Control>e", "live.focus-composer" },
  { NULL, N_("Add the event to the batch"), "<Control>b", "live.add-to-batch" },
  { NULL, N_("Send the batch"), "<Control><Shift>b", "live.send-batch" },
  { NULL, N_("Tidy the JSON"), "<Control><Shift>Return", "live.tidy" },
  { NULL, N_("Minify the JSON"), "<Control><Shift>m", "live.minify" },
  { NULL, N_("Subscribe to a channel"), "<Control>l", "live.focus-subscribe" },
  { NULL, N_("Unsubscribe from the selected channel"), "Delete", NULL },
  { NULL, N_("Add a client"), "<Control>n", "live.add-client" },
  { NULL, N_("Send the selected event again"), "<Control>r", "live.send-again" },
  { NULL, N_("Edit the selected event as a new one"), "<Control><Shift>r", "live.edit-as-new" },
  { NULL, N_("Copy the data of the selected event"), "<Control><Shift>c", "live.copy" },
  { NULL, N_("Copy the frame of the selected event"), "<Control><Shift>f", "live.copy-frame" },
  { NULL, N_("Go to the newest event"), "<Alt>End", "live.newest" },
  { NULL, N_("Show or hide the clients"), "F9", "live.toggle-clients" },
  { NULL, N_("Show or hide the inspector"), "<Control>F9", "live.toggle-inspector" },
};

/**
 * bcast_live_shortcuts_get:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: (array length=n_shortcuts): the shortcuts of the Live page
 */
const BcastShortcut *
bcast_live_shortcuts_get (guint *n_shortcuts)
{
  g_return_val_if_fail (n_shortcuts != NULL, NULL);

  *n_shortcuts = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}
