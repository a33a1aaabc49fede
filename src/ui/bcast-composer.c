/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-private.h"

#include <glib/gi18n.h>

/**
 * BcastComposer:
 *
 * Writes an event: channel, name, data, options. Says while it is written whether it can be sent and who
 * will receive it. Nothing that was written is lost by sending, by an error or by an example.
 *
 * bcast-composer-update.c says what would become of it, and bcast-composer-send.c sends;
 * bcast-composer-draft.c fills it and reads it out; bcast-composer-channels.c
 * tells where to, and bcast-composer-answer.c what the server said of that.
 */
G_DEFINE_FINAL_TYPE (BcastComposer, bcast_composer, GTK_TYPE_BOX)

/* A problem that was shown is about what stood there before. */
static void
edited_cb (BcastComposer *self)
{
  if (self->input == NULL || self->loading)
    return;
  self->edited = TRUE;
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  if (g_strcmp0 (bcast_problem_line_get_id (self->problem), "large") != 0)
    bcast_problem_line_hide (self->problem);
  bcast_composer_update (self);
}

static void
batch_changed_cb (BcastComposer *self)
{
  guint n_events = bcast_composer_batch_get_n (self->batch);
  g_autofree char *label = NULL;

  if (n_events == 0)
    label = g_strdup (_("Batch"));
  else if (self->is_narrow)
    label = g_strdup_printf (_("Batch: %u"), n_events);
  else
    label = g_strdup_printf (ngettext ("Batch: %u event", "Batch: %u events", n_events), n_events);
  gtk_menu_button_set_label (self->batch_button, label);
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
  bcast_composer_forget_answer (self);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
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
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->replaced, g_variant_unref);

  G_OBJECT_CLASS (bcast_composer_parent_class)->finalize (object);
}

static void
bind_type_buttons (GtkWidgetClass *widget_class)
{
  static const char * const names[BCAST_COMPOSER_N_TYPES] = {
    "public_button", "private_button", "presence_button", "encrypted_button", "cache_button", "user_button",
  };

  for (guint i = 0; i < BCAST_COMPOSER_N_TYPES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (BcastComposer, type_buttons)
                                               + (gssize) (i * sizeof (GtkToggleButton *)));
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

  g_type_ensure (BCAST_TYPE_COMPOSER_BATCH);
  g_type_ensure (BCAST_TYPE_COMPOSER_CHIPS);
  g_type_ensure (BCAST_TYPE_COMPOSER_OPTIONS);
  g_type_ensure (BCAST_TYPE_COMPOSER_STATUS);
  g_type_ensure (BCAST_TYPE_DATA_EDITOR);
  g_type_ensure (BCAST_TYPE_PROBLEM_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, fields);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, types);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, names);
  bind_type_buttons (widget_class);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, prefix);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, channel_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, event_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, chips);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, editor);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, bottom);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, status);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, examples_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, options_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, options);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, batch_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, batch);
  gtk_widget_class_bind_template_child (widget_class, BcastComposer, send_button);
  gtk_widget_class_bind_template_callback (widget_class, batch_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, bcast_composer_add_channel_cb);
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
  bcast_composer_init_channels (self);
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

  if (workspace == self->workspace)
    return;
  bcast_composer_forget_answer (self);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    g_signal_connect_swapped (workspace, "notify::server-kind", G_CALLBACK (bcast_composer_update_server), self);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  /* The first workspace comes after the state is restored, and the user has not read this yet. */
  if (g_strcmp0 (bcast_problem_line_get_id (self->problem), "left-out") != 0)
    bcast_problem_line_hide (self->problem);
  bcast_client_watch_set_workspace (self->watch, workspace);
  bcast_composer_options_set_workspace (self->options, workspace);
  bcast_composer_update_server (self);
}

static void
set_orientation (GtkBox   *box,
                 gboolean  vertical)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), vertical ? GTK_ORIENTATION_VERTICAL
                                                                 : GTK_ORIENTATION_HORIZONTAL);
}

static void
set_narrow (BcastComposer *self,
            gboolean       is_narrow)
{
  self->is_narrow = is_narrow;
  bcast_composer_set_short_types (self, is_narrow);
  if (is_narrow)
    {
      gtk_menu_button_set_icon_name (self->examples_button, "document-new-symbolic");
      gtk_menu_button_set_icon_name (self->options_button, "emblem-system-symbolic");
    }
  else
    {
      gtk_menu_button_set_label (self->examples_button, _("Examples"));
      gtk_menu_button_set_label (self->options_button, _("Options"));
    }
  batch_changed_cb (self);
  bcast_data_editor_set_short (self->editor, is_narrow);
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
  set_narrow (self, width == BCAST_COMPOSER_NARROW);
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
