/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-draft-batch.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-trigger.h"

/*
 * The events that a user collects to be sent together are kept between two runs. What could not be kept is
 * not collected in the first place: the user is told while the events can still be sent, and not after they
 * are lost.
 */

static gsize
count_bytes (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

static gsize
measure (const BcastDraft *draft)
{
  return strlen (draft->channels[0]) + strlen (draft->name) + strlen (draft->data) + count_bytes (draft->excluded)
         + count_bytes (draft->info);
}

static gsize
measure_all (GPtrArray *drafts)
{
  gsize n_bytes = 0;

  for (guint i = 0; i < drafts->len; i++)
    n_bytes += measure (g_ptr_array_index (drafts, i));
  return n_bytes;
}

/* What can be sent, but for the socket that is excluded: it is known only when the event goes out. */
static gboolean
check_draft (const BcastDraft  *draft,
             GError           **error)
{
  g_autoptr(BcastTrigger) trigger = bcast_trigger_new (draft->name, (const char * const *) draft->channels,
                                                       draft->data, NULL, draft->info, error);

  return trigger != NULL;
}

/**
 * bcast_draft_batch_check:
 * @batch: (element-type BcastDraft): events for the HTTP API, each for one channel
 * @more: (element-type BcastDraft): likewise
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, in a sentence for the user
 *
 * Returns: whether @more can be sent, and @batch has room for all of it
 */
gboolean
bcast_draft_batch_check (GPtrArray  *batch,
                         GPtrArray  *more,
                         GError    **error)
{
  g_return_val_if_fail (batch != NULL && more != NULL, FALSE);

  for (guint i = 0; i < more->len; i++)
    if (!check_draft (g_ptr_array_index (more, i), error))
      return FALSE;

  if (batch->len + more->len > BCAST_DRAFT_BATCH_MAX)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The batch has room for %d events, and this would be more. Send it, or take events out."),
                   BCAST_DRAFT_BATCH_MAX);
      return FALSE;
    }
  if (measure_all (batch) + measure_all (more) > BCAST_DRAFT_BATCH_BYTES)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The batch has room for %d KiB in all, and this would be more. Send it, or take events out."),
                   BCAST_DRAFT_BATCH_BYTES / 1024);
      return FALSE;
    }
  return TRUE;
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
 * bcast_draft_batch_pack:
 * @batch: (element-type BcastDraft): events for the HTTP API, each for one channel
 *
 * Returns: (transfer full): the events as `aa{sv}`, to be kept
 */
GVariant *
bcast_draft_batch_pack (GPtrArray *batch)
{
  g_return_val_if_fail (batch != NULL, NULL);

  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; i < batch->len; i++)
    {
      const BcastDraft *draft = g_ptr_array_index (batch, i);
      g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

      insert (&dict, "channel", draft->channels[0]);
      insert (&dict, "event", draft->name);
      insert (&dict, "data", draft->data);
      insert (&dict, "excluded", draft->excluded);
      insert (&dict, "info", draft->info);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gboolean
is_info (const char *info)
{
  static const char * const known[] = { "subscription_count", "user_count", "subscription_count,user_count", NULL };

  return g_strv_contains (known, info);
}

static BcastDraft *
unpack_draft (GVariant *packed)
{
  g_autoptr(BcastDraft) draft = NULL;
  const char *channels[] = { NULL, NULL };
  const char *name;
  const char *data;

  if (!g_variant_lookup (packed, "channel", "&s", &channels[0])
      || !g_variant_lookup (packed, "event", "&s", &name)
      || !g_variant_lookup (packed, "data", "&s", &data))
    return NULL;
  draft = bcast_draft_new (channels, name, data);
  g_variant_lookup (packed, "excluded", "s", &draft->excluded);
  g_variant_lookup (packed, "info", "s", &draft->info);
  if ((draft->info != NULL && !is_info (draft->info)) || !check_draft (draft, NULL))
    return NULL;
  return g_steal_pointer (&draft);
}

/**
 * bcast_draft_batch_unpack:
 * @packed: what bcast_draft_batch_pack() gave, or anything else of the type `aa{sv}`
 * @n_left_out: (out): how many events are not in the result: those that cannot be sent, and from the first
 *   one that there is no room for, all
 *
 * Trusts nothing: who can write the settings of a user can write anything there.
 *
 * Returns: (transfer full) (element-type BcastDraft): events that bcast_draft_batch_check() would let in
 */
GPtrArray *
bcast_draft_batch_unpack (GVariant *packed,
                          guint    *n_left_out)
{
  g_return_val_if_fail (packed != NULL && g_variant_is_of_type (packed, G_VARIANT_TYPE ("aa{sv}")), NULL);
  g_return_val_if_fail (n_left_out != NULL, NULL);

  GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);
  gsize n_packed = g_variant_n_children (packed);
  gsize n_bytes = 0;

  for (gsize i = 0; i < n_packed && batch->len < BCAST_DRAFT_BATCH_MAX; i++)
    {
      g_autoptr(GVariant) child = g_variant_get_child_value (packed, i);
      g_autoptr(BcastDraft) draft = unpack_draft (child);

      if (draft == NULL)
        continue;
      n_bytes += measure (draft);
      if (n_bytes > BCAST_DRAFT_BATCH_BYTES)
        break;
      g_ptr_array_add (batch, g_steal_pointer (&draft));
    }
  *n_left_out = (guint) (n_packed - batch->len);
  return batch;
}
