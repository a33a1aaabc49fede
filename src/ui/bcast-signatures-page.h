/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SIGNATURES_PAGE (bcast_signatures_page_get_type ())

G_DECLARE_FINAL_TYPE (BcastSignaturesPage, bcast_signatures_page, BCAST, SIGNATURES_PAGE, GtkWidget)

GtkWidget *bcast_signatures_page_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_signatures_page_set_workspace (BcastSignaturesPage *self,
                                                BcastWorkspace      *workspace);
void       bcast_signatures_page_set_width     (BcastSignaturesPage *self,
                                                int                  width);

G_END_DECLS
