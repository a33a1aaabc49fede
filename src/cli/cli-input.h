/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-output.h"

G_BEGIN_DECLS

char     *cli_input_load        (const char  *path,
                                 gsize        max_bytes,
                                 gboolean    *is_exposed,
                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;
char     *cli_input_load_data   (const char  *argument,
                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  cli_input_check_json  (const char  *text,
                                 const char  *option,
                                 GError     **error);
gboolean  cli_input_check_channels (const char * const *channels,
                                 GError     **error);

G_END_DECLS
