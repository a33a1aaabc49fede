/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-keeper-private.h"

#include <glib/gi18n.h>

#include "bcast-cast-file.h"
#include "bcast-error.h"
#include "bcast-secret-bundle.h"
#include "bcast-session-notices.h"

void
bcast_client_keeper_written_set (BcastClientWritten *self,
                                 const char         *text,
                                 const char         *secrets)
{
  g_autofree char *old_text = self->text;
  char *old_secrets = self->secrets;

  self->text = g_strdup (text);
  self->secrets = g_strdup (secrets);
  bcast_secret_free (old_secrets);
}

static void
close_done (BcastClientKeeper *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->closing);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_task_return_boolean (task, TRUE);
}

static void
done (BcastClientKeeper *self)
{
  gboolean is_late = self->is_late;

  self->is_saving = FALSE;
  self->is_late = FALSE;
  if (is_late)
    bcast_client_keeper_save (self);
  else if (self->closing != NULL)
    close_done (self);
}

static void
secrets_kept_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BcastClientKeeper) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_kept = self->tried.secrets != NULL ? bcast_secret_store_store_finish (self->store, result, &error)
                                                 : bcast_secret_store_clear_finish (self->store, result, &error);

  if (is_kept)
    bcast_client_keeper_written_set (&self->saved, self->saved.text, self->tried.secrets);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bcast_session_notices_tell_secret_problem (self->notices, error);
  done (self);
}

/* Written over they would be gone, and with them those of the other clients. */
static void
spare_unread_secrets (BcastClientKeeper *self)
{
  g_autoptr(GError) error = NULL;

  error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                               _("The secrets of the clients could not be read when the profile was opened, so that "
                                 "what is entered now is not remembered. Open the profile again once they can be."));
  bcast_session_notices_tell_secret_problem (self->notices, error);
  done (self);
}

static void
keep_secrets (BcastClientKeeper *self)
{
  const char *id = bcast_profile_get_id (self->profile);
  const char *secrets = self->tried.secrets;

  if (g_strcmp0 (secrets, self->saved.secrets) == 0)
    done (self);
  else if (!self->is_sure)
    spare_unread_secrets (self);
  else if (secrets == NULL)
    bcast_secret_store_clear_async (self->store, id, BCAST_SECRET_KIND_CLIENTS, self->patience, secrets_kept_cb,
                                    g_object_ref (self));
  else
    {
      g_autofree char *label = bcast_secret_kind_dup_label (BCAST_SECRET_KIND_CLIENTS,
                                                            bcast_profile_get_name (self->profile));

      bcast_secret_store_store_async (self->store, id, BCAST_SECRET_KIND_CLIENTS, label, secrets, self->patience,
                                      secrets_kept_cb, g_object_ref (self));
    }
}

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  BcastClientKeeper *self = source_object; /* its path never changes */
  g_autoptr(GError) error = NULL;

  if (bcast_cast_file_save (self->path, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
text_kept_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BcastClientKeeper *self = BCAST_CLIENT_KEEPER (object);
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      bcast_client_keeper_written_set (&self->saved, self->tried.text, self->saved.secrets);
      g_clear_pointer (&self->ready_text, g_free);
    }
  bcast_session_notices_tell_clients (self->notices, error);
  keep_secrets (self);
}

static void
keep_text (BcastClientKeeper *self)
{
  g_autoptr(GTask) task = NULL;

  if (g_strcmp0 (self->tried.text, self->saved.text) == 0)
    {
      keep_secrets (self);
      return;
    }
  task = g_task_new (self, NULL, text_kept_cb, NULL);
  g_task_set_source_tag (task, keep_text);
  g_task_set_task_data (task, g_strdup (self->tried.text), g_free);
  g_task_run_in_thread (task, write_in_thread);
}

/* Begins to keep what is different by now. What failed is tried again with the next change, and at the end. */
void
bcast_client_keeper_save (BcastClientKeeper *self)
{
  g_autoptr(BcastCast) cast = self->last != NULL ? g_steal_pointer (&self->last)
                                                 : bcast_workspace_dup_cast (self->workspace);
  const BcastClientWritten *before = self->closing != NULL ? &self->saved : &self->tried;
  g_autofree char *text = bcast_cast_format (cast);
  char *secrets = bcast_cast_format_secrets (cast);
  gboolean is_same = g_strcmp0 (text, before->text) == 0 && g_strcmp0 (secrets, before->secrets) == 0;
  gboolean is_ready = g_strcmp0 (text, self->ready_text) == 0 && secrets == NULL;

  self->is_saving = TRUE;
  if (is_same || is_ready)
    done (self);
  else
    {
      bcast_client_keeper_written_set (&self->tried, text, secrets);
      keep_text (self);
    }
  bcast_secret_free (secrets);
}
