/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bcast_utf8_validate (const char  *text,
                              gsize        length,
                              const char **bad);

G_END_DECLS
