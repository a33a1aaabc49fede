/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-live-page-private.h"

#include <glib/gi18n.h>

#include "bcast-event-name.h"
#include "bcast-inspector-frame.h"

static void
composer_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  static const struct
  {
    const char  *action;
    void       (*function) (BcastComposer *composer);
  } functions[] = {
    { "live.send", bcast_composer_send },
    { "live.send-as-text", bcast_composer_send_as_text },
    { "live.send-confirmed", bcast_composer_send_confirmed },
    { "live.subscribe-draft", bcast_composer_subscribe },
    { "live.add-to-batch", bcast_composer_add_to_batch },
    { "live.clear-batch", bcast_composer_clear_batch },
    { "live.send-batch", bcast_composer_send_batch },
    { "live.focus-composer", bcast_composer_focus },
    { "live.tidy", bcast_composer_tidy },
    { "live.minify", bcast_composer_minify },
    { "live.undo-replace", bcast_composer_undo_replace },
  };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].action, action_name))
      functions[i].function (BCAST_LIVE_PAGE (widget)->composer);
}

static void
connect_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);

  if (self->workspace != NULL)
    bcast_workspace_connect (self->workspace, NULL);
}

static void
tree_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);

  bcast_live_panes_set_shown (self->panes, BCAST_LIVE_CLIENTS, TRUE);
  if (g_str_equal (action_name, "live.subscribe"))
    bcast_client_tree_subscribe (self->tree);
  else if (g_str_equal (action_name, "live.add-client"))
    bcast_client_tree_add_client (self->tree);
  else
    bcast_client_tree_focus_subscribe (self->tree);
}

static void
toggle_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);
  BcastLiveSide side = g_str_equal (action_name, "live.toggle-clients") ? BCAST_LIVE_CLIENTS
                                                                         : BCAST_LIVE_INSPECTOR;

  bcast_live_panes_set_shown (self->panes, side, !bcast_live_panes_is_shown (self->panes, side));
}

static void
show_details_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  bcast_live_panes_set_shown (BCAST_LIVE_PAGE (widget)->panes, BCAST_LIVE_INSPECTOR, TRUE);
}

/* A tap on a row opens its details where they are a sheet; elsewhere they are in view already. */
static void
tap_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);

  if (bcast_live_panes_is_sheet (self->panes, BCAST_LIVE_INSPECTOR))
    bcast_live_panes_set_shown (self->panes, BCAST_LIVE_INSPECTOR, TRUE);
}

static void
newest_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  bcast_timeline_follow (BCAST_LIVE_PAGE (widget)->timeline);
}

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_autofree char *title = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (BCAST_LIVE_PAGE (widget)->toasts, toast);
}

static void
copy (GtkWidget  *widget,
      const char *text,
      const char *message)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "live.toast", "s", message);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BcastEvent *event = BCAST_LIVE_PAGE (widget)->selected;

  if (event == NULL)
    return;

  const char *data = bcast_event_get_record (event)->data;
  g_autofree char *frame = NULL;

  if (g_str_equal (action_name, "live.copy"))
    copy (widget, data != NULL ? data : "", _("Copied the data"));
  else
    {
      frame = bcast_inspector_frame_dup_text (event);
      copy (widget, frame, _("Copied the frame"));
    }
}

static BcastDraft *
dup_draft (BcastEvent *event)
{
  const BcastEventRecord *record = bcast_event_get_record (event);
  const char *channels[] = { record->channel, NULL };
  BcastDraft *draft = bcast_draft_new (channels, record->name, record->data != NULL ? record->data : "");

  draft->sender = g_strdup (record->sender);
  draft->excluded = g_strdup (record->excluded);
  return draft;
}

static void
send_again_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);
  g_autoptr(BcastDraft) draft = NULL;

  if (self->selected == NULL)
    return;
  draft = dup_draft (self->selected);
  bcast_timeline_follow (self->timeline);
  bcast_composer_send_draft (self->composer, draft);
}

static void
edit_as_new_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);
  g_autoptr(BcastDraft) draft = NULL;

  if (self->selected == NULL)
    return;
  draft = dup_draft (self->selected);
  bcast_composer_set_draft (self->composer, draft);
  if (bcast_live_panes_is_sheet (self->panes, BCAST_LIVE_INSPECTOR))
    bcast_live_panes_set_shown (self->panes, BCAST_LIVE_INSPECTOR, FALSE);
  bcast_composer_focus (self->composer);
}

static void
example_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  guint n_examples;
  const BcastExample *examples = bcast_example_get_all (&n_examples);
  guint index = g_variant_get_uint32 (parameter);

  if (index < n_examples)
    bcast_composer_set_example (BCAST_LIVE_PAGE (widget)->composer, &examples[index]);
}

static void
compose_for_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);

  bcast_composer_set_channel (self->composer, g_variant_get_string (parameter, NULL));
  if (bcast_live_panes_is_sheet (self->panes, BCAST_LIVE_CLIENTS))
    bcast_live_panes_set_shown (self->panes, BCAST_LIVE_CLIENTS, FALSE);
  bcast_composer_focus (self->composer);
}

static const struct
{
  const char                  *name;
  const char                  *parameter_type;
  GtkWidgetActionActivateFunc  function;
} actions[] = {
  { "live.send", NULL, composer_action },
  { "live.send-as-text", NULL, composer_action },
  { "live.send-confirmed", NULL, composer_action },
  { "live.subscribe-draft", NULL, composer_action },
  { "live.add-to-batch", NULL, composer_action },
  { "live.clear-batch", NULL, composer_action },
  { "live.send-batch", NULL, composer_action },
  { "live.focus-composer", NULL, composer_action },
  { "live.tidy", NULL, composer_action },
  { "live.minify", NULL, composer_action },
  { "live.undo-replace", NULL, composer_action },
  { "live.example", "u", example_action },
  { "live.compose-for", "s", compose_for_action },
  { "live.connect", NULL, connect_action },
  { "live.subscribe", NULL, tree_action },
  { "live.focus-subscribe", NULL, tree_action },
  { "live.add-client", NULL, tree_action },
  { "live.toggle-clients", NULL, toggle_action },
  { "live.toggle-inspector", NULL, toggle_action },
  { "live.show-details", NULL, show_details_action },
  { "live.tap", NULL, tap_action },
  { "live.newest", NULL, newest_action },
  { "live.copy", NULL, copy_action },
  { "live.copy-frame", NULL, copy_action },
  { "live.send-again", NULL, send_again_action },
  { "live.edit-as-new", NULL, edit_as_new_action },
  { "live.toast", "s", toast_action },
};

/*
 * bcast_live_page_install_actions:
 * @widget_class: the class of the Live page
 *
 * Gives the page its actions: all that a user can do there, by button, menu or key.
 */
void
bcast_live_page_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].function);
}

/*
 * bcast_live_page_update_actions:
 * @self: the page
 *
 * Enables what can be done with the event that is selected now.
 */
void
bcast_live_page_update_actions (BcastLivePage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_event = self->selected != NULL;
  gboolean can_send = has_event
                      && !bcast_event_name_is_reserved (bcast_event_get_record (self->selected)->name);

  gtk_widget_action_set_enabled (widget, "live.copy", has_event);
  gtk_widget_action_set_enabled (widget, "live.copy-frame", has_event);
  gtk_widget_action_set_enabled (widget, "live.show-details", has_event);
  gtk_widget_action_set_enabled (widget, "live.edit-as-new", can_send);
  gtk_widget_action_set_enabled (widget, "live.send-again", can_send && self->workspace != NULL);
}
