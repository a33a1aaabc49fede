/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GSource *bcast_alarm_new  (GMainContext *context,
                           int           priority,
                           GSourceFunc   func,
                           gpointer      user_data) G_GNUC_WARN_UNUSED_RESULT;
void     bcast_alarm_free (GSource      *alarm);

G_END_DECLS
