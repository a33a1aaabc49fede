/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_COPY_BUTTON (bcast_copy_button_get_type ())

/* Properties: "text" (what is copied; NULL makes it insensitive), "purpose" (what it
 * does, translated: "Copy the digest") */
G_DECLARE_FINAL_TYPE (BcastCopyButton, bcast_copy_button, BCAST, COPY_BUTTON, GtkButton)

void bcast_copy_button_set_text (BcastCopyButton *self,
                                 const char      *text);

G_END_DECLS
