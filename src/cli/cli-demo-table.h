/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"
#include "cli-output.h"

G_BEGIN_DECLS

void cli_demo_table_print_head  (CliOutput      *output,
                                 BcastWorkspace *workspace);
void cli_demo_table_print_event (CliOutput      *output,
                                 BcastWorkspace *workspace,
                                 BcastEvent     *event);
void cli_demo_table_print_end   (CliOutput      *output,
                                 guint           n_matched,
                                 guint           n_examples);

G_END_DECLS
