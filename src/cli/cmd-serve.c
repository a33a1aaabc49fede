/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-files.h"
#include "cli-input.h"
#include "cli-notify.h"
#include "cli-options.h"
#include "cli-secret.h"
#include "cli-serve-config.h"
#include "cli-serve-faults.h"
#include "cli-serve-log.h"
#include "cli-serve-ready.h"
#include "cli-serve-tls.h"
#include "cli-variable.h"

#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-sandbox.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNSET G_MININT

typedef struct
{
  CliSandboxApp  app;
  char          *host;
  int            port;
  gboolean       is_port_open; /* neither option nor variable says which */
  gboolean       any_port;
  char          *secret_file;
  char          *secret_place;
  gboolean       show_secret;
  gboolean       is_secret_given;
  char          *master_key_file;
  char          *master_key;
  char          *user_id;
  char          *user_info;
  int            activity_timeout_s;
  gboolean       has_no_subscription_counts;
  gboolean       has_metrics;
  char          *config_file;
  CliServeLog    log;
  CliServeFaults faults;
  CliServeTls    tls;
} Options;

static void
options_clear (Options *self)
{
  cli_sandbox_app_clear (&self->app);
  g_free (self->host);
  g_free (self->secret_file);
  g_free (self->secret_place);
  g_free (self->master_key_file);
  g_clear_pointer (&self->master_key, bcast_secret_free);
  g_free (self->user_id);
  g_free (self->user_info);
  g_free (self->config_file);
  cli_serve_log_clear (&self->log);
  cli_serve_faults_clear (&self->faults);
  cli_serve_tls_clear (&self->tls);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

static BcastSandbox *
make_sandbox (Options *options)
{
  BcastSandbox *sandbox = bcast_sandbox_new (options->app.app_id, options->app.key, options->app.secret);

  bcast_sandbox_set_master_key (sandbox, options->master_key);
  if (options->user_id != NULL)
    bcast_sandbox_set_user (sandbox, options->user_id, options->user_info);
  if (options->activity_timeout_s != UNSET)
    bcast_sandbox_set_activity_timeout (sandbox, options->activity_timeout_s);
  bcast_sandbox_set_subscription_counts (sandbox, !options->has_no_subscription_counts);
  return sandbox;
}

/* What the command line says counts more than what the file does. */
static BcastSandbox *
make_configured_sandbox (Options                   *options,
                         const BcastSandboxConfig  *config)
{
  const BcastSandboxApp *first = config->apps->pdata[0];
  BcastSandbox *sandbox = bcast_sandbox_new (first->app_id, first->key, first->secret);

  /* The file was found good. */
  bcast_sandbox_set_apps (sandbox, config->apps, NULL);
  if (config->max_sockets > 0)
    bcast_sandbox_set_max_sockets (sandbox, config->max_sockets);
  if (options->host == NULL)
    options->host = g_strdup (config->host);
  if (options->is_port_open && config->port >= 0)
    options->port = config->port;
  options->has_metrics |= config->has_metrics;
  return sandbox;
}

static gboolean
start (CliOutput     *output,
       Options       *options,
       GPtrArray     *more_faults,
       BcastSandbox  *sandbox,
       GError       **error)
{
  if (options->host != NULL)
    {
      bcast_sandbox_set_host (sandbox, options->host);
      if (!is_loopback (options->host))
        cli_output_note (output, _("Warning: on %s every machine that reaches this one can connect. The sandbox is made "
                                   "for developing."), options->host);
    }
  bcast_sandbox_set_metrics (sandbox, options->has_metrics);
  cli_serve_log_start (&options->log, sandbox, output);
  cli_files_allow_many ();
  cli_serve_faults_start (&options->faults, more_faults, sandbox, output);
  return cli_serve_tls_apply (&options->tls, sandbox, output, error)
         && bcast_sandbox_start (sandbox, options->port, options->any_port, error);
}

static gboolean
never (gpointer user_data)
{
  return FALSE;
}

static gboolean
load_secrets (CliOutput  *output,
              Options    *options,
              GError    **error)
{
  g_autoptr(GError) problem = NULL;

  options->app.secret = cli_secret_load (options->secret_file, output, &problem);
  options->is_secret_given = options->app.secret != NULL;
  if (problem == NULL && options->master_key_file != NULL)
    options->master_key = cli_secret_load (options->master_key_file, output, &problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Waits for a signal, and stops in good order: clients are asked to come back. */
static void
run (CliSession   *session,
     BcastSandbox *sandbox)
{
  cli_session_wait (session, never, NULL, -1);
  cli_notify_send ("STOPPING=1", NULL);
  bcast_sandbox_stop (sandbox);
  /* What the log has to tell of the end. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static CliExit
serve_config (CliOutput *output,
              Options   *options)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(GError) error = NULL;
  g_autoptr(CliServeConfig) config = cli_serve_config_load (options->config_file, output, &error);
  g_autoptr(BcastSandbox) sandbox = NULL;

  if (config == NULL)
    return cli_session_fail (session, error);

  sandbox = make_configured_sandbox (options, cli_serve_config_get (config));
  if (!start (output, options, cli_serve_config_get (config)->faults, sandbox, &error))
    return cli_session_fail (session, error);

  const CliServeReady ready = { sandbox, NULL, &options->tls, options->show_secret, FALSE };

  cli_serve_ready_print (&ready, output);
  cli_serve_config_watch (config, sandbox, &options->faults);
  run (session, sandbox);
  return CLI_EXIT_OK;
}

static CliExit
serve (CliOutput *output,
       Options   *options)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastSandbox) sandbox = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) save_error = NULL;

  if (!load_secrets (output, options, &error)
      || !cli_sandbox_app_complete (&options->app, session, options->secret_place, &error))
    return cli_session_fail (session, error);

  sandbox = make_sandbox (options);
  if (!start (output, options, NULL, sandbox, &error))
    return cli_session_fail (session, error);
  if (!cli_sandbox_app_follow_port (&options->app, bcast_sandbox_get_port (sandbox), &save_error))
    cli_output_note (output, "%s", save_error->message);

  const CliServeReady ready = { sandbox, &options->app, &options->tls, options->show_secret,
                                options->is_secret_given };

  cli_serve_ready_print (&ready, output);
  run (session, sandbox);
  return CLI_EXIT_OK;
}

static GOptionContext *
new_context (CliOutput *output,
             Options   *options)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, N_("Listen on PORT (default: 6001)"), N_("PORT") },
    { "any-port", 0, 0, G_OPTION_ARG_NONE, &options->any_port,
      N_("Take a free port when that one is taken"), NULL },
    { "host", 0, 0, G_OPTION_ARG_STRING, &options->host,
      N_("Listen on this address (default: 127.0.0.1, this machine alone)"), N_("ADDRESS") },
    { "app-id", 0, 0, G_OPTION_ARG_STRING, &options->app.app_id, N_("The app's id"), N_("ID") },
    { "key", 0, 0, G_OPTION_ARG_STRING, &options->app.key, N_("The app's key"), N_("KEY") },
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &options->secret_file,
      N_("Read the app's secret from FILE, - for the standard input"), N_("FILE") },
    { "secret-place", 0, 0, G_OPTION_ARG_STRING, &options->secret_place,
      N_("Keep a new random secret in the keyring, a file, or for this session only"),
      "keyring|file|session" },
    { "show-secret", 0, 0, G_OPTION_ARG_NONE, &options->show_secret,
      N_("Print the secret even when no terminal reads it"), NULL },
    { "master-key-file", 0, 0, G_OPTION_ARG_FILENAME, &options->master_key_file,
      N_("Read an encryption master key from FILE, - for the standard input"), N_("FILE") },
    { "user-id", 0, 0, G_OPTION_ARG_STRING, &options->user_id,
      N_("The user as whom /broadcasting/authorize signs"), N_("ID") },
    { "user-info", 0, 0, G_OPTION_ARG_STRING, &options->user_info,
      N_("What others on presence channels learn of that user"), N_("JSON") },
    { "activity-timeout", 0, 0, G_OPTION_ARG_INT, &options->activity_timeout_s,
      N_("Seconds of silence after which a client should ask (default: 120)"), N_("S") },
    { "no-subscription-counts", 0, 0, G_OPTION_ARG_NONE, &options->has_no_subscription_counts,
      N_("Do not tell subscribers how many they are"), NULL },
    { "metrics", 0, 0, G_OPTION_ARG_NONE, &options->has_metrics,
      N_("Let Prometheus read counters at /metrics"), NULL },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config_file,
      N_("Serve the apps of this file, and read it again when it changes"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json,
      N_("Write one line of JSON once connections are accepted"), NULL },
    { NULL },
  };
  GOptionContext *context;

  context = cli_options_new ("serve", NULL,
                             _("Runs the sandbox, a server for developing that speaks the Pusher Channels "
                               "protocol, until Ctrl+C."),
                             _("Without --key it uses this installation's own credentials, which the other "
                               "commands use by\nthemselves. The variables BROADCAST_APP_ID, BROADCAST_KEY, "
                               "BROADCAST_SECRET and BROADCAST_PORT\nstand in for options.\n\n"
                               "Examples:\n"
                               "  broadcastctl serve\n"
                               "  broadcastctl serve --any-port --json --app-id 1 --key app --secret-file FILE"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_serve_log_add_options (&options->log, g_option_context_get_main_group (context));
  cli_serve_faults_add_options (&options->faults, g_option_context_get_main_group (context));
  cli_serve_tls_add_options (&options->tls, g_option_context_get_main_group (context));
  return context;
}

static gboolean
apply_variables (Options  *options,
                 GError  **error)
{
  guint port = BCAST_SANDBOX_PREFERRED_PORT;

  if (options->app.app_id == NULL)
    options->app.app_id = g_strdup (cli_variable_get (CLI_VARIABLE_APP_ID));
  if (options->app.key == NULL)
    options->app.key = g_strdup (cli_variable_get (CLI_VARIABLE_KEY));
  if (options->port != UNSET)
    return TRUE;
  options->is_port_open = cli_variable_get (CLI_VARIABLE_PORT) == NULL;
  if (!cli_variable_parse_port (&port, error))
    return FALSE;
  options->port = port;
  return TRUE;
}

/* Whom nobody could be authorized as: better told now than to each client that asks. */
static gboolean
check_user (Options  *options,
            GError  **error)
{
  if (options->user_id == NULL && options->user_info == NULL)
    return TRUE;
  if (options->user_id == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--user-info tells about a user, but which one? Add --user-id."));
      return FALSE;
    }
  if (*options->user_id == '\0' || strlen (options->user_id) > BCAST_LIMIT_USER_ID)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("--user-id has %zu characters. It must have from 1 to %d."),
                   strlen (options->user_id), BCAST_LIMIT_USER_ID);
      return FALSE;
    }
  return options->user_info == NULL || cli_input_check_json (options->user_info, "--user-info", error);
}

/* What a config file says of its apps cannot be said a second time. */
static gboolean
check_config (Options  *options,
              GError  **error)
{
  const struct
  {
    const char *option;
    gboolean    is_given;
  } rivals[] = {
    { "--app-id", options->app.app_id != NULL },
    { "--key", options->app.key != NULL },
    { "--secret-file", options->secret_file != NULL },
    { "--secret-place", options->secret_place != NULL },
    { "--master-key-file", options->master_key_file != NULL },
    { "--user-id", options->user_id != NULL },
    { "--activity-timeout", options->activity_timeout_s != UNSET },
    { "--no-subscription-counts", options->has_no_subscription_counts },
  };

  if (options->config_file == NULL)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (rivals); i++)
    if (rivals[i].is_given)
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _("%s cannot be used with --config: say it in the file, for each app."), rivals[i].option);
        return FALSE;
      }
  return TRUE;
}

