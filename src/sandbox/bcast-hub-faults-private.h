/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-faults-private.h"
#include "bcast-hub-channel-private.h"

G_BEGIN_DECLS

typedef struct _BcastHubFaults BcastHubFaults;

BcastHubFaults         *bcast_hub_faults_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_hub_faults_free   (BcastHubFaults  *self);
void                    bcast_hub_faults_forget (BcastHubFaults  *self,
                                                 BcastPeer       *peer);

void                    bcast_hub_set_faults    (BcastHub        *hub,
                                                 BcastFaults     *faults);
BcastFaults            *bcast_hub_list_faults   (BcastHub        *hub);
const BcastActiveFault *bcast_hub_find_fault    (BcastHub        *hub,
                                                 BcastFaultKind   kind,
                                                 BcastPeer       *peer);
void                    bcast_hub_meet_faults   (BcastHub        *hub,
                                                 BcastPeer       *peer);
void                    bcast_hub_deliver       (BcastHub        *hub,
                                                 BcastHubChannel *channel,
                                                 const char      *text,
                                                 BcastPeer       *except);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastHubFaults, bcast_hub_faults_free)

G_END_DECLS
