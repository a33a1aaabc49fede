/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-row.h"

#include "bcast-profile-kind.h"

#include <glib/gi18n.h>

/**
 * BcastProfileRow:
 *
 * One profile in the list of the profile switcher, with what can be done to it.
 */
struct _BcastProfileRow
{
  GtkListBoxRow  parent_instance;

  GtkWidget     *check;
  GtkLabel      *name;
  GtkWidget     *production;
  GtkLabel      *address;
  GtkWidget     *edit_button;
  GtkWidget     *duplicate_button;
  GtkWidget     *delete_button;

  BcastProfile  *profile;
  gboolean       open;
};

G_DEFINE_FINAL_TYPE (BcastProfileRow, bcast_profile_row, GTK_TYPE_LIST_BOX_ROW)

static void
close_popover_cb (BcastProfileRow *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
update (BcastProfileRow *self)
{
  g_autofree char *address = bcast_profile_dup_address (self->profile);
  g_autofree char *detail = g_strdup_printf ("%s · %s",
                                             bcast_profile_kind_get_label (bcast_profile_get_kind (self->profile)),
                                             address);
  g_autofree char *label = g_strdup_printf (self->open ? _("%s, %s, open") : _("%s, %s"),
                                            bcast_profile_get_name (self->profile), detail);

  gtk_label_set_text (self->name, bcast_profile_get_name (self->profile));
  gtk_label_set_text (self->address, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->address), address);
  gtk_widget_set_visible (self->production, bcast_profile_get_production (self->profile));
  gtk_widget_set_opacity (self->check, self->open ? 1 : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
bcast_profile_row_dispose (GObject *object)
{
  BcastProfileRow *self = BCAST_PROFILE_ROW (object);

  g_clear_object (&self->profile);

  G_OBJECT_CLASS (bcast_profile_row_parent_class)->dispose (object);
}

static void
edit_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_signal_emit_by_name (BCAST_PROFILE_ROW (widget)->edit_button, "clicked");
}

static void
delete_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  BcastProfileRow *self = BCAST_PROFILE_ROW (widget);

  if (gtk_widget_get_sensitive (self->delete_button))
    g_signal_emit_by_name (self->delete_button, "clicked");
}

static void
bcast_profile_row_class_init (BcastProfileRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_profile_row_dispose;

  gtk_widget_class_install_action (widget_class, "row.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "row.delete", NULL, delete_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "row.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "row.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "row.delete", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-profile-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastProfileRow, check);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileRow, name);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileRow, production);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileRow, address);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileRow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileRow, duplicate_button);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileRow, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, close_popover_cb);
}

static void
bcast_profile_row_init (BcastProfileRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_profile_row_new:
 * @profile: what it shows
 *
 * Returns: (transfer none): a new row that follows @profile
 */
GtkWidget *
bcast_profile_row_new (BcastProfile *profile)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (profile), NULL);

  BcastProfileRow *self = g_object_new (BCAST_TYPE_PROFILE_ROW, NULL);
  const char *id = bcast_profile_get_id (profile);

  self->profile = g_object_ref (profile);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit_button), "s", id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->duplicate_button), "s", id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->delete_button), "s", id);
  g_signal_connect_object (profile, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * bcast_profile_row_get_profile:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
BcastProfile *
bcast_profile_row_get_profile (BcastProfileRow *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_ROW (self), NULL);

  return self->profile;
}

/**
 * bcast_profile_row_set_deletable:
 * @self: a row
 * @deletable: whether its profile can be deleted: there is always one Sandbox
 */
void
bcast_profile_row_set_deletable (BcastProfileRow *self,
                                 gboolean         deletable)
{
  g_return_if_fail (BCAST_IS_PROFILE_ROW (self));

  /* With an action the button's sensitivity would follow that of the action. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->delete_button), deletable ? "win.delete-profile" : NULL);
  gtk_widget_set_sensitive (self->delete_button, deletable);
  gtk_widget_set_tooltip_text (self->delete_button, deletable ? _("Delete this profile (Delete)")
                                                              : _("There is always one Sandbox"));
}

/**
 * bcast_profile_row_set_open:
 * @self: a row
 * @open: whether its profile is the open one
 */
void
bcast_profile_row_set_open (BcastProfileRow *self,
                            gboolean         open)
{
  g_return_if_fail (BCAST_IS_PROFILE_ROW (self));

  if (self->open == open)
    return;
  self->open = open;
  update (self);
}
