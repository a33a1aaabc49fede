/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where an event goes: the channel in the entry, and more as chips. */

#include "bcast-composer-private.h"

#include <glib/gi18n.h>

#include "bcast-error.h"

static const struct
{
  const char *label;
  const char *icon_name;
} type_looks[BCAST_COMPOSER_N_TYPES] = {
  { N_("Public"), "broadcast-channel-public-symbolic" },
  { N_("Private"), "broadcast-channel-private-symbolic" },
  { N_("Presence"), "broadcast-channel-presence-symbolic" },
  { N_("Encrypted"), "broadcast-channel-encrypted-symbolic" },
  { N_("Cache"), "broadcast-channel-cache-symbolic" },
  { N_("User"), "avatar-default-symbolic" },
};

static void
chips_removed_cb (BcastComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->channel_entry));
}

/* Backspace at the start of the entry gives the last chip back to be edited. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                BcastComposer         *self)
{
  g_autofree char *name = NULL;

  if (keyval != GDK_KEY_BackSpace || *gtk_editable_get_text (self->channel_entry) != '\0')
    return GDK_EVENT_PROPAGATE;
  name = bcast_composer_chips_take_last (self->chips);
  if (name == NULL)
    return GDK_EVENT_PROPAGATE;
  bcast_channel_input_set_name (self->input, name);
  gtk_editable_set_position (self->channel_entry, -1);
  return GDK_EVENT_STOP;
}

static void
watch_keys (BcastComposer *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->channel_entry), controller);
}

/*
 * bcast_composer_init_channels:
 * @self: a composer whose widgets are there
 *
 * Joins what tells where an event goes.
 */
void
bcast_composer_init_channels (BcastComposer *self)
{
  self->input = bcast_channel_input_new (self->channel_entry, self->prefix, self->type_buttons[0],
                                         self->type_buttons[1], self->type_buttons[2]);
  bcast_channel_input_add_type (self->input, BCAST_CHANNEL_ENCRYPTED, self->type_buttons[3]);
  bcast_channel_input_add_type (self->input, BCAST_CHANNEL_CACHE, self->type_buttons[4]);
  bcast_channel_input_add_type (self->input, BCAST_CHANNEL_SERVER_TO_USER, self->type_buttons[5]);
  g_signal_connect_swapped (self->chips, "removed", G_CALLBACK (chips_removed_cb), self);
  g_signal_connect_swapped (self->chips, "clear", G_CALLBACK (bcast_composer_clear_channels), self);
  watch_keys (self);
}

/*
 * bcast_composer_set_short_types:
 * @self: a composer
 * @is_short: whether there is room for no more than icons
 */
void
bcast_composer_set_short_types (BcastComposer *self,
                                gboolean       is_short)
{
  for (guint i = 0; i < BCAST_COMPOSER_N_TYPES; i++)
    if (is_short)
      gtk_button_set_icon_name (GTK_BUTTON (self->type_buttons[i]), type_looks[i].icon_name);
    else
      gtk_button_set_label (GTK_BUTTON (self->type_buttons[i]), _(type_looks[i].label));
}

/*
 * bcast_composer_update_channel_hint:
 * @self: a composer
 *
 * Says what is to be entered for the type that is chosen.
 */
void
bcast_composer_update_channel_hint (BcastComposer *self)
{
  gboolean is_user = bcast_channel_input_get_type_chosen (self->input) == BCAST_CHANNEL_SERVER_TO_USER;

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->channel_entry), is_user ? _("User id") : _("Channel"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->channel_entry),
                               is_user ? _("The id of a user who is signed in: every connection of that user receives "
                                           "the event, and nobody has to subscribe")
                                       : _("The channel: its bare name, or the full name, which sets the type by "
                                           "itself. Enter adds another one, or a list that was pasted"));
}

/*
 * bcast_composer_has_channels:
 * @self: a composer
 *
 * Returns: whether there is any channel yet, right or wrong
 */
gboolean
bcast_composer_has_channels (BcastComposer *self)
{
  return bcast_composer_chips_get_n (self->chips) > 0 || !bcast_channel_input_is_empty (self->input);
}

/*
 * bcast_composer_dup_channels:
 * @self: a composer
 *
 * Returns: (transfer full) (array zero-terminated=1): the full names of all channels, each once
 */
char **
bcast_composer_dup_channels (BcastComposer *self)
{
  const char * const *names = bcast_composer_chips_get_names (self->chips);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *name = bcast_channel_input_dup_name (self->input);

  for (guint i = 0; names[i] != NULL; i++)
    g_strv_builder_add (builder, names[i]);
  if (names[0] == NULL || (!bcast_channel_input_is_empty (self->input) && !g_strv_contains (names, name)))
    g_strv_builder_add (builder, name);
  return g_strv_builder_end (builder);
}

/*
 * bcast_composer_set_channels:
 * @self: a composer
 * @channels: (array zero-terminated=1): full names
 *
 * Writes the event for other channels: a single one in the entry, several as chips.
 */
void
bcast_composer_set_channels (BcastComposer      *self,
                             const char * const *channels)
{
  static const char * const none[] = { NULL };
  gboolean is_single = channels[0] != NULL && channels[1] == NULL;

  bcast_composer_chips_set_names (self->chips, is_single ? none : channels);
  bcast_channel_input_set_name (self->input, is_single ? channels[0] : "");
}

/*
 * bcast_composer_check_channels:
 * @self: a composer
 * @error: a sentence for the user
 *
 * Returns: whether the event can go to all its channels
 */
gboolean
bcast_composer_check_channels (BcastComposer  *self,
                               GError        **error)
{
  g_auto(GStrv) list = NULL;

  if (bcast_channel_input_is_empty (self->input) && bcast_composer_chips_get_n (self->chips) > 0)
    return TRUE;
  if (!bcast_channel_input_has_list (self->input))
    return bcast_channel_input_check (self->input, error);
  list = bcast_channel_input_dup_list (self->input, error);
  if (list != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 ngettext ("Several names stand here. Press Enter to add %u channel.",
                           "Several names stand here. Press Enter to add %u channels.", g_strv_length (list)),
                 g_strv_length (list));
  return FALSE;
}

/*
 * bcast_composer_add_channel_cb:
 * @self: a composer
 *
 * Makes chips of what stands in the entry, so that another channel can be entered.
 */
void
bcast_composer_add_channel_cb (BcastComposer *self)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) list = bcast_channel_input_dup_list (self->input, &error);
  guint n_channels = bcast_composer_chips_get_n (self->chips);

  gtk_widget_grab_focus (GTK_WIDGET (self->channel_entry));
  if (list != NULL && n_channels + g_strv_length (list) > BCAST_COMPOSER_CHIPS_MAX)
    g_set_error (&error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("At most %d channels can be kept here, and with these it would be %u. Send in parts, or use "
                   "broadcastctl."), BCAST_COMPOSER_CHIPS_MAX, n_channels + g_strv_length (list));
  if (error != NULL)
    {
      bcast_problem_line_show (self->problem, "channel", error->message, NULL, NULL);
      return;
    }
  if (list[0] == NULL)
    return;
  bcast_composer_chips_add (self->chips, (const char * const *) list);
  gtk_editable_set_text (self->channel_entry, "");
}
