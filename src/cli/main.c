/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli-command.h"
#include "cli-options.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>

static const struct
{
  const char     *name;
  CliCommandFunc  run;
  const char     *summary;
} commands[] = {
  { "serve",     cmd_serve_run,     N_("Run the sandbox server") },
  { "trigger",   cmd_trigger_run,   N_("Send an event to channels") },
  { "subscribe", cmd_subscribe_run, N_("Print the events of channels as they come") },
  { "channels",  cmd_channels_run,  N_("List the occupied channels") },
  { "users",     cmd_users_run,     N_("List the users on a presence channel") },
  { "terminate", cmd_terminate_run, N_("End all connections of a user") },
  { "sign",      cmd_sign_run,      N_("Compute a signature and show every step") },
  { "history",   cmd_history_run,   N_("Print the journal of a profile") },
  { "profiles",  cmd_profiles_run,  N_("List, add and remove profiles") },
  { "demo",      cmd_demo_run,      N_("Send examples to a sandbox, print sent beside received") },
};

/* Event data is UTF-8 whatever the terminal is; the C locale of a build machine or a container would
 * refuse it as an argument and garble it as output. */
static void
init_locale (void)
{
  setlocale (LC_ALL, "");
  if (g_str_has_prefix (nl_langinfo (CODESET), "ANSI_X3.4"))
    setlocale (LC_CTYPE, "C.UTF-8");

  bindtextdomain (BCAST_GETTEXT_DOMAIN, BCAST_LOCALEDIR);
  bind_textdomain_codeset (BCAST_GETTEXT_DOMAIN, "UTF-8");
  textdomain (BCAST_GETTEXT_DOMAIN);
}

static void
print_help (CliOutput *output)
{
  g_autofree char *exits = cli_exit_dup_help ();

  cli_output_raw (output, _("Usage:\n  broadcastctl COMMAND [OPTION…]\n\n"
                            "Works with apps that speak the Pusher Channels protocol.\n\nCommands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    cli_output_line (output, "  %-10s %s", commands[i].name, _(commands[i].summary));
  cli_output_raw (output, _("\n“broadcastctl COMMAND --help” tells about one command, --version prints the "
                            "version.\nData goes to the standard output, sentences to the standard error; "
                            "--json writes data\nas JSON, one object a line.\n"));
  cli_output_raw (output, exits);
}

static CliExit
run_command (CliOutput   *output,
             const char  *name,
             char      ***argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (name, commands[i].name) == 0)
        return commands[i].run (output, argv);
    }
  if (g_str_has_prefix (name, "-"))
    return cli_options_fail_usage (output, _("The command comes first; “%s” is none."), name);
  return cli_options_fail_usage (output, _("There is no command “%s”."), name);
}

static CliExit
run (CliOutput   *output,
     char      ***argv)
{
  const char *name;

  if (g_strcmp0 ((*argv)[0], "help") == 0 && (*argv)[1] != NULL)
    {
      /* “help COMMAND” is “COMMAND --help” */
      g_free ((*argv)[0]);
      (*argv)[0] = (*argv)[1];
      (*argv)[1] = g_strdup ("--help");
    }

  name = (*argv)[0];
  if (name == NULL)
    return cli_options_fail_usage (output, _("Tell what to do."));
  if (g_str_equal (name, "--version"))
    {
      cli_output_line (output, "broadcastctl %s", BCAST_VERSION);
      return CLI_EXIT_OK;
    }
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help"))
    {
      print_help (output);
      return CLI_EXIT_OK;
    }
  return run_command (output, name, argv);
}

int
main (int   argc,
      char *argv[])
{
  g_auto(GStrv) arguments = NULL;
  CliOutput output;

  init_locale ();
  g_set_prgname ("broadcastctl");
  cli_output_init (&output);

  arguments = g_strdupv (argv + MIN (argc, 1));
  return cli_output_finish (&output, run (&output, &arguments));
}
