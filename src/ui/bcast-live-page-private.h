/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-live-page.h"

#include "bcast-client-tree.h"
#include "bcast-composer.h"
#include "bcast-inspector.h"
#include "bcast-live-panes.h"
#include "bcast-timeline.h"

G_BEGIN_DECLS

struct _BcastLivePage
{
  AdwBin           parent_instance;

  BcastLivePanes  *panes;
  BcastClientTree *tree;
  AdwToastOverlay *toasts;
  GtkPaned        *center;
  BcastTimeline   *timeline;
  BcastComposer   *composer;
  BcastInspector  *inspector;

  BcastWorkspace  *workspace;
  BcastEvent      *selected;
  gint64           sent_id;  /* to be selected once it is in the timeline, -1 for none */
  guint            tick_id;
  guint            place_id;
  int              composer_height; /* as the user last left it; 0 for no more than it needs */
  int              center_height;   /* when the handle last moved */
  gboolean         narrow;
  gboolean         stale;    /* the journal had news while the page was out of view */
};

void bcast_live_page_install_actions (GtkWidgetClass *widget_class);
void bcast_live_page_update_actions  (BcastLivePage  *self);

void bcast_live_page_set_narrow          (BcastLivePage *self,
                                          gboolean       narrow);
void bcast_live_page_set_composer_height (BcastLivePage *self,
                                          int            height);
void bcast_live_page_place_composer      (BcastLivePage *self);
void bcast_live_page_composer_moved_cb   (BcastLivePage *self);

G_END_DECLS
