/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hosted-apps-private.h"

G_BEGIN_DECLS

typedef struct _BcastFaultLab BcastFaultLab;

BcastFaultLab *bcast_fault_lab_new   (BcastHostedApps *apps) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_fault_lab_free  (BcastFaultLab   *self);

void           bcast_fault_lab_set   (BcastFaultLab   *self,
                                      GPtrArray       *faults,
                                      gint64           since_us);
void           bcast_fault_lab_apply (BcastFaultLab   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastFaultLab, bcast_fault_lab_free)

G_END_DECLS
