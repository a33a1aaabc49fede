/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-draft.h"

/**
 * bcast_draft_new:
 * @channels: (nullable) (array zero-terminated=1): full channel names
 * @name: the event's name
 * @data: the data as it goes on the wire
 *
 * Returns: (transfer full): a draft for the HTTP API, with nothing excluded or asked for
 */
BcastDraft *
bcast_draft_new (const char * const *channels,
                 const char         *name,
                 const char         *data)
{
  static const char * const none[] = { NULL };

  g_return_val_if_fail (name != NULL && data != NULL, NULL);

  BcastDraft *self = g_new0 (BcastDraft, 1);

  self->channels = g_strdupv ((char **) (channels != NULL ? channels : none));
  self->name = g_strdup (name);
  self->data = g_strdup (data);
  return self;
}

/**
 * bcast_draft_copy:
 * @self: a draft
 *
 * Returns: (transfer full): a copy
 */
BcastDraft *
bcast_draft_copy (const BcastDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastDraft *copy = bcast_draft_new ((const char * const *) self->channels, self->name, self->data);

  copy->sender = g_strdup (self->sender);
  copy->excluded = g_strdup (self->excluded);
  copy->info = g_strdup (self->info);
  return copy;
}

/**
 * bcast_draft_equal:
 * @self: a draft
 * @other: another
 *
 * Returns: whether both would send the same
 */
gboolean
bcast_draft_equal (const BcastDraft *self,
                   const BcastDraft *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return g_strv_equal ((const char * const *) self->channels, (const char * const *) other->channels)
         && g_str_equal (self->name, other->name)
         && g_str_equal (self->data, other->data)
         && g_strcmp0 (self->sender, other->sender) == 0
         && g_strcmp0 (self->excluded, other->excluded) == 0
         && g_strcmp0 (self->info, other->info) == 0;
}

/**
 * bcast_draft_free:
 * @self: (transfer full) (nullable): a draft
 */
void
bcast_draft_free (BcastDraft *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->channels);
  g_free (self->name);
  g_free (self->data);
  g_free (self->sender);
  g_free (self->excluded);
  g_free (self->info);
  g_free (self);
}
