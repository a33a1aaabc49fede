/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastDraft:
 * @channels: (array zero-terminated=1): full channel names, prefix included
 * @name: the event's name
 * @data: the data as it goes on the wire
 * @sender: (nullable): the client to send it as a client event; %NULL for the HTTP API
 * @excluded: (nullable): the client whose socket id is excluded, or a socket id of somebody else
 * @info: (nullable): attributes to ask for, comma-separated
 *
 * What the composer holds.
 */
typedef struct
{
  char **channels;
  char  *name;
  char  *data;
  char  *sender;
  char  *excluded;
  char  *info;
} BcastDraft;

BcastDraft *bcast_draft_new   (const char * const *channels,
                               const char         *name,
                               const char         *data) G_GNUC_WARN_UNUSED_RESULT;
BcastDraft *bcast_draft_copy  (const BcastDraft   *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    bcast_draft_equal (const BcastDraft   *self,
                               const BcastDraft   *other);
void        bcast_draft_free  (BcastDraft         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastDraft, bcast_draft_free)

G_END_DECLS
