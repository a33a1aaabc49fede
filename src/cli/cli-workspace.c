/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-workspace.h"

#include "bcast-error.h"

#include <glib/gi18n.h>

/* The journal's writer commits within tens of milliseconds. */
#define JOURNAL_PATIENCE_US (5 * G_USEC_PER_SEC)

static void
notice_cb (BcastWorkspace *workspace,
           const char     *text,
           gpointer        user_data)
{
  cli_output_note (user_data, "%s", text);
}

static void
journal_error_cb (BcastWorkspace *workspace,
                  GParamSpec     *property,
                  gpointer        user_data)
{
  const char *error = bcast_workspace_get_journal_error (workspace);

  if (error != NULL)
    cli_output_note (user_data, "%s", error);
}

static void
sending_notice_cb (BcastWorkspace *workspace,
                   const char     *text,
                   gpointer        user_data)
{
  CliOutput *output = user_data;

  if (!g_error_matches (bcast_workspace_get_journal_problem (workspace), BCAST_ERROR, BCAST_ERROR_BUSY))
    cli_output_note (output, "%s", text);
  else if (!output->json)
    cli_output_note (output,
                     _("The journal of “%s” is written by another running Broadcast, which shows this event as "
                       "one from another sender when it is subscribed to the channel."),
                     bcast_profile_get_name (bcast_workspace_get_profile (workspace)));
}

static BcastWorkspace *
finish_opening (BcastWorkspace  *workspace,
                CliSession      *session,
                GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  g_signal_connect (workspace, "notify::journal-error", G_CALLBACK (journal_error_cb),
                    cli_session_get_output (session));
  bcast_workspace_open_async (workspace, cli_session_get_cancellable (session), cli_session_ready_cb,
                              &result);
  if (!bcast_workspace_open_finish (workspace, cli_session_await (session, &result), error))
    return NULL;
  /* Its requests run in a context of their own and end with it. */
  g_signal_connect_object (cli_session_get_cancellable (session), "cancelled",
                           G_CALLBACK (bcast_workspace_close), workspace, G_CONNECT_SWAPPED);
  return g_object_ref (workspace);
}

/**
 * cli_workspace_open:
 * @profile: the app
 * @secrets: (nullable): its secrets
 * @journal_path: (nullable): the journal that keeps what happens, %NULL to forget it
 * @session: waits
 * @error: why it cannot be opened
 *
 * Opens a workspace and passes on what it has to say: that the journal is being written by the desktop
 * program, for one. A signal or the time limit closes it.
 *
 * Returns: (transfer full) (nullable): an open workspace without clients, or %NULL with @error set; to
 *   be closed before it is released
 */
BcastWorkspace *
cli_workspace_open (BcastProfile             *profile,
                    const BcastSecretBundle  *secrets,
                    const char               *journal_path,
                    CliSession               *session,
                    GError                  **error)
{
  g_autoptr(BcastWorkspace) workspace = bcast_workspace_new (profile, secrets, journal_path);

  g_signal_connect (workspace, "notice", G_CALLBACK (notice_cb), cli_session_get_output (session));
  return finish_opening (workspace, session, error);
}

/**
 * cli_workspace_open_to_send:
 * @profile: the app
 * @secrets: its secrets
 * @journal_path: (nullable): the journal that keeps what is sent, %NULL to forget it
 * @session: waits
 * @error: why it cannot be opened
 *
 * Like cli_workspace_open(), for who sends one event and ends: that another program writes the journal
 * is no reason to close that program, which is often there to receive the event.
 *
 * Returns: (transfer full) (nullable): an open workspace without clients, or %NULL with @error set; to
 *   be closed before it is released
 */
BcastWorkspace *
cli_workspace_open_to_send (BcastProfile             *profile,
                            const BcastSecretBundle  *secrets,
                            const char               *journal_path,
                            CliSession               *session,
                            GError                  **error)
{
  g_autoptr(BcastWorkspace) workspace = bcast_workspace_new (profile, secrets, journal_path);

  g_signal_connect (workspace, "notice", G_CALLBACK (sending_notice_cb), cli_session_get_output (session));
  return finish_opening (workspace, session, error);
}

typedef struct
{
  BcastWorkspace *workspace;
  gint64          event_id;
  BcastEvent     *event;
} Awaited;

static gboolean
find_event (Awaited *awaited)
{
  bcast_workspace_refresh (awaited->workspace);
  g_clear_object (&awaited->event);
  awaited->event = bcast_event_list_find (bcast_workspace_get_timeline (awaited->workspace),
                                          awaited->event_id, NULL);
  return awaited->event != NULL;
}

static gboolean
is_answered (gpointer user_data)
{
  Awaited *awaited = user_data;

  return find_event (awaited) && bcast_event_get_record (awaited->event)->accepted_us >= 0;
}

static gboolean
has_outcome (gpointer user_data)
{
  Awaited *awaited = user_data;

  return find_event (awaited) && bcast_event_get_record (awaited->event)->outcome != BCAST_EVENT_WAITING;
}

/**
 * cli_workspace_await_answer:
 * @workspace: an open workspace
 * @session: waits
 * @event_id: an event that was sent and answered
 *
 * Waits until the journal, which is written by another thread, holds the answer.
 *
 * Returns: (transfer full) (nullable): the event as the journal has it, %NULL when it did not get there
 */
BcastEvent *
cli_workspace_await_answer (BcastWorkspace *workspace,
                            CliSession     *session,
                            gint64          event_id)
{
  Awaited awaited = { workspace, event_id, NULL };

  cli_session_wait (session, is_answered, &awaited, g_get_monotonic_time () + JOURNAL_PATIENCE_US);
  return awaited.event;
}

/**
 * cli_workspace_await_outcome:
 * @workspace: an open workspace
 * @session: waits
 * @event_id: an event that was sent
 * @deadline_us: monotonic time at which to stop waiting
 *
 * Waits until it is known what became of an event.
 *
 * Returns: (transfer full) (nullable): the event as the journal has it, %NULL when it did not get there
 */
BcastEvent *
cli_workspace_await_outcome (BcastWorkspace *workspace,
                             CliSession     *session,
                             gint64          event_id,
                             gint64          deadline_us)
{
  Awaited awaited = { workspace, event_id, NULL };

  cli_session_wait (session, has_outcome, &awaited, deadline_us);
  return awaited.event;
}
