/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-connection.h"
#include "cli-input.h"
#include "cli-listener.h"
#include "cli-options.h"
#include "cli-workspace.h"

#include <glib/gi18n.h>

#define CLIENT_NAME "broadcastctl"

typedef struct
{
  CliConnection  connection;
  char          *user_id;
  char          *user_info;
  gboolean       signs_in;
  char         **watchlist;
  int            count;
  int            timeout_s;
} Options;

static void
options_clear (Options *self)
{
  cli_connection_clear (&self->connection);
  g_free (self->user_id);
  g_free (self->user_info);
  g_strfreev (self->watchlist);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_settled (gpointer user_data)
{
  return cli_listener_is_subscribed (user_data) || cli_listener_has_all (user_data)
         || cli_listener_get_failure (user_data) != CLI_EXIT_OK;
}

static gboolean
is_over (gpointer user_data)
{
  return cli_listener_has_all (user_data) || cli_listener_get_failure (user_data) != CLI_EXIT_OK;
}

static BcastClientMirror *
add_client (BcastWorkspace      *workspace,
            Options             *options,
            const char * const  *channels,
            GError             **error)
{
  g_autoptr(BcastClientOptions) who = bcast_client_options_new (CLIENT_NAME);
  BcastClientMirror *client;

  who->user_id = g_strdup (options->user_id != NULL ? options->user_id : CLIENT_NAME);
  who->user_info = g_strdup (options->user_info);
  who->signs_in = options->signs_in;
  who->watchlist = g_strdupv (options->watchlist);
  client = bcast_workspace_add_client_with (workspace, who, error);
  for (guint i = 0; client != NULL && channels[i] != NULL; i++)
    {
      if (!bcast_workspace_subscribe (workspace, client, channels[i], error))
        return NULL;
    }
  return client;
}

/* Who gave no number of events wanted to listen until now: then the end is no failure. */
static CliExit
listen (CliSession  *session,
        CliListener *listener,
        Options     *options)
{
  gint64 deadline_us = -1;

  if (!cli_session_wait (session, is_settled, listener, -1))
    return cli_session_fail (session, NULL);
  cli_session_set_limit (session, 0);

  if (options->timeout_s > 0)
    deadline_us = g_get_monotonic_time () + (gint64) options->timeout_s * G_USEC_PER_SEC;
  if (cli_session_wait (session, is_over, listener, deadline_us))
    return cli_listener_get_failure (listener);
  if (options->count == 0)
    return CLI_EXIT_OK;
  return cli_session_is_interrupted (session) ? cli_session_get_interrupt (session) : CLI_EXIT_TIMED_OUT;
}

static CliExit
subscribe (CliOutput           *output,
           Options             *options,
           const char * const  *channels)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastSecretBundle) secrets = NULL;
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(GError) error = NULL;
  BcastClientMirror *client;
  CliExit exit_code;

  cli_session_set_limit (session, options->connection.connect_timeout_s);
  if (!cli_connection_resolve (&options->connection, session, &error))
    return cli_session_fail (session, error);
  secrets = cli_connection_dup_secrets (&options->connection);
  if ((workspace = cli_workspace_open (options->connection.target, secrets, options->connection.journal_path,
                                       session, &error)) == NULL)
    return cli_session_fail (session, error);

  client = add_client (workspace, options, channels, &error);
  if (client == NULL)
    {
      exit_code = cli_session_fail (session, error);
    }
  else
    {
      g_autoptr(CliListener) listener = cli_listener_new (workspace, client, output, options->count);

      bcast_workspace_connect (workspace, client);
      exit_code = listen (session, listener, options);
    }
  bcast_workspace_close (workspace);
  return exit_code;
}

static GOptionContext *
new_context (CliOutput *output,
             Options   *options)
{
  const GOptionEntry entries[] = {
    { "count", 'n', 0, G_OPTION_ARG_INT, &options->count, N_("End after N events"), N_("N") },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &options->timeout_s,
      N_("End S seconds after the subscription"), N_("S") },
    { "user-id", 0, 0, G_OPTION_ARG_STRING, &options->user_id,
      N_("Who to be on presence channels (default: broadcastctl)"), N_("ID") },
    { "user-info", 0, 0, G_OPTION_ARG_STRING, &options->user_info,
      N_("What others there may know"), N_("JSON") },
    { "sign-in", 0, 0, G_OPTION_ARG_NONE, &options->signs_in,
      N_("Sign the user in, and print what is sent to the user"), NULL },
    { "watch", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->watchlist,
      N_("Tell when this user comes and goes; can be given more than once"), N_("ID") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json,
      N_("Write JSON: events, states, subscriptions and errors, each on a line"), NULL },
    { NULL },
  };
  GOptionContext *context;

  context = cli_options_new ("subscribe", _("[CHANNEL…]"),
                             _("Prints the events of one or more channels as they come, until Ctrl+C."),
                             _("Channels that need it are authorized with the app's secret, or by your app "
                               "with --auth-endpoint. Fewer "
                               "events than --count\nwhen --timeout is over exit with 7; without --count "
                               "the end of the time is no failure.\n\n"
                               "Examples:\n"
                               "  broadcastctl subscribe news private-user.1\n"
                               "  broadcastctl subscribe presence-lobby --user-id 7 --count 1 --timeout 30 "
                               "--json\n"
                               "  broadcastctl subscribe news --user-id alice --sign-in --watch bob"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_connection_add_options (&options->connection, context);
  return context;
}

/**
 * cmd_subscribe_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl subscribe`
 *
 * Returns: the exit code
 */
CliExit
cmd_subscribe_run (CliOutput   *output,
                   char      ***argv)
{
  g_auto(Options) options = { 0 };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GError) error = NULL;
  const char * const *channels;

  cli_connection_init (&options.connection);
  context = new_context (output, &options);
  if (!cli_options_parse (context, argv, 0, G_MAXINT, output))
    return CLI_EXIT_USAGE;
  if ((*argv)[1] == NULL && !options.signs_in)
    return cli_options_fail_usage (output, _("Tell a channel, or let a user sign in with --sign-in."));
  if (options.watchlist != NULL && !options.signs_in)
    return cli_options_fail_usage (output, _("--watch needs --sign-in: only a user who is signed in has a watchlist."));
  if (options.count < 0 || options.timeout_s < 0)
    return cli_options_fail_usage (output, _("--count and --timeout cannot be less than 0."));

  channels = (const char * const *) *argv + 1;
  if (!cli_input_check_channels (channels, &error)
      || (options.user_info != NULL && !cli_input_check_json (options.user_info, "--user-info", &error)))
    return cli_output_fail (output, error);
  return subscribe (output, &options, channels);
}
