/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-timeline-empty.h"

#include <glib/gi18n.h>

#include "bcast-client-watch.h"

/* Why there are no events, what to do about it, and the button that does it. */
typedef struct
{
  const char *icon_name;
  const char *title;
  const char *description;
  const char *button;
  const char *action;
} Reason;

static const Reason no_profile = {
  "broadcast-live-symbolic", N_("No Profile Is Open"),
  N_("Choose a profile at the top left of the window."), NULL, NULL,
};
static const Reason connecting = {
  "broadcast-live-symbolic", N_("Connecting…"),
  N_("Events will stand here: what was sent beside what was received."), NULL, NULL,
};
static const Reason no_client = {
  "system-users-symbolic", N_("No Clients"),
  N_("What a client receives will stand here beside what is sent."), N_("_Add a Client"), "live.add-client",
};
static const Reason not_connected = {
  "network-offline-symbolic", N_("Not Connected"),
  N_("Connect to send events and to see what the clients receive."), N_("_Connect"), "live.connect",
};
static const Reason no_subscription = {
  "broadcast-channel-public-symbolic", N_("No Subscription Yet"),
  N_("Subscribe a client to a channel. Whatever is sent there will stand here."),
  N_("_Subscribe to a Channel"), "live.focus-subscribe",
};
static const Reason silent = {
  "broadcast-live-symbolic", N_("Ready"),
  N_("Send the event below. What you send will stand here beside what each client receives."),
  N_("_Send"), "live.send",
};

/**
 * BcastTimelineEmpty:
 *
 * Stands in the place of the timeline's rows while there are none, and offers the next step.
 */
struct _BcastTimelineEmpty
{
  AdwBin            parent_instance;

  AdwStatusPage    *page;
  GtkButton        *button;

  BcastWorkspace   *workspace;
  BcastClientWatch *watch;
};

G_DEFINE_FINAL_TYPE (BcastTimelineEmpty, bcast_timeline_empty, ADW_TYPE_BIN)

static const Reason *
find_reason (BcastTimelineEmpty *self)
{
  BcastClientState state;

  if (self->workspace == NULL)
    return &no_profile;
  if (g_list_model_get_n_items (bcast_workspace_get_clients (self->workspace)) == 0)
    return &no_client;
  state = bcast_workspace_get_state (self->workspace);
  if (state == BCAST_CLIENT_CONNECTING)
    return &connecting;
  if (state != BCAST_CLIENT_CONNECTED)
    return &not_connected;
  return bcast_client_watch_count_confirmed (self->watch) == 0 ? &no_subscription : &silent;
}

static void
update (BcastTimelineEmpty *self)
{
  const Reason *reason = find_reason (self);
  const char *error = reason == &not_connected ? bcast_workspace_get_error (self->workspace) : NULL;
  g_autofree char *description = g_markup_escape_text (error != NULL ? error : _(reason->description), -1);

  adw_status_page_set_icon_name (self->page, reason->icon_name);
  adw_status_page_set_title (self->page, _(reason->title));
  adw_status_page_set_description (self->page, description);
  gtk_widget_set_visible (GTK_WIDGET (self->button), reason->button != NULL);
  if (reason->button != NULL)
    gtk_button_set_label (self->button, _(reason->button));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), reason->action);
}

static void
bcast_timeline_empty_dispose (GObject *object)
{
  BcastTimelineEmpty *self = BCAST_TIMELINE_EMPTY (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_timeline_empty_parent_class)->dispose (object);
}

static void
bcast_timeline_empty_class_init (BcastTimelineEmptyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_timeline_empty_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-timeline-empty.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineEmpty, page);
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineEmpty, button);
}

static void
bcast_timeline_empty_init (BcastTimelineEmpty *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = bcast_client_watch_new ();
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * bcast_timeline_empty_set_workspace:
 * @self: an empty timeline
 * @workspace: (nullable): whose timeline is empty
 *
 * Follows the state of another workspace.
 */
void
bcast_timeline_empty_set_workspace (BcastTimelineEmpty *self,
                                    BcastWorkspace     *workspace)
{
  g_return_if_fail (BCAST_IS_TIMELINE_EMPTY (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  g_set_object (&self->workspace, workspace);
  bcast_client_watch_set_workspace (self->watch, workspace);
  update (self);
}
