/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-subscription-row.h"

#include <glib/gi18n.h>

#include "bcast-channel-name.h"
#include "bcast-channel-style.h"

static const char * const state_words[] = {
  [BCAST_SUBSCRIPTION_WAITING]     = N_("waits for the connection"),
  [BCAST_SUBSCRIPTION_SUBSCRIBING] = N_("subscribing…"),
  [BCAST_SUBSCRIPTION_SUBSCRIBED]  = N_("subscribed"),
  [BCAST_SUBSCRIPTION_REFUSED]     = N_("refused"),
};

/**
 * BcastSubscriptionRow:
 *
 * A subscription in the tree: type, channel, state, how many are subscribed, unread events, and what is wrong
 * with it. What can be done with it are actions of the group “clients”, which the tree installs.
 */
struct _BcastSubscriptionRow
{
  GtkBox                   parent_instance;

  GtkStack                *signs;
  GtkImage                *icon;
  GtkSpinner              *spinner;
  GtkLabel                *name;
  GtkButton               *unsubscribe_button;
  GtkWidget               *count_box;
  GtkLabel                *count;
  GtkLabel                *unread;
  GtkWidget               *trouble;
  GtkWidget               *problem_box;
  GtkImage                *problem_icon;
  GtkLabel                *problem;
  GtkButton               *retry_button;

  BcastSubscriptionMirror *subscription;
};

G_DEFINE_FINAL_TYPE (BcastSubscriptionRow, bcast_subscription_row, GTK_TYPE_BOX)

static void
show_unread (BcastSubscriptionRow *self)
{
  guint n_unread = bcast_subscription_mirror_get_n_unread (self->subscription);
  g_autofree char *text = n_unread > 9999 ? g_strdup ("9999+") : g_strdup_printf ("%u", n_unread);
  g_autofree char *tooltip = g_strdup_printf (ngettext ("%u event since you last selected this row",
                                                        "%u events since you last selected this row",
                                                        n_unread), n_unread);

  gtk_label_set_text (self->unread, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->unread), tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self->unread), n_unread > 0);
}

/* The server subscribes who signs in, and nobody can leave. */
static gboolean
is_users_own (BcastSubscriptionRow *self)
{
  return bcast_channel_name_find_type (bcast_subscription_mirror_get_channel (self->subscription))
         == BCAST_CHANNEL_SERVER_TO_USER;
}

static void
show_count (BcastSubscriptionRow *self)
{
  gint64 count = bcast_subscription_mirror_get_count (self->subscription);
  g_autofree char *number = g_strdup_printf ("%lld", (long long) count);
  g_autofree char *spoken = g_strdup_printf (ngettext ("%lld subscribed", "%lld subscribed", (gulong) MAX (count, 0)),
                                             (long long) count);
  g_autofree char *tooltip = g_strdup_printf (_("%s: connections to the channel, all apps together, as the server "
                                                "told last"), spoken);

  gtk_label_set_text (self->count, number);
  gtk_widget_set_tooltip_text (self->count_box, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (self->count_box, count >= 0);
}

/* A subscription that stands can have a problem too: data that this program cannot decrypt. */
static void
show_problem (BcastSubscriptionRow *self)
{
  gboolean is_refused = bcast_subscription_mirror_get_state (self->subscription) == BCAST_SUBSCRIPTION_REFUSED;
  const char *error = bcast_subscription_mirror_get_error (self->subscription);
  const char *classes[] = { is_refused ? "error" : "warning", NULL };

  if (is_refused && error == NULL)
    error = _("The server refused the subscription.");
  gtk_widget_set_visible (self->trouble, error != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), is_refused);
  gtk_widget_set_css_classes (self->problem_box, classes);
  gtk_image_set_from_icon_name (self->problem_icon, is_refused ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_label_set_text (self->problem, error != NULL ? error : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), error);
}

static void
show_state (BcastSubscriptionRow *self)
{
  BcastSubscriptionState state = bcast_subscription_mirror_get_state (self->subscription);
  gboolean is_refused = state == BCAST_SUBSCRIPTION_REFUSED;
  gboolean is_busy = state == BCAST_SUBSCRIPTION_SUBSCRIBING;

  gtk_stack_set_visible_child_name (self->signs, is_busy ? "spinner" : "icon");
  gtk_spinner_set_spinning (self->spinner, is_busy);

  gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->name), "dim-label");
  if (is_refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else if (state != BCAST_SUBSCRIPTION_SUBSCRIBED)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "dim-label");
}

