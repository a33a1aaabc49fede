/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-channel-directory.h"
#include "bcast-channel-panel.h"
#include "bcast-occupied-view.h"
#include "bcast-placeholder.h"
#include "bcast-problem-line.h"

G_BEGIN_DECLS

/**
 * BcastOccupiedView:
 *
 * The channels that the server says are occupied, and beside them the one that is chosen. What can be done with
 * it are actions of the group “channels”, see bcast-occupied-actions.c.
 */
struct _BcastOccupiedView
{
  GtkBox                 parent_instance;

  GtkSearchEntry        *prefix;
  GtkLabel              *live;
  GtkToggleButton       *automatic;
  GtkStack              *refresh_signs;
  GtkSpinner            *spinner;
  BcastProblemLine      *problem;
  GtkPaned              *paned;
  GtkStack              *stack;
  GtkListView           *list;
  BcastPlaceholder      *empty;
  BcastChannelPanel     *panel;

  BcastWorkspace        *workspace;
  BcastChannelDirectory *directory;
  GtkSingleSelection    *selection;
  guint                  timer_id; /* of the next refresh */
  char                  *to_terminate;
};

void bcast_occupied_view_install_actions (GtkWidgetClass    *widget_class);

G_END_DECLS
