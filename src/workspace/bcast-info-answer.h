/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastInfoCounts:
 * @subscription_count: how many connections are subscribed, -1 when the server does not tell
 * @user_count: how many users are there, -1 when the server does not tell
 *
 * What a server tells of a channel with the answer to an event.
 */
typedef struct
{
  gint64 subscription_count;
  gint64 user_count;
} BcastInfoCounts;

char *bcast_info_counts_format (const BcastInfoCounts *self) G_GNUC_WARN_UNUSED_RESULT;

typedef struct _BcastInfoAnswer BcastInfoAnswer;

BcastInfoAnswer       *bcast_info_answer_parse (const char      *body) G_GNUC_WARN_UNUSED_RESULT;
void                   bcast_info_answer_free  (BcastInfoAnswer *self);
const BcastInfoCounts *bcast_info_answer_find  (BcastInfoAnswer *self,
                                                const char      *channel,
                                                guint            position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastInfoAnswer, bcast_info_answer_free)

G_END_DECLS
