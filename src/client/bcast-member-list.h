/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-member.h"

G_BEGIN_DECLS

#define BCAST_TYPE_MEMBER_LIST (bcast_member_list_get_type ())

/* A GListModel of BcastMember. */
G_DECLARE_FINAL_TYPE (BcastMemberList, bcast_member_list, BCAST, MEMBER_LIST, GObject)

BcastMemberList *bcast_member_list_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_member_list_put     (BcastMemberList *self,
                                            const char      *user_id,
                                            const char      *user_info);
gboolean         bcast_member_list_remove  (BcastMemberList *self,
                                            const char      *user_id);
void             bcast_member_list_replace (BcastMemberList *self,
                                            GPtrArray       *members);
void             bcast_member_list_clear   (BcastMemberList *self);
BcastMember     *bcast_member_list_find    (BcastMemberList *self,
                                            const char      *user_id);

G_END_DECLS
