/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"
#include "cli-output.h"

G_BEGIN_DECLS

void cli_listener_print_event        (CliOutput               *output,
                                      const BcastEventRecord  *record,
                                      const BcastDelivery     *delivery);
void cli_listener_print_subscription (CliOutput               *output,
                                      BcastSubscriptionMirror *subscription);
void cli_listener_print_step         (CliOutput               *output,
                                      BcastConnectionStep     *step);
void cli_listener_print_sign_in      (CliOutput               *output,
                                      BcastClientMirror       *client);
void cli_listener_print_online       (CliOutput               *output,
                                      BcastClientMirror       *client);

G_END_DECLS
