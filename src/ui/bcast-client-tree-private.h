/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-tree.h"

#include "bcast-client-list.h"
#include "bcast-client-watch.h"
#include "bcast-member-view.h"
#include "bcast-problem-line.h"
#include "bcast-subscribe-bar.h"

G_BEGIN_DECLS

struct _BcastClientTree
{
  GtkBox              parent_instance;

  BcastSubscribeBar  *subscribe_bar;
  BcastProblemLine   *problem;
  BcastClientList    *list;
  GtkWidget          *empty; /* what is offered without clients */
  BcastMemberView    *members;

  BcastWorkspace     *workspace;
  BcastClientWatch   *watch;
  char               *to_terminate; /* the user about whom was asked; %NULL for none */
};

void bcast_client_tree_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
