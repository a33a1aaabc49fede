/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BCAST_TYPE_MEMBER (bcast_member_get_type ())

G_DECLARE_FINAL_TYPE (BcastMember, bcast_member, BCAST, MEMBER, GObject)

BcastMember *bcast_member_new           (const char  *user_id,
                                         const char  *user_info) G_GNUC_WARN_UNUSED_RESULT;
const char  *bcast_member_get_user_id   (BcastMember *self);
const char  *bcast_member_get_user_info (BcastMember *self);
char        *bcast_member_dup_name      (BcastMember *self) G_GNUC_WARN_UNUSED_RESULT;

#define BCAST_TYPE_MEMBER_LIST (bcast_member_list_get_type ())

G_DECLARE_FINAL_TYPE (BcastMemberList, bcast_member_list, BCAST, MEMBER_LIST, GObject)

BcastMemberList *bcast_member_list_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_member_list_put    (BcastMemberList *self,
                                           const char      *user_id,
                                           const char      *user_info);
gboolean         bcast_member_list_remove (BcastMemberList *self,
                                           const char      *user_id);
void             bcast_member_list_clear  (BcastMemberList *self);
BcastMember     *bcast_member_list_find   (BcastMemberList *self,
                                           const char      *user_id);

G_END_DECLS