static void
update (BcastSubscriptionRow *self)
{
  const char *channel = bcast_subscription_mirror_get_channel (self->subscription);
  BcastSubscriptionState state = bcast_subscription_mirror_get_state (self->subscription);
  g_autofree char *spoken = g_strdup_printf (_("%s %s, %s"), bcast_channel_style_get_word (channel),
                                             channel, _(state_words[state]));

  show_state (self);
  show_problem (self);
  show_count (self);
  show_unread (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             GVariant   *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
show_subscription (BcastSubscriptionRow *self)
{
  const char *channel = bcast_subscription_mirror_get_channel (self->subscription);
  const char *client = bcast_subscription_mirror_get_client (self->subscription);
  g_autoptr(GVariant) target = g_variant_ref_sink (g_variant_new ("(ss)", client, channel));
  g_autofree char *tooltip = g_strdup_printf (_("Unsubscribe %s from %s (Delete)"), client, channel);

  gtk_label_set_text (self->name, channel);
  gtk_image_set_from_icon_name (self->icon, bcast_channel_style_get_icon_name (channel));
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->unsubscribe_button), target);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->retry_button), target);
  gtk_widget_set_visible (GTK_WIDGET (self->unsubscribe_button), !is_users_own (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->unsubscribe_button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unsubscribe_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

static void
bcast_subscription_row_dispose (GObject *object)
{
  bcast_subscription_row_set_subscription (BCAST_SUBSCRIPTION_ROW (object), NULL);

  G_OBJECT_CLASS (bcast_subscription_row_parent_class)->dispose (object);
}

static void
bcast_subscription_row_class_init (BcastSubscriptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_subscription_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-subscription-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, signs);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, name);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, unsubscribe_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, count_box);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, count);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, unread);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, trouble);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, problem_icon);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscriptionRow, retry_button);
}

static void
bcast_subscription_row_init (BcastSubscriptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_subscription_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_subscription_row_new (void)
{
  return g_object_new (BCAST_TYPE_SUBSCRIPTION_ROW, NULL);
}

/**
 * bcast_subscription_row_set_subscription:
 * @self: a row
 * @subscription: (nullable): what to show and follow
 *
 * Shows a subscription and follows its state.
 */
void
bcast_subscription_row_set_subscription (BcastSubscriptionRow    *self,
                                         BcastSubscriptionMirror *subscription)
{
  g_return_if_fail (BCAST_IS_SUBSCRIPTION_ROW (self));
  g_return_if_fail (subscription == NULL || BCAST_IS_SUBSCRIPTION_MIRROR (subscription));

  if (self->subscription == subscription)
    return;
  if (self->subscription != NULL)
    g_signal_handlers_disconnect_by_data (self->subscription, self);
  g_set_object (&self->subscription, subscription);
  if (subscription == NULL)
    return;
  g_signal_connect_swapped (subscription, "notify", G_CALLBACK (update), self);
  show_subscription (self);
  update (self);
}

/**
 * bcast_subscription_row_dup_menu:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): what can be done with the subscription
 */
GMenuModel *
bcast_subscription_row_dup_menu (BcastSubscriptionRow *self)
{
  g_return_val_if_fail (BCAST_IS_SUBSCRIPTION_ROW (self), NULL);

  g_autoptr(GMenu) menu = g_menu_new ();
  const char *client, *channel;

  if (self->subscription == NULL)
    return NULL;
  client = bcast_subscription_mirror_get_client (self->subscription);
  channel = bcast_subscription_mirror_get_channel (self->subscription);
  if (!is_users_own (self))
    append_item (menu, _("_Write an Event for It"), "live.compose-for", g_variant_new_string (channel));
  append_item (menu, _("_Copy Name"), "clients.copy", g_variant_new_string (channel));
  if (!is_users_own (self))
    append_item (menu, _("_Unsubscribe"), "clients.unsubscribe", g_variant_new ("(ss)", client, channel));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
