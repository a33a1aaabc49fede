/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CLI_VARIABLE_APP_ID  "BROADCAST_APP_ID"
#define CLI_VARIABLE_CLUSTER "BROADCAST_CLUSTER"
#define CLI_VARIABLE_HOST    "BROADCAST_HOST"
#define CLI_VARIABLE_KEY     "BROADCAST_KEY"
#define CLI_VARIABLE_PORT    "BROADCAST_PORT"
#define CLI_VARIABLE_SECRET  "BROADCAST_SECRET"
#define CLI_VARIABLE_URL     "PUSHER_URL"

const char *cli_variable_get        (const char  *name);
gboolean    cli_variable_parse_port (guint       *port,
                                     GError     **error);

G_END_DECLS
