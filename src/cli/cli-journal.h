/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cli_journal_is_taken (const char *path);
int      cli_journal_remove   (const char *path);

G_END_DECLS
