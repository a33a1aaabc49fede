/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-demo-table.h"
#include "cli-event.h"
#include "cli-options.h"
#include "cli-workspace.h"

#include "bcast-example.h"
#include "bcast-secret-store.h"

#include <glib/gi18n.h>

#define APP_ID       "1"
#define KEY_BYTES    10
#define SECRET_BYTES 16

/* One event is over within the profile's time-out for missed ones, all on loopback. */
#define PATIENCE_US (10 * G_USEC_PER_SEC)

static BcastProfile *
new_profile (void)
{
  BcastProfile *profile = bcast_profile_new ("demo", BCAST_PROFILE_SANDBOX);
  g_autofree char *key = bcast_secret_random_hex (KEY_BYTES);

  g_object_set (profile, "name", _("Demo"), "app-id", APP_ID, "key", key, NULL);
  return profile;
}

static gboolean
is_subscribed (gpointer user_data)
{
  GListModel *clients = bcast_workspace_get_clients (user_data);

  for (guint i = 0; i < g_list_model_get_n_items (clients); i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);
      GListModel *subscriptions = bcast_client_mirror_get_subscriptions (client);

      for (guint j = 0; j < g_list_model_get_n_items (subscriptions); j++)
        {
          g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, j);

          if (bcast_subscription_mirror_get_state (subscription) != BCAST_SUBSCRIPTION_SUBSCRIBED)
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
send_example (CliSession          *session,
              BcastWorkspace      *workspace,
              const BcastExample  *example,
              BcastEvent         **event,
              GError             **error)
{
  const char * const channels[] = { example->channel, NULL };
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, example->name, example->data);
  g_autoptr(GAsyncResult) result = NULL;
  gint64 event_id;

  draft->sender = g_strdup (example->sender);
  bcast_workspace_send_async (workspace, draft, cli_session_get_cancellable (session),
                              cli_session_ready_cb, &result);
  if (!bcast_workspace_send_finish (workspace, cli_session_await (session, &result), &event_id, error))
    return FALSE;
  *event = cli_workspace_await_outcome (workspace, session, event_id,
                                        g_get_monotonic_time () + PATIENCE_US);
  return TRUE;
}

static CliExit
finish (CliSession *session,
        guint       n_matched,
        guint       n_examples)
{
  CliOutput *output = cli_session_get_output (session);

  if (!output->json)
    cli_demo_table_print_end (output, n_matched, n_examples);
  if (cli_session_is_interrupted (session))
    return cli_session_get_interrupt (session);
  return n_matched == n_examples ? CLI_EXIT_OK : CLI_EXIT_MISMATCH;
}

static CliExit
play (CliSession     *session,
      BcastWorkspace *workspace)
{
  CliOutput *output = cli_session_get_output (session);
  guint n_examples;
  const BcastExample *examples = bcast_example_get_all (&n_examples);
  guint n_matched = 0;

  if (!output->json)
    cli_demo_table_print_head (output, workspace);
  for (guint i = 0; i < n_examples && !cli_session_is_interrupted (session); i++)
    {
      g_autoptr(BcastEvent) event = NULL;
      g_autoptr(GError) error = NULL;

      if (!send_example (session, workspace, &examples[i], &event, &error))
        return cli_session_fail (session, error);
      if (event == NULL)
        continue;
      if (bcast_event_get_record (event)->outcome == BCAST_EVENT_MATCHED)
        n_matched++;
      if (output->json)
        cli_event_print (output, event);
      else
        cli_demo_table_print_event (output, workspace, event);
      cli_output_flush (output);
    }
  return finish (session, n_matched, n_examples);
}

static CliExit
demo (CliOutput *output)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastProfile) profile = new_profile ();
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSecretBundle) secrets = bcast_secret_bundle_new (NULL, NULL, NULL);
  CliExit exit_code;

  secrets->secret = bcast_secret_random_hex (SECRET_BYTES);
  workspace = cli_workspace_open (profile, secrets, NULL, session, &error);
  if (workspace == NULL)
    return cli_session_fail (session, error);

  bcast_workspace_add_cast (workspace);
  bcast_workspace_connect (workspace, NULL);
  if (cli_session_wait (session, is_subscribed, workspace, g_get_monotonic_time () + PATIENCE_US))
    {
      exit_code = play (session, workspace);
    }
  else if (cli_session_is_interrupted (session))
    {
      exit_code = cli_session_get_interrupt (session);
    }
  else
    {
      const char *reason = bcast_workspace_get_error (workspace);

      cli_output_note (output, _("Alice and Bob could not subscribe in time. %s"), reason != NULL ? reason : "");
      exit_code = CLI_EXIT_UNREACHABLE;
    }
  bcast_workspace_close (workspace);
  return exit_code;
}

/**
 * cmd_demo_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl demo`
 *
 * Returns: the exit code
 */
CliExit
cmd_demo_run (CliOutput   *output,
              char      ***argv)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write JSON, one event a line"), NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) context = NULL;

  context = cli_options_new ("demo", NULL,
                             _("Starts a sandbox with two clients, sends them examples, and prints what was sent "
                               "beside what was received."),
                             _("It ends by itself, with 0 when everything came back as it was sent. Nothing is "
                               "kept."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!cli_options_parse (context, argv, 0, 0, output))
    return CLI_EXIT_USAGE;
  return demo (output);
}
