/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-fault.h"
#include "bcast-held-answers-private.h"
#include "bcast-peer-private.h"

G_BEGIN_DECLS

/**
 * BcastActiveFault:
 * @serial: another number for each fault that ever was on; never 0
 * @ends_us: when it ends, on the monotonic clock; %G_MAXINT64 without an end
 * @fault: what it is
 *
 * A fault that is on.
 */
typedef struct
{
  guint64     serial;
  gint64      ends_us;
  BcastFault *fault;
} BcastActiveFault;

/**
 * BcastFaultPlan:
 * @delay: (nullable): how late its channel events come
 * @duplicate: (nullable): which of them come twice
 * @reorder: (nullable): how many of them come in reverse
 * @drop: (nullable): which of them are lost
 *
 * What happens to the channel events for one socket.
 */
typedef struct
{
  const BcastActiveFault *delay;
  const BcastActiveFault *duplicate;
  const BcastActiveFault *reorder;
  const BcastActiveFault *drop;
} BcastFaultPlan;

typedef struct _BcastFaults BcastFaults;

/* Faults went on or ended: @started and @ended have elements of type BcastFault, for the call. */
typedef void (*BcastFaultsChanged) (BcastFaults *faults,
                                    GPtrArray   *started,
                                    GPtrArray   *ended,
                                    gpointer     user_data);

BcastFaults *bcast_faults_new      (BcastFaultsChanged  changed,
                                    gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;
void         bcast_faults_free     (BcastFaults        *self);

void         bcast_faults_set      (BcastFaults        *self,
                                    GPtrArray          *faults,
                                    gint64              since_us,
                                    gint64              now_us);
void         bcast_faults_run      (BcastFaults        *self,
                                    gint64              now_us);
gboolean     bcast_faults_is_empty (BcastFaults        *self);
BcastHeldAnswers *bcast_faults_get_held_answers (BcastFaults *self);

const BcastActiveFault *bcast_faults_get       (BcastFaults             *self,
                                                guint                    index);
const BcastActiveFault *bcast_faults_find      (BcastFaults             *self,
                                                BcastFaultKind           kind,
                                                const char              *app_id,
                                                BcastPeer               *peer);
const BcastActiveFault *bcast_faults_find_user (BcastFaults             *self,
                                                BcastFaultKind           kind,
                                                const char              *app_id,
                                                BcastPeer               *peer,
                                                const char              *user_id);
gboolean                bcast_faults_plan      (BcastFaults             *self,
                                                const char              *app_id,
                                                BcastPeer               *peer,
                                                BcastFaultPlan          *plan);
gboolean                bcast_active_fault_matches (const BcastActiveFault *active,
                                                BcastFaultKind           kind,
                                                const char              *app_id,
                                                BcastPeer               *peer,
                                                const char              *user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastFaults, bcast_faults_free)

G_END_DECLS
