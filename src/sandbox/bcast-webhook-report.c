/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-report-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-webhook.h"

static char *
format_text (const BcastWebhookDelivery *delivery)
{
  g_autofree char *url = bcast_webhook_dup_shown_url (delivery->url);

  switch (delivery->state)
    {
    case BCAST_WEBHOOK_DELIVERED:
      return g_strdup_printf (ngettext ("%u event was delivered to %s.", "%u events were delivered to %s.",
                                        delivery->n_events), delivery->n_events, url);
    case BCAST_WEBHOOK_WAITING:
      return g_strdup_printf (_("%s It is sent again in %.3g s."), delivery->text,
                              (delivery->next_try_us - g_get_real_time ()) / (double) G_USEC_PER_SEC);
    case BCAST_WEBHOOK_SENDING:
    case BCAST_WEBHOOK_GIVEN_UP:
    default:
      return g_strdup (delivery->text);
    }
}

/**
 * bcast_webhook_report:
 * @hub: the app that sends it
 * @delivery: one that was just delivered, given up, or sent in vain
 *
 * Reports what became of it: with its body, the answer's status, how long that took, and a sentence.
 */
void
bcast_webhook_report (BcastHub                   *hub,
                      const BcastWebhookDelivery *delivery)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && delivery != NULL);

  gboolean is_delivered = delivery->state == BCAST_WEBHOOK_DELIVERED;
  g_autofree char *text = format_text (delivery);

  bcast_hub_report (hub, &(BcastReport) {
    .kind = is_delivered ? BCAST_REPORT_WEBHOOK_SENT : BCAST_REPORT_WEBHOOK_FAILED,
    .data = delivery->body,
    .text = text,
    .code = delivery->status,
    .duration_us = delivery->duration_us,
  });
}
