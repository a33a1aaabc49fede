/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-report.h"

G_BEGIN_DECLS

typedef struct _BcastHub BcastHub;
typedef struct _BcastHubObservers BcastHubObservers;

/* Is told what happens while it happens: it may look at the hub, and must not change it. What @report
 * points at is there for the time of the call. */
typedef void (*BcastHubObserver) (BcastHub          *hub,
                                  const BcastReport *report,
                                  gpointer           user_data);

BcastHubObservers *bcast_hub_observers_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_hub_observers_free  (BcastHubObservers *self);

void               bcast_hub_add_observer    (BcastHub          *hub,
                                              BcastHubObserver   observer,
                                              gpointer           user_data);
void               bcast_hub_remove_observer (BcastHub          *hub,
                                              BcastHubObserver   observer,
                                              gpointer           user_data);
void               bcast_hub_report          (BcastHub          *hub,
                                              const BcastReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastHubObservers, bcast_hub_observers_free)

G_END_DECLS
