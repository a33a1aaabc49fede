/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-connection.h"
#include "cli-input.h"
#include "cli-options.h"
#include "cli-sender.h"
#include "cli-text.h"
#include "cli-workspace.h"

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-event-name.h"

#include <glib/gi18n.h>

typedef struct
{
  CliConnection  connection;
  char          *event;
  char          *data;
  gboolean       is_text;
  char          *exclude;
  char          *info;
} Options;

static void
options_clear (Options *self)
{
  cli_connection_clear (&self->connection);
  g_free (self->event);
  g_free (self->data);
  g_free (self->exclude);
  g_free (self->info);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Everything that can be found out without the server is, so that nothing is sent by halves. */
static BcastDraft *
new_draft (Options             *options,
           const char * const  *channels,
           GError             **error)
{
  g_autofree char *data = NULL;
  g_autoptr(GError) json_error = NULL;
  BcastDraft *draft;

  if (!cli_input_check_channels (channels, error) || !bcast_event_name_check (options->event, error))
    return NULL;
  if (options->exclude != NULL && !bcast_socket_id_is_valid (options->exclude))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” is no socket id: it is two numbers with a dot between, such as 1234.5678."),
                   options->exclude);
      return NULL;
    }

  data = cli_input_load_data (options->data, error);
  if (data == NULL)
    return NULL;
  if (!options->is_text && !cli_input_check_json (data, NULL, &json_error))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("%s To send it as plain text say --text."),
                   json_error->message);
      return NULL;
    }

  draft = bcast_draft_new (channels, options->event, data);
  draft->info = g_strdup (options->info);
  draft->excluded = g_strdup (options->exclude);
  return draft;
}

static void
print_json (CliOutput        *output,
            const BcastDraft *draft,
            const CliSent    *sent)
{
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();
  JsonNode *response = cli_json_parse_object (sent->response);

  cli_json_add_boolean (builder, "ok", TRUE);
  cli_json_add_time (builder, sent->time_us);
  cli_json_add_strings (builder, "channels", (const char * const *) draft->channels);
  cli_json_add_string (builder, "event", draft->name);
  cli_json_add_string (builder, "data", draft->data);
  cli_json_add_int (builder, "status", sent->status);
  cli_json_add_int (builder, "answered_us", sent->answered_us);
  if (response != NULL)
    {
      json_builder_set_member_name (builder, "response");
      json_builder_add_value (builder, response);
    }
  cli_output_end_json (output, builder);
}

static void
print_text (CliOutput        *output,
            const BcastDraft *draft,
            const CliSent    *sent)
{
  g_autofree char *channels = g_strjoinv (", ", draft->channels);
  g_autofree char *latency = cli_text_format_latency (sent->answered_us);

  cli_output_line (output, _("Sent %s to %s: HTTP %u in %s"), draft->name, channels, sent->status, latency);
  if (draft->info != NULL && sent->response != NULL)
    cli_output_line (output, "%s", sent->response);
}

static CliExit
trigger (CliOutput        *output,
         Options          *options,
         const BcastDraft *draft)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(CliSent) sent = NULL;
  g_autoptr(GError) error = NULL;

  cli_session_set_limit (session, options->connection.connect_timeout_s);
  if (!cli_connection_resolve (&options->connection, session, &error)
      || !cli_connection_check_secret (&options->connection, &error)
      || (workspace = cli_workspace_open_to_send (options->connection.target, options->connection.secret,
                                                  options->connection.journal_path, session, &error)) == NULL)
    return cli_session_fail (session, error);

  sent = cli_sender_send (workspace, session, draft, &error);
  bcast_workspace_close (workspace);
  if (sent == NULL)
    return cli_session_fail (session, error);

  if (output->json)
    print_json (output, draft, sent);
  else
    print_text (output, draft, sent);
  return CLI_EXIT_OK;
}

static GOptionContext *
new_context (CliOutput *output,
             Options   *options)
{
  const GOptionEntry entries[] = {
    { "event", 'e', 0, G_OPTION_ARG_STRING, &options->event, N_("The event's name"), N_("NAME") },
    { "data", 'd', 0, G_OPTION_ARG_STRING, &options->data,
      N_("Its data: JSON, from a file with @FILE, from the standard input with -"), N_("JSON|@FILE|-") },
    { "text", 0, 0, G_OPTION_ARG_NONE, &options->is_text, N_("The data is plain text, not JSON"), NULL },
    { "exclude", 0, 0, G_OPTION_ARG_STRING, &options->exclude,
      N_("Do not send to the connection with this socket id"), N_("SOCKET_ID") },
    { "info", 0, 0, G_OPTION_ARG_STRING, &options->info,
      N_("Ask for user_count, subscription_count or both"), N_("ATTRIBUTES") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write the outcome as JSON"), NULL },
    { NULL },
  };
  GOptionContext *context;

  context = cli_options_new ("trigger", _("CHANNEL…"),
                             _("Sends an event to one or more channels through the HTTP API."),
                             _("Examples:\n"
                               "  broadcastctl trigger news --event Published --data '{\"id\":7}'\n"
                               "  broadcastctl trigger private-a private-b -e Moved -d @move.json"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_connection_add_options (&options->connection, context);
  return context;
}

/**
 * cmd_trigger_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl trigger`
 *
 * Returns: the exit code
 */
CliExit
cmd_trigger_run (CliOutput   *output,
                 char      ***argv)
{
  g_auto(Options) options = { 0 };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(BcastDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  cli_connection_init (&options.connection);
  context = new_context (output, &options);
  if (!cli_options_parse (context, argv, 1, G_MAXINT, output))
    return CLI_EXIT_USAGE;
  if (options.event == NULL || options.data == NULL)
    return cli_options_fail_usage (output, _("Tell the event's name with --event and its data with --data."));

  draft = new_draft (&options, (const char * const *) *argv + 1, &error);
  if (draft == NULL)
    return cli_output_fail (output, error);
  return trigger (output, &options, draft);
}
