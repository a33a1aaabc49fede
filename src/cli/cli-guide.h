/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-output.h"

G_BEGIN_DECLS

void cli_guide_print (CliOutput  *output,
                      const char *host,
                      guint       port,
                      gboolean    is_tls,
                      const char *app_id,
                      const char *key);

G_END_DECLS
