/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *bcast_presence_data_format   (const char  *user_id,
                                        const char  *user_info) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_presence_data_parse    (const char  *channel_data,
                                        char       **user_id,
                                        char       **user_info,
                                        GError     **error);

/**
 * BcastPresenceFunc:
 * @user_id: a member's id, as text
 * @user_info: (nullable): what is known about the member, as JSON
 * @user_data: what the caller passed
 */
typedef void (*BcastPresenceFunc) (const char *user_id,
                                   const char *user_info,
                                   gpointer    user_data);

gboolean  bcast_presence_roster_parse  (const char         *data,
                                        BcastPresenceFunc   func,
                                        gpointer            user_data,
                                        GError            **error);

G_END_DECLS
