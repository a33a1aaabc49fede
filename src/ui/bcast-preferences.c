/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-preferences.h"

#include "bcast-settings.h"

#include <glib/gi18n.h>

/**
 * BcastPreferences:
 *
 * What can be set for the whole program, and the time-out of the open profile.
 */
struct _BcastPreferences
{
  AdwWindow            parent_instance;

  AdwComboRow         *color_scheme;
  GtkWidget           *keyring_row;
  AdwActionRow        *file_row;
  GtkCheckButton      *keyring;
  GtkCheckButton      *memory;
  GtkCheckButton      *file;
  AdwPreferencesGroup *profile_group;
  GtkSpinButton       *miss_timeout;

  GSettings           *settings;
  BcastSession        *session;
  BcastProfile        *profile;
  gboolean             showing; /* the state is being shown, not chosen */
};

G_DEFINE_FINAL_TYPE (BcastPreferences, bcast_preferences, ADW_TYPE_WINDOW)

static void
show_place (BcastPreferences *self)
{
  BcastRegistry *registry = bcast_session_get_registry (self->session);
  GtkCheckButton *buttons[] = {
    [BCAST_SECRET_PLACE_KEYRING] = self->keyring,
    [BCAST_SECRET_PLACE_SESSION] = self->memory,
    [BCAST_SECRET_PLACE_FILE] = self->file,
  };

  self->showing = TRUE;
  gtk_check_button_set_active (buttons[bcast_secret_store_get_place (bcast_registry_get_secrets (registry))], TRUE);
  self->showing = FALSE;
}

static void
place_toggled_cb (BcastPreferences *self,
                  GtkCheckButton   *button)
{
  BcastSecretPlace place = BCAST_SECRET_PLACE_KEYRING;

  if (self->showing || !gtk_check_button_get_active (button))
    return;
  if (button == self->memory)
    place = BCAST_SECRET_PLACE_SESSION;
  else if (button == self->file)
    place = BCAST_SECRET_PLACE_FILE;
  bcast_registry_set_secret_place (bcast_session_get_registry (self->session), place);
}

static void
show_keyring (BcastPreferences *self)
{
  g_autofree char *path = bcast_secret_store_dup_default_file_path ();
  g_autofree char *subtitle = g_strdup_printf (_("Not encrypted; only your user can read %s"), path);
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

  adw_action_row_set_subtitle (self->file_row, escaped);
  if (!bcast_registry_has_keyring (bcast_session_get_registry (self->session)))
    {
      gtk_widget_set_sensitive (self->keyring_row, FALSE);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->keyring_row),
                                   _("No keyring answered when Broadcast started. Install and unlock one, such as "
                                     "GNOME Keyring or KWallet, and start again."));
    }
}

static void
miss_timeout_cb (BcastPreferences *self)
{
  guint timeout_ms = (guint) (gtk_spin_button_get_value (self->miss_timeout) * 1000 + 0.5);

  g_object_set (self->profile, "miss-timeout-ms", timeout_ms, NULL);
  bcast_registry_save (bcast_session_get_registry (self->session));
}

static void
show_profile (BcastPreferences *self)
{
  g_autofree char *title = NULL;

  self->profile = bcast_session_get_profile (self->session);
  gtk_widget_set_visible (GTK_WIDGET (self->profile_group), self->profile != NULL);
  if (self->profile == NULL)
    return;

  g_object_ref (self->profile);
  title = g_markup_printf_escaped (_("Timeline of “%s”"), bcast_profile_get_name (self->profile));
  adw_preferences_group_set_title (self->profile_group, title);
  gtk_spin_button_set_value (self->miss_timeout, bcast_profile_get_miss_timeout_ms (self->profile) / 1000.0);
  g_signal_connect_object (self->miss_timeout, "value-changed", G_CALLBACK (miss_timeout_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
scheme_from_settings (GValue   *value,
                      GVariant *variant,
                      gpointer  user_data)
{
  const char * const nicks[] = { "follow", "light", "dark", NULL };

  for (guint i = 0; nicks[i] != NULL; i++)
    if (g_str_equal (nicks[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
scheme_to_settings (const GValue       *value,
                    const GVariantType *expected_type,
                    gpointer            user_data)
{
  const char * const nicks[] = { "follow", "light", "dark" };

  return g_variant_new_string (nicks[MIN (g_value_get_uint (value), G_N_ELEMENTS (nicks) - 1)]);
}

static void
bcast_preferences_dispose (GObject *object)
{
  BcastPreferences *self = BCAST_PREFERENCES (object);

  g_clear_object (&self->profile);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bcast_preferences_parent_class)->dispose (object);
}

static void
bcast_preferences_class_init (BcastPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_preferences_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, keyring_row);
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, file_row);
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, keyring);
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, memory);
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, file);
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, profile_group);
  gtk_widget_class_bind_template_child (widget_class, BcastPreferences, miss_timeout);
  gtk_widget_class_bind_template_callback (widget_class, place_toggled_cb);
}

static void
bcast_preferences_init (BcastPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_preferences_new:
 * @settings: the settings of the program
 * @session: what is open
 *
 * Returns: (transfer none): a new window, owned by GTK
 */
GtkWidget *
bcast_preferences_new (GSettings    *settings,
                       BcastSession *session)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (BCAST_IS_SESSION (session), NULL);

  BcastPreferences *self = g_object_new (BCAST_TYPE_PREFERENCES, NULL);

  self->settings = g_object_ref (settings);
  self->session = g_object_ref (session);
  g_settings_bind_with_mapping (settings, BCAST_SETTING_COLOR_SCHEME, self->color_scheme, "selected",
                                G_SETTINGS_BIND_DEFAULT, scheme_from_settings, scheme_to_settings, NULL, NULL);
  show_keyring (self);
  show_place (self);
  g_signal_connect_object (bcast_session_get_registry (session), "secret-place-changed",
                           G_CALLBACK (show_place), self, G_CONNECT_SWAPPED);
  show_profile (self);
  return GTK_WIDGET (self);
}
