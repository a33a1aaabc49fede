/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-session.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

struct _CliSession
{
  CliOutput    *output;
  GCancellable *cancellable; /* of everything started; triggered by a signal or the time limit */
  int           signal;      /* the one that came, or 0 */
  guint         signal_ids[2];
  guint         limit_s;
  guint         limit_id;
  gboolean      is_over_limit;
};

static gboolean
take_signal (CliSession *self,
             int         number)
{
  self->signal = number;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
interrupt_cb (gpointer user_data)
{
  return take_signal (user_data, SIGINT);
}

static gboolean
terminate_cb (gpointer user_data)
{
  return take_signal (user_data, SIGTERM);
}

static gboolean
limit_cb (gpointer user_data)
{
  CliSession *self = user_data;

  self->limit_id = 0;
  self->is_over_limit = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * cli_session_new:
 * @output: where the command writes; must outlive the session
 *
 * Starts to watch for signals. From now on they end what is waited for, not the program.
 *
 * Returns: (transfer full): a new session
 */
CliSession *
cli_session_new (CliOutput *output)
{
  CliSession *self = g_new0 (CliSession, 1);

  self->output = output;
  self->cancellable = g_cancellable_new ();
  self->signal_ids[0] = g_unix_signal_add (SIGINT, interrupt_cb, self);
  self->signal_ids[1] = g_unix_signal_add (SIGTERM, terminate_cb, self);
  return self;
}

/**
 * cli_session_free:
 * @self: (transfer full): a session
 *
 * Ends it.
 */
void
cli_session_free (CliSession *self)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_source_remove (self->signal_ids[i]);
  g_object_unref (self->cancellable);
  g_free (self);
}

/**
 * cli_session_get_output:
 * @self: a session
 *
 * Returns: (transfer none): where the command writes
 */
CliOutput *
cli_session_get_output (CliSession *self)
{
  return self->output;
}

/**
 * cli_session_get_cancellable:
 * @self: a session
 *
 * Returns: (transfer none): to be passed to everything that is started
 */
GCancellable *
cli_session_get_cancellable (CliSession *self)
{
  return self->cancellable;
}

/**
 * cli_session_is_interrupted:
 * @self: a session
 *
 * Returns: whether the user asked to end
 */
gboolean
cli_session_is_interrupted (CliSession *self)
{
  return self->signal != 0;
}

/**
 * cli_session_get_interrupt:
 * @self: a session that was interrupted
 *
 * Returns: the exit code of work cut off by that signal
 */
CliExit
cli_session_get_interrupt (CliSession *self)
{
  return self->signal == SIGTERM ? CLI_EXIT_TERMINATED : CLI_EXIT_INTERRUPTED;
}

/**
 * cli_session_set_limit:
 * @self: a session
 * @limit_s: seconds from now in which all that is awaited must be done, 0 for no limit any more
 *
 * Limits how long the command waits for a server.
 */
void
cli_session_set_limit (CliSession *self,
                       guint       limit_s)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->limit_s = limit_s;
  if (limit_s > 0)
    self->limit_id = g_timeout_add_seconds (limit_s, limit_cb, self);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * cli_session_wait:
 * @self: a session
 * @is_done: asked after everything that happens
 * @user_data: for @is_done
 * @deadline_us: monotonic time at which to stop waiting, or -1 for never
 *
 * Runs the main loop until something has happened.
 *
 * Returns: whether it did, as opposed to a signal, the session's time limit or the deadline
 */
gboolean
cli_session_wait (CliSession  *self,
                  CliDoneFunc  is_done,
                  gpointer     user_data,
                  gint64       deadline_us)
{
  g_autoptr(GSource) deadline = NULL;
  gboolean done = FALSE;

  if (deadline_us >= 0)
    {
      deadline = g_timeout_source_new (0);
      g_source_set_ready_time (deadline, deadline_us);
      g_source_set_callback (deadline, wake_cb, NULL, NULL);
      g_source_attach (deadline, NULL);
    }

  while (!g_cancellable_is_cancelled (self->cancellable) && !(done = is_done (user_data))
         && (deadline_us < 0 || g_get_monotonic_time () < deadline_us))
    g_main_context_iteration (NULL, TRUE);

  if (deadline != NULL)
    g_source_destroy (deadline);
  return done;
}

/**
 * cli_session_ready_cb:
 * @source: (nullable): whose work it was
 * @result: what came out
 * @user_data: (inout): where cli_session_await() looks for it
 *
 * The callback for everything that is awaited.
 */
void
cli_session_ready_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

/**
 * cli_session_await:
 * @self: a session
 * @result: where cli_session_ready_cb() puts the result
 *
 * Runs the main loop until the work that was started is done, with the session's cancellable. A
 * signal or the time limit cancels the work; its result comes all the same.
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *
cli_session_await (CliSession    *self,
                   GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
is_cut_off (CliSession *self)
{
  return self->signal != 0 || self->is_over_limit;
}

/**
 * cli_session_fail:
 * @self: a session
 * @error: (nullable): why something awaited failed; %NULL when a wait was cut off
 *
 * Tells the user why; cancelled work failed for the reason it was cancelled for.
 *
 * Returns: the exit code
 */
CliExit
cli_session_fail (CliSession   *self,
                  const GError *error)
{
  g_return_val_if_fail (error != NULL || is_cut_off (self), CLI_EXIT_LOCAL);

  if (self->signal != 0)
    return cli_session_get_interrupt (self);
  if (!self->is_over_limit)
    return cli_output_fail (self->output, error);

  cli_output_note (self->output,
                   ngettext ("The server did not answer within %u second. "
                             "Look whether it runs, or wait longer with --connect-timeout.",
                             "The server did not answer within %u seconds. "
                             "Look whether it runs, or wait longer with --connect-timeout.",
                             self->limit_s),
                   self->limit_s);
  return CLI_EXIT_UNREACHABLE;
}
