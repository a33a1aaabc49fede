/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *bcast_channel_style_get_icon_name (const char *channel);
const char *bcast_channel_style_get_word      (const char *channel);
void        bcast_channel_style_set_chip      (GtkLabel   *chip,
                                               const char *channel);

G_END_DECLS
