/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-copy-button.h"

#include <glib/gi18n.h>

/* How long the button says that it has copied. */
#define DONE_MS 1500

/**
 * BcastCopyButton:
 *
 * Copies a text to the clipboard and says so by its icon for a moment.
 */
struct _BcastCopyButton
{
  GtkButton  parent_instance;

  char      *text;
  char      *purpose;
  guint      done_id;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_PURPOSE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastCopyButton, bcast_copy_button, GTK_TYPE_BUTTON)

static void
show_idle (BcastCopyButton *self)
{
  const char *tooltip = self->purpose != NULL ? self->purpose : _("Copy");

  gtk_button_set_icon_name (GTK_BUTTON (self), "edit-copy-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "success");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

static gboolean
done_cb (gpointer user_data)
{
  BcastCopyButton *self = user_data;

  self->done_id = 0;
  show_idle (self);
  return G_SOURCE_REMOVE;
}

static void
bcast_copy_button_clicked (GtkButton *button)
{
  BcastCopyButton *self = BCAST_COPY_BUTTON (button);

  if (self->text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  gtk_button_set_icon_name (button, "object-select-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self), "success");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Copied"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copied"), -1);

  g_clear_handle_id (&self->done_id, g_source_remove);
  self->done_id = g_timeout_add (DONE_MS, done_cb, self);
}

static void
bcast_copy_button_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BcastCopyButton *self = BCAST_COPY_BUTTON (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      bcast_copy_button_set_text (self, g_value_get_string (value));
      break;
    case PROP_PURPOSE:
      g_free (self->purpose);
      self->purpose = g_value_dup_string (value);
      show_idle (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_copy_button_constructed (GObject *object)
{
  G_OBJECT_CLASS (bcast_copy_button_parent_class)->constructed (object);

  show_idle (BCAST_COPY_BUTTON (object));
}

static void
bcast_copy_button_dispose (GObject *object)
{
  BcastCopyButton *self = BCAST_COPY_BUTTON (object);

  g_clear_handle_id (&self->done_id, g_source_remove);

  G_OBJECT_CLASS (bcast_copy_button_parent_class)->dispose (object);
}

static void
bcast_copy_button_finalize (GObject *object)
{
  BcastCopyButton *self = BCAST_COPY_BUTTON (object);

  g_free (self->text);
  g_free (self->purpose);

  G_OBJECT_CLASS (bcast_copy_button_parent_class)->finalize (object);
}

static void
bcast_copy_button_class_init (BcastCopyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = bcast_copy_button_constructed;
  object_class->set_property = bcast_copy_button_set_property;
  object_class->dispose = bcast_copy_button_dispose;
  object_class->finalize = bcast_copy_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = bcast_copy_button_clicked;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PURPOSE] =
    g_param_spec_string ("purpose", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_copy_button_init (BcastCopyButton *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
}

/**
 * bcast_copy_button_set_text:
 * @self: a copy button
 * @text: (nullable): what it copies; %NULL or empty when there is nothing to copy
 */
void
bcast_copy_button_set_text (BcastCopyButton *self,
                            const char      *text)
{
  g_return_if_fail (BCAST_IS_COPY_BUTTON (self));

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_widget_set_sensitive (GTK_WIDGET (self), text != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
