/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-api.h"
#include "bcast-cast.h"
#include "bcast-client-mirror.h"
#include "bcast-draft.h"
#include "bcast-event-list.h"
#include "bcast-profile.h"
#include "bcast-secret-bundle.h"
#include "bcast-server-kind.h"

G_BEGIN_DECLS

/**
 * BcastWorkspaceStats:
 * @n_clients: clients that are connected
 * @n_subscriptions: confirmed subscriptions
 * @n_events: events in this session, sent and received
 * @events_per_s: over the last seconds
 * @median_us: median latency of the last deliveries, -1 when there is none
 * @p99_us: 99th percentile of the same
 * @connect_us: how long the slowest client took to connect, -1 before
 * @n_journal: rows in the journal
 */
typedef struct
{
  guint   n_clients;
  guint   n_subscriptions;
  guint64 n_events;
  double  events_per_s;
  gint64  median_us;
  gint64  p99_us;
  gint64  connect_us;
  gint64  n_journal;
} BcastWorkspaceStats;

#define BCAST_TYPE_WORKSPACE (bcast_workspace_get_type ())

/* One open profile. Lives in the main context and is the one place where contexts meet.
 * Properties with notification: "state" (int, BcastClientState: the worst of the clients wanted
 * connected), "error" (string or NULL), "server-kind" (int, BcastServerKind).
 * Signals:
 *   "committed": the journal has news; call bcast_workspace_refresh() at the next frame
 *   "stats-changed": at most twice a second
 *   "notice" (const char *): a sentence for the user, once (journal kept aside, port taken, …)
 */
G_DECLARE_FINAL_TYPE (BcastWorkspace, bcast_workspace, BCAST, WORKSPACE, GObject)

BcastWorkspace     *bcast_workspace_new            (BcastProfile         *profile,
                                                    const BcastSecretBundle *secrets,
                                                    const char           *journal_path) G_GNUC_WARN_UNUSED_RESULT;
/* Opens the journal, starts the sandbox for a profile of that kind, starts the network thread. */
void                bcast_workspace_open_async     (BcastWorkspace       *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean            bcast_workspace_open_finish    (BcastWorkspace       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void                bcast_workspace_close          (BcastWorkspace       *self);
void                bcast_workspace_close_async    (BcastWorkspace       *self,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
void                bcast_workspace_close_finish   (BcastWorkspace       *self,
                                                    GAsyncResult         *result);

BcastProfile       *bcast_workspace_get_profile    (BcastWorkspace       *self);
BcastApp           *bcast_workspace_get_app        (BcastWorkspace       *self);
BcastClientState    bcast_workspace_get_state      (BcastWorkspace       *self);
const char         *bcast_workspace_get_error      (BcastWorkspace       *self);
const char         *bcast_workspace_get_journal_error
                                                   (BcastWorkspace       *self);
const GError       *bcast_workspace_get_journal_problem
                                                   (BcastWorkspace       *self);
BcastServerKind     bcast_workspace_get_server_kind (BcastWorkspace      *self);
BcastWorkspaceStats bcast_workspace_get_stats      (BcastWorkspace       *self);

/* GListModel of BcastClientMirror */
GListModel         *bcast_workspace_get_clients    (BcastWorkspace       *self);
BcastClientMirror  *bcast_workspace_find_client    (BcastWorkspace       *self,
                                                    const char           *name);
BcastClientMirror  *bcast_workspace_add_client     (BcastWorkspace       *self,
                                                    const char           *name,
                                                    const char           *user_id,
                                                    const char           *user_info,
                                                    GError              **error);
BcastClientMirror  *bcast_workspace_add_client_with (BcastWorkspace      *self,
                                                    const BcastClientOptions *options,
                                                    GError              **error);
gboolean            bcast_workspace_change_client  (BcastWorkspace       *self,
                                                    BcastClientMirror    *client,
                                                    const BcastClientOptions *options,
                                                    GError              **error);
void                bcast_workspace_remove_client  (BcastWorkspace       *self,
                                                    BcastClientMirror    *client);
/* client NULL means all */
void                bcast_workspace_connect        (BcastWorkspace       *self,
                                                    BcastClientMirror    *client);
void                bcast_workspace_disconnect     (BcastWorkspace       *self,
                                                    BcastClientMirror    *client);
gboolean            bcast_workspace_subscribe      (BcastWorkspace       *self,
                                                    BcastClientMirror    *client,
                                                    const char           *channel,
                                                    GError              **error);
void                bcast_workspace_unsubscribe    (BcastWorkspace       *self,
                                                    BcastClientMirror    *client,
                                                    const char           *channel);
/* Adds Alice and Bob with their subscriptions, as a first start shows them. */
void                bcast_workspace_add_cast       (BcastWorkspace       *self);
/* Adds the clients of a cast, with their subscriptions; and gives those that there are. */
void                bcast_workspace_add_members    (BcastWorkspace       *self,
                                                    const BcastCast      *cast);
BcastCast          *bcast_workspace_dup_cast       (BcastWorkspace       *self) G_GNUC_WARN_UNUSED_RESULT;

/* Names of clients that would receive what is sent to these channels now; free with g_strfreev. */
char              **bcast_workspace_dup_receivers  (BcastWorkspace       *self,
                                                    const BcastDraft     *draft) G_GNUC_WARN_UNUSED_RESULT;
/* Fails with an error in place (BCAST_ERROR_INVALID, _TOO_LARGE, _NOT_CONNECTED) before anything
 * is sent; or with the server's own words, and then the timeline has the refused row as well. */
void                bcast_workspace_send_async     (BcastWorkspace       *self,
                                                    const BcastDraft     *draft,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
/* Several at once, ten in a request. */
void                bcast_workspace_send_batch_async (BcastWorkspace     *self,
                                                    const BcastDraft * const *drafts,
                                                    guint                 n_drafts,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean            bcast_workspace_send_finish    (BcastWorkspace       *self,
                                                    GAsyncResult         *result,
                                                    gint64               *first_event_id,
                                                    GError              **error);

/* Reads of the HTTP API, run on the network context: path "/channels", "/channels/NAME" or
 * "/channels/NAME/users". */
void                bcast_workspace_query_async    (BcastWorkspace       *self,
                                                    const char           *channel,
                                                    gboolean              users,
                                                    const char           *filter_by_prefix,
                                                    const char           *info,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
/* The body of the answer. */
char               *bcast_workspace_query_finish   (BcastWorkspace       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* Closes all connections that are signed in as this user. */
void                bcast_workspace_terminate_async (BcastWorkspace      *self,
                                                    const char           *user_id,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean            bcast_workspace_terminate_finish (BcastWorkspace     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

BcastEventList     *bcast_workspace_get_timeline   (BcastWorkspace       *self);
void                bcast_workspace_refresh        (BcastWorkspace       *self);

G_END_DECLS
