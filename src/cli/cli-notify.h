/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cli_notify_send (const char  *state,
                          GError     **error);

G_END_DECLS
