/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-source-style.h"

#include <adwaita.h>

static void
dark_changed_cb (GtkSourceBuffer *buffer)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme *scheme =
    gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (),
                                                is_dark ? "Adwaita-dark" : "Adwaita");

  gtk_source_buffer_set_style_scheme (buffer, scheme);
}

/**
 * bcast_source_style_follow:
 * @buffer: a source buffer
 *
 * Gives the buffer the colours of the desktop's light or dark style, for as long as it lives.
 */
void
bcast_source_style_follow (GtkSourceBuffer *buffer)
{
  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (dark_changed_cb), buffer, G_CONNECT_SWAPPED);
  dark_changed_cb (buffer);
}
