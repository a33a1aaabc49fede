/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-connection.h"

G_BEGIN_DECLS

/**
 * CliQuery:
 * @channel: (nullable): the channel to ask about, %NULL to list channels
 * @users: whether to list the channel's users
 * @prefix: (nullable): list only channels whose names begin so
 * @info: (nullable): attributes to ask for, comma-separated
 *
 * A question to the HTTP API.
 */
typedef struct
{
  const char *channel;
  gboolean    users;
  const char *prefix;
  const char *info;
} CliQuery;

/**
 * CliQueryFunc:
 * @output: where to write
 * @query: what was asked
 * @answer: the server's answer
 *
 * Prints an answer.
 *
 * Returns: whether it answers what was asked; if not, nothing is printed
 */
typedef gboolean (*CliQueryFunc) (CliOutput      *output,
                                  const CliQuery *query,
                                  JsonObject     *answer);

CliExit cli_query_run (CliOutput      *output,
                       CliConnection  *connection,
                       const CliQuery *query,
                       CliQueryFunc    print);

G_END_DECLS
