/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"
#include "cli-session.h"

G_BEGIN_DECLS

BcastWorkspace *cli_workspace_open        (BcastProfile    *profile,
                                           const BcastSecretBundle *secrets,
                                           const char      *journal_path,
                                           CliSession      *session,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
BcastWorkspace *cli_workspace_open_to_send (BcastProfile   *profile,
                                           const BcastSecretBundle *secrets,
                                           const char      *journal_path,
                                           CliSession      *session,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
BcastEvent     *cli_workspace_await_answer (BcastWorkspace *workspace,
                                           CliSession      *session,
                                           gint64           event_id) G_GNUC_WARN_UNUSED_RESULT;
BcastEvent     *cli_workspace_await_outcome (BcastWorkspace *workspace,
                                           CliSession      *session,
                                           gint64           event_id,
                                           gint64           deadline_us) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
