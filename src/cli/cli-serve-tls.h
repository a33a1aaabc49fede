/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-output.h"

#include "bcast-sandbox.h"

G_BEGIN_DECLS

/**
 * CliServeTls:
 * @certificate_file: (nullable): --tls-cert
 * @key_file: (nullable): --tls-key
 * @save_file: (nullable): --save-certificate
 * @is_only: --tls-only
 *
 * What `serve` is told about TLS.
 */
typedef struct
{
  char     *certificate_file;
  char     *key_file;
  char     *save_file;
  gboolean  is_only;
} CliServeTls;

void     cli_serve_tls_clear       (CliServeTls     *self);
void     cli_serve_tls_add_options (CliServeTls     *self,
                                    GOptionGroup    *group);
gboolean cli_serve_tls_check       (CliServeTls     *self,
                                    GError         **error);
gboolean cli_serve_tls_apply       (CliServeTls     *self,
                                    BcastSandbox    *sandbox,
                                    CliOutput       *output,
                                    GError         **error);
void     cli_serve_tls_add_json    (const CliServeTls *self,
                                    BcastSandbox    *sandbox,
                                    JsonBuilder     *builder);
void     cli_serve_tls_print       (const CliServeTls *self,
                                    BcastSandbox    *sandbox,
                                    CliOutput       *output);

G_END_DECLS
