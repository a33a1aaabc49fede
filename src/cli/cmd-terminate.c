/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-connection.h"
#include "cli-options.h"
#include "cli-workspace.h"

#include "bcast-channel-name.h"

#include <glib/gi18n.h>

static CliExit
terminate (CliOutput     *output,
           CliConnection *connection,
           const char    *user_id)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastSecretBundle) secrets = NULL;
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_done;

  cli_session_set_limit (session, connection->connect_timeout_s);
  if (!cli_connection_resolve (connection, session, &error)
      || !cli_connection_check_secret (connection, &error))
    return cli_session_fail (session, error);
  secrets = cli_connection_dup_secrets (connection);
  if ((workspace = cli_workspace_open (connection->target, secrets, NULL, session, &error)) == NULL)
    return cli_session_fail (session, error);

  bcast_workspace_terminate_async (workspace, user_id, cli_session_get_cancellable (session), cli_session_ready_cb,
                                   &result);
  is_done = bcast_workspace_terminate_finish (workspace, cli_session_await (session, &result), &error);
  bcast_workspace_close (workspace);
  if (!is_done)
    return cli_session_fail (session, error);

  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_boolean (builder, "ok", TRUE);
      cli_json_add_string (builder, "user_id", user_id);
      cli_output_end_json (output, builder);
    }
  else
    cli_output_line (output, _("All connections that are signed in as %s were ended."), user_id);
  return CLI_EXIT_OK;
}

/**
 * cmd_terminate_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl terminate`
 *
 * Returns: the exit code
 */
CliExit
cmd_terminate_run (CliOutput   *output,
                   char      ***argv)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write the outcome as JSON"), NULL },
    { NULL },
  };
  g_auto(CliConnection) connection = { 0 };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GError) error = NULL;

  cli_connection_init (&connection);
  context = cli_options_new ("terminate", _("USER_ID"),
                             _("Ends all connections that are signed in as a user, who may connect anew."),
                             _("Example:\n  broadcastctl terminate alice"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_connection_add_options (&connection, context);
  if (!cli_options_parse (context, argv, 1, 1, output))
    return CLI_EXIT_USAGE;

  if (!bcast_user_id_check ((*argv)[1], &error))
    return cli_output_fail (output, error);
  return terminate (output, &connection, (*argv)[1]);
}
