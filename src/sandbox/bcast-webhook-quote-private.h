/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bcast_webhook_quote (const char         *text,
                           gsize               length,
                           const char * const *secrets) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
