/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-options.h"

G_BEGIN_DECLS

#define BCAST_CAST_VERSION 1 /* of the text */

/**
 * BcastCastMember:
 * @options: who the client is
 * @channels: (element-type utf8): what it is subscribed to: full names, in order
 *
 * One client of a cast.
 */
typedef struct
{
  BcastClientOptions *options;
  GPtrArray          *channels;
} BcastCastMember;

/**
 * BcastCast:
 * @members: (element-type BcastCastMember): in order
 *
 * The clients of a workspace with their subscriptions, as they are remembered over a restart.
 */
typedef struct
{
  GPtrArray *members;
} BcastCast;

BcastCast       *bcast_cast_new            (void) G_GNUC_WARN_UNUSED_RESULT;
BcastCast       *bcast_cast_new_ready      (void) G_GNUC_WARN_UNUSED_RESULT;
BcastCast       *bcast_cast_parse          (const char                *text,
                                            gsize                      length,
                                            const char                *secrets,
                                            guint                     *version,
                                            char                     **left_out,
                                            GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_cast_free           (BcastCast                 *self);

BcastCastMember *bcast_cast_add            (BcastCast                 *self,
                                            const BcastClientOptions  *options);
void             bcast_cast_member_join    (BcastCastMember           *self,
                                            const char                *channel);

char            *bcast_cast_format         (const BcastCast           *self) G_GNUC_WARN_UNUSED_RESULT;
char            *bcast_cast_format_secrets (const BcastCast           *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastCast, bcast_cast_free)

G_END_DECLS
