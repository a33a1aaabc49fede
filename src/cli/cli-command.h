/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-output.h"

G_BEGIN_DECLS

/**
 * CliCommandFunc:
 * @output: where to write
 * @argv: (inout) (array zero-terminated=1): the command line from the command's name on; the
 *   function may change it, its caller frees it
 *
 * Runs one subcommand.
 *
 * Returns: the exit code
 */
typedef CliExit (*CliCommandFunc) (CliOutput   *output,
                                   char      ***argv);

CliExit cmd_channels_run  (CliOutput *output, char ***argv);
CliExit cmd_demo_run      (CliOutput *output, char ***argv);
CliExit cmd_history_run   (CliOutput *output, char ***argv);
CliExit cmd_profiles_run  (CliOutput *output, char ***argv);
CliExit cmd_serve_run     (CliOutput *output, char ***argv);
CliExit cmd_sign_run      (CliOutput *output, char ***argv);
CliExit cmd_subscribe_run (CliOutput *output, char ***argv);
CliExit cmd_terminate_run (CliOutput *output, char ***argv);
CliExit cmd_trigger_run   (CliOutput *output, char ***argv);
CliExit cmd_users_run     (CliOutput *output, char ***argv);

G_END_DECLS
