/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connection-state.h"

#include <glib/gi18n.h>

/* Each state has a shape of its own beside its colour. */
static const struct
{
  const char *label;
  const char *icon_name;
  const char *css_class;
  gboolean    wanted;
} states[] = {
  [BCAST_CLIENT_INITIALIZED] = { N_("Not connected"), "bcast-dot-off-symbolic", "dim-label", FALSE },
  [BCAST_CLIENT_CONNECTING] = { N_("Connecting…"), "bcast-dot-busy-symbolic", "warning", TRUE },
  [BCAST_CLIENT_CONNECTED] = { N_("Connected"), "bcast-dot-on-symbolic", "success", TRUE },
  [BCAST_CLIENT_UNAVAILABLE] = { N_("Unavailable, trying again"), "bcast-dot-broken-symbolic", "warning", TRUE },
  [BCAST_CLIENT_FAILED] = { N_("Failed"), "bcast-dot-failed-symbolic", "error", FALSE },
  [BCAST_CLIENT_DISCONNECTED] = { N_("Disconnected"), "bcast-dot-off-symbolic", "dim-label", FALSE },
};

/**
 * bcast_connection_state_get_label:
 * @state: a connection state
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
bcast_connection_state_get_label (BcastClientState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), "");

  return _(states[state].label);
}

/**
 * bcast_connection_state_is_wanted:
 * @state: a connection state
 *
 * Returns: whether a connection stands or is being made, so that the next thing a person can do is
 *   to end it
 */
gboolean
bcast_connection_state_is_wanted (BcastClientState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), FALSE);

  return states[state].wanted;
}

/**
 * bcast_connection_state_show:
 * @state: a connection state
 * @dot: the image that shows it
 *
 * Gives @dot the shape and colour of @state. A text beside it has to name the state.
 */
void
bcast_connection_state_show (BcastClientState  state,
                             GtkImage         *dot)
{
  g_return_if_fail ((guint) state < G_N_ELEMENTS (states));
  g_return_if_fail (GTK_IS_IMAGE (dot));

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (dot), states[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (dot), states[state].css_class);
  gtk_image_set_from_icon_name (dot, states[state].icon_name);
}
