/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-connection-step.h"

G_BEGIN_DECLS

char *bcast_connection_text_describe (BcastConnectionStep *step) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_connection_text_format   (GListModel          *history) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
