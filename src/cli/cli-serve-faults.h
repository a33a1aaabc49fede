/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-sandbox.h"
#include "cli-output.h"

G_BEGIN_DECLS

/**
 * CliServeFaults:
 * @texts: (nullable): the faults as they were typed
 *
 * What is to go wrong in the sandbox that `serve` runs.
 */
typedef struct
{
  char **texts;

  /*< private >*/
  GPtrArray *faults;
} CliServeFaults;

void     cli_serve_faults_clear       (CliServeFaults  *self);
void     cli_serve_faults_add_options (CliServeFaults  *self,
                                       GOptionGroup    *group);
gboolean cli_serve_faults_check       (CliServeFaults  *self,
                                       GError         **error);
void     cli_serve_faults_start       (CliServeFaults  *self,
                                       GPtrArray       *more,
                                       BcastSandbox    *sandbox,
                                       CliOutput       *output);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliServeFaults, cli_serve_faults_clear)

G_END_DECLS
