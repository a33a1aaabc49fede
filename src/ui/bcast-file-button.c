/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-file-button.h"

#include <glib/gi18n.h>

/**
 * BcastFileButton:
 *
 * Lets a person choose a file whose path goes into an entry beside the button.
 */
struct _BcastFileButton
{
  GtkButton             parent_instance;

  GtkEditable          *target;
  char                 *purpose;
  GtkFileChooserNative *chooser; /* while it is open */
};

enum
{
  PROP_0,
  PROP_TARGET,
  PROP_PURPOSE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastFileButton, bcast_file_button, GTK_TYPE_BUTTON)

static void
response_cb (BcastFileButton *self,
             int              response)
{
  g_autoptr(GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL && self->target != NULL && g_utf8_validate (path, -1, NULL))
    gtk_editable_set_text (self->target, path);
}

/* Where the present file is, when there is one. */
static void
start_at_target (BcastFileButton *self)
{
  const char *path = self->target != NULL ? gtk_editable_get_text (self->target) : "";
  g_autoptr(GFile) file = NULL;

  if (!g_path_is_absolute (path))
    return;
  file = g_file_new_for_path (path);
  gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), file, NULL);
}

static void
bcast_file_button_clicked (GtkButton *button)
{
  BcastFileButton *self = BCAST_FILE_BUTTON (button);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (self->purpose, GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _("_Choose"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  start_at_target (self);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
bcast_file_button_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BcastFileButton *self = BCAST_FILE_BUTTON (object);

  switch (prop_id)
    {
    case PROP_TARGET:
      g_set_weak_pointer (&self->target, g_value_get_object (value));
      break;
    case PROP_PURPOSE:
      g_free (self->purpose);
      self->purpose = g_value_dup_string (value);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->purpose);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_file_button_dispose (GObject *object)
{
  BcastFileButton *self = BCAST_FILE_BUTTON (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_weak_pointer (&self->target);

  G_OBJECT_CLASS (bcast_file_button_parent_class)->dispose (object);
}

static void
bcast_file_button_finalize (GObject *object)
{
  g_free (BCAST_FILE_BUTTON (object)->purpose);

  G_OBJECT_CLASS (bcast_file_button_parent_class)->finalize (object);
}

static void
bcast_file_button_class_init (BcastFileButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = bcast_file_button_set_property;
  object_class->dispose = bcast_file_button_dispose;
  object_class->finalize = bcast_file_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = bcast_file_button_clicked;

  properties[PROP_TARGET] =
    g_param_spec_object ("target", NULL, NULL, GTK_TYPE_EDITABLE,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PURPOSE] =
    g_param_spec_string ("purpose", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_file_button_init (BcastFileButton *self)
{
}
