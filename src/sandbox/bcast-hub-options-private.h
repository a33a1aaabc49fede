/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "bcast-limits.h"

G_BEGIN_DECLS

/* Ours: hosted Pusher has a number for each plan. */
#define BCAST_HUB_MAX_SOCKETS 20000

/**
 * BcastHubOptions:
 * @activity_timeout_s: seconds of silence after which a client is to ping, and is pinged; at least 1
 * @max_sockets: how many sockets may be connected at a time
 * @max_members: how many members a presence channel may have
 * @has_subscription_counts: whether subscribers are told how many they are
 *
 * What can be set about an app.
 */
typedef struct
{
  guint    activity_timeout_s;
  guint    max_sockets;
  guint    max_members;
  gboolean has_subscription_counts;
} BcastHubOptions;

#define BCAST_HUB_OPTIONS_DEFAULT { \
    .activity_timeout_s = BCAST_ACTIVITY_TIMEOUT_S, \
    .max_sockets = BCAST_HUB_MAX_SOCKETS, \
    .max_members = BCAST_LIMIT_PRESENCE_MEMBERS, \
    .has_subscription_counts = TRUE, \
  }

G_END_DECLS
