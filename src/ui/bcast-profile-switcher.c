/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-switcher.h"

#include "bcast-connection-state.h"
#include "bcast-profile-row.h"

#include <glib/gi18n.h>

/* So many of a name always fit; the header would cut it as soon as it is not centred. */
#define NAME_CHARS                   10
#define NARROW_PRODUCTION_NAME_CHARS 6

/**
 * BcastProfileSwitcher:
 *
 * Shows which profile is open and how its connection stands, and switches to another one.
 */
struct _BcastProfileSwitcher
{
  GtkWidget      parent_instance;

  GtkMenuButton *button;
  GtkImage      *dot;
  GtkLabel      *name;
  GtkLabel      *address;
  GtkPopover    *popover;
  GtkListBox    *list;

  BcastSession  *session;
  BcastProfile  *profile;
  gboolean       narrow;
};

G_DEFINE_FINAL_TYPE (BcastProfileSwitcher, bcast_profile_switcher, GTK_TYPE_WIDGET)

static void
mark_open (BcastProfileSwitcher *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    bcast_profile_row_set_open (BCAST_PROFILE_ROW (row),
                                bcast_profile_row_get_profile (BCAST_PROFILE_ROW (row)) == self->profile);
}

static void
show_name_width (BcastProfileSwitcher *self)
{
  int n_chars = (int) g_utf8_strlen (gtk_label_get_text (self->name), -1);
  gboolean is_production = self->profile != NULL && bcast_profile_get_production (self->profile);
  int room = self->narrow && is_production ? NARROW_PRODUCTION_NAME_CHARS : NAME_CHARS;

  gtk_label_set_width_chars (self->name, MIN (n_chars, room));
}

static void
update (BcastProfileSwitcher *self)
{
  BcastWorkspace *workspace = bcast_session_get_workspace (self->session);
  BcastClientState state = BCAST_CLIENT_DISCONNECTED;

  if (bcast_session_get_opening (self->session))
    state = BCAST_CLIENT_CONNECTING;
  else if (workspace != NULL)
    state = bcast_workspace_get_state (workspace);
  bcast_connection_state_show (state, self->dot);

  if (self->profile == NULL)
    return;

  g_autofree char *address = bcast_profile_dup_address (self->profile);
  g_autofree char *tooltip = g_strdup_printf (_("%s at %s: %s. Switch or edit profiles (Ctrl+P)"),
                                              bcast_profile_get_name (self->profile), address,
                                              bcast_connection_state_get_label (state));
  g_autofree char *label = g_strdup_printf (_("Profile %s, %s"), bcast_profile_get_name (self->profile),
                                            bcast_connection_state_get_label (state));

  gtk_label_set_text (self->name, bcast_profile_get_name (self->profile));
  show_name_width (self);
  gtk_label_set_text (self->address, address);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
profile_changed_cb (BcastProfileSwitcher *self)
{
  BcastProfile *profile = bcast_session_get_profile (self->session);

  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_func (self->profile, update, self);
  g_set_object (&self->profile, profile);
  if (profile != NULL)
    g_signal_connect_object (profile, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  mark_open (self);
  update (self);
}

static void
workspace_changed_cb (BcastProfileSwitcher *self)
{
  BcastWorkspace *workspace = bcast_session_get_workspace (self->session);

  if (workspace != NULL)
    g_signal_connect_object (workspace, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  BcastProfileSwitcher *self = user_data;
  BcastProfileStore *profiles = bcast_registry_get_profiles (bcast_session_get_registry (self->session));
  GtkWidget *row = bcast_profile_row_new (item);

  bcast_profile_row_set_open (BCAST_PROFILE_ROW (row), item == self->profile);
  bcast_profile_row_set_deletable (BCAST_PROFILE_ROW (row), item != bcast_profile_store_ensure_sandbox (profiles));
  return row;
}

static void
row_activated_cb (BcastProfileSwitcher *self,
                  GtkListBoxRow        *row)
{
  BcastProfile *profile = bcast_profile_row_get_profile (BCAST_PROFILE_ROW (row));

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-profile", "s", bcast_profile_get_id (profile));
}

static void
popover_shown_cb (BcastProfileSwitcher *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (bcast_profile_row_get_profile (BCAST_PROFILE_ROW (row)) == self->profile)
      gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
bcast_profile_switcher_dispose (GObject *object)
{
  BcastProfileSwitcher *self = BCAST_PROFILE_SWITCHER (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->profile);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bcast_profile_switcher_parent_class)->dispose (object);
}

static void
bcast_profile_switcher_class_init (BcastProfileSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_profile_switcher_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-profile-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastProfileSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileSwitcher, dot);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileSwitcher, name);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileSwitcher, address);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileSwitcher, popover);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileSwitcher, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
}

static void
bcast_profile_switcher_init (BcastProfileSwitcher *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_profile_switcher_set_session:
 * @self: a switcher
 * @session: what it shows; to be set once
 */
void
bcast_profile_switcher_set_session (BcastProfileSwitcher *self,
                                    BcastSession         *session)
{
  g_return_if_fail (BCAST_IS_PROFILE_SWITCHER (self));
  g_return_if_fail (BCAST_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  BcastProfileStore *profiles = bcast_registry_get_profiles (bcast_session_get_registry (session));

  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (profiles), create_row_cb, self, NULL);
  g_signal_connect_object (session, "notify::profile", G_CALLBACK (profile_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::workspace", G_CALLBACK (workspace_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::opening", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  profile_changed_cb (self);
}

/**
 * bcast_profile_switcher_set_room:
 * @self: a switcher
 * @has_address: whether there is room for the address
 * @narrow: whether there is little room for the name
 */
void
bcast_profile_switcher_set_room (BcastProfileSwitcher *self,
                                 gboolean              has_address,
                                 gboolean              narrow)
{
  g_return_if_fail (BCAST_IS_PROFILE_SWITCHER (self));

  self->narrow = narrow;
  gtk_widget_set_visible (GTK_WIDGET (self->address), has_address);
  show_name_width (self);
}

/**
 * bcast_profile_switcher_popup:
 * @self: a switcher
 *
 * Shows the list of profiles.
 */
void
bcast_profile_switcher_popup (BcastProfileSwitcher *self)
{
  g_return_if_fail (BCAST_IS_PROFILE_SWITCHER (self));

  gtk_menu_button_popup (self->button);
}
