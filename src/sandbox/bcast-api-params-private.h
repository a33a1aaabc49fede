/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-api-request-private.h"

G_BEGIN_DECLS

char **bcast_api_params_parse         (const char             *query,
                                       GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char  *bcast_api_params_complete_body (const BcastApiRequest  *request) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
