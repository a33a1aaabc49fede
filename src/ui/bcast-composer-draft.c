/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-channel-name.h"
#include "bcast-draft-batch.h"
#include "bcast-json.h"

/* The fields, a dictionary of them as they were typed, are put aside when something takes their place. The
 * state that is kept between two runs is the same with the batch. That is never put aside: what was collected
 * since must not go when a text is brought back. */

/* A server refuses an event that asks for what none of its channels has.
 * Source: Channels documentation, “HTTP API”. */
static char *
dup_info (BcastComposer      *self,
          const char * const *channels)
{
  g_autofree char *chosen = bcast_composer_options_dup_info (self->options);
  gboolean has_users = FALSE;
  gboolean has_subscriptions = FALSE;

  for (guint i = 0; channels[i] != NULL; i++)
    {
      BcastChannelType type = bcast_channel_name_find_type (channels[i]);

      has_users |= bcast_channel_type_is_presence (type);
      has_subscriptions |= !bcast_channel_type_is_presence (type) && type != BCAST_CHANNEL_SERVER_TO_USER;
    }
  has_users &= chosen != NULL && strstr (chosen, "user_count") != NULL;
  has_subscriptions &= chosen != NULL && strstr (chosen, "subscription_count") != NULL;
  return has_users && has_subscriptions ? g_strdup ("subscription_count,user_count")
         : has_users                    ? g_strdup ("user_count")
         : has_subscriptions            ? g_strdup ("subscription_count")
                                        : NULL;
}

/*
 * bcast_composer_dup_draft_for:
 * @self: a composer
 * @channels: (array zero-terminated=1): full names
 *
 * Returns: (transfer full): what it holds, as it would go out to @channels
 */
BcastDraft *
bcast_composer_dup_draft_for (BcastComposer      *self,
                              const char * const *channels)
{
  g_autofree char *text = bcast_data_editor_dup_text (self->editor);
  gboolean compact = bcast_composer_options_get_compact (self->options);
  g_autofree char *data = bcast_data_check_dup_wire (text, bcast_data_editor_get_check (self->editor)->form,
                                                     compact);
  BcastDraft *draft = bcast_draft_new (channels, gtk_editable_get_text (self->event_entry), data);

  draft->sender = bcast_composer_options_dup_sender (self->options);
  draft->excluded = bcast_composer_options_dup_excluded (self->options);
  draft->info = dup_info (self, channels);
  return draft;
}

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

  g_auto(GStrv) channels = bcast_composer_dup_channels (self);

  return bcast_composer_dup_draft_for (self, (const char * const *) channels);
}

static void
insert (GVariantDict *dict,
        const char   *key,
        const char   *value)
{
  if (value != NULL)
    g_variant_dict_insert (dict, key, "s", value);
}

/* The fields, as the user sees them, and not as they would go out: NULL stands for what is not chosen. */
typedef struct
{
  const char         *channel;  /* in the entry */
  const char * const *channels; /* beside it, or NULL */
  const char         *event;
  const char         *data;
  const char         *sender;
  const char         *excluded;
  const char         *info;
  gboolean            compact;
} Fields;

static GVariant *
pack (const Fields *fields)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  insert (&dict, "channel", fields->channel);
  if (fields->channels != NULL && fields->channels[0] != NULL)
    g_variant_dict_insert (&dict, "channels", "^as", fields->channels);
  insert (&dict, "event", fields->event);
  insert (&dict, "data", fields->data);
  insert (&dict, "sender", fields->sender);
  insert (&dict, "excluded", fields->excluded);
  insert (&dict, "info", fields->info);
  g_variant_dict_insert (&dict, "compact", "b", fields->compact);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static GVariant *
dup_fields (BcastComposer *self)
{
  g_autofree char *channel = bcast_channel_input_dup_name (self->input);
  g_autofree char *data = bcast_data_editor_dup_text (self->editor);
  g_autofree char *sender = bcast_composer_options_dup_sender (self->options);
  g_autofree char *excluded = bcast_composer_options_dup_excluded (self->options);
  g_autofree char *info = bcast_composer_options_dup_info (self->options);

  return pack (&(Fields) {
    .channel = channel,
    .channels = bcast_composer_chips_get_names (self->chips),
    .event = gtk_editable_get_text (self->event_entry),
    .data = data,
    .sender = sender,
    .excluded = excluded,
    .info = info,
    .compact = bcast_composer_options_get_compact (self->options),
  });
}

