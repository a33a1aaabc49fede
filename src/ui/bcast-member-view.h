/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_MEMBER_VIEW (bcast_member_view_get_type ())

G_DECLARE_FINAL_TYPE (BcastMemberView, bcast_member_view, BCAST, MEMBER_VIEW, GtkBox)

void bcast_member_view_show (BcastMemberView         *self,
                             BcastWorkspace          *workspace,
                             BcastSubscriptionMirror *subscription);

G_END_DECLS
