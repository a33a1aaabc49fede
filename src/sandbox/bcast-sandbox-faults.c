/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

typedef struct
{
  BcastSandbox *sandbox;
  GPtrArray    *faults;
  gint64        since_us;
} FaultsChange;

static GPtrArray *
copy_faults (GPtrArray *faults)
{
  GPtrArray *copies = bcast_fault_array_new ();

  for (guint i = 0; i < faults->len; i++)
    g_ptr_array_add (copies, bcast_fault_copy (faults->pdata[i]));
  return copies;
}

static gboolean
are_good (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    if (!bcast_fault_check (faults->pdata[i], NULL))
      return FALSE;
  return faults->len <= BCAST_SANDBOX_MAX_FAULTS;
}

static gboolean
change_cb (gpointer user_data)
{
  FaultsChange *change = user_data;

  if (change->sandbox->server != NULL)
    bcast_sandbox_server_set_faults (change->sandbox->server, change->faults, change->since_us);
  return G_SOURCE_REMOVE;
}

static void
free_change (gpointer user_data)
{
  FaultsChange *change = user_data;

  g_ptr_array_unref (change->faults);
  g_free (change);
}

/**
 * bcast_sandbox_set_faults:
 * @self: a sandbox
 * @faults: (element-type BcastFault): what goes wrong on purpose, %BCAST_SANDBOX_MAX_FAULTS at most, each as
 *   bcast_fault_check() finds it good; copied
 *
 * Takes the place of the faults that there were; one that is among both goes on, and its time begins anew.
 * Time limits count from now on, or from the first start. That faults go on and end is reported.
 */
void
bcast_sandbox_set_faults (BcastSandbox *self,
                          GPtrArray    *faults)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && faults != NULL && are_good (faults));

  g_ptr_array_unref (self->faults);
  self->faults = copy_faults (faults);
  self->faults_since_us = 0;
  if (!bcast_sandbox_is_running (self))
    return;

  FaultsChange *change = g_new0 (FaultsChange, 1);

  self->faults_since_us = g_get_monotonic_time ();
  change->sandbox = self;
  change->faults = copy_faults (faults);
  change->since_us = self->faults_since_us;
  bcast_sandbox_invoke (self, change_cb, change, free_change);
}

/**
 * bcast_sandbox_start_faults:
 * @self: a sandbox whose server was made and does not run yet
 *
 * Faults with a time limit that were on before the sandbox stopped do not last longer for it.
 */
void
bcast_sandbox_start_faults (BcastSandbox *self)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && self->server != NULL);

  if (self->faults_since_us == 0)
    self->faults_since_us = g_get_monotonic_time ();
  bcast_sandbox_server_set_faults (self->server, self->faults, self->faults_since_us);
}