static void
restore_fields (BcastComposer *self,
                GVariant      *state)
{
  static const char * const none[] = { NULL };
  Fields fields = { .channel = "", .event = "", .data = "", .compact = TRUE };
  g_autofree const char **channels = NULL;

  g_variant_lookup (state, "channel", "&s", &fields.channel);
  g_variant_lookup (state, "channels", "^a&s", &channels);
  g_variant_lookup (state, "event", "&s", &fields.event);
  g_variant_lookup (state, "data", "&s", &fields.data);
  g_variant_lookup (state, "sender", "&s", &fields.sender);
  g_variant_lookup (state, "excluded", "&s", &fields.excluded);
  g_variant_lookup (state, "info", "&s", &fields.info);
  g_variant_lookup (state, "compact", "b", &fields.compact);

  self->loading = TRUE;
  bcast_composer_chips_set_names (self->chips, channels != NULL ? channels : none);
  bcast_channel_input_set_name (self->input, fields.channel);
  gtk_editable_set_text (self->event_entry, fields.event);
  bcast_data_editor_set_text (self->editor, fields.data);
  bcast_composer_options_set_sender (self->options, fields.sender);
  bcast_composer_options_set_excluded (self->options, fields.excluded);
  bcast_composer_options_set_info (self->options, fields.info);
  bcast_composer_options_set_compact (self->options, fields.compact);
  self->loading = FALSE;

  bcast_problem_line_hide (self->problem);
  bcast_composer_update (self);
}

/* What does not come back is told, and not passed over: the user counts on it. */
static void
restore_batch (BcastComposer *self,
               GVariant      *packed)
{
  guint n_left_out = 0;
  g_autoptr(GPtrArray) drafts = bcast_draft_batch_unpack (packed, &n_left_out);
  g_autofree char *text = NULL;

  bcast_composer_batch_add (self->batch, drafts, NULL);
  if (n_left_out == 0)
    return;
  text = g_strdup_printf (ngettext ("%u event of the batch did not come back: what was kept of it is damaged, or more "
                                    "than a batch may have. Collect it again.",
                                    "%u events of the batch did not come back: what was kept of them is damaged, or "
                                    "more than a batch may have. Collect them again.", n_left_out), n_left_out);
  bcast_problem_line_show (self->problem, "left-out", text, NULL, NULL);
}

/**
 * bcast_composer_dup_state:
 * @self: a composer
 *
 * Returns: (transfer full): what the user wrote, chose and collected, as `a{sv}`
 */
GVariant *
bcast_composer_dup_state (BcastComposer *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER (self), NULL);

  g_autoptr(GVariant) fields = dup_fields (self);
  g_autoptr(GPtrArray) drafts = bcast_composer_batch_dup_drafts (self->batch);
  g_autoptr(GVariant) batch = bcast_draft_batch_pack (drafts);
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (fields);

  g_variant_dict_insert_value (&dict, "batch", batch);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * bcast_composer_restore_state:
 * @self: a composer
 * @state: what bcast_composer_dup_state() gave, at any earlier time
 *
 * Brings a state back. What is missing in it becomes empty.
 */
void
bcast_composer_restore_state (BcastComposer *self,
                              GVariant      *state)
{
  g_return_if_fail (BCAST_IS_COMPOSER (self));
  g_return_if_fail (state != NULL && g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT));

  g_autoptr(GVariant) batch = g_variant_lookup_value (state, "batch", G_VARIANT_TYPE ("aa{sv}"));

  restore_fields (self, state);
  bcast_composer_batch_clear (self->batch);
  if (batch != NULL)
    restore_batch (self, batch);
}

/* What the user had written can be brought back. */
static void
keep_replaced (BcastComposer *self,
               GVariant      *before)
{
  g_clear_pointer (&self->replaced, g_variant_unref);
  self->replaced = g_variant_ref (before);
  g_signal_emit_by_name (self, "replaced");
}

/*
 * bcast_composer_clear_channels:
 *
 * Takes the chips out.
 */
void
bcast_composer_clear_channels (BcastComposer *self)
{
  static const char * const none[] = { NULL };

  g_autoptr(GVariant) before = dup_fields (self);

  bcast_composer_chips_set_names (self->chips, none);
  gtk_widget_grab_focus (GTK_WIDGET (self->channel_entry));
  keep_replaced (self, before);
}

/* Puts other fields in the place of what is there. */
static void
replace (BcastComposer *self,
         GVariant      *fields)
{
  g_autoptr(GVariant) before = dup_fields (self);
  gboolean is_lost = self->edited && !g_variant_equal (before, fields);

  restore_fields (self, fields);
  self->edited = FALSE;
  if (is_lost)
    keep_replaced (self, before);
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

  gboolean is_single = draft->channels[0] != NULL && draft->channels[1] == NULL;
  g_autofree char *tidy = bcast_json_tidy (draft->data, NULL);
  g_autofree char *minified = tidy != NULL ? bcast_json_minify (tidy, NULL) : NULL;
  gboolean is_compact = g_strcmp0 (minified, draft->data) == 0;

  g_autoptr(GVariant) state = pack (&(Fields) {
    .channel = is_single ? draft->channels[0] : "",
    .channels = is_single ? NULL : (const char * const *) draft->channels,
    .event = draft->name,
    .data = is_compact ? tidy : draft->data,
    .sender = draft->sender,
    .excluded = draft->excluded,
    .info = draft->info,
    .compact = is_compact || tidy == NULL,
  });

  replace (self, state);
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

  g_autoptr(GVariant) state = pack (&(Fields) {
    .channel = example->channel, .event = example->name, .data = example->data, .sender = example->sender,
    .compact = TRUE });

  replace (self, state);
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

  bcast_composer_set_channels (self, (const char *[]) { channel, NULL });
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
  restore_fields (self, replaced);
  self->edited = TRUE;
}
