/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastReportKind:
 * @BCAST_REPORT_CONNECTION: a socket connected
 * @BCAST_REPORT_DISCONNECTION: a socket is gone
 * @BCAST_REPORT_OCCUPIED: a channel got its first subscriber
 * @BCAST_REPORT_VACATED: a channel lost its last subscriber
 * @BCAST_REPORT_SUBSCRIBED: a socket subscribed
 * @BCAST_REPORT_UNSUBSCRIBED: a socket unsubscribed, or is gone
 * @BCAST_REPORT_MEMBER_ADDED: a user is on a presence channel who was not
 * @BCAST_REPORT_MEMBER_REMOVED: a user is no longer on a presence channel
 * @BCAST_REPORT_API_MESSAGE: an event came over the HTTP API
 * @BCAST_REPORT_CLIENT_EVENT: a client event was accepted
 * @BCAST_REPORT_CACHE_MISS: somebody subscribed to a cache channel that remembers nothing
 * @BCAST_REPORT_SUBSCRIPTION_COUNT: subscribers were told how many they are
 * @BCAST_REPORT_ERROR: something about the server itself
 * @BCAST_REPORT_API_ERROR: an HTTP request was refused
 * @BCAST_REPORT_CLIENT_ERROR: a socket did something that it may not
 * @BCAST_REPORT_WEBHOOK_SENT: a webhook was delivered
 * @BCAST_REPORT_WEBHOOK_FAILED: a webhook could not be delivered
 *
 * What can happen in the sandbox. The kinds are those of Pusher's Debug Console, with the two that
 * webhooks need besides.
 */
typedef enum
{
  BCAST_REPORT_CONNECTION,
  BCAST_REPORT_DISCONNECTION,
  BCAST_REPORT_OCCUPIED,
  BCAST_REPORT_VACATED,
  BCAST_REPORT_SUBSCRIBED,
  BCAST_REPORT_UNSUBSCRIBED,
  BCAST_REPORT_MEMBER_ADDED,
  BCAST_REPORT_MEMBER_REMOVED,
  BCAST_REPORT_API_MESSAGE,
  BCAST_REPORT_CLIENT_EVENT,
  BCAST_REPORT_CACHE_MISS,
  BCAST_REPORT_SUBSCRIPTION_COUNT,
  BCAST_REPORT_ERROR,
  BCAST_REPORT_API_ERROR,
  BCAST_REPORT_CLIENT_ERROR,
  BCAST_REPORT_WEBHOOK_SENT,
  BCAST_REPORT_WEBHOOK_FAILED,
} BcastReportKind;

#define BCAST_N_REPORT_KINDS (BCAST_REPORT_WEBHOOK_FAILED + 1)
#define BCAST_REPORT_ALL     ((1u << BCAST_N_REPORT_KINDS) - 1)

/**
 * BcastReport:
 * @kind: what happened
 * @time_us: when, in microseconds of the wall clock since 1970
 * @app_id: (nullable): to which app; %NULL when it is about none
 * @socket_id: (nullable): the socket, or the one that an event of the HTTP API excluded
 * @channel: (nullable): the channel
 * @event: (nullable): the event's name
 * @user_id: (nullable): the member, or whom the socket is signed in as
 * @data: (nullable): the data of an event; JSON or not
 * @text: (nullable): more about it, for people; of a connection: its address and library
 * @code: a close code, an HTTP status, or how many; 0 without one
 * @duration_us: how long a connection lived, or a webhook took; else 0
 *
 * One thing that happened. It never holds a secret or a signature.
 */
typedef struct
{
  BcastReportKind  kind;
  gint64           time_us;
  char            *app_id;
  char            *socket_id;
  char            *channel;
  char            *event;
  char            *user_id;
  char            *data;
  char            *text;
  guint            code;
  gint64           duration_us;
} BcastReport;

BcastReport *bcast_report_copy           (const BcastReport *self) G_GNUC_WARN_UNUSED_RESULT;
void         bcast_report_free           (BcastReport       *self);

const char  *bcast_report_kind_to_string (BcastReportKind    kind);
const char  *bcast_report_kind_get_title (BcastReportKind    kind);
gboolean     bcast_report_kind_parse     (const char        *text,
                                          BcastReportKind   *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastReport, bcast_report_free)

G_END_DECLS
