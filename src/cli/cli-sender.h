/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"
#include "cli-session.h"

G_BEGIN_DECLS

GPtrArray *cli_sender_send        (BcastWorkspace    *workspace,
                                   CliSession        *session,
                                   GPtrArray         *drafts,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void       cli_sender_print       (CliOutput         *output,
                                   const BcastDraft  *draft,
                                   GPtrArray         *sent);
void       cli_sender_print_batch (CliOutput         *output,
                                   GPtrArray         *sent);

G_END_DECLS
