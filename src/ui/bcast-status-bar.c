/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-status-bar.h"

#include "bcast-connection-state.h"
#include "bcast-format.h"
#include "bcast-server-button.h"

#include <glib/gi18n.h>

/* What goes first when there is less room. Every number is also on the Live page. */
#define SERVER_WIDTH        800
#define SUBSCRIPTIONS_WIDTH 720
#define CLIENTS_WIDTH       640
#define JOURNAL_WIDTH       560
#define LATENCY_WIDTH       480

/**
 * BcastStatusBar:
 *
 * The numbers of the open profile at the foot of the window. Each goes to where it is explained.
 */
struct _BcastStatusBar
{
  GtkWidget          parent_instance;

  GtkImage          *dot;
  GtkLabel          *state;
  BcastServerButton *server;
  GtkButton         *clients;
  GtkButton         *subscriptions;
  GtkButton         *events;
  GtkButton         *latency;
  GtkButton         *journal;

  BcastSession      *session;
  int                width;
};

G_DEFINE_FINAL_TYPE (BcastStatusBar, bcast_status_bar, GTK_TYPE_WIDGET)

/* Takes @text; %NULL hides the button, as does a window below @min_width. */
static void
show_text (BcastStatusBar *self,
           GtkButton      *button,
           int             min_width,
           char           *text)
{
  gtk_widget_set_visible (GTK_WIDGET (button), text != NULL && self->width >= min_width);
  if (text != NULL && g_strcmp0 (gtk_button_get_label (button), text) != 0)
    gtk_button_set_label (button, text);
  g_free (text);
}

static void
show_state (BcastStatusBar            *self,
            BcastClientState           state,
            const BcastWorkspaceStats *stats)
{
  const char *label = bcast_connection_state_get_label (state);

  bcast_connection_state_show (state, self->dot);
  if (state == BCAST_CLIENT_CONNECTED && stats->connect_us >= 0)
    {
      g_autofree char *duration = bcast_format_duration (stats->connect_us);
      g_autofree char *text = g_strdup_printf (_("Connected in %s"), duration);

      gtk_label_set_text (self->state, text);
    }
  else
    gtk_label_set_text (self->state, label);

  if (state == BCAST_CLIENT_CONNECTED)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "success");
}

static char *
format_events (const BcastWorkspaceStats *stats)
{
  g_autofree char *n_events =
    g_strdup_printf (g_dngettext (NULL, "%'u event", "%'u events", (gulong) stats->n_events),
                     (guint) MIN (stats->n_events, G_MAXUINT));

  return g_strdup_printf (_("%s · %.1f/s"), n_events, stats->events_per_s);
}

static char *
format_latency (const BcastWorkspaceStats *stats)
{
  if (stats->median_us < 0)
    return NULL;

  g_autofree char *median = bcast_format_duration (stats->median_us);
  g_autofree char *p99 = bcast_format_duration (stats->p99_us);

  return g_strdup_printf (_("median %s · p99 %s"), median, p99);
}

static void
show_server (BcastStatusBar  *self,
             BcastServerKind  kind)
{
  bcast_server_button_set_kind (self->server, kind);
  gtk_widget_set_visible (GTK_WIDGET (self->server), kind != BCAST_SERVER_UNKNOWN && self->width >= SERVER_WIDTH);
}

static void
update (BcastStatusBar *self)
{
  BcastWorkspace *workspace = bcast_session_get_workspace (self->session);
  BcastWorkspaceStats stats = { .median_us = -1, .p99_us = -1, .connect_us = -1 };

  if (workspace == NULL)
    {
      bcast_connection_state_show (BCAST_CLIENT_DISCONNECTED, self->dot);
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), "success");
      gtk_label_set_text (self->state, bcast_session_get_opening (self->session) ? _("Opening…") : _("Not open"));
    }
  else
    {
      stats = bcast_workspace_get_stats (workspace);
      show_state (self, bcast_workspace_get_state (workspace), &stats);
    }

  show_server (self, workspace != NULL ? bcast_workspace_get_server_kind (workspace) : BCAST_SERVER_UNKNOWN);
  show_text (self, self->clients, CLIENTS_WIDTH,
             g_strdup_printf (g_dngettext (NULL, "%u client", "%u clients", stats.n_clients), stats.n_clients));
  show_text (self, self->subscriptions, SUBSCRIPTIONS_WIDTH,
             g_strdup_printf (g_dngettext (NULL, "%u subscription", "%u subscriptions", stats.n_subscriptions),
                              stats.n_subscriptions));
  show_text (self, self->events, 0, format_events (&stats));
  show_text (self, self->latency, LATENCY_WIDTH, format_latency (&stats));
  show_text (self, self->journal, JOURNAL_WIDTH,
             g_strdup_printf (g_dngettext (NULL, "Journal %'lld event", "Journal %'lld events",
                                           (gulong) stats.n_journal), (long long) stats.n_journal));
}

static void
workspace_changed_cb (BcastStatusBar *self)
{
  BcastWorkspace *workspace = bcast_session_get_workspace (self->session);

  if (workspace != NULL)
    {
      g_signal_connect_object (workspace, "stats-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace, "notify::server-kind", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
bcast_status_bar_dispose (GObject *object)
{
  BcastStatusBar *self = BCAST_STATUS_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bcast_status_bar_parent_class)->dispose (object);
}

static void
bcast_status_bar_class_init (BcastStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_status_bar_dispose;

  g_type_ensure (BCAST_TYPE_SERVER_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, dot);
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, state);
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, server);
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, clients);
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, subscriptions);
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, events);
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, latency);
  gtk_widget_class_bind_template_child (widget_class, BcastStatusBar, journal);
}

static void
bcast_status_bar_init (BcastStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_status_bar_set_width:
 * @self: a status bar
 * @width: what the window has, in pixels
 *
 * Leaves out what @width has no room for.
 */
void
bcast_status_bar_set_width (BcastStatusBar *self,
                            int             width)
{
  g_return_if_fail (BCAST_IS_STATUS_BAR (self));

  if (self->width == width)
    return;
  self->width = width;
  update (self);
}

/**
 * bcast_status_bar_set_session:
 * @self: a status bar
 * @session: what it shows; to be set once
 */
void
bcast_status_bar_set_session (BcastStatusBar *self,
                              BcastSession   *session)
{
  g_return_if_fail (BCAST_IS_STATUS_BAR (self));
  g_return_if_fail (BCAST_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::workspace", G_CALLBACK (workspace_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::opening", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  workspace_changed_cb (self);
}
