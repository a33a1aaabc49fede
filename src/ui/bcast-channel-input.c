/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-input.h"

#include <string.h>

#include "bcast-limits.h"

#define N_KINDS 4

/* What a button stands for, without and with the one for cache. */
static const BcastChannelType types[N_KINDS][2] = {
  { BCAST_CHANNEL_PUBLIC, BCAST_CHANNEL_CACHE },
  { BCAST_CHANNEL_PRIVATE, BCAST_CHANNEL_PRIVATE_CACHE },
  { BCAST_CHANNEL_PRESENCE, BCAST_CHANNEL_PRESENCE_CACHE },
  { BCAST_CHANNEL_ENCRYPTED, BCAST_CHANNEL_ENCRYPTED_CACHE },
};

/**
 * BcastChannelInput:
 *
 * Joins an entry for a bare channel name and a button for each type into one full name. A full name that
 * is typed or pasted sets the type by itself and leaves the bare name in the entry, so that the prefix
 * never has to be typed and always can be.
 *
 * Types without a button keep the rest of their prefix in the entry: “private-cache-news” is Private and
 * “cache-news” where there is no button for cache.
 */
struct _BcastChannelInput
{
  GObject          parent_instance;

  GtkEditable     *entry;            /* the widgets are not owned: their parent owns us */
  GtkLabel        *prefix;           /* may be NULL */
  GtkToggleButton *buttons[N_KINDS]; /* the last may be NULL */
  GtkToggleButton *cache;            /* may be NULL */
  gboolean         taking;
  gboolean         is_typed;         /* the type was typed, and more of it may follow */
};

G_DEFINE_FINAL_TYPE (BcastChannelInput, bcast_channel_input, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
find_chosen (BcastChannelInput *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (self->buttons[i] != NULL && gtk_toggle_button_get_active (self->buttons[i]))
      return i;
  return 0;
}

static gboolean
is_cache (BcastChannelInput *self)
{
  return self->cache != NULL && gtk_toggle_button_get_active (self->cache);
}

static const char *
get_chosen_prefix (BcastChannelInput *self)
{
  return bcast_channel_type_get_prefix (bcast_channel_input_get_chosen (self));
}

static void
choose (BcastChannelInput *self,
        BcastChannelType   type)
{
  for (guint i = 0; i < N_KINDS; i++)
    for (guint j = 0; j < 2; j++)
      if (self->buttons[i] != NULL && types[i][j] == type)
        {
          gtk_toggle_button_set_active (self->buttons[i], TRUE);
          if (self->cache != NULL)
            gtk_toggle_button_set_active (self->cache, j == 1);
        }
}

/* Finds the longest prefix of @text that the buttons can stand for. */
static const char *
split (BcastChannelInput *self,
       const char        *text,
       BcastChannelType  *type)
{
  gsize length = 0;

  *type = BCAST_CHANNEL_PUBLIC;
  for (guint i = 0; i < N_KINDS; i++)
    for (guint j = 0; j < (self->cache != NULL ? 2 : 1); j++)
      {
        const char *prefix = bcast_channel_type_get_prefix (types[i][j]);

        if (self->buttons[i] != NULL && strlen (prefix) > length && g_str_has_prefix (text, prefix))
          {
            *type = types[i][j];
            length = strlen (prefix);
          }
      }
  return text + length;
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
  if (!gtk_toggle_button_get_active (button) && button != self->cache)
    return;
  update_prefix (self);
  if (self->taking)
    return;
  self->is_typed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Moves a prefix from the entry to the buttons, which may have the first part of it already: “private-” was
 * taken before “cache-” could be typed. The text is a copy: setting the entry frees its own. */
static void
take_prefix (BcastChannelInput *self)
{
  const char *before = self->is_typed ? get_chosen_prefix (self) : "";
  g_autofree char *text = g_strconcat (before, gtk_editable_get_text (self->entry), NULL);
  BcastChannelType type;
  int n_taken = (int) (split (self, text, &type) - text) - (int) strlen (before);
  int position = gtk_editable_get_position (self->entry);

  if (n_taken <= 0)
    return;
  self->taking = TRUE;
  choose (self, type);
  gtk_editable_delete_text (self->entry, 0, n_taken);
  gtk_editable_set_position (self->entry, MAX (position - n_taken, 0));
  self->taking = FALSE;
  self->is_typed = bcast_channel_input_is_empty (self);
}

static void
changed_cb (BcastChannelInput *self)
{
  if (self->taking)
    return;
  if (bcast_channel_input_is_empty (self))
    self->is_typed = FALSE;
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
 * All widgets must outlive the input. See bcast_channel_input_add_types() for the other types.
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
  self->buttons[0] = public_button;
  self->buttons[1] = private_button;
  self->buttons[2] = presence_button;

  for (guint i = 0; i < 3; i++)
    g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  update_prefix (self);
  return self;
}

/**
 * bcast_channel_input_add_types:
 * @self: an input
 * @encrypted_button: a fourth button in the group
 * @cache_button: a button of its own, which makes a cache channel of any type
 *
 * Both must outlive the input.
 */
void
bcast_channel_input_add_types (BcastChannelInput *self,
                               GtkToggleButton   *encrypted_button,
                               GtkToggleButton   *cache_button)
{
  g_return_if_fail (BCAST_IS_CHANNEL_INPUT (self));

  self->buttons[3] = encrypted_button;
  self->cache = cache_button;
  g_signal_connect_object (encrypted_button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cache_button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bcast_channel_input_get_chosen:
 * @self: an input
 *
 * Returns: the type that the buttons stand for; what is in the entry may say more
 */
BcastChannelType
bcast_channel_input_get_chosen (BcastChannelInput *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_INPUT (self), BCAST_CHANNEL_PUBLIC);

  return types[find_chosen (self)][is_cache (self) ? 1 : 0];
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

  BcastChannelType type;
  const char *bare = split (self, name, &type);

  self->taking = TRUE;
  choose (self, type);
  gtk_editable_set_text (self->entry, bare);
  self->taking = FALSE;
  self->is_typed = FALSE;
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
