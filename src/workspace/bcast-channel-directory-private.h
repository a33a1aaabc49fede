/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-channel-directory.h"

G_BEGIN_DECLS

/**
 * BcastChannelDirectory:
 *
 * Asks in up to four steps: for the channels with their subscribers; for how many users are on presence
 * channels; for the subscribers of single channels where the server does not tell them in the list; and for who
 * is on the chosen one. The list changes once, before the last step, and what stays keeps its object.
 */
struct _BcastChannelDirectory
{
  GObject         parent_instance;

  BcastWorkspace *workspace;
  char           *prefix;      /* %NULL for all */
  char           *chosen;      /* whose users are asked for, %NULL for none */
  GListStore     *channels;    /* of BcastOccupiedChannel */
  GListStore     *users;       /* of BcastMember */
  GHashTable     *found;       /* what the answers have told so far; %NULL between refreshes */
  GCancellable   *cancellable; /* of the refresh that runs; %NULL for none */
  GError         *error;
  GError         *users_error;
  guint           n_counting;  /* channels whose subscribers are being asked for */
  gboolean        has_answer;
  gboolean        no_counts;   /* the server does not tell subscribers in a list */
  gboolean        again;
};

void       bcast_channel_directory_emit_changed   (BcastChannelDirectory *self);
void       bcast_channel_directory_ask            (BcastChannelDirectory *self);
void       bcast_channel_directory_stop           (BcastChannelDirectory *self);

gboolean   bcast_channel_directory_parse_channels (const char  *body,
                                                   GHashTable  *channels,
                                                   GError     **error);
void       bcast_channel_directory_parse_counts   (const char      *body,
                                                   BcastInfoCounts *counts);
GPtrArray *bcast_channel_directory_parse_users    (const char  *body,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
