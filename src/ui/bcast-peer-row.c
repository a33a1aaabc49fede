/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-row.h"

#include <glib/gi18n.h>

#include "bcast-format.h"

#define MINUTE_S 60
#define HOUR_S   (60 * MINUTE_S)
#define DAY_S    (24 * HOUR_S)

/**
 * BcastPeerRow:
 *
 * A socket of the sandbox: who it is, where it comes from, how long it has been there.
 */
struct _BcastPeerRow
{
  GtkBox              parent_instance;

  GtkLabel           *title;
  GtkLabel           *socket_id;
  GtkLabel           *facts;
  GtkLabel           *n_channels;
  GtkLabel           *age;

  BcastConnectedPeer *peer;
  char               *own_name; /* of our client, %NULL for somebody else's */
};

G_DEFINE_FINAL_TYPE (BcastPeerRow, bcast_peer_row, GTK_TYPE_BOX)

static char *
format_age (gint64 age_s)
{
  if (age_s < MINUTE_S)
    return g_strdup_printf (_("%d s"), (int) MAX (age_s, 0));
  if (age_s < HOUR_S)
    return g_strdup_printf (_("%d min"), (int) (age_s / MINUTE_S));
  if (age_s < DAY_S)
    return g_strdup_printf (_("%d h %d min"), (int) (age_s / HOUR_S), (int) (age_s % HOUR_S / MINUTE_S));
  return g_strdup_printf (_("%d d %d h"), (int) (age_s / DAY_S), (int) (age_s % DAY_S / HOUR_S));
}

static char *
dup_title (BcastPeerRow        *self,
           const BcastPeerInfo *info)
{
  if (self->own_name != NULL)
    return g_strdup_printf (_("%s (this window)"), self->own_name);
  if (info->user_id != NULL)
    return g_strdup_printf (_("User %s"), info->user_id);
  return g_strdup (_("Nobody signed in"));
}

static char *
dup_facts (BcastPeerRow        *self,
           const BcastPeerInfo *info)
{
  const char *address = info->address != NULL ? info->address : _("unknown address");
  const char *library = info->library != NULL ? info->library : _("unknown library");
  g_autofree char *user = self->own_name != NULL && info->user_id != NULL
                          ? g_strdup_printf (_("signed in as %s"), info->user_id) : NULL;

  return g_strjoin (" · ", address, library, user, NULL);
}

static void
show_info (BcastPeerRow *self)
{
  const BcastPeerInfo *info = bcast_connected_peer_get_info (self->peer);
  g_autofree char *title = dup_title (self, info);
  g_autofree char *facts = dup_facts (self, info);
  g_autofree char *age = format_age ((g_get_real_time () - info->since_us) / G_USEC_PER_SEC);
  g_autofree char *since = bcast_format_date (info->since_us);
  g_autofree char *tooltip = g_strdup_printf (_("Connected since %s"), since);
  g_autofree char *n_channels = g_strdup_printf (ngettext ("%u channel", "%u channels", info->n_channels),
                                                 info->n_channels);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s, %s", title, info->socket_id, facts, n_channels, age);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->socket_id, info->socket_id);
  gtk_label_set_text (self->facts, facts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
  gtk_label_set_text (self->n_channels, n_channels);
  gtk_label_set_text (self->age, age);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->age), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
bcast_peer_row_dispose (GObject *object)
{
  bcast_peer_row_show (BCAST_PEER_ROW (object), NULL, NULL);

  G_OBJECT_CLASS (bcast_peer_row_parent_class)->dispose (object);
}

static void
bcast_peer_row_class_init (BcastPeerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_peer_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-peer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastPeerRow, title);
  gtk_widget_class_bind_template_child (widget_class, BcastPeerRow, socket_id);
  gtk_widget_class_bind_template_child (widget_class, BcastPeerRow, facts);
  gtk_widget_class_bind_template_child (widget_class, BcastPeerRow, n_channels);
  gtk_widget_class_bind_template_child (widget_class, BcastPeerRow, age);
}

static void
bcast_peer_row_init (BcastPeerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_peer_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_peer_row_new (void)
{
  return g_object_new (BCAST_TYPE_PEER_ROW, NULL);
}

/**
 * bcast_peer_row_show:
 * @self: a row
 * @peer: (nullable): what to show and follow
 * @own_name: (nullable): the name of our client that it is
 */
void
bcast_peer_row_show (BcastPeerRow       *self,
                     BcastConnectedPeer *peer,
                     const char         *own_name)
{
  g_return_if_fail (BCAST_IS_PEER_ROW (self));

  if (self->peer != NULL)
    g_signal_handlers_disconnect_by_data (self->peer, self);
  g_set_object (&self->peer, peer);
  g_clear_pointer (&self->own_name, g_free);
  if (peer == NULL)
    return;
  self->own_name = g_strdup (own_name);
  g_signal_connect_swapped (peer, "changed", G_CALLBACK (show_info), self);
  show_info (self);
}
