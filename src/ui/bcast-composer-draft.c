/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-private.h"

#include "bcast-json.h"

/* The state that is kept between two runs is also what is put aside when something takes its place:
 * a dictionary of the fields as they were typed. */

/**
 * bcast_composer_dup_draft:
 * @self: a composer
 *
 * Returns: (transfer full): what it holds, as it would go out
 */
BcastDraft *
bcast_composer_dup_draft (BcastComposer *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER (self), NULL);

  g_autofree char *channel = bcast_channel_input_dup_name (self->input);
  g_autofree char *text = bcast_data_editor_dup_text (self->editor);
  gboolean compact = bcast_composer_options_get_compact (self->options);
  g_autofree char *data = bcast_data_check_dup_wire (text, bcast_data_editor_get_check (self->editor)->form,
                                                     compact);
  const char *channels[] = { channel, NULL };
  BcastDraft *draft = bcast_draft_new (channels, gtk_editable_get_text (self->event_entry), data);

  draft->sender = bcast_composer_options_dup_sender (self->options);
  draft->excluded = bcast_composer_options_dup_excluded (self->options);
  return draft;
}

static void
insert (GVariantDict *dict,
        const char   *key,
        const char   *value)
{
  if (value != NULL)
    g_variant_dict_insert (dict, key, "s", value);
}

/**
 * bcast_composer_dup_state:
 * @self: a composer
 *
 * Returns: (transfer full): what the user wrote and chose, as `a{sv}`
 */
GVariant *
bcast_composer_dup_state (BcastComposer *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER (self), NULL);

  g_autofree char *channel = bcast_channel_input_dup_name (self->input);
  g_autofree char *data = bcast_data_editor_dup_text (self->editor);
  g_autofree char *sender = bcast_composer_options_dup_sender (self->options);
  g_autofree char *excluded = bcast_composer_options_dup_excluded (self->options);
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  insert (&dict, "channel", channel);
  insert (&dict, "event", gtk_editable_get_text (self->event_entry));
  insert (&dict, "data", data);
  insert (&dict, "sender", sender);
  insert (&dict, "excluded", excluded);
  g_variant_dict_insert (&dict, "compact", "b", bcast_composer_options_get_compact (self->options));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * bcast_composer_restore_state:
 * @self: a composer
 * @state: what bcast_composer_dup_state() gave
 *
 * Brings a state back. What is missing in it becomes empty.
 */
void
bcast_composer_restore_state (BcastComposer *self,
                              GVariant      *state)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));
  g_return_if_fail (state != NULL && g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT));

  const char *channel = "";
  const char *event = "";
  const char *data = "";
  const char *sender = NULL;
  const char *excluded = NULL;
  gboolean compact = TRUE;

  g_variant_lookup (state, "channel", "&s", &channel);
  g_variant_lookup (state, "event", "&s", &event);
  g_variant_lookup (state, "data", "&s", &data);
  g_variant_lookup (state, "sender", "&s", &sender);
  g_variant_lookup (state, "excluded", "&s", &excluded);
  g_variant_lookup (state, "compact", "b", &compact);

  self->loading = TRUE;
  bcast_channel_input_set_name (self->input, channel);
  gtk_editable_set_text (self->event_entry, event);
  bcast_data_editor_set_text (self->editor, data);
  bcast_composer_options_set_sender (self->options, sender);
  bcast_composer_options_set_excluded (self->options, excluded);
  bcast_composer_options_set_compact (self->options, compact);
  self->loading = FALSE;

  bcast_problem_line_hide (self->problem);
  bcast_composer_update (self);
}

/* Puts a state in the place of what is there. What the user had written can be brought back. */
static void
replace (BcastComposer *self,
         GVariant      *state)
{
  g_autoptr(GVariant) before = bcast_composer_dup_state (self);
  gboolean is_lost = self->edited && !g_variant_equal (before, state);

  bcast_composer_restore_state (self, state);
  self->edited = FALSE;
  if (!is_lost)
    return;
  g_clear_pointer (&self->replaced, g_variant_unref);
  self->replaced = g_steal_pointer (&before);
  g_signal_emit_by_name (self, "replaced");
}

static void
replace_with (BcastComposer *self,
              const char    *channel,
              const char    *event,
              const char    *data,
              const char    *sender,
              const char    *excluded,
              gboolean       compact)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr(GVariant) state = NULL;

  insert (&dict, "channel", channel);
  insert (&dict, "event", event);
  insert (&dict, "data", data);
  insert (&dict, "sender", sender);
  insert (&dict, "excluded", excluded);
  g_variant_dict_insert (&dict, "compact", "b", compact);
  state = g_variant_ref_sink (g_variant_dict_end (&dict));
  replace (self, state);
}

/**
 * bcast_composer_set_draft:
 * @self: a composer
 * @draft: what to edit
 *
 * Edits a draft. Compact JSON is laid out for reading, and goes out compact again: the same bytes.
 */
void
bcast_composer_set_draft (BcastComposer    *self,
                          const BcastDraft *draft)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));
  g_return_if_fail (draft != NULL);

  const char *channel = draft->channels[0] != NULL ? draft->channels[0] : "";
  g_autofree char *tidy = bcast_json_tidy (draft->data, NULL);
  g_autofree char *minified = tidy != NULL ? bcast_json_minify (tidy, NULL) : NULL;
  gboolean is_compact = g_strcmp0 (minified, draft->data) == 0;

  replace_with (self, channel, draft->name, is_compact ? tidy : draft->data, draft->sender, draft->excluded,
                is_compact || tidy == NULL);
}

/**
 * bcast_composer_set_example:
 * @self: a composer
 * @example: a ready event
 *
 * Edits an example.
 */
void
bcast_composer_set_example (BcastComposer      *self,
                            const BcastExample *example)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));
  g_return_if_fail (example != NULL);

  replace_with (self, example->channel, example->name, example->data, example->sender, NULL, TRUE);
}

/**
 * bcast_composer_set_channel:
 * @self: a composer
 * @channel: a full channel name
 *
 * Writes the event for another channel.
 */
void
bcast_composer_set_channel (BcastComposer *self,
                            const char    *channel)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));
  g_return_if_fail (channel != NULL);

  bcast_channel_input_set_name (self->input, channel);
}

/**
 * bcast_composer_undo_replace:
 * @self: a composer
 *
 * Brings back what the user had written before an example or an earlier event took its place.
 */
void
bcast_composer_undo_replace (BcastComposer *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));

  g_autoptr(GVariant) replaced = g_steal_pointer (&self->replaced);

  if (replaced == NULL)
    return;
  bcast_composer_restore_state (self, replaced);
  self->edited = TRUE;
}
