/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-placeholder.h"

#include <glib/gi18n.h>

/**
 * BcastPlaceholder:
 *
 * Stands where a list would be: why there is none, and the button that does something about it.
 */
struct _BcastPlaceholder
{
  AdwBin         parent_instance;

  AdwStatusPage *page;
  GtkButton     *button;
};

G_DEFINE_FINAL_TYPE (BcastPlaceholder, bcast_placeholder, ADW_TYPE_BIN)

static void
bcast_placeholder_class_init (BcastPlaceholderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-placeholder.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastPlaceholder, page);
  gtk_widget_class_bind_template_child (widget_class, BcastPlaceholder, button);
}

static void
bcast_placeholder_init (BcastPlaceholder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The action that there was must not meet the target of the new one, nor the other way round: GTK warns of it. */
static void
set_action (GtkActionable *button,
            const char    *detailed_action)
{
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, NULL);
  if (detailed_action == NULL)
    return;

  g_autofree char *action = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!g_action_parse_detailed_name (detailed_action, &action, &target, NULL))
    g_return_if_reached ();
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, action);
}

/**
 * bcast_placeholder_show:
 * @self: a placeholder
 * @icon_name: a symbolic icon
 * @title: a word or two, translated
 * @description: a sentence, translated
 * @button: (nullable): what the button says, translated, with its mnemonic; %NULL for no button
 * @detailed_action: (nullable): what the button does
 */
void
bcast_placeholder_show (BcastPlaceholder *self,
                        const char       *icon_name,
                        const char       *title,
                        const char       *description,
                        const char       *button,
                        const char       *detailed_action)
{
  g_return_if_fail (BCAST_IS_PLACEHOLDER (self));

  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->page, icon_name);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button == NULL)
    return;
  gtk_button_set_label (self->button, button);
  set_action (GTK_ACTIONABLE (self->button), detailed_action);
}

/**
 * bcast_placeholder_show_only_sandbox:
 * @self: a placeholder
 * @is_open: whether a profile is open, of another kind then
 * @reason: why only the sandbox has what would stand here, a sentence, translated
 */
void
bcast_placeholder_show_only_sandbox (BcastPlaceholder *self,
                                     gboolean          is_open,
                                     const char       *reason)
{
  if (is_open)
    bcast_placeholder_show (self, "network-server-symbolic", _("Only on the Sandbox"), reason,
                            _("Choose a _Profile"), "win.profiles");
  else
    bcast_placeholder_show (self, "network-server-symbolic", _("No Profile Is Open"),
                            _("Choose a profile at the top left of the window."), _("Choose a _Profile"),
                            "win.profiles");
}
