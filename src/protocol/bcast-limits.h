/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Limits of the Channels protocol. Source of each: Channels documentation, “HTTP API”, “Channels”,
 * “Events”, “Presence channels”; where documentation and official libraries differ both stand here. */

#define BCAST_LIMIT_CHANNEL_NAME         164          /* documented; prefix included */
#define BCAST_LIMIT_CHANNEL_NAME_LENIENT 200          /* what the official libraries let through */
#define BCAST_LIMIT_EVENT_NAME           200
#define BCAST_LIMIT_DATA_BYTES           (10 * 1024)  /* of the data string, in UTF-8 */
#define BCAST_LIMIT_CHANNELS_PER_TRIGGER 100
#define BCAST_LIMIT_EVENTS_PER_BATCH     10
#define BCAST_LIMIT_PRESENCE_MEMBERS     100
#define BCAST_LIMIT_CHANNEL_DATA_BYTES   1024
#define BCAST_LIMIT_USER_ID              128          /* of a presence member */
#define BCAST_LIMIT_SIGN_IN_ID           200          /* of a user who signs in, as the libraries have it */
#define BCAST_LIMIT_WATCHLIST            100          /* users; more are passed over */
#define BCAST_LIMIT_CLIENT_EVENTS_PER_S  10
#define BCAST_LIMIT_TIMESTAMP_SKEW_S     600
#define BCAST_LIMIT_MESSAGE_BYTES        (1024 * 1024) /* ours: the largest WebSocket message read */
#define BCAST_LIMIT_JSON_DEPTH           128           /* ours: deeper nesting is refused */

#define BCAST_ACTIVITY_TIMEOUT_S 120 /* advertised by the sandbox; pusher-js' own default too */
#define BCAST_PONG_TIMEOUT_S     30  /* pusher-js' default pongTimeout */
