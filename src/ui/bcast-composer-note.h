/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"

G_BEGIN_DECLS

char *bcast_composer_note_new (BcastWorkspace     *workspace,
                               const char * const *channels,
                               gboolean           *is_warning) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
