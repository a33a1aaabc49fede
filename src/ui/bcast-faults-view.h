/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_FAULTS_VIEW (bcast_faults_view_get_type ())

/* Property with notification: "n-faults" (uint, how many are on). */
G_DECLARE_FINAL_TYPE (BcastFaultsView, bcast_faults_view, BCAST, FAULTS_VIEW, AdwBin)

void  bcast_faults_view_set_workspace (BcastFaultsView *self,
                                       BcastWorkspace  *workspace);
void  bcast_faults_view_end_all       (BcastFaultsView *self);
guint bcast_faults_view_get_n_faults  (BcastFaultsView *self);

G_END_DECLS
