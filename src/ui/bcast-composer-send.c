/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-private.h"

#include <glib/gi18n.h>

#include "bcast-event-name.h"

static void
show_error (BcastComposer *self,
            const char    *id,
            const GError  *error)
{
  bcast_problem_line_show (self->problem, id, error->message, NULL, NULL);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BcastWorkspace *workspace = BCAST_WORKSPACE (object);
  BcastComposer *self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 event_id = -1;
  gboolean is_accepted = bcast_workspace_send_finish (workspace, result, &event_id, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (is_accepted)
    g_signal_emit_by_name (self, "sent", event_id);
  else if (workspace == self->workspace)
    show_error (self, "send", error);
}

static void
send_now (BcastComposer    *self,
          const BcastDraft *draft)
{
  bcast_problem_line_hide (self->problem);
  bcast_workspace_send_async (self->workspace, draft, self->cancellable, sent_cb, self);
}

/* Production is asked about each time: nobody sends to live users by a slip of the hand. */
static void
ask (BcastComposer    *self,
     const BcastDraft *draft)
{
  const char *name = bcast_profile_get_name (bcast_workspace_get_profile (self->workspace));
  g_autofree char *question = g_strdup_printf (_("“%s” is marked as production. Send %s on %s to its users?"),
                                               name, draft->name, draft->channels[0]);

  g_clear_pointer (&self->pending, bcast_draft_free);
  self->pending = bcast_draft_copy (draft);
  bcast_problem_line_show (self->problem, "production", question, _("Send to Production"),
                           "live.send-confirmed");
}

/**
 * bcast_composer_send_draft:
 * @self: a composer
 * @draft: what to send; what the user has written is left alone
 *
 * Sends an event, such as an earlier one once more. What goes wrong is said in the composer.
 */
void
bcast_composer_send_draft (BcastComposer    *self,
                           const BcastDraft *draft)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));
  g_return_if_fail (draft != NULL);

  if (self->workspace == NULL)
    bcast_problem_line_show (self->problem, "closed",
                             _("No profile is open. Choose one at the top left of the window."), NULL, NULL);
  else if (self->confirms)
    ask (self, draft);
  else
    send_now (self, draft);
}

static gboolean
check_fields (BcastComposer *self)
{
  g_autoptr(GError) error = NULL;

  if (!bcast_channel_input_check (self->input, &error))
    {
      show_error (self, "channel", error);
      gtk_widget_grab_focus (GTK_WIDGET (self->channel_entry));
      return FALSE;
    }
  if (!bcast_event_name_check (gtk_editable_get_text (self->event_entry), &error))
    {
      show_error (self, "event", error);
      gtk_widget_grab_focus (GTK_WIDGET (self->event_entry));
      return FALSE;
    }
  return TRUE;
}

static void
explain_malformed (BcastComposer *self)
{
  const BcastDataCheck *check = bcast_data_editor_get_check (self->editor);
  g_autofree char *text = g_strdup_printf (_("Not sent: the data begins like JSON, but is none. "
                                             "Line %u, column %u: %s Mend it, or send it as plain text."),
                                           check->line, check->column, check->error);

  bcast_problem_line_show (self->problem, "malformed", text, NULL, NULL);
  bcast_data_editor_go_wrong (self->editor);
}

/* The button is insensitive while the data is too large; the keyboard shortcut ends here. */
static gboolean
is_sendable (BcastComposer *self)
{
  return self->workspace == NULL || gtk_widget_get_sensitive (self->send_button);
}

/**
 * bcast_composer_send:
 * @self: a composer
 *
 * Sends what it holds. What begins like JSON and is none is explained and not sent.
 */
void
bcast_composer_send (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  if (!is_sendable (self) || !check_fields (self))
    return;
  if (bcast_data_editor_get_check (self->editor)->form == BCAST_DATA_MALFORMED)
    explain_malformed (self);
  else
    bcast_composer_send_as_text (self);
}

/**
 * bcast_composer_send_as_text:
 * @self: a composer
 *
 * Sends what it holds, whatever the data looks like.
 */
void
bcast_composer_send_as_text (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  g_autoptr(BcastDraft) draft = NULL;

  if (!is_sendable (self) || !check_fields (self))
    return;
  draft = bcast_composer_dup_draft (self);
  bcast_composer_send_draft (self, draft);
}

/**
 * bcast_composer_send_confirmed:
 * @self: a composer
 *
 * Sends what waits for a confirmation.
 */
void
bcast_composer_send_confirmed (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  g_autoptr(BcastDraft) draft = g_steal_pointer (&self->pending);

  if (draft != NULL && self->workspace != NULL)
    send_now (self, draft);
}

/**
 * bcast_composer_subscribe:
 * @self: a composer
 *
 * Subscribes all clients to the channel that the event is for.
 */
void
bcast_composer_subscribe (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  g_autofree char *channel = bcast_channel_input_dup_name (self->input);
  g_autoptr(GError) error = NULL;
  GListModel *clients = self->workspace != NULL ? bcast_workspace_get_clients (self->workspace) : NULL;
  guint n_clients = clients != NULL ? g_list_model_get_n_items (clients) : 0;

  for (guint i = 0; i < n_clients && error == NULL; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      bcast_workspace_subscribe (self->workspace, client, channel, &error);
    }
  if (error != NULL)
    show_error (self, "subscribe", error);
}
