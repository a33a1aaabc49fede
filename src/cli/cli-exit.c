/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-exit.h"

#include "bcast-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

static const struct
{
  CliExit     code;
  const char *meaning;
} meanings[] = {
  { CLI_EXIT_OK,          N_("done") },
  { CLI_EXIT_USAGE,       N_("the command line was not understood") },
  { CLI_EXIT_INVALID,     N_("an argument is malformed or over a limit; nothing was sent") },
  { CLI_EXIT_UNREACHABLE, N_("the server cannot be reached or does not answer as one") },
  { CLI_EXIT_REFUSED,     N_("the server said no: wrong key or secret, not allowed, over a limit") },
  { CLI_EXIT_NOT_FOUND,   N_("no such profile, app, channel or journal") },
  { CLI_EXIT_LOCAL,       N_("a file, a port or the keyring of this machine failed") },
  { CLI_EXIT_TIMED_OUT,   N_("fewer events than asked for came in time") },
  { CLI_EXIT_MISMATCH,    N_("what came back is not what was sent") },
  { CLI_EXIT_INTERRUPTED, N_("interrupted before the work was done (SIGINT)") },
  { CLI_EXIT_TERMINATED,  N_("terminated before the work was done (SIGTERM)") },
};

static const CliExit exits[] = {
  [BCAST_ERROR_INVALID]       = CLI_EXIT_INVALID,
  [BCAST_ERROR_TOO_LARGE]     = CLI_EXIT_INVALID,
  [BCAST_ERROR_UNAUTHORIZED]  = CLI_EXIT_REFUSED,
  [BCAST_ERROR_FORBIDDEN]     = CLI_EXIT_REFUSED,
  [BCAST_ERROR_NOT_FOUND]     = CLI_EXIT_NOT_FOUND,
  [BCAST_ERROR_BUSY]          = CLI_EXIT_REFUSED,
  [BCAST_ERROR_REFUSED]       = CLI_EXIT_REFUSED,
  [BCAST_ERROR_PROTOCOL]      = CLI_EXIT_UNREACHABLE,
  [BCAST_ERROR_UNREACHABLE]   = CLI_EXIT_UNREACHABLE,
  [BCAST_ERROR_TIMED_OUT]     = CLI_EXIT_UNREACHABLE,
  [BCAST_ERROR_NOT_CONNECTED] = CLI_EXIT_UNREACHABLE,
  [BCAST_ERROR_DAMAGED]       = CLI_EXIT_LOCAL,
  [BCAST_ERROR_UNAVAILABLE]   = CLI_EXIT_LOCAL,
};

/**
 * cli_exit_from_error:
 * @error: what went wrong
 *
 * Returns: the exit code that tells a script the same as the error's code tells a caller; errors of
 *   other domains are troubles of this machine
 */
CliExit
cli_exit_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, CLI_EXIT_LOCAL);

  if (error->domain == G_OPTION_ERROR)
    return CLI_EXIT_USAGE;
  if (error->domain == BCAST_ERROR && (guint) error->code < G_N_ELEMENTS (exits))
    return exits[error->code];
  return CLI_EXIT_LOCAL;
}

/**
 * cli_exit_dup_help:
 *
 * Returns: (transfer full): the table of exit codes as --help prints it
 */
char *
cli_exit_dup_help (void)
{
  GString *text = g_string_new (_("Exit codes:"));

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    g_string_append_printf (text, "\n  %3d  %s", meanings[i].code, _(meanings[i].meaning));
  return g_string_free (text, FALSE);
}
