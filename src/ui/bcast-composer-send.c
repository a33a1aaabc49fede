/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-private.h"

#include <glib/gi18n.h>

#include "bcast-event-name.h"
#include "bcast-format.h"

static void
show_error (BcastComposer *self,
            const char    *id,
            const GError  *error)
{
  bcast_problem_line_show (self->problem, id, error->message, NULL, NULL);
}

/* What is on its way. */
typedef struct
{
  BcastComposer *composer; /* its end gives the sending up, and then it is not touched any more */
  GPtrArray     *batch;    /* what leaves the batch once it is accepted, or NULL */
  gboolean       asks_info;
  guint          n_rows;
} Sending;

static void
sending_free (Sending *self)
{
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BcastWorkspace *workspace = BCAST_WORKSPACE (object);
  g_autoptr(Sending) sending = user_data;
  BcastComposer *self = sending->composer;
  g_autoptr(GError) error = NULL;
  gint64 event_id = -1;
  gboolean is_accepted = bcast_workspace_send_finish (workspace, result, &event_id, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (is_accepted && sending->batch != NULL)
    bcast_composer_batch_remove (self->batch, sending->batch);
  if (is_accepted && sending->asks_info && workspace == self->workspace)
    bcast_composer_await_answer (self, event_id, sending->n_rows);
  if (is_accepted)
    g_signal_emit_by_name (self, "sent", event_id);
  else if (workspace == self->workspace)
    show_error (self, "send", error);
}

static void
send_now (BcastComposer *self,
          GPtrArray     *drafts,
          gboolean       is_batch)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->composer = self;
  sending->batch = is_batch ? g_ptr_array_ref (drafts) : NULL;
  for (guint i = 0; i < drafts->len; i++)
    {
      const BcastDraft *draft = g_ptr_array_index (drafts, i);

      sending->n_rows += g_strv_length (draft->channels);
      sending->asks_info |= draft->info != NULL && draft->sender == NULL;
    }
  bcast_problem_line_hide (self->problem);
  bcast_composer_forget_answer (self);
  bcast_workspace_send_batch_async (self->workspace, (const BcastDraft * const *) drafts->pdata, drafts->len,
                                    self->cancellable, sent_cb, sending);
}

static char *
dup_question (BcastComposer *self,
              GPtrArray     *drafts,
              gboolean       is_batch)
{
  const char *profile = bcast_profile_get_name (bcast_workspace_get_profile (self->workspace));
  const BcastDraft *draft = g_ptr_array_index (drafts, 0);
  g_autofree char *channels = bcast_format_names ((const char * const *) draft->channels);

  if (is_batch)
    return g_strdup_printf (ngettext ("“%s” is marked as production. Send %u event to its users?",
                                      "“%s” is marked as production. Send %u events to its users?", drafts->len),
                            profile, drafts->len);
  return g_strdup_printf (_("“%s” is marked as production. Send %s on %s to its users?"), profile, draft->name,
                          channels);
}

/* Production is asked about each time: nobody sends to live users by a slip of the hand. */
static void
ask (BcastComposer *self,
     GPtrArray     *drafts,
     gboolean       is_batch)
{
  g_autofree char *question = dup_question (self, drafts, is_batch);

  g_clear_pointer (&self->pending, g_ptr_array_unref);
  self->pending = g_ptr_array_ref (drafts);
  self->is_batch_pending = is_batch;
  bcast_problem_line_show (self->problem, "production", question, _("Send to Production"),
                           "live.send-confirmed");
}

static void
send_or_ask (BcastComposer *self,
             GPtrArray     *drafts,
             gboolean       is_batch)
{
  if (self->workspace == NULL)
    bcast_problem_line_show (self->problem, "closed",
                             _("No profile is open. Choose one at the top left of the window."), NULL, NULL);
  else if (self->confirms)
    ask (self, drafts, is_batch);
  else
    send_now (self, drafts, is_batch);
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

  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);

  g_ptr_array_add (drafts, bcast_draft_copy (draft));
  send_or_ask (self, drafts, FALSE);
}

static gboolean
check_fields (BcastComposer *self)
{
  g_autoptr(GError) error = NULL;

  if (!bcast_composer_check_channels (self, &error))
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
  if (!bcast_composer_options_check (self->options, &error))
    {
      show_error (self, "excluded", error);
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

  g_autoptr(GPtrArray) drafts = g_steal_pointer (&self->pending);

  if (drafts != NULL && self->workspace != NULL)
    send_now (self, drafts, self->is_batch_pending);
}

/* What an event of a batch may be is checked when it is added: later nobody would know which one is meant. */
static gboolean
check_for_batch (BcastComposer *self)
{
  g_autofree char *sender = bcast_composer_options_dup_sender (self->options);

  if (sender != NULL)
    bcast_problem_line_show (self->problem, "batch",
                             _("A client event cannot go into a batch: it is a message of its own. Under Options, "
                               "choose to send it as the server."), NULL, NULL);
  else if (bcast_data_editor_get_check (self->editor)->form == BCAST_DATA_MALFORMED)
    explain_malformed (self);
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_composer_add_to_batch:
 * @self: a composer
 *
 * Keeps what it holds to be sent together with others, as one event for each channel. What was written
 * stays.
 */
void
bcast_composer_add_to_batch (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  g_auto(GStrv) channels = bcast_composer_dup_channels (self);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);
  g_autoptr(GError) error = NULL;

  if (!is_sendable (self) || !check_fields (self) || !check_for_batch (self))
    {
      gtk_menu_button_popdown (self->batch_button);
      return;
    }
  for (guint i = 0; channels[i] != NULL; i++)
    g_ptr_array_add (drafts, bcast_composer_dup_draft_for (self, (const char *[]) { channels[i], NULL }));
  if (bcast_composer_batch_add (self->batch, drafts, &error))
    return;
  show_error (self, "batch", error);
  gtk_menu_button_popdown (self->batch_button);
}

/**
 * bcast_composer_clear_batch:
 * @self: a composer
 *
 * Takes all events out of the batch.
 */
void
bcast_composer_clear_batch (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  bcast_composer_batch_clear (self->batch);
}

/**
 * bcast_composer_send_batch:
 * @self: a composer
 *
 * Sends all events of the batch. They stay in it unless the server takes all of them.
 */
void
bcast_composer_send_batch (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  g_autoptr(GPtrArray) drafts = bcast_composer_batch_dup_drafts (self->batch);

  gtk_menu_button_popdown (self->batch_button);
  if (drafts->len > 0)
    send_or_ask (self, drafts, TRUE);
  else
    bcast_problem_line_show (self->problem, "batch",
                             _("The batch is empty. Add an event to it first (Ctrl+B)."), NULL, NULL);
}

static void
subscribe_all (BcastComposer  *self,
               const char     *channel,
               GError        **error)
{
  GListModel *clients = self->workspace != NULL ? bcast_workspace_get_clients (self->workspace) : NULL;
  guint n_clients = clients != NULL ? g_list_model_get_n_items (clients) : 0;

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      if (!bcast_workspace_subscribe (self->workspace, client, channel, error))
        return;
    }
}

/**
 * bcast_composer_subscribe:
 * @self: a composer
 *
 * Subscribes all clients to the channels that the event is for.
 */
void
bcast_composer_subscribe (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  g_auto(GStrv) channels = bcast_composer_dup_channels (self);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; channels[i] != NULL && error == NULL; i++)
    subscribe_all (self, channels[i], &error);
  if (error != NULL)
    show_error (self, "subscribe", error);
}
