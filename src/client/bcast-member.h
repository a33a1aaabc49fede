/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BCAST_TYPE_MEMBER (bcast_member_get_type ())

/* Properties, read-only and never changing: "user-id", "user-info" (JSON or NULL), "name". */
G_DECLARE_FINAL_TYPE (BcastMember, bcast_member, BCAST, MEMBER, GObject)

BcastMember *bcast_member_new           (const char  *user_id,
                                         const char  *user_info) G_GNUC_WARN_UNUSED_RESULT;
const char  *bcast_member_get_user_id   (BcastMember *self);
const char  *bcast_member_get_user_info (BcastMember *self);
char        *bcast_member_dup_name      (BcastMember *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
