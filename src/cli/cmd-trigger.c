/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-batch.h"
#include "cli-command.h"
#include "cli-connection.h"
#include "cli-input.h"
#include "cli-options.h"
#include "cli-sender.h"
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
  char         **users;
  char          *batch;
} Options;

static void
options_clear (Options *self)
{
  cli_connection_clear (&self->connection);
  g_free (self->event);
  g_free (self->data);
  g_free (self->exclude);
  g_free (self->info);
  g_strfreev (self->users);
  g_free (self->batch);
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

/* Channels as they were given, and those of the users. */
static char **
dup_channels (Options             *options,
              const char * const  *channels,
              GError             **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; channels[i] != NULL; i++)
    g_ptr_array_add (all, g_strdup (channels[i]));
  for (guint i = 0; options->users != NULL && options->users[i] != NULL; i++)
    {
      if (!bcast_user_id_check (options->users[i], error))
        return NULL;
      g_ptr_array_add (all, g_strconcat (bcast_channel_type_get_prefix (BCAST_CHANNEL_SERVER_TO_USER),
                                         options->users[i], NULL));
    }
  g_ptr_array_add (all, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&all), FALSE);
}

static GPtrArray *
new_drafts (Options             *options,
            const char * const  *channels,
            GError             **error)
{
  g_autoptr(GPtrArray) drafts = NULL;
  g_auto(GStrv) all = NULL;
  BcastDraft *draft;

  if (options->batch != NULL)
    return cli_batch_load (options->batch, error);

  all = dup_channels (options, channels, error);
  draft = all != NULL ? new_draft (options, (const char * const *) all, error) : NULL;
  if (draft == NULL)
    return NULL;

  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);
  g_ptr_array_add (drafts, draft);
  return g_steal_pointer (&drafts);
}

static CliExit
trigger (CliOutput *output,
         Options   *options,
         GPtrArray *drafts)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastSecretBundle) secrets = NULL;
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(GPtrArray) sent = NULL;
  g_autoptr(GError) error = NULL;

  cli_session_set_limit (session, options->connection.connect_timeout_s);
  if (!cli_connection_resolve (&options->connection, session, &error)
      || !cli_connection_check_secret (&options->connection, &error))
    return cli_session_fail (session, error);
  secrets = cli_connection_dup_secrets (&options->connection);
  if ((workspace = cli_workspace_open_to_send (options->connection.target, secrets,
                                               options->connection.journal_path, session, &error)) == NULL)
    return cli_session_fail (session, error);

  sent = cli_sender_send (workspace, session, drafts, &error);
  bcast_workspace_close (workspace);
  if (sent == NULL)
    return cli_session_fail (session, error);

  if (options->batch != NULL)
    cli_sender_print_batch (output, sent);
  else
    cli_sender_print (output, g_ptr_array_index (drafts, 0), sent);
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
    { "to-user", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->users,
      N_("Send to a user who is signed in; can be given more than once"), N_("ID") },
    { "batch", 0, 0, G_OPTION_ARG_FILENAME, &options->batch,
      N_("Send the events in a file, ten in a request"), N_("FILE|-") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write the outcome as JSON"), NULL },
    { NULL },
  };
  GOptionContext *context;

  context = cli_options_new ("trigger", _("[CHANNEL…]"),
                             _("Sends an event to one or more channels through the HTTP API."),
                             _("Examples:\n"
                               "  broadcastctl trigger news --event Published --data '{\"id\":7}'\n"
                               "  broadcastctl trigger private-a private-b -e Moved -d @move.json\n"
                               "  broadcastctl trigger --to-user 7 -e OrderShipped -d '{}'\n"
                               "  broadcastctl trigger --batch events.json\n\n"
                               "The file of a batch has a list of events, or an event a line, such as\n"
                               "  {\"channel\":\"news\",\"name\":\"Published\",\"data\":{\"id\":7}}"));
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
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GError) error = NULL;
  const char * const *channels;

  cli_connection_init (&options.connection);
  context = new_context (output, &options);
  if (!cli_options_parse (context, argv, 0, G_MAXINT, output))
    return CLI_EXIT_USAGE;

  channels = (const char * const *) *argv + 1;
  if (options.batch != NULL
      && (channels[0] != NULL || options.users != NULL || options.event != NULL || options.data != NULL
          || options.exclude != NULL || options.info != NULL || options.is_text))
    return cli_options_fail_usage (output, _("The file of --batch tells channels, events and data; leave them out here."));
  if (options.batch == NULL && channels[0] == NULL && options.users == NULL)
    return cli_options_fail_usage (output, _("Tell a channel, or a user with --to-user."));
  if (options.batch == NULL && (options.event == NULL || options.data == NULL))
    return cli_options_fail_usage (output, _("Tell the event's name with --event and its data with --data."));

  drafts = new_drafts (&options, channels, &error);
  if (drafts == NULL)
    return cli_output_fail (output, error);
  return trigger (output, &options, drafts);
}
