/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-status.h"

#include <glib/gi18n.h>

#include "bcast-format.h"
#include "bcast-limits.h"

/**
 * BcastComposerStatus:
 *
 * Says about the event being written whether its data is JSON, how large it is, and who will receive it.
 */
struct _BcastComposerStatus
{
  GtkBox     parent_instance;

  GtkLabel  *check;
  GtkWidget *text_button;
  GtkLabel  *size;
  GtkLabel  *receivers;
  GtkWidget *subscribe_button;
  GtkLabel  *note;
  GtkLabel  *answer;
};

G_DEFINE_FINAL_TYPE (BcastComposerStatus, bcast_composer_status, GTK_TYPE_BOX)

static void
bcast_composer_status_class_init (BcastComposerStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-composer-status.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastComposerStatus, check);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerStatus, text_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerStatus, size);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerStatus, receivers);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerStatus, subscribe_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerStatus, note);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerStatus, answer);
}

static void
bcast_composer_status_init (BcastComposerStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (GtkLabel   *label,
      const char *css_class,
      const char *text)
{
  const char *classes[] = { css_class, NULL };

  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
  gtk_widget_set_css_classes (GTK_WIDGET (label), classes);
}

/**
 * bcast_composer_status_show_check:
 * @self: a status
 * @check: the verdict on the data
 * @is_empty: whether there is no data
 *
 * Says whether the data is JSON.
 */
void
bcast_composer_status_show_check (BcastComposerStatus  *self,
                                  const BcastDataCheck *check,
                                  gboolean              is_empty)
{
  g_return_if_fail (BCAST_IS_COMPOSER_STATUS (self));
  g_return_if_fail (check != NULL);

  g_autofree char *problem = NULL;

  gtk_widget_set_visible (self->text_button, check->form == BCAST_DATA_MALFORMED);
  switch (check->form)
    {
    case BCAST_DATA_JSON:
      show (self->check, "success", _("✓ Valid JSON"));
      break;
    case BCAST_DATA_TEXT:
      show (self->check, "dim-label", is_empty ? _("No data") : _("Plain text"));
      break;
    case BCAST_DATA_MALFORMED:
      problem = g_strdup_printf (_("✗ Line %u, column %u: %s"), check->line, check->column, check->error);
      show (self->check, "error", problem);
      break;
    case BCAST_DATA_HUGE:
      show (self->check, "error", _("✗ Too long to be checked"));
      break;
    }
}

/**
 * bcast_composer_status_show_size:
 * @self: a status
 * @wire_bytes: the size of the data as it goes on the wire
 * @typed_bytes: the size of the data as it was typed
 *
 * Says how large the data is against the limit of the protocol.
 */
void
bcast_composer_status_show_size (BcastComposerStatus *self,
                                 gsize                wire_bytes,
                                 gsize                typed_bytes)
{
  g_return_if_fail (BCAST_IS_COMPOSER_STATUS (self));

  g_autofree char *size = bcast_format_size (wire_bytes);
  g_autofree char *limit = bcast_format_size (BCAST_LIMIT_DATA_BYTES);
  g_autofree char *text = g_strdup_printf (_("%s of %s"), size, limit);
  g_autofree char *tooltip = NULL;

  show (self->size, wire_bytes > BCAST_LIMIT_DATA_BYTES ? "error" : "dim-label", text);
  if (wire_bytes == typed_bytes)
    return;
  tooltip = g_strdup_printf (_("%zu bytes without spaces and line breaks, %zu as typed"),
                             wire_bytes, typed_bytes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->size), tooltip);
}

/**
 * bcast_composer_status_show_receivers:
 * @self: a status
 * @receivers: (nullable) (array zero-terminated=1): who of our clients will receive it; %NULL while the
 *   channel has no name yet
 * @n_connected: how many of our clients are connected
 *
 * Says who will receive the event. When it is nobody, offers those who are connected a subscription.
 */
void
bcast_composer_status_show_receivers (BcastComposerStatus *self,
                                      const char * const  *receivers,
                                      guint                n_connected)
{
  g_return_if_fail (BCAST_IS_COMPOSER_STATUS (self));

  gboolean is_nobody = receivers != NULL && receivers[0] == NULL;

  gtk_widget_set_visible (self->subscribe_button, is_nobody && n_connected > 0);
  if (receivers == NULL)
    show (self->receivers, "dim-label", "");
  else if (is_nobody && n_connected == 0)
    show (self->receivers, "warning", _("No client here is connected"));
  else if (is_nobody)
    show (self->receivers, "warning", _("No client here will receive it"));
  else
    {
      g_autofree char *names = bcast_format_names (receivers);
      g_autofree char *text = g_strdup_printf (_("%s will receive it"), names);

      show (self->receivers, "dim-label", text);
    }
}

/**
 * bcast_composer_status_show_problem:
 * @self: a status
 * @problem: why the event could not be sent like this, a sentence
 *
 * Says what is wrong with the channel or the event's name, in the place of the receivers.
 */
void
bcast_composer_status_show_problem (BcastComposerStatus *self,
                                    const char          *problem)
{
  g_return_if_fail (BCAST_IS_COMPOSER_STATUS (self));
  g_return_if_fail (problem != NULL);

  gtk_widget_set_visible (self->subscribe_button, FALSE);
  show (self->receivers, "error", problem);
}

/**
 * bcast_composer_status_show_note:
 * @self: a status
 * @note: (nullable): what is worth knowing before the event is sent; %NULL for nothing
 * @is_warning: whether it would not do what the user expects
 *
 * Says how the event goes out.
 */
void
bcast_composer_status_show_note (BcastComposerStatus *self,
                                 const char          *note,
                                 gboolean             is_warning)
{
  g_return_if_fail (BCAST_IS_COMPOSER_STATUS (self));

  show (self->note, is_warning ? "warning" : "dim-label", note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

/**
 * bcast_composer_status_show_answer:
 * @self: a status
 * @answer: (nullable): what the server told with the last event; %NULL when it was not asked
 *
 * Says what was asked for with the last event.
 */
void
bcast_composer_status_show_answer (BcastComposerStatus *self,
                                   const char          *answer)
{
  g_return_if_fail (BCAST_IS_COMPOSER_STATUS (self));

  show (self->answer, "answer", answer != NULL ? answer : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), answer != NULL);
}
