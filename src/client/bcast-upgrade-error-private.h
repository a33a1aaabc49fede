/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-app.h"
#include "bcast-upgrade-private.h"

G_BEGIN_DECLS

GError *bcast_upgrade_error_new (BcastApp                 *app,
                                 BcastUpgradeResult        result,
                                 const BcastUpgradeAnswer *answer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
