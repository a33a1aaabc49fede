/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bcast_present_over (GtkWidget *widget,
                         GtkWidget *window);

G_END_DECLS
