/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "bcast-signing.h"

G_BEGIN_DECLS

const char *bcast_signing_origin_get_label  (const BcastSigningPart *part);
const char *bcast_signing_origin_get_source (const BcastSigningPart *part);
const char *bcast_signing_origin_get_color  (const BcastSigningPart *part,
                                             gboolean                dark);

G_END_DECLS
