/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-data-editor.h"

#include <string.h>

#include "bcast-json.h"
#include "bcast-no-hyphens.h"
#include "bcast-source-style.h"

/* Six lines and four */
#define HEIGHT       104
#define SHORT_HEIGHT 72

/**
 * BcastDataEditor:
 *
 * Edits the data of an event. Says as you type whether it is JSON, and marks where it is not.
 */
struct _BcastDataEditor
{
  GtkWidget          parent_instance;

  GtkScrolledWindow *scroller;
  GtkSourceView     *view;
  GtkSourceBuffer   *buffer;

  GtkTextTag        *error_line;
  GtkTextTag        *error_place;
  BcastDataCheck    *check; /* NULL after a change until somebody asks */
  guint              show_id;
};

G_DEFINE_FINAL_TYPE (BcastDataEditor, bcast_data_editor, GTK_TYPE_WIDGET)

enum
{
  EDITED,
  CHECKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
get_error_iter (BcastDataEditor *self,
                GtkTextIter     *iter)
{
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), iter, (int) self->check->line - 1);
  end = *iter;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_iter_set_line_offset (iter, MIN ((int) self->check->column - 1,
                                            gtk_text_iter_get_line_offset (&end)));
}

/* The line in a tint, the place with a wavy line. At the end of a line that is its last character. */
static void
mark_error (BcastDataEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;

  get_error_iter (self, &start);
  end = start;
  if (gtk_text_iter_ends_line (&start))
    gtk_text_iter_backward_char (&start);
  else
    gtk_text_iter_forward_char (&end);
  gtk_text_buffer_apply_tag (buffer, self->error_place, &start, &end);

  gtk_text_iter_set_line_offset (&start, 0);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (buffer, self->error_line, &start, &end);
}

static void
unmark_error (BcastDataEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->error_line, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->error_place, &start, &end);
}

/* The highlighter would underline plain text as wrong JSON. What it has to do, it does now: left to itself
 * it changes the layout while the view is being drawn, when it is too late for the scrollbar to follow. */
static void
highlight (BcastDataEditor *self)
{
  gboolean is_json = self->check->form == BCAST_DATA_JSON || self->check->form == BCAST_DATA_MALFORMED;
  GtkTextIter start, end;

  gtk_source_buffer_set_highlight_syntax (self->buffer, is_json);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  if (is_json)
    gtk_source_buffer_ensure_highlight (self->buffer, &start, &end);
}

/* Not while the buffer tells of a change: the highlighter learns of it last, and would work on offsets
 * that are no more. */
static void
show_check (BcastDataEditor *self)
{
  g_clear_handle_id (&self->show_id, g_source_remove);
  unmark_error (self);
  if (bcast_data_editor_get_check (self)->form == BCAST_DATA_MALFORMED)
    mark_error (self);
  highlight (self);
  g_signal_emit (self, signals[CHECKED], 0);
}

static gboolean
show_check_cb (gpointer user_data)
{
  BcastDataEditor *self = user_data;

  self->show_id = 0;
  show_check (self);
  return G_SOURCE_REMOVE;
}

/* Shown once for all the changes of one key press or paste, and before they are drawn. */
static void
changed_cb (BcastDataEditor *self)
{
  g_clear_pointer (&self->check, bcast_data_check_free);
  if (self->show_id == 0)
    self->show_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 10, show_check_cb, self, NULL);
  g_signal_emit (self, signals[EDITED], 0);
}

static gboolean
send_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  return gtk_widget_activate_action (widget, "live.send", NULL);
}

/* A text view takes Enter with any modifier for a line break, so Ctrl+Enter must come first. */
static void
add_send_shortcut (BcastDataEditor *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                                                          gtk_callback_action_new (send_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
create_tags (BcastDataEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  self->error_line = gtk_text_buffer_create_tag (buffer, NULL,
                                                 "paragraph-background", "rgba(224, 27, 36, 0.15)", NULL);
  self->error_place = gtk_text_buffer_create_tag (buffer, NULL,
                                                  "underline", PANGO_UNDERLINE_ERROR, NULL);
}

static void
bcast_data_editor_dispose (GObject *object)
{
  BcastDataEditor *self = BCAST_DATA_EDITOR (object);

  g_clear_handle_id (&self->show_id, g_source_remove);
  if (self->scroller != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scroller));
  self->scroller = NULL;

  G_OBJECT_CLASS (bcast_data_editor_parent_class)->dispose (object);
}

static void
bcast_data_editor_finalize (GObject *object)
{
  BcastDataEditor *self = BCAST_DATA_EDITOR (object);

  g_clear_pointer (&self->check, bcast_data_check_free);

  G_OBJECT_CLASS (bcast_data_editor_parent_class)->finalize (object);
}

static void
bcast_data_editor_class_init (BcastDataEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_data_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = bcast_data_editor_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-data-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastDataEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, BcastDataEditor, view);
  gtk_widget_class_bind_template_child (widget_class, BcastDataEditor, buffer);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
bcast_data_editor_init (BcastDataEditor *self)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_source_buffer_set_language (self->buffer, gtk_source_language_manager_get_language (languages, "json"));
  bcast_source_style_follow (self->buffer);
  bcast_no_hyphens_follow (GTK_TEXT_BUFFER (self->buffer));
  bcast_data_editor_set_short (self, FALSE);
  create_tags (self);
  add_send_shortcut (self);
}

