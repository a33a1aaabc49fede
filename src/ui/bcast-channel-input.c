/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-input.h"

#include <string.h>

#include "bcast-limits.h"

#define MAX_TYPES 6

typedef struct
{
  BcastChannelType  type;
  GtkToggleButton  *button;
} Type;

/**
 * BcastChannelInput:
 *
 * Joins an entry for a bare channel name and a button for each type into one full name. A full name that
 * is typed or pasted sets the type by itself and leaves the bare name in the entry, so that the prefix
 * never has to be typed and always can be.
 *
 * Types without a button of their own keep the rest of their prefix in the entry: “private-cache-news”
 * is Private and “cache-news”. There may be more buttons than the three that every input has, see
 * bcast_channel_input_add_type().
 */
struct _BcastChannelInput
{
  GObject      parent_instance;

  GtkEditable *entry;            /* the widgets are not owned: their parent owns us */
  GtkLabel    *prefix;           /* may be NULL */
  Type         types[MAX_TYPES]; /* public first */
  guint        n_types;
  gboolean     taking;
};

G_DEFINE_FINAL_TYPE (BcastChannelInput, bcast_channel_input, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const Type *
find_chosen (BcastChannelInput *self)
{
  for (guint i = 0; i < self->n_types; i++)
    if (gtk_toggle_button_get_active (self->types[i].button))
      return &self->types[i];
  return &self->types[0];
}

static const char *
get_chosen_prefix (BcastChannelInput *self)
{
  return bcast_channel_type_get_prefix (find_chosen (self)->type);
}

/* The type whose button stands for the longest prefix of a name. */
static const Type *
find_type (BcastChannelInput *self,
           const char        *name)
{
  const Type *found = &self->types[0];
  gsize found_length = 0;

  for (guint i = 0; i < self->n_types; i++)
    {
      const char *prefix = bcast_channel_type_get_prefix (self->types[i].type);
      gsize length = strlen (prefix);

      if (length > found_length && g_str_has_prefix (name, prefix))
        {
          found = &self->types[i];
          found_length = length;
        }
    }
  return found;
}

/* A full name as it stands; before a bare one goes the prefix of the button. “cache-x” is full where Public
 * is chosen, and the rest of “private-cache-x” where Private is. */
static char *
dup_full_name (BcastChannelInput *self,
               const char        *text)
{
  g_autofree char *joined = g_strconcat (get_chosen_prefix (self), text, NULL);

  if (bcast_channel_name_find_type (joined) == find_chosen (self)->type
      && find_type (self, text) != &self->types[0])
    return g_strdup (text);
  return g_steal_pointer (&joined);
}

static void
update_prefix (BcastChannelInput *self)
{
  const char *prefix = get_chosen_prefix (self);

  if (self->prefix == NULL)
    return;
  gtk_label_set_text (self->prefix, prefix);
  gtk_widget_set_visible (GTK_WIDGET (self->prefix), *prefix != '\0');
}

static void
toggled_cb (BcastChannelInput *self,
            GtkToggleButton   *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  update_prefix (self);
  if (!self->taking)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Moves a prefix from the entry to the buttons: “private-encrypted-x”, and “encrypted-x” where Private is
 * chosen. A list is left as it stands, for each name may be of another type. */
static void
take_prefix (BcastChannelInput *self)
{
  g_autofree char *full_name = NULL;
  const Type *type;
  gsize n_taken;
  int position = gtk_editable_get_position (self->entry);

  if (bcast_channel_input_has_list (self))
    return;
  full_name = dup_full_name (self, gtk_editable_get_text (self->entry));
  type = find_type (self, full_name);
  n_taken = strlen (gtk_editable_get_text (self->entry))
            - strlen (full_name + strlen (bcast_channel_type_get_prefix (type->type)));
  if (n_taken == 0)
    return;

  self->taking = TRUE;
  gtk_toggle_button_set_active (type->button, TRUE);
  gtk_editable_delete_text (self->entry, 0, (int) n_taken);
  gtk_editable_set_position (self->entry, MAX (position - (int) n_taken, 0));
  self->taking = FALSE;
}

static void
changed_cb (BcastChannelInput *self)
{
  if (self->taking)
    return;
  take_prefix (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bcast_channel_input_class_init (BcastChannelInputClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_channel_input_init (BcastChannelInput *self)
{
}

/**
 * bcast_channel_input_new:
 * @entry: for the bare name
 * @prefix: (nullable): shows the prefix before the entry
 * @public_button: one of three buttons in a group
 * @private_button: the second
 * @presence_button: the third
 *
 * All widgets must outlive the input.
 *
 * Returns: (transfer full): an input over these widgets
 */
BcastChannelInput *
bcast_channel_input_new (GtkEditable     *entry,
                         GtkLabel        *prefix,
                         GtkToggleButton *public_button,
                         GtkToggleButton *private_button,
                         GtkToggleButton *presence_button)
{
  g_return_val_if_fail (GTK_IS_EDITABLE (entry), NULL);

  BcastChannelInput *self = g_object_new (BCAST_TYPE_CHANNEL_INPUT, NULL);

  self->entry = entry;
  self->prefix = prefix;
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  bcast_channel_input_add_type (self, BCAST_CHANNEL_PUBLIC, public_button);
  bcast_channel_input_add_type (self, BCAST_CHANNEL_PRIVATE, private_button);
  bcast_channel_input_add_type (self, BCAST_CHANNEL_PRESENCE, presence_button);
  update_prefix (self);
  return self;
}

/**
 * bcast_channel_input_add_type:
 * @self: an input
 * @type: a type that has no button yet
 * @button: its button, in the group of the others; must outlive the input
 *
 * Gives a type a button of its own.
 */
void
bcast_channel_input_add_type (BcastChannelInput *self,
                              BcastChannelType   type,
                              GtkToggleButton   *button)
{
  g_return_if_fail (BCAST_IS_CHANNEL_INPUT (self));
  g_return_if_fail (GTK_IS_TOGGLE_BUTTON (button) && self->n_types < MAX_TYPES);

  self->types[self->n_types++] = (Type) { type, button };
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bcast_channel_input_get_type_chosen:
 * @self: an input
 *
 * Returns: the type whose button is pressed
 */
BcastChannelType
bcast_channel_input_get_type_chosen (BcastChannelInput *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_INPUT (self), BCAST_CHANNEL_PUBLIC);

  return find_chosen (self)->type;
}

/**
 * bcast_channel_input_dup_name:
 * @self: an input
 *
 * Returns: (transfer full): the full name, prefix included, whether it is valid or not
 */
char *
bcast_channel_input_dup_name (BcastChannelInput *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_INPUT (self), NULL);

  g_autofree char *bare = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  return g_strconcat (get_chosen_prefix (self), bare, NULL);
}

/**
 * bcast_channel_input_set_name:
 * @self: an input
 * @name: a full name
 *
 * Sets type and bare name from a full name.
 */
void
bcast_channel_input_set_name (BcastChannelInput *self,
                              const char        *name)
{
  g_return_if_fail (BCAST_IS_CHANNEL_INPUT (self));
  g_return_if_fail (name != NULL);

  const Type *type = find_type (self, name);

  self->taking = TRUE;
  gtk_toggle_button_set_active (type->button, TRUE);
  gtk_editable_set_text (self->entry, name + strlen (bcast_channel_type_get_prefix (type->type)));
  self->taking = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * bcast_channel_input_is_empty:
 * @self: an input
 *
 * Returns: whether nothing was typed
 */
gboolean
bcast_channel_input_is_empty (BcastChannelInput *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_INPUT (self), TRUE);

  return *gtk_editable_get_text (self->entry) == '\0';
}

/**
 * bcast_channel_input_check:
 * @self: an input
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, in a sentence for the user
 *
 * Returns: whether the full name can be used
 */
gboolean
bcast_channel_input_check (BcastChannelInput *self,
                           GError           **error)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_INPUT (self), FALSE);

  g_autofree char *name = bcast_channel_input_dup_name (self);

  return bcast_channel_name_check (name, BCAST_LIMIT_CHANNEL_NAME, error);
}

static char **
split_words (BcastChannelInput *self)
{
  g_auto(GStrv) pieces = g_strsplit_set (gtk_editable_get_text (self->entry), " \t\r\n", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_strv_builder_add (words, pieces[i]);
  return g_strv_builder_end (words);
}

/**
 * bcast_channel_input_has_list:
 * @self: an input
 *
 * Returns: whether several names stand in the entry, with spaces or line breaks between
 */
gboolean
bcast_channel_input_has_list (BcastChannelInput *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_INPUT (self), FALSE);

  g_auto(GStrv) words = split_words (self);

  return g_strv_length (words) > 1;
}

/**
 * bcast_channel_input_dup_list:
 * @self: an input
 * @error: what is wrong with one of the names, in a sentence for the user
 *
 * Reads the entry as a list. A full name is of its own type, a bare one of the type that is chosen.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): all full names, or %NULL with @error set;
 *   free with g_strfreev()
 */
char **
bcast_channel_input_dup_list (BcastChannelInput  *self,
                              GError            **error)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_INPUT (self), NULL);

  g_auto(GStrv) words = split_words (self);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *full_name = dup_full_name (self, words[i]);

      g_free (words[i]);
      words[i] = full_name;
      if (!bcast_channel_name_check (full_name, BCAST_LIMIT_CHANNEL_NAME, error))
        return NULL;
    }
  return g_steal_pointer (&words);
}
