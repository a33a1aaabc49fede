/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-output.h"

G_BEGIN_DECLS

GOptionContext *cli_options_new        (const char        *command,
                                        const char        *arguments,
                                        const char        *summary,
                                        const char        *description) G_GNUC_WARN_UNUSED_RESULT;
gboolean        cli_options_parse      (GOptionContext    *context,
                                        char            ***argv,
                                        guint              n_least,
                                        guint              n_most,
                                        CliOutput         *output);
CliExit         cli_options_fail_usage (CliOutput         *output,
                                        const char        *format,
                                        ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
