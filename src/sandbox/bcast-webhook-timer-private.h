/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bcast_webhook_timer_start (GSource     **timer,
                                guint         delay_ms,
                                GSourceFunc   func,
                                gpointer      user_data);
void bcast_webhook_timer_stop  (GSource     **timer);

G_END_DECLS
