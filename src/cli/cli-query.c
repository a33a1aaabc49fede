/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-query.h"

#include "cli-workspace.h"

#include "bcast-error.h"

#include <glib/gi18n.h>

static void
set_no_answer (const CliQuery  *query,
               GError         **error)
{
  if (query->users)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                 _("The answer is no list of users, so what answers is no Pusher-compatible API. Look whether "
                   "host, port and path are right."));
  else if (query->channel != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                 _("The answer does not tell whether the channel is occupied, so what answers is no "
                   "Pusher-compatible API. Look whether host, port and path are right."));
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                 _("The answer is no list of channels, so what answers is no Pusher-compatible API. Look "
                   "whether host, port and path are right."));
}

static JsonNode *
ask (BcastWorkspace  *workspace,
     CliSession      *session,
     const CliQuery  *query,
     GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *body = NULL;
  JsonNode *answer;

  bcast_workspace_query_async (workspace, query->channel, query->users, query->prefix, query->info,
                               cli_session_get_cancellable (session), cli_session_ready_cb, &result);
  body = bcast_workspace_query_finish (workspace, cli_session_await (session, &result), error);
  if (body == NULL)
    return NULL;

  answer = cli_json_parse_object (body);
  if (answer == NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                 _("The server's answer is no JSON object. Look whether host and port are right."));
  return answer;
}

/**
 * cli_query_run:
 * @output: where to write
 * @connection: the app to ask about
 * @query: what to ask
 * @print: prints the answer
 *
 * Asks the HTTP API; nothing of it goes into a journal.
 *
 * Returns: the exit code
 */
CliExit
cli_query_run (CliOutput      *output,
               CliConnection  *connection,
               const CliQuery *query,
               CliQueryFunc    print)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastSecretBundle) secrets = NULL;
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(JsonNode) answer = NULL;
  g_autoptr(GError) error = NULL;

  cli_session_set_limit (session, connection->connect_timeout_s);
  if (!cli_connection_resolve (connection, session, &error)
      || !cli_connection_check_secret (connection, &error))
    return cli_session_fail (session, error);
  secrets = cli_connection_dup_secrets (connection);
  if ((workspace = cli_workspace_open (connection->target, secrets, NULL, session, &error)) == NULL)
    return cli_session_fail (session, error);

  answer = ask (workspace, session, query, &error);
  bcast_workspace_close (workspace);
  if (answer == NULL)
    return cli_session_fail (session, error);

  if (print (output, query, json_node_get_object (answer)))
    return CLI_EXIT_OK;
  set_no_answer (query, &error);
  return cli_session_fail (session, error);
}
