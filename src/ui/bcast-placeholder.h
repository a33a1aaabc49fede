/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BCAST_TYPE_PLACEHOLDER (bcast_placeholder_get_type ())

G_DECLARE_FINAL_TYPE (BcastPlaceholder, bcast_placeholder, BCAST, PLACEHOLDER, AdwBin)

void bcast_placeholder_show              (BcastPlaceholder *self,
                                          const char       *icon_name,
                                          const char       *title,
                                          const char       *description,
                                          const char       *button,
                                          const char       *detailed_action);
void bcast_placeholder_show_only_sandbox (BcastPlaceholder *self,
                                          gboolean          is_open,
                                          const char       *reason);

G_END_DECLS
