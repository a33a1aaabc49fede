/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bcast_no_hyphens_follow (GtkTextBuffer *buffer);

G_END_DECLS
