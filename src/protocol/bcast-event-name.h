/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bcast_event_name_check       (const char  *name,
                                       GError     **error);
gboolean bcast_event_name_is_client   (const char  *name);
gboolean bcast_event_name_is_reserved (const char  *name);

G_END_DECLS
