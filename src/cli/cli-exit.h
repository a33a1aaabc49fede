/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliExit:
 * @CLI_EXIT_OK: done
 * @CLI_EXIT_USAGE: the command line was not understood
 * @CLI_EXIT_INVALID: an argument is malformed or over a limit: nothing was sent
 * @CLI_EXIT_UNREACHABLE: the server could not be reached, did not answer, or speaks something else
 * @CLI_EXIT_REFUSED: the server said no: wrong key or secret, not allowed, over its limits
 * @CLI_EXIT_NOT_FOUND: no such profile, app, channel or journal
 * @CLI_EXIT_LOCAL: something of this machine failed: a file, a port, the keyring
 * @CLI_EXIT_TIMED_OUT: fewer events than asked for came in the time given
 * @CLI_EXIT_MISMATCH: what came back is not what was sent
 * @CLI_EXIT_INTERRUPTED: SIGINT came before the work was done
 * @CLI_EXIT_TERMINATED: SIGTERM came before the work was done
 *
 * The exit codes, a promise to scripts: --help and the manual page list them. Never renumber them.
 * The last two are 128 plus the signal's number, as shells report them.
 */
typedef enum
{
  CLI_EXIT_OK          = 0,
  CLI_EXIT_USAGE       = 1,
  CLI_EXIT_INVALID     = 2,
  CLI_EXIT_UNREACHABLE = 3,
  CLI_EXIT_REFUSED     = 4,
  CLI_EXIT_NOT_FOUND   = 5,
  CLI_EXIT_LOCAL       = 6,
  CLI_EXIT_TIMED_OUT   = 7,
  CLI_EXIT_MISMATCH    = 8,
  CLI_EXIT_INTERRUPTED = 130,
  CLI_EXIT_TERMINATED  = 143,
} CliExit;

CliExit  cli_exit_from_error (const GError *error);
char    *cli_exit_dup_help   (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
