/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FanoutPublisher FanoutPublisher;

FanoutPublisher *fanout_publisher_new  (guint16            port,
                                        const char        *channel,
                                        guint              events_per_request,
                                        guint              n_connections,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void             fanout_publisher_free (FanoutPublisher   *self);
gboolean         fanout_publisher_run  (FanoutPublisher   *self,
                                        guint              n_events,
                                        GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FanoutPublisher, fanout_publisher_free)

G_END_DECLS
