/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-sender.h"

#include "cli-workspace.h"

#include "bcast-error.h"

#include <glib/gi18n.h>

static CliSent *
sent_new (gint64      time_us,
          guint       status,
          gint64      answered_us,
          const char *response)
{
  CliSent *self = g_new0 (CliSent, 1);

  self->time_us = time_us;
  self->status = status;
  self->answered_us = answered_us;
  self->response = g_strdup (response);
  return self;
}

/**
 * cli_sent_free:
 * @self: (transfer full): how the server took an event
 *
 * Frees it.
 */
void
cli_sent_free (CliSent *self)
{
  g_free (self->response);
  g_free (self);
}

/**
 * cli_sender_send:
 * @workspace: an open workspace
 * @session: waits
 * @draft: what to send
 * @error: why it was not sent, or what the server said
 *
 * Sends an event through the HTTP API.
 *
 * Returns: (transfer full) (nullable): how the server took it, or %NULL with @error set
 */
CliSent *
cli_sender_send (BcastWorkspace    *workspace,
                 CliSession        *session,
                 const BcastDraft  *draft,
                 GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(BcastEvent) event = NULL;
  const BcastEventRecord *record;
  gint64 event_id;

  bcast_workspace_send_async (workspace, draft, cli_session_get_cancellable (session),
                              cli_session_ready_cb, &result);
  if (!bcast_workspace_send_finish (workspace, cli_session_await (session, &result), &event_id, error))
    return NULL;

  event = cli_workspace_await_answer (workspace, session, event_id);
  if (event == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("The event was sent, but the journal could not be written. Look whether the disk is full."));
      return NULL;
    }
  record = bcast_event_get_record (event);
  return sent_new (record->time_us, record->status, record->accepted_us, record->response);
}