/**
 * cmd_serve_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl serve`
 *
 * Returns: the exit code
 */
CliExit
cmd_serve_run (CliOutput   *output,
               char      ***argv)
{
  g_auto(Options) options = { .port = UNSET, .activity_timeout_s = UNSET };
  g_autoptr(GOptionContext) context = new_context (output, &options);
  g_autoptr(GError) error = NULL;

  if (!cli_options_parse (context, argv, 0, 0, output))
    return CLI_EXIT_USAGE;
  if (!check_config (&options, &error) || !cli_serve_log_check (&options.log, &error)
      || !cli_serve_faults_check (&options.faults, &error)
      || !cli_serve_tls_check (&options.tls, &error)
      || !apply_variables (&options, &error))
    return cli_output_fail (output, error);
  if (options.port < 0 || options.port > G_MAXUINT16)
    return cli_options_fail_usage (output, _("--port is %d. It must be a number from 0 to 65535; 0 takes a "
                                             "free one."), options.port);
  if (options.activity_timeout_s != UNSET && options.activity_timeout_s < 1)
    return cli_options_fail_usage (output, _("--activity-timeout is %d. It must be at least 1 second."),
                                   options.activity_timeout_s);
  if (!check_user (&options, &error))
    return cli_output_fail (output, error);
  output->json |= cli_serve_log_is_json (&options.log);
  return options.config_file != NULL ? serve_config (output, &options) : serve (output, &options);
}
