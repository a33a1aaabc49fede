/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-form.h"
#include "bcast-number.h"

/* Stands for what is no number: out of every range, so that bcast_profile_check() explains it. */
#define NO_NUMBER G_MAXUINT

#define MARGIN 12

/* Longer than a scrolled window takes to move to what has the focus. */
#define SCROLL_FRAMES 30

/**
 * BcastProfileForm:
 *
 * Binds the fields of an editor to a draft profile and shows what bcast_profile_check() says at the
 * field it is about: at once where something was typed, everywhere after an attempt to save.
 */
struct _BcastProfileForm
{
  GObject       parent_instance;

  BcastProfile *draft;
  GHashTable   *fields;  /* property → BcastField */
  GHashTable   *touched; /* property: where something was typed */
  gboolean      submitted;
};

G_DEFINE_FINAL_TYPE (BcastProfileForm, bcast_profile_form, G_TYPE_OBJECT)

static gboolean
check (BcastProfileForm  *self,
       const char       **faulty)
{
  g_autoptr(GError) error = NULL;
  gboolean is_good = bcast_profile_check (self->draft, faulty, &error);
  GHashTableIter iter;
  gpointer property, field;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &property, &field))
    {
      gboolean at_fault = g_strcmp0 (*faulty, property) == 0
                          && (self->submitted || g_hash_table_contains (self->touched, property));

      bcast_field_set_error (field, at_fault ? error->message : NULL);
    }
  return is_good;
}

static void
changed_cb (BcastProfileForm *self,
            GParamSpec       *pspec)
{
  const char *faulty = NULL;

  g_hash_table_add (self->touched, (gpointer) pspec->name);
  check (self, &faulty);
}

/* Focus scrolls the input into view, but not the sentence that has just appeared below it. It does so
 * slowly, and must not have the last word. */
static gboolean
scroll_to_cb (GtkWidget     *field,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (field, GTK_TYPE_SCROLLED_WINDOW);
  guint *n_frames = user_data;
  graphene_rect_t bounds;

  /* Its place is known once it was laid out. */
  if ((*n_frames)++ == 0)
    return G_SOURCE_CONTINUE;
  if (scroller != NULL && gtk_widget_compute_bounds (field, scroller, &bounds))
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
      double top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;

      gtk_adjustment_clamp_page (adjustment, top - MARGIN, top + bounds.size.height + MARGIN);
    }
  return *n_frames < SCROLL_FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
number_to_text (GBinding     *binding,
                const GValue *from,
                GValue       *to,
                gpointer      user_data)
{
  if (g_value_get_uint (from) == NO_NUMBER)
    return FALSE;
  g_value_take_string (to, g_strdup_printf ("%u", g_value_get_uint (from)));
  return TRUE;
}

static gboolean
text_to_number (GBinding     *binding,
                const GValue *from,
                GValue       *to,
                gpointer      user_data)
{
  const char *text = g_value_get_string (from);
  guint64 number = 0;

  if (text[0] != '\0' && !bcast_number_parse (text, 0, NO_NUMBER, &number))
    number = NO_NUMBER;
  g_value_set_uint (to, (guint) number);
  return TRUE;
}

static void
bcast_profile_form_dispose (GObject *object)
{
  BcastProfileForm *self = BCAST_PROFILE_FORM (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);

  G_OBJECT_CLASS (bcast_profile_form_parent_class)->dispose (object);
}

static void
bcast_profile_form_class_init (BcastProfileFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bcast_profile_form_dispose;
}

static void
bcast_profile_form_init (BcastProfileForm *self)
{
  self->fields = g_hash_table_new (g_str_hash, g_str_equal);
  self->touched = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * bcast_profile_form_new:
 * @draft: the profile that takes what is entered
 *
 * Returns: (transfer full): a form without fields
 */
BcastProfileForm *
bcast_profile_form_new (BcastProfile *draft)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (draft), NULL);

  BcastProfileForm *self = g_object_new (BCAST_TYPE_PROFILE_FORM, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * bcast_profile_form_add_text:
 * @self: a form
 * @property: (transfer none): the property of the draft, a static string
 * @field: a field whose input is a #GtkEditable
 */
void
bcast_profile_form_add_text (BcastProfileForm *self,
                             const char       *property,
                             BcastField       *field)
{
  g_return_if_fail (BCAST_IS_PROFILE_FORM (self));
  g_return_if_fail (BCAST_IS_FIELD (field));

  g_hash_table_insert (self->fields, (gpointer) property, field);
  g_object_bind_property (self->draft, property, bcast_field_get_input (field), "text",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

/**
 * bcast_profile_form_add_number:
 * @self: a form
 * @property: (transfer none): the property of the draft, a static string
 * @field: a field whose input is a #GtkEditable
 */
void
bcast_profile_form_add_number (BcastProfileForm *self,
                               const char       *property,
                               BcastField       *field)
{
  g_return_if_fail (BCAST_IS_PROFILE_FORM (self));
  g_return_if_fail (BCAST_IS_FIELD (field));

  g_hash_table_insert (self->fields, (gpointer) property, field);
  g_object_bind_property_full (self->draft, property, bcast_field_get_input (field), "text",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
                               number_to_text, text_to_number, NULL, NULL);
}

/**
 * bcast_profile_form_add_switch:
 * @self: a form
 * @property: the property of the draft
 * @widget: the switch for it
 */
void
bcast_profile_form_add_switch (BcastProfileForm *self,
                               const char       *property,
                               GtkSwitch        *widget)
{
  g_return_if_fail (BCAST_IS_PROFILE_FORM (self));
  g_return_if_fail (GTK_IS_SWITCH (widget));

  g_object_bind_property (self->draft, property, widget, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

/**
 * bcast_profile_form_go_to:
 * @field: a field at fault
 *
 * Puts the focus there, and shows all of it.
 */
void
bcast_profile_form_go_to (BcastField *field)
{
  g_return_if_fail (BCAST_IS_FIELD (field));

  GtkWidget *expander = gtk_widget_get_ancestor (GTK_WIDGET (field), GTK_TYPE_EXPANDER);

  if (expander != NULL)
    gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  gtk_widget_grab_focus (bcast_field_get_input (field));
  gtk_widget_add_tick_callback (GTK_WIDGET (field), scroll_to_cb, g_new0 (guint, 1), g_free);
}

/**
 * bcast_profile_form_submit:
 * @self: a form
 *
 * Checks everything, and puts the focus where something is wrong.
 *
 * Returns: whether the draft can be used
 */
gboolean
bcast_profile_form_submit (BcastProfileForm *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_FORM (self), FALSE);

  const char *faulty = NULL;

  self->submitted = TRUE;
  if (check (self, &faulty))
    return TRUE;

  BcastField *field = g_hash_table_lookup (self->fields, faulty);

  if (field != NULL)
    bcast_profile_form_go_to (field);
  return FALSE;
}
