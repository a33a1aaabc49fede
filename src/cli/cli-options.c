/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-options.h"

#include "bcast-error.h"

#include <glib/gi18n.h>

/* Looked for by people who know other tools; said here why there is none. The value is never
 * repeated: it stood where every user of this machine can read it. */
static gboolean
refuse_secret_cb (const char  *name,
                  const char  *value,
                  gpointer     user_data,
                  GError     **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("There is no option %s: every user of this machine can read a command line while it "
                 "runs. Put the secret into a file for --secret-file (- reads the standard input) or "
                 "into the environment variable BROADCAST_SECRET. If it was a real one, change it now."),
               name);
  return FALSE;
}

/**
 * cli_options_new:
 * @command: the command's name
 * @arguments: (nullable): what it takes beside options, translated
 * @summary: what it does, one sentence, translated
 * @description: (nullable): examples and notes that --help prints below the options
 *
 * Returns: (transfer full): a context to which the command adds its own options
 */
GOptionContext *
cli_options_new (const char *command,
                 const char *arguments,
                 const char *summary,
                 const char *description)
{
  static const GOptionEntry refused[] = {
    { "secret", 0, G_OPTION_FLAG_HIDDEN | G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK,
      refuse_secret_cb, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (arguments);
  g_autofree char *program = g_strconcat ("broadcastctl ", command, NULL);
  g_autofree char *exits = cli_exit_dup_help ();
  g_autofree char *below = description == NULL ? g_strdup (exits)
                                               : g_strjoin ("\n\n", description, exits, NULL);

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, below);
  g_option_context_add_main_entries (context, refused, NULL);
  return context;
}

/**
 * cli_options_parse:
 * @context: a command's options
 * @argv: (inout): the command line from the command's name on; what is left are the name and the
 *   arguments
 * @n_least: how many arguments there must be
 * @n_most: how many there may be
 * @output: where to say what is wrong
 *
 * Reads the command line; `--help` prints the help and ends the program.
 *
 * Returns: whether it was understood; if not the user was told
 */
gboolean
cli_options_parse (GOptionContext   *context,
                   char           ***argv,
                   guint             n_least,
                   guint             n_most,
                   CliOutput        *output)
{
  g_autoptr(GError) error = NULL;
  guint n_arguments;

  if (!g_option_context_parse_strv (context, argv, &error))
    {
      cli_options_fail_usage (output, "%s", error->message);
      return FALSE;
    }

  n_arguments = g_strv_length (*argv) - 1;
  if (n_arguments < n_least)
    {
      cli_options_fail_usage (output, _("An argument is missing."));
      return FALSE;
    }
  if (n_arguments > n_most)
    {
      cli_options_fail_usage (output, _("“%s” is one argument too many."), (*argv)[n_most + 1]);
      return FALSE;
    }
  return TRUE;
}

/**
 * cli_options_fail_usage:
 * @output: where to say what is wrong
 * @format: printf() format of a sentence
 * @...: its values
 *
 * Tells what is wrong with the command line, and where help is.
 *
 * Returns: %CLI_EXIT_USAGE
 */
CliExit
cli_options_fail_usage (CliOutput  *output,
                        const char *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  cli_output_note (output, "%s", text);
  cli_output_note (output, _("“%s --help” tells more."), g_get_prgname ());
  return CLI_EXIT_USAGE;
}
