/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile.h"

G_BEGIN_DECLS

BcastProfile *cli_pusher_url_parse (const char    *url,
                                    char         **secret,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
