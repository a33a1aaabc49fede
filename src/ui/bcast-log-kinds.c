/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-log-kinds.h"

#include <glib/gi18n.h>

#include "bcast-report.h"
#include "bcast-report-style.h"

/**
 * BcastLogKinds:
 *
 * A switch for each kind of report, and two for all of them.
 */
struct _BcastLogKinds
{
  GtkBox          parent_instance;

  GtkCheckButton *buttons[BCAST_N_REPORT_KINDS];
  guint           kinds;
};

enum
{
  PROP_0,
  PROP_KINDS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastLogKinds, bcast_log_kinds, GTK_TYPE_BOX)

static void
toggled_cb (BcastLogKinds  *self,
            GtkCheckButton *button)
{
  guint kinds = 0;

  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    if (gtk_check_button_get_active (self->buttons[i]))
      kinds |= 1u << i;
  if (kinds == self->kinds)
    return;
  self->kinds = kinds;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KINDS]);
}

static void
all_cb (BcastLogKinds *self)
{
  bcast_log_kinds_set (self, BCAST_REPORT_ALL);
}

static void
none_cb (BcastLogKinds *self)
{
  bcast_log_kinds_set (self, 0);
}

static void
bcast_log_kinds_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_KINDS:
      g_value_set_uint (value, BCAST_LOG_KINDS (object)->kinds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bcast_log_kinds_class_init (BcastLogKindsClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = bcast_log_kinds_get_property;

  properties[PROP_KINDS] = g_param_spec_uint ("kinds", NULL, NULL, 0, G_MAXUINT, BCAST_REPORT_ALL,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static GtkWidget *
create_check (BcastLogKinds   *self,
              BcastReportKind  kind)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *title = bcast_report_kind_get_title (kind);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (bcast_report_style_get_icon_name (kind)));
  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_button (BcastLogKinds *self,
               const char    *label,
               GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
bcast_log_kinds_init (BcastLogKinds *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->kinds = BCAST_REPORT_ALL;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 2);
  gtk_box_append (GTK_BOX (buttons), create_button (self, _("_All"), G_CALLBACK (all_cb)));
  gtk_box_append (GTK_BOX (buttons), create_button (self, _("_None"), G_CALLBACK (none_cb)));
  gtk_widget_set_margin_bottom (buttons, 6);
  gtk_box_append (GTK_BOX (self), buttons);
  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    {
      self->buttons[i] = GTK_CHECK_BUTTON (create_check (self, (BcastReportKind) i));
      gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->buttons[i]));
    }
}

/**
 * bcast_log_kinds_set:
 * @self: the switches
 * @kinds: bits of #BcastReportKind: those that are on
 */
void
bcast_log_kinds_set (BcastLogKinds *self,
                     guint          kinds)
{
  g_return_if_fail (BCAST_IS_LOG_KINDS (self));

  if (self->kinds == kinds)
    return;
  self->kinds = kinds;
  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    {
      g_signal_handlers_block_by_func (self->buttons[i], toggled_cb, self);
      gtk_check_button_set_active (self->buttons[i], (kinds & 1u << i) != 0);
      g_signal_handlers_unblock_by_func (self->buttons[i], toggled_cb, self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KINDS]);
}

/**
 * bcast_log_kinds_get:
 * @self: the switches
 *
 * Returns: bits of #BcastReportKind: those that are on
 */
guint
bcast_log_kinds_get (BcastLogKinds *self)
{
  g_return_val_if_fail (BCAST_IS_LOG_KINDS (self), 0);

  return self->kinds;
}
