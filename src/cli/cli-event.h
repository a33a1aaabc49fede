/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"
#include "cli-output.h"

G_BEGIN_DECLS

void cli_event_print (CliOutput  *output,
                      BcastEvent *event);

G_END_DECLS
