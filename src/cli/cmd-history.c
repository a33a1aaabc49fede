/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-connection.h"
#include "cli-event.h"
#include "cli-options.h"

#include "bcast-error.h"
#include "bcast-event-list.h"

#include <glib/gi18n.h>

#define DEFAULT_LIMIT 50

static void
print_events (CliOutput  *output,
              GListModel *events,
              guint       limit)
{
  guint n = g_list_model_get_n_items (events);

  for (guint i = limit > 0 && n > limit ? n - limit : 0; i < n && !output->closed; i++)
    {
      g_autoptr(BcastEvent) event = g_list_model_get_item (events, i);

      if (event == NULL)
        break;
      cli_event_print (output, event);
    }
}

static char *
find_journal (CliOutput   *output,
              const char  *profile,
              GError     **error)
{
  const char *nothing_yet = N_("There is no journal yet, for the sandbox was never started here. Start it with "
                               "“broadcastctl serve” or open Broadcast, or name another journal with --profile.");
  g_autoptr(BcastProfileStore) store = cli_connection_load_profiles (output, NULL, error);
  g_autoptr(BcastProfile) found = NULL;
  g_autofree char *path = NULL;

  if (store == NULL || (found = cli_connection_find_profile (store, profile, nothing_yet,
                                                                                  error)) == NULL)
    return NULL;

  path = bcast_journal_dup_default_path (bcast_profile_get_id (found));
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                   _("“%s” has no journal yet. It begins with the first event sent or received."),
                   bcast_profile_get_name (found));
      return NULL;
    }
  return g_steal_pointer (&path);
}

/**
 * cmd_history_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl history`
 *
 * Returns: the exit code
 */
CliExit
cmd_history_run (CliOutput   *output,
                 char      ***argv)
{
  g_autofree char *profile = NULL;
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "profile", 'p', 0, G_OPTION_ARG_STRING, &profile,
      N_("Whose journal, by id or name (default: sandbox)"), N_("PROFILE") },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &limit,
      N_("Only the last N events, 0 for all (default: 50)"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write JSON, one event a line"), NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(BcastEventList) events = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  context = cli_options_new ("history", NULL,
                             _("Prints the journal of a profile: what was sent and received, oldest first."),
                             _("Example:\n  broadcastctl history --limit 10 --json"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!cli_options_parse (context, argv, 0, 0, output))
    return CLI_EXIT_USAGE;
  if (limit < 0)
    return cli_options_fail_usage (output, _("--limit cannot be less than 0."));

  path = find_journal (output, profile, &error);
  if (path == NULL || (events = bcast_event_list_new_for_path (path, &error)) == NULL)
    return cli_output_fail (output, error);
  print_events (output, G_LIST_MODEL (events), limit);
  return CLI_EXIT_OK;
}
