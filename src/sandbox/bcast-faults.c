/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-faults-private.h"

#include <string.h>

#include "bcast-alarm-private.h"
#include "bcast-hub-channel-private.h"

/**
 * BcastFaults:
 *
 * The faults that are on in the sandbox, in the order in which they were given. Of several of a kind that
 * a socket could have, it has the first. Everything in it is used in one context only.
 */
struct _BcastFaults
{
  GPtrArray          *active; /* BcastActiveFault */
  guint64             last_serial;
  GSource            *alarm;  /* for the next end */
  BcastHeldAnswers   *held;

  BcastFaultsChanged  changed;
  gpointer            user_data;
};

static void
free_active (gpointer data)
{
  BcastActiveFault *active = data;

  bcast_fault_free (active->fault);
  g_free (active);
}

static gboolean
alarm_cb (gpointer user_data)
{
  bcast_faults_run (user_data, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

/**
 * bcast_faults_new:
 * @changed: is told when faults go on and end
 * @user_data: for @changed
 *
 * Returns: (transfer full): no faults; those that will be on end in the thread-default context
 */
BcastFaults *
bcast_faults_new (BcastFaultsChanged changed,
                  gpointer           user_data)
{
  g_return_val_if_fail (changed != NULL, NULL);

  BcastFaults *self = g_new0 (BcastFaults, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->active = g_ptr_array_new_with_free_func (free_active);
  self->held = bcast_held_answers_new ();
  self->alarm = bcast_alarm_new (g_main_context_get_thread_default (), G_PRIORITY_DEFAULT, alarm_cb, self);
  return self;
}

/**
 * bcast_faults_free:
 * @self: (transfer full): faults; nobody is told that they end
 */
void
bcast_faults_free (BcastFaults *self)
{
  g_return_if_fail (self != NULL);

  bcast_alarm_free (self->alarm);
  bcast_held_answers_free (self->held);
  g_ptr_array_unref (self->active);
  g_free (self);
}

static void
set_alarm (BcastFaults *self)
{
  gint64 next_us = G_MAXINT64;

  for (guint i = 0; i < self->active->len; i++)
    next_us = MIN (next_us, bcast_faults_get (self, i)->ends_us);
  g_source_set_ready_time (self->alarm, next_us != G_MAXINT64 ? next_us : -1);
}

static BcastActiveFault *
take_equal (GPtrArray        *faults,
            const BcastFault *fault)
{
  for (guint i = 0; i < faults->len; i++)
    if (bcast_fault_equal (((BcastActiveFault *) faults->pdata[i])->fault, fault))
      return g_ptr_array_steal_index (faults, i);
  return NULL;
}

static BcastActiveFault *
start (BcastFaults      *self,
       const BcastFault *fault)
{
  BcastActiveFault *active = g_new0 (BcastActiveFault, 1);

  active->serial = ++self->last_serial;
  active->fault = bcast_fault_copy (fault);
  return active;
}

/* Tells of those in @started, of type BcastFault, and those in @over, which are not in @self any more. */
static void
tell (BcastFaults *self,
      GPtrArray   *started,
      GPtrArray   *over)
{
  g_autoptr(GPtrArray) ended = g_ptr_array_new ();

  for (guint i = 0; i < over->len; i++)
    {
      const BcastActiveFault *active = over->pdata[i];

      g_ptr_array_add (ended, active->fault);
      bcast_held_answers_release (self->held, active->serial);
    }
  if (started->len + ended->len > 0)
    self->changed (self, started, ended, self->user_data);
}

/**
 * bcast_faults_set:
 * @self: faults
 * @faults: (element-type BcastFault): the faults that are on from now on, in place of those that were
 * @since_us: since when their time runs
 * @now_us: the monotonic clock
 *
 * One that was on already goes on as it was, but for its time. One whose time is over is left out.
 */
void
bcast_faults_set (BcastFaults *self,
                  GPtrArray   *faults,
                  gint64       since_us,
                  gint64       now_us)
{
  g_return_if_fail (self != NULL && faults != NULL);

  g_autoptr(GPtrArray) old = g_steal_pointer (&self->active);
  g_autoptr(GPtrArray) started = g_ptr_array_new ();

  self->active = g_ptr_array_new_with_free_func (free_active);
  for (guint i = 0; i < faults->len; i++)
    {
      const BcastFault *fault = faults->pdata[i];
      gint64 ends_us = fault->duration_ms > 0 ? since_us + fault->duration_ms * (gint64) 1000 : G_MAXINT64;

      if (ends_us <= now_us)
        continue;

      BcastActiveFault *active = take_equal (old, fault);

      if (active == NULL)
        {
          active = start (self, fault);
          g_ptr_array_add (started, active->fault);
        }
      active->ends_us = ends_us;
      g_ptr_array_add (self->active, active);
    }

  set_alarm (self);
  tell (self, started, old);
}

/**
 * bcast_faults_run:
 * @self: faults
 * @now_us: the monotonic clock
 *
 * Ends those whose time is over. Comes by itself at the right time.
 */
void
bcast_faults_run (BcastFaults *self,
                  gint64       now_us)
{
  g_return_if_fail (self != NULL);

  g_autoptr(GPtrArray) over = g_ptr_array_new_with_free_func (free_active);
  g_autoptr(GPtrArray) started = g_ptr_array_new ();

  for (guint i = 0; i < self->active->len;)
    if (bcast_faults_get (self, i)->ends_us <= now_us)
      g_ptr_array_add (over, g_ptr_array_steal_index (self->active, i));
    else
      i++;

  set_alarm (self);
  tell (self, started, over);
}

/**
 * bcast_faults_is_empty:
 * @self: faults
 *
 * Returns: whether none is on
 */
gboolean
bcast_faults_is_empty (BcastFaults *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->active->len == 0;
}

/**
 * bcast_faults_get_held_answers:
 * @self: faults
 *
 * Returns: (transfer none): the answers that the faults hold back; one goes out when its fault ends
 */
BcastHeldAnswers *
bcast_faults_get_held_answers (BcastFaults *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->held;
}

/**
 * bcast_faults_get:
 * @self: faults
 * @index: counts from 0
 *
 * Returns: (nullable): one that is on; %NULL behind the last
 */
const BcastActiveFault *
bcast_faults_get (BcastFaults *self,
                  guint        index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < self->active->len ? self->active->pdata[index] : NULL;
}

static gboolean
is_member (BcastPeer  *peer,
           const char *user_id)
{
  GHashTableIter iter;
  gpointer channel;

  g_hash_table_iter_init (&iter, bcast_peer_get_subscriptions (peer));
  while (g_hash_table_iter_next (&iter, NULL, &channel))
    {
      BcastHubMember *member = bcast_hub_channel_find_peer (channel, peer);

      if (member != NULL && strcmp (member->user_id, user_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_client (const char *client,
           BcastPeer  *peer,
           const char *user_id)
{
  if (g_strcmp0 (user_id, client) == 0)
    return TRUE;
  return peer != NULL
         && (strcmp (bcast_peer_get_socket_id (peer), client) == 0
             || g_strcmp0 (bcast_peer_get_user_id (peer), client) == 0
             || is_member (peer, client));
}

/**
 * bcast_active_fault_matches:
 * @active: a fault
 * @kind: what goes wrong
 * @app_id: (nullable): in which app
 * @peer: (nullable): for which socket
 * @user_id: (nullable): for whom, where that is known beside what is known of @peer
 *
 * Returns: whether @active is that
 */
gboolean
bcast_active_fault_matches (const BcastActiveFault *active,
                            BcastFaultKind          kind,
                            const char             *app_id,
                            BcastPeer              *peer,
                            const char             *user_id)
{
  const BcastFault *fault = active->fault;

  return fault->kind == kind
         && (fault->app_id == NULL || g_strcmp0 (fault->app_id, app_id) == 0)
         && (fault->client == NULL || is_client (fault->client, peer, user_id));
}

/**
 * bcast_faults_find:
 * @self: faults
 * @kind: what goes wrong
 * @app_id: (nullable): in which app
 * @peer: (nullable): for which socket; without one those for one client alone are passed over
 *
 * Returns: (nullable): the first such fault that is on
 */
const BcastActiveFault *
bcast_faults_find (BcastFaults    *self,
                   BcastFaultKind  kind,
                   const char     *app_id,
                   BcastPeer      *peer)
{
  return bcast_faults_find_user (self, kind, app_id, peer, NULL);
}

/**
 * bcast_faults_find_user:
 * @self: faults
 * @kind: what goes wrong
 * @app_id: (nullable): in which app
 * @peer: (nullable): for which socket
 * @user_id: (nullable): for whom, who may not be signed in yet
 *
 * Returns: (nullable): the first such fault that is on
 */
const BcastActiveFault *
bcast_faults_find_user (BcastFaults    *self,
                        BcastFaultKind  kind,
                        const char     *app_id,
                        BcastPeer      *peer,
                        const char     *user_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->active->len; i++)
    if (bcast_active_fault_matches (self->active->pdata[i], kind, app_id, peer, user_id))
      return self->active->pdata[i];
  return NULL;
}

/**
 * bcast_faults_plan:
 * @self: faults
 * @app_id: in which app
 * @peer: for which socket
 * @plan: (out): what happens to the channel events for @peer
 *
 * Returns: whether anything happens to them
 */
gboolean
bcast_faults_plan (BcastFaults    *self,
                   const char     *app_id,
                   BcastPeer      *peer,
                   BcastFaultPlan *plan)
{
  g_return_val_if_fail (self != NULL && BCAST_IS_PEER (peer) && plan != NULL, FALSE);

  plan->delay = bcast_faults_find (self, BCAST_FAULT_DELAY, app_id, peer);
  plan->duplicate = bcast_faults_find (self, BCAST_FAULT_DUPLICATE, app_id, peer);
  plan->reorder = bcast_faults_find (self, BCAST_FAULT_REORDER, app_id, peer);
  plan->drop = bcast_faults_find (self, BCAST_FAULT_DROP, app_id, peer);
  return plan->delay != NULL || plan->duplicate != NULL || plan->reorder != NULL || plan->drop != NULL;
}
