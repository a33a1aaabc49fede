/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "bcast-limits.h"

G_BEGIN_DECLS

/**
 * BcastHubOptions:
 * @activity_timeout_s: seconds of silence after which a client is to ping, and is pinged; at least 1
 * @max_sockets: how many sockets may be connected at a time; 0 for as many as the sandbox takes
 * @max_members: how many members a presence channel may have
 * @has_subscription_counts: whether subscribers are told how many they are; hosted apps have to switch
 *   it on
 * @has_client_events: whether clients may trigger events; hosted apps have to switch it on
 *
 * What can be set about an app.
 */
typedef struct
{
  guint    activity_timeout_s;
  guint    max_sockets;
  guint    max_members;
  gboolean has_subscription_counts;
  gboolean has_client_events;
} BcastHubOptions;

#define BCAST_HUB_OPTIONS_DEFAULT { \
    .activity_timeout_s = BCAST_ACTIVITY_TIMEOUT_S, \
    .max_sockets = 0, \
    .max_members = BCAST_LIMIT_PRESENCE_MEMBERS, \
    .has_subscription_counts = TRUE, \
    .has_client_events = TRUE, \
  }

G_END_DECLS
