/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-sandbox.h"
#include "cli-sandbox-app.h"
#include "cli-serve-tls.h"

G_BEGIN_DECLS

/**
 * CliServeReady:
 * @sandbox: a sandbox that runs
 * @app: (nullable): its only app; %NULL when a config file names the apps
 * @tls: what it was told about TLS
 * @show_secret: whether to print the secret even where no terminal reads it
 * @is_secret_given: whether the user gave the secret
 *
 * What is told once the sandbox accepts connections.
 */
typedef struct
{
  BcastSandbox      *sandbox;
  CliSandboxApp     *app;
  const CliServeTls *tls;
  gboolean           show_secret;
  gboolean           is_secret_given;
} CliServeReady;

void cli_serve_ready_print (const CliServeReady *self,
                            CliOutput           *output);

G_END_DECLS
