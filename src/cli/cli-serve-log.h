/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-sandbox.h"
#include "cli-output.h"

G_BEGIN_DECLS

/**
 * CliServeLog:
 * @format: (nullable): `text` or `json`; %NULL for no log
 * @kinds: (nullable): which kinds, comma-separated; with `-` before the first: all but these
 * @channel: (nullable): only what is about channels like this, with `*` and `?`
 *
 * What `serve` is to tell of what happens in the sandbox.
 */
typedef struct
{
  char *format;
  char *kinds;
  char *channel;

  /*< private >*/
  CliOutput    *output;
  guint         bits;
  GPatternSpec *pattern;
} CliServeLog;

void     cli_serve_log_clear     (CliServeLog  *self);
void     cli_serve_log_add_options (CliServeLog *self,
                                  GOptionGroup *group);
gboolean cli_serve_log_check     (CliServeLog  *self,
                                  GError      **error);
gboolean cli_serve_log_is_json   (CliServeLog  *self);
void     cli_serve_log_start     (CliServeLog  *self,
                                  BcastSandbox *sandbox,
                                  CliOutput    *output);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliServeLog, cli_serve_log_clear)

G_END_DECLS
