/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-signing.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SIGNING_LEGEND (bcast_signing_legend_get_type ())

G_DECLARE_FINAL_TYPE (BcastSigningLegend, bcast_signing_legend, BCAST, SIGNING_LEGEND, GtkGrid)

GtkWidget     *bcast_signing_legend_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_signing_legend_set_parts       (BcastSigningLegend *self,
                                                     GPtrArray          *parts,
                                                     gboolean            dark);
PangoAttrList *bcast_signing_legend_dup_attributes  (GPtrArray          *parts,
                                                     gboolean            dark) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
