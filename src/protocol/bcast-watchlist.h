/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastWatchlistFunc:
 * @user_id: somebody on the watchlist
 * @is_online: whether that user came or went
 * @user_data: what the caller passed
 *
 * Called for each change, in order.
 */
typedef void (*BcastWatchlistFunc) (const char *user_id,
                                    gboolean    is_online,
                                    gpointer    user_data);

char   **bcast_watchlist_parse         (const char          *json,
                                        guint               *n_ids,
                                        GError             **error) G_GNUC_WARN_UNUSED_RESULT;
char    *bcast_watchlist_format_events (const char * const  *online,
                                        const char * const  *offline) G_GNUC_WARN_UNUSED_RESULT;
gboolean bcast_watchlist_parse_events  (const char          *data,
                                        BcastWatchlistFunc   func,
                                        gpointer             user_data,
                                        GError             **error);

G_END_DECLS
