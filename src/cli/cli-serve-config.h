/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-sandbox-config.h"
#include "bcast-sandbox.h"
#include "cli-serve-faults.h"

G_BEGIN_DECLS

typedef struct _CliServeConfig CliServeConfig;

CliServeConfig           *cli_serve_config_load  (const char      *file,
                                                  CliOutput       *output,
                                                  GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void                      cli_serve_config_free  (CliServeConfig  *self);

const BcastSandboxConfig *cli_serve_config_get   (CliServeConfig  *self);
void                      cli_serve_config_watch (CliServeConfig  *self,
                                                  BcastSandbox    *sandbox,
                                                  CliServeFaults  *faults);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliServeConfig, cli_serve_config_free)

G_END_DECLS
