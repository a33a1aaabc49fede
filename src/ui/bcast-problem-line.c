/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-problem-line.h"

/**
 * BcastProblemLine:
 *
 * Says in place why something did not work, and offers one way on.
 */
struct _BcastProblemLine
{
  AdwBin       parent_instance;

  GtkRevealer *revealer;
  GtkWidget   *box;
  GtkLabel    *text;
  GtkWidget   *content;
  GtkButton   *button;

  char        *id;
};

G_DEFINE_FINAL_TYPE (BcastProblemLine, bcast_problem_line, ADW_TYPE_BIN)

enum
{
  GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
revealed_cb (BcastProblemLine *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer))
    g_signal_emit (self, signals[GONE], 0);
}

static void
bcast_problem_line_finalize (GObject *object)
{
  g_free (BCAST_PROBLEM_LINE (object)->id);

  G_OBJECT_CLASS (bcast_problem_line_parent_class)->finalize (object);
}

static void
bcast_problem_line_class_init (BcastProblemLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bcast_problem_line_finalize;

  signals[GONE] = g_signal_new ("gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-problem-line.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastProblemLine, revealer);
  gtk_widget_class_bind_template_child (widget_class, BcastProblemLine, box);
  gtk_widget_class_bind_template_child (widget_class, BcastProblemLine, text);
  gtk_widget_class_bind_template_child (widget_class, BcastProblemLine, content);
  gtk_widget_class_bind_template_child (widget_class, BcastProblemLine, button);
  gtk_widget_class_bind_template_callback (widget_class, bcast_problem_line_hide);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
}

static void
bcast_problem_line_init (BcastProblemLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_problem_line_show:
 * @self: a problem line
 * @id: tells what kind of problem it is, see bcast_problem_line_get_id()
 * @text: a sentence for the user
 * @button: (nullable): what can be done, translated
 * @detailed_action: (nullable): the action that does it
 *
 * Shows a problem in the place of the one before.
 */
void
bcast_problem_line_show (BcastProblemLine *self,
                         const char       *id,
                         const char       *text,
                         const char       *button,
                         const char       *detailed_action)
{
  g_return_if_fail (BCAST_IS_PROBLEM_LINE (self));
  g_return_if_fail (id != NULL && text != NULL);

  g_free (self->id);
  self->id = g_strdup (id);
  gtk_label_set_text (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  if (detailed_action != NULL)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->button), detailed_action);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/**
 * bcast_problem_line_set_stacked:
 * @self: a problem line
 * @stacked: whether its button goes below the text, where there is little room beside it
 */
void
bcast_problem_line_set_stacked (BcastProblemLine *self,
                                gboolean          stacked)
{
  g_return_if_fail (BCAST_IS_PROBLEM_LINE (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->content),
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (GTK_WIDGET (self->button), stacked ? GTK_ALIGN_START : GTK_ALIGN_FILL);
}

/**
 * bcast_problem_line_hide:
 * @self: a problem line
 *
 * Takes the problem away: it is mended, or the user has read it.
 */
void
bcast_problem_line_hide (BcastProblemLine *self)
{
  g_return_if_fail (BCAST_IS_PROBLEM_LINE (self));

  g_clear_pointer (&self->id, g_free);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/**
 * bcast_problem_line_get_id:
 * @self: a problem line
 *
 * Returns: (nullable): which problem is shown, %NULL for none
 */
const char *
bcast_problem_line_get_id (BcastProblemLine *self)
{
  g_return_val_if_fail (BCAST_IS_PROBLEM_LINE (self), NULL);

  return self->id;
}
