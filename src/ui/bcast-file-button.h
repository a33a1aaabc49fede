/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_FILE_BUTTON (bcast_file_button_get_type ())

/* Properties: "target" (a GtkEditable that takes the path of the file), "purpose" (what the file is
 * chosen for, translated: the title of the chooser) */
G_DECLARE_FINAL_TYPE (BcastFileButton, bcast_file_button, BCAST, FILE_BUTTON, GtkButton)

G_END_DECLS
