/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hosted-apps-private.h"
#include "bcast-peer-info.h"

G_BEGIN_DECLS

GPtrArray *bcast_peer_info_list (BcastHostedApps *apps) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
