/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-event-name.h"
#include "bcast-format.h"
#include "bcast-limits.h"

/**
 * BcastComposer:
 *
 * Writes an event: channel, name, data, options. Says while it is written whether it can be sent and who
 * will receive it. Nothing that was written is lost by sending, by an error or by an example.
 *
 * bcast-composer-send.c sends; bcast-composer-draft.c fills it and reads it out.
 */
G_DEFINE_FINAL_TYPE (BcastComposer, bcast_composer, GTK_TYPE_BOX)

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

  if (!bcast_channel_input_is_empty (self->input))
    bcast_channel_input_check (self->input, &channel_error);
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
  else if (self->workspace == NULL || bcast_channel_input_is_empty (self->input))
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
}

/* A problem that was shown is about what stood there before. */
static void
edited_cb (BcastComposer *self)
{
  if (self->input == NULL || self->loading)
    return;
  self->edited = TRUE;
  g_clear_pointer (&self->pending, bcast_draft_free);
  if (g_strcmp0 (bcast_problem_line_get_id (self->problem), "large") != 0)
    bcast_problem_line_hide (self->problem);
  bcast_composer_update (self);
}

static void
problem_gone_cb (BcastComposer *self)
{
  g_signal_emit_by_name (self, "shrunk");
}

static void
fill_examples (BcastComposer *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  guint n_examples;
  const BcastExample *examples = bcast_example_get_all (&n_examples);

  for (guint i = 0; i < n_examples; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(examples[i].title), NULL);

      g_menu_item_set_action_and_target (item, "live.example", "u", i);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->examples_button, G_MENU_MODEL (menu));
}

static void
bcast_composer_dispose (GObject *object)
{
  BcastComposer *self = BCAST_COMPOSER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->input);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_composer_parent_class)->dispose (object);
}

static void
bcast_composer_finalize (GObject *object)
{
  BcastComposer *self = BCAST_COMPOSER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pending, bcast_draft_free);
  g_clear_pointer (&self->replaced, g_variant_unref);

  G_OBJECT_CLASS (bcast_composer_parent_class)->finalize (object);
}

static void
bcast_composer_class_init (BcastComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_composer_dispose;
  G_OBJECT_CLASS (klass)->finalize = bcast_composer_finalize;

  g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_INT64);
  g_signal_new ("replaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("shrunk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_COMPOSER_OPTIONS);
  g_type_ensure (BCAST_TYPE_COMPOSER_STATUS);
  g_type_ensure (BCAST_TYPE_DATA_EDITOR);
  g_type_ensure (BCAST_TYPE_PROBLEM_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, fields);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, types);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, names);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, public_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, private_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, presence_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, prefix);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, channel_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, event_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, editor);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, bottom);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, status);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, examples_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, options);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, send_button);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_gone_cb);
  gtk_widget_class_bind_template_callback (widget_class, bcast_composer_update);
}

static void
bcast_composer_init (BcastComposer *self)
{
  guint n_examples;

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_examples (self);

  self->cancellable = g_cancellable_new ();
  self->input = bcast_channel_input_new (self->channel_entry, self->prefix, self->public_button,
                                         self->private_button, self->presence_button);
  g_signal_connect_swapped (self->input, "changed", G_CALLBACK (edited_cb), self);
  self->watch = bcast_client_watch_new ();
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (bcast_composer_update), self);
  bcast_composer_set_example (self, &bcast_example_get_all (&n_examples)[0]);
}

/**
 * bcast_composer_set_workspace:
 * @self: a composer
 * @workspace: (nullable): who sends
 *
 * Sends through another workspace from now on. What was written stays.
 */
void
bcast_composer_set_workspace (BcastComposer  *self,
                              BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (!g_set_object (&self->workspace, workspace))
    return;
  g_clear_pointer (&self->pending, bcast_draft_free);
  bcast_problem_line_hide (self->problem);
  bcast_client_watch_set_workspace (self->watch, workspace);
  bcast_composer_options_set_workspace (self->options, workspace);
  bcast_composer_update (self);
}

static void
set_orientation (GtkBox   *box,
                 gboolean  vertical)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), vertical ? GTK_ORIENTATION_VERTICAL
                                                                 : GTK_ORIENTATION_HORIZONTAL);
}

/**
 * bcast_composer_set_width:
 * @self: a composer
 * @width: how much room there is
 *
 * Stacks what does not fit beside each other.
 */
void
bcast_composer_set_width (BcastComposer      *self,
                          BcastComposerWidth  width)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  set_orientation (self->fields, width != BCAST_COMPOSER_WIDE);
  set_orientation (self->names, width == BCAST_COMPOSER_NARROW);
  set_orientation (self->bottom, width != BCAST_COMPOSER_WIDE);
  bcast_data_editor_set_short (self->editor, width == BCAST_COMPOSER_NARROW);
}

/**
 * bcast_composer_set_confirms:
 * @self: a composer
 * @confirms: whether to ask before anything is sent, as for a profile in production
 *
 * Chooses whether sending takes a second press.
 */
void
bcast_composer_set_confirms (BcastComposer *self,
                             gboolean       confirms)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  self->confirms = confirms;
}

/**
 * bcast_composer_focus:
 * @self: a composer
 *
 * Moves the keyboard focus to the data.
 */
void
bcast_composer_focus (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  gtk_widget_child_focus (GTK_WIDGET (self->editor), GTK_DIR_TAB_FORWARD);
}

/**
 * bcast_composer_tidy:
 * @self: a composer
 *
 * Lays the data out for reading.
 */
void
bcast_composer_tidy (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  bcast_data_editor_tidy (self->editor);
}

/**
 * bcast_composer_minify:
 * @self: a composer
 *
 * Takes the white space out of the data.
 */
void
bcast_composer_minify (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  bcast_data_editor_minify (self->editor);
}
