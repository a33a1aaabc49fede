/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "await.h"

void
outcome_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *self = user_data;

  g_assert_null (self->result);
  self->source = g_object_ref (object);
  self->result = g_object_ref (result);
}

void
outcome_clear (Outcome *self)
{
  g_clear_object (&self->source);
  g_clear_object (&self->result);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* One turn of the main context, which ends now and then even if nothing happens. */
gboolean
wait_step (gint64 deadline_us)
{
  guint id = g_timeout_add (20, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  return g_get_monotonic_time () < deadline_us;
}

/* Gives @object up, and waits for what libraries do in its name to end. */
void
wait_for_gone (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  WAIT_FOR (weak == NULL);
}
