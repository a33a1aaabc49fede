/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bcast_number_parse (const char *text,
                             guint64     least,
                             guint64     most,
                             guint64    *number);

G_END_DECLS
