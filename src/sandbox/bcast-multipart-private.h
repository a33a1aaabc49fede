/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **bcast_multipart_parse (const char  *body,
                              const char  *boundary,
                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
