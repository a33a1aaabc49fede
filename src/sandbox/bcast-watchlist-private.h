/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Source: Channels documentation, “Watchlist events”. */
#define BCAST_WATCHLIST_MAX 100

char **bcast_watchlist_parse  (const char          *json,
                               guint               *n_ids,
                               GError             **error) G_GNUC_WARN_UNUSED_RESULT;
char  *bcast_watchlist_format (const char * const  *online,
                               const char * const  *offline) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
