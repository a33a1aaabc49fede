/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *bcast_inspector_section_new (const char *title,
                                        const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
