/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-api.h"
#include "bcast-client.h"
#include "bcast-journal.h"
#include "bcast-matcher.h"
#include "bcast-news-private.h"
#include "bcast-send-plan.h"
#include "bcast-signers-private.h"
#include "bcast-sleep-watch.h"
#include "bcast-stats-window.h"

G_BEGIN_DECLS

typedef struct _BcastNetwork BcastNetwork;

/**
 * BcastNetworkFunc:
 * @network: the network
 * @data: what was posted
 *
 * Runs in the network context.
 */
typedef void (*BcastNetworkFunc) (BcastNetwork *network,
                                  gpointer      data);

/**
 * BcastNewsFunc:
 * @news: what happened
 * @user_data: what was given to bcast_network_new()
 *
 * Runs in the context that called bcast_network_new().
 */
typedef void (*BcastNewsFunc) (const BcastNews *news,
                               gpointer         user_data);

/**
 * BcastNetworkClient:
 * @options: who it is, under a name that is unique in its workspace
 * @client: the connection
 * @unread: (element-type utf8 guint): events per channel since the last news
 * @changed: (element-type utf8 utf8): channels with news that wait for @changed_source
 * @changed_us: monotonic time before which @changed waits
 * @error: (nullable): what went wrong last, to be told with the next news
 * @steps: (element-type BcastConnectionStep): what happened since the last news
 * @retry_us: monotonic time of the next attempt, 0 for none
 * @told_us: monotonic time of the last news
 *
 * One client in the network context.
 */
typedef struct
{
  BcastNetwork *network;
  char         *name;    /* lent by @options */
  BcastClientOptions *options;
  BcastClient  *client;
  GHashTable   *unread;
  GHashTable   *changed;
  GSource      *changed_source;
  gint64        changed_us;
  char         *error;
  GPtrArray    *steps;
  gint64        retry_us;
  gint64        told_us;
  GSource      *tell_source;
} BcastNetworkClient;

/**
 * BcastNetwork:
 *
 * The network context: a thread that owns all clients, the API and the matcher of a workspace. The
 * fields are its own and are touched in its thread only; others post functions to it.
 */
struct _BcastNetwork
{
  GThread          *thread;
  GMainContext     *context;
  GMainLoop        *loop;

  GMainContext     *owner_context;
  BcastNewsFunc     news_func;
  GObject          *news_target; /* kept alive by each news on its way */

  BcastApp         *app;
  BcastSigners     *signers;
  BcastApi         *api;
  BcastServerClues  clues;
  BcastSleepWatch  *sleep_watch;
  BcastJournal     *journal;
  BcastMatcher     *matcher;
  GHashTable       *clients; /* of BcastNetworkClient, by name */

  BcastStatsWindow  stats;
  GSource          *stats_source;
  GSource          *expire_source;
  GCancellable     *cancellable;
  GCancellable     *hurry;   /* cancelled when goodbyes are not waited for any more */
  guint             n_closing;
};

BcastNetwork       *bcast_network_new         (BcastSigners        *signers,
                                               BcastJournal        *journal,
                                               guint                miss_timeout_ms,
                                               BcastNewsFunc        news_func,
                                               GObject             *news_target) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_network_free        (BcastNetwork        *self);
void                bcast_network_post        (BcastNetwork        *self,
                                               BcastNetworkFunc     func,
                                               gpointer             data,
                                               GDestroyNotify       destroy);
void                bcast_network_tell        (BcastNetwork        *self,
                                               BcastNews           *news);
void                bcast_network_release_task (GTask              *task);
GSource            *bcast_network_add_timeout (BcastNetwork        *self,
                                               guint                delay_ms,
                                               GSourceFunc          func,
                                               gpointer             data);
void                bcast_network_clear_source (GSource            **source);

void                bcast_network_disconnect_client (BcastNetwork  *self,
                                               BcastNetworkClient  *client);
void                bcast_network_add_client  (BcastNetwork        *self,
                                               const BcastClientOptions *options);
void                bcast_network_change_client (BcastNetwork      *self,
                                               const BcastClientOptions *options);
void                bcast_network_look_again  (BcastNetwork        *self,
                                               gboolean             is_available);
void                bcast_network_take_reply  (BcastNetwork        *self,
                                               const BcastApiReply *reply);
void                bcast_network_client_free (gpointer             client);
BcastNetworkClient *bcast_network_find_client (BcastNetwork        *self,
                                               const char          *name);
void                bcast_network_touch_stats (BcastNetwork        *self);

void                bcast_network_receive     (BcastNetworkClient  *client,
                                               BcastFrame          *frame,
                                               gint64               received_us);
gint64              bcast_network_to_wall_us  (gint64               monotonic_us);
void                bcast_network_send        (BcastNetwork        *self,
                                               GTask               *task,
                                               GPtrArray           *drafts,
                                               BcastSendPlan       *plan);

G_END_DECLS
