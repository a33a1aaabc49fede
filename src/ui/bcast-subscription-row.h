/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-client-mirror.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SUBSCRIPTION_ROW (bcast_subscription_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastSubscriptionRow, bcast_subscription_row, BCAST, SUBSCRIPTION_ROW, GtkBox)

GtkWidget  *bcast_subscription_row_new              (void) G_GNUC_WARN_UNUSED_RESULT;
void        bcast_subscription_row_set_subscription (BcastSubscriptionRow    *self,
                                                     BcastSubscriptionMirror *subscription);
GMenuModel *bcast_subscription_row_dup_menu         (BcastSubscriptionRow    *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
