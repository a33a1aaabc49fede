/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"
#include "cli-session.h"

G_BEGIN_DECLS

/**
 * CliSent:
 * @time_us: wall clock, microseconds since 1970: when the request was made
 * @status: HTTP status of the answer
 * @answered_us: from request to answer
 * @response: (nullable): the body of the answer
 *
 * How the server took an event.
 */
typedef struct
{
  gint64  time_us;
  guint   status;
  gint64  answered_us;
  char   *response;
} CliSent;

void     cli_sent_free   (CliSent           *self);

CliSent *cli_sender_send (BcastWorkspace    *workspace,
                          CliSession        *session,
                          const BcastDraft  *draft,
                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSent, cli_sent_free)

G_END_DECLS