/**
 * bcast_data_editor_set_short:
 * @self: an editor
 * @is_short: whether there is little room
 *
 * Asks for fewer lines in a narrow window, where other fields stand above each other.
 */
void
bcast_data_editor_set_short (BcastDataEditor *self,
                             gboolean         is_short)
{
  g_return_if_fail (BCAST_IS_DATA_EDITOR (self));

  gtk_scrolled_window_set_min_content_height (self->scroller, is_short ? SHORT_HEIGHT : HEIGHT);
}

/**
 * bcast_data_editor_dup_text:
 * @self: an editor
 *
 * Returns: (transfer full): what is typed
 */
char *
bcast_data_editor_dup_text (BcastDataEditor *self)
{
  g_return_val_if_fail (BCAST_IS_DATA_EDITOR (self), NULL);

  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

/**
 * bcast_data_editor_set_text:
 * @self: an editor
 * @text: what to edit
 *
 * Replaces the text in a way that the user can undo.
 */
void
bcast_data_editor_set_text (BcastDataEditor *self,
                            const char      *text)
{
  g_return_if_fail (BCAST_IS_DATA_EDITOR (self));
  g_return_if_fail (text != NULL);

  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, valid, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  show_check (self);
}

/**
 * bcast_data_editor_get_check:
 * @self: an editor
 *
 * Returns: (transfer none): the verdict on the text as it is now
 */
const BcastDataCheck *
bcast_data_editor_get_check (BcastDataEditor *self)
{
  g_return_val_if_fail (BCAST_IS_DATA_EDITOR (self), NULL);

  if (self->check == NULL)
    {
      g_autofree char *text = bcast_data_editor_dup_text (self);

      self->check = bcast_data_check_new (text);
    }
  return self->check;
}

static void
rewrite (BcastDataEditor  *self,
         char           *(*function) (const char *text, GError **error))
{
  g_autofree char *text = bcast_data_editor_dup_text (self);
  g_autofree char *rewritten = NULL;

  if (bcast_data_editor_get_check (self)->form == BCAST_DATA_JSON)
    rewritten = function (text, NULL);
  if (rewritten != NULL && !g_str_equal (rewritten, text))
    bcast_data_editor_set_text (self, rewritten);
  else if (rewritten == NULL)
    bcast_data_editor_go_wrong (self);
}

/**
 * bcast_data_editor_tidy:
 * @self: an editor
 *
 * Lays JSON out for reading, or goes to where it is wrong.
 */
void
bcast_data_editor_tidy (BcastDataEditor *self)
{
  g_return_if_fail (BCAST_IS_DATA_EDITOR (self));

  rewrite (self, bcast_json_tidy);
}

/**
 * bcast_data_editor_minify:
 * @self: an editor
 *
 * Takes the white space out of JSON, or goes to where it is wrong.
 */
void
bcast_data_editor_minify (BcastDataEditor *self)
{
  g_return_if_fail (BCAST_IS_DATA_EDITOR (self));

  rewrite (self, bcast_json_minify);
}

/**
 * bcast_data_editor_go_wrong:
 * @self: an editor
 *
 * Moves the cursor to where the text stops being JSON, and the keyboard focus into the editor.
 */
void
bcast_data_editor_go_wrong (BcastDataEditor *self)
{
  g_return_if_fail (BCAST_IS_DATA_EDITOR (self));

  GtkTextIter place;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (bcast_data_editor_get_check (self)->form != BCAST_DATA_MALFORMED)
    return;
  get_error_iter (self, &place);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &place);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->view), &place, 0.1, FALSE, 0, 0);
}
