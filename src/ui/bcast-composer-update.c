/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says while an event is written whether it can be sent, how, and who will receive it. */

#include "bcast-composer-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-composer-note.h"
#include "bcast-event-name.h"
#include "bcast-format.h"
#include "bcast-limits.h"

static void
mark (GtkEditable *entry,
      gboolean     is_wrong)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
}

/* What is still empty is not wrong yet: it is only said when the user wants to send. */
static GError *
check_names (BcastComposer *self)
{
  g_autoptr(GError) channel_error = NULL;
  g_autoptr(GError) event_error = NULL;
  const char *event = gtk_editable_get_text (self->event_entry);

  if (bcast_composer_has_channels (self))
    bcast_composer_check_channels (self, &channel_error);
  if (*event != '\0')
    bcast_event_name_check (event, &event_error);

  mark (self->channel_entry, channel_error != NULL);
  mark (self->event_entry, event_error != NULL);
  return channel_error != NULL ? g_steal_pointer (&channel_error) : g_steal_pointer (&event_error);
}

static void
update_receivers (BcastComposer *self)
{
  g_autoptr(GError) error = check_names (self);

  if (error != NULL)
    bcast_composer_status_show_problem (self->status, error->message);
  else if (self->workspace == NULL || !bcast_composer_has_channels (self))
    bcast_composer_status_show_receivers (self->status, NULL, 0);
  else
    {
      g_autoptr(BcastDraft) draft = bcast_composer_dup_draft (self);
      g_auto(GStrv) receivers = bcast_workspace_dup_receivers (self->workspace, draft);

      bcast_composer_status_show_receivers (self->status, (const char * const *) receivers,
                                            bcast_workspace_get_stats (self->workspace).n_clients);
    }
}

static void
update_note (BcastComposer *self)
{
  g_autofree char *sender = bcast_composer_options_dup_sender (self->options);
  g_auto(GStrv) channels = bcast_composer_dup_channels (self);
  gboolean is_warning = FALSE;
  g_autofree char *note = NULL;

  if (self->workspace != NULL && sender == NULL && bcast_composer_has_channels (self))
    note = bcast_composer_note_new (self->workspace, (const char * const *) channels, &is_warning);
  bcast_composer_status_show_note (self->status, note, is_warning);
}

static void
update_size (BcastComposer *self)
{
  const BcastDataCheck *check = bcast_data_editor_get_check (self->editor);
  g_autofree char *text = bcast_data_editor_dup_text (self->editor);
  gboolean compact = bcast_composer_options_get_compact (self->options);
  g_autofree char *wire = bcast_data_check_dup_wire (text, check->form, compact);
  gsize size_bytes = strlen (wire);
  gboolean is_large = size_bytes > BCAST_LIMIT_DATA_BYTES;
  gboolean says_so = g_strcmp0 (bcast_problem_line_get_id (self->problem), "large") == 0;

  bcast_composer_status_show_check (self->status, check, *text == '\0');
  bcast_composer_status_show_size (self->status, size_bytes, strlen (text));
  gtk_widget_set_sensitive (self->send_button, !is_large && self->workspace != NULL);

  if (is_large)
    {
      g_autofree char *excess = bcast_format_size (size_bytes - BCAST_LIMIT_DATA_BYTES);
      g_autofree char *limit = bcast_format_size (BCAST_LIMIT_DATA_BYTES);
      g_autofree char *problem = g_strdup_printf (_("The data is %s over the limit of %s, and a server would "
                                                    "refuse it. Shorten it, or send a link to it."),
                                                  excess, limit);

      bcast_problem_line_show (self->problem, "large", problem, NULL, NULL);
    }
  else if (says_so)
    bcast_problem_line_hide (self->problem);
}

/* A pane that grew for what the composer had to say keeps that height until it is told. */
static void
tell_if_shrunk (BcastComposer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int minimum;

  if (width == 0)
    return;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  if (minimum < self->minimum)
    g_signal_emit_by_name (self, "shrunk");
  self->minimum = minimum;
}

/*
 * bcast_composer_update:
 * @self: a composer
 *
 * Says anew whether the event can be sent and who will receive it.
 */
void
bcast_composer_update (BcastComposer *self)
{
  if (self->input == NULL || self->loading)
    return;
  update_size (self);
  update_receivers (self);
  update_note (self);
  bcast_composer_update_channel_hint (self);
  tell_if_shrunk (self);
}

/*
 * bcast_composer_update_server:
 * @self: a composer
 *
 * Offers what the server has. Which one it is becomes known with its first answers.
 */
void
bcast_composer_update_server (BcastComposer *self)
{
  BcastServerKind kind = self->workspace != NULL ? bcast_workspace_get_server_kind (self->workspace)
                                                 : BCAST_SERVER_UNKNOWN;

  bcast_composer_options_set_info_lack (self->options, bcast_server_kind_lacks (kind, BCAST_SERVER_INFO_ON_PUBLISH));
  bcast_composer_batch_set_lack (self->batch, bcast_server_kind_lacks (kind, BCAST_SERVER_BATCH));
  bcast_composer_update (self);
}
