/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-report.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  const char *title;
} kinds[BCAST_N_REPORT_KINDS] = {
  [BCAST_REPORT_CONNECTION] = { "connection", NC_("report", "Connection") },
  [BCAST_REPORT_DISCONNECTION] = { "disconnection", NC_("report", "Disconnection") },
  [BCAST_REPORT_OCCUPIED] = { "channel-occupied", NC_("report", "Occupied") },
  [BCAST_REPORT_VACATED] = { "channel-vacated", NC_("report", "Vacated") },
  [BCAST_REPORT_SUBSCRIBED] = { "subscribed", NC_("report", "Subscribed") },
  [BCAST_REPORT_UNSUBSCRIBED] = { "unsubscribed", NC_("report", "Unsubscribed") },
  [BCAST_REPORT_MEMBER_ADDED] = { "member-added", NC_("report", "Member added") },
  [BCAST_REPORT_MEMBER_REMOVED] = { "member-removed", NC_("report", "Member removed") },
  [BCAST_REPORT_API_MESSAGE] = { "api-message", NC_("report", "API message") },
  [BCAST_REPORT_CLIENT_EVENT] = { "client-event", NC_("report", "Client event") },
  [BCAST_REPORT_CACHE_MISS] = { "cache-miss", NC_("report", "Cache miss") },
  [BCAST_REPORT_SUBSCRIPTION_COUNT] = { "subscription-count", NC_("report", "Subscription count") },
  [BCAST_REPORT_ERROR] = { "error", NC_("report", "Error") },
  [BCAST_REPORT_API_ERROR] = { "api-error", NC_("report", "API error") },
  [BCAST_REPORT_CLIENT_ERROR] = { "client-error", NC_("report", "Client error") },
  [BCAST_REPORT_WEBHOOK_SENT] = { "webhook-sent", NC_("report", "Webhook sent") },
  [BCAST_REPORT_WEBHOOK_FAILED] = { "webhook-failed", NC_("report", "Webhook failed") },
};

/**
 * bcast_report_copy:
 * @self: a report, whose texts may be somebody else's
 *
 * Returns: (transfer full): the same with texts of its own
 */
BcastReport *
bcast_report_copy (const BcastReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastReport *copy = g_new (BcastReport, 1);

  *copy = *self;
  copy->app_id = g_strdup (self->app_id);
  copy->socket_id = g_strdup (self->socket_id);
  copy->channel = g_strdup (self->channel);
  copy->event = g_strdup (self->event);
  copy->user_id = g_strdup (self->user_id);
  copy->data = g_strdup (self->data);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * bcast_report_free:
 * @self: (transfer full): a report from bcast_report_copy()
 */
void
bcast_report_free (BcastReport *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->app_id);
  g_free (self->socket_id);
  g_free (self->channel);
  g_free (self->event);
  g_free (self->user_id);
  g_free (self->data);
  g_free (self->text);
  g_free (self);
}

/**
 * bcast_report_kind_to_string:
 * @kind: a kind
 *
 * Returns: its name for machines, the same in every language
 */
const char *
bcast_report_kind_to_string (BcastReportKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_REPORT_KINDS, NULL);

  return kinds[kind].name;
}

/**
 * bcast_report_kind_get_title:
 * @kind: a kind
 *
 * Returns: its name for people
 */
const char *
bcast_report_kind_get_title (BcastReportKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_REPORT_KINDS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "report", kinds[kind].title);
}

/**
 * bcast_report_kind_parse:
 * @text: a name as bcast_report_kind_to_string() gives it
 * @kind: (out): which kind it is
 *
 * Returns: whether there is a kind of that name
 */
gboolean
bcast_report_kind_parse (const char      *text,
                         BcastReportKind *kind)
{
  g_return_val_if_fail (text != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    if (strcmp (text, kinds[i].name) == 0)
      {
        *kind = (BcastReportKind) i;
        return TRUE;
      }
  return FALSE;
}
