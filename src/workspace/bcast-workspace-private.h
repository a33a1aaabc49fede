/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-network-private.h"
#include "bcast-sandbox-log.h"
#include "bcast-sandbox.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

/**
 * BcastWorkspace:
 *
 * Everything here belongs to the main context. What the network context does is asked for with
 * bcast_network_post() and comes back as news.
 */
struct _BcastWorkspace
{
  GObject              parent_instance;

  BcastProfile        *profile;
  BcastSecretBundle   *secrets;
  char                *journal_path;
  char                *temporary_folder; /* of a private journal, removed on close */

  BcastApp            *app;
  BcastSandbox        *sandbox;
  BcastSandboxLog     *sandbox_log; /* stays readable when the sandbox has stopped */
  BcastJournal        *journal;
  BcastNetwork        *network;
  BcastEventList      *timeline;
  GListStore          *clients; /* of BcastClientMirror */

  GNetworkMonitor     *network_monitor;
  BcastServerKind      server_kind;

  BcastClientState     state;
  char                *error;
  char                *journal_error;
  GError              *journal_problem;
  BcastWorkspaceStats  stats;
  int                  commit_pending; /* atomic: a commit is on its way to the main context */
};

void     bcast_workspace_take_news          (const BcastNews   *news,
                                             gpointer           user_data);
void     bcast_workspace_update_state       (BcastWorkspace    *self);
void     bcast_workspace_set_overall        (BcastWorkspace    *self,
                                             BcastClientState   state,
                                             const char        *error);
void     bcast_workspace_set_server_kind    (BcastWorkspace    *self,
                                             BcastServerKind    kind);
void     bcast_workspace_emit_stats_changed (BcastWorkspace    *self);
void     bcast_workspace_watch_sandbox      (BcastWorkspace    *self);
void     bcast_workspace_watch_journal      (BcastWorkspace    *self);
void     bcast_workspace_say                (BcastWorkspace    *self,
                                             const char        *format,
                                             ...) G_GNUC_PRINTF (2, 3);
gboolean bcast_workspace_check_open         (BcastWorkspace    *self,
                                             GError           **error);

G_END_DECLS
