/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hub-private.h"
#include "bcast-webhook-delivery.h"

G_BEGIN_DECLS

void bcast_webhook_report (BcastHub                   *hub,
                           const BcastWebhookDelivery *delivery);

G_END_DECLS
