/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-report-style.h"

#include <glib/gi18n.h>

#include "bcast-format.h"

/* The colour only repeats what the word and the icon say. */
static const struct
{
  const char *icon_name;
  const char *css_class;
} styles[BCAST_N_REPORT_KINDS] = {
  [BCAST_REPORT_CONNECTION] = { "network-wired-symbolic", "good" },
  [BCAST_REPORT_DISCONNECTION] = { "network-wired-disconnected-symbolic", "plain" },
  [BCAST_REPORT_OCCUPIED] = { "list-add-symbolic", "good" },
  [BCAST_REPORT_VACATED] = { "list-remove-symbolic", "plain" },
  [BCAST_REPORT_SUBSCRIBED] = { "go-next-symbolic", "good" },
  [BCAST_REPORT_UNSUBSCRIBED] = { "go-previous-symbolic", "plain" },
  [BCAST_REPORT_MEMBER_ADDED] = { "contact-new-symbolic", "good" },
  [BCAST_REPORT_MEMBER_REMOVED] = { "avatar-default-symbolic", "plain" },
  [BCAST_REPORT_API_MESSAGE] = { "network-server-symbolic", "event" },
  [BCAST_REPORT_CLIENT_EVENT] = { "chat-message-new-symbolic", "event" },
  [BCAST_REPORT_CACHE_MISS] = { "broadcast-channel-cache-symbolic", "plain" },
  [BCAST_REPORT_SUBSCRIPTION_COUNT] = { "system-users-symbolic", "plain" },
  [BCAST_REPORT_ERROR] = { "dialog-warning-symbolic", "bad" },
  [BCAST_REPORT_API_ERROR] = { "dialog-warning-symbolic", "bad" },
  [BCAST_REPORT_CLIENT_ERROR] = { "dialog-warning-symbolic", "bad" },
  [BCAST_REPORT_WEBHOOK_SENT] = { "mail-send-symbolic", "good" },
  [BCAST_REPORT_WEBHOOK_FAILED] = { "dialog-warning-symbolic", "bad" },
};

/**
 * bcast_report_style_get_icon_name:
 * @kind: a kind of report
 *
 * Returns: its symbolic icon
 */
const char *
bcast_report_style_get_icon_name (BcastReportKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_REPORT_KINDS, NULL);

  return styles[kind].icon_name;
}

/**
 * bcast_report_style_get_css_class:
 * @kind: a kind of report
 *
 * Returns: the class of its colour, beside `kind`
 */
const char *
bcast_report_style_get_css_class (BcastReportKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_REPORT_KINDS, NULL);

  return styles[kind].css_class;
}

static char *
dup_disconnection (const BcastReport *report)
{
  g_autofree char *lifetime = bcast_format_duration (report->duration_us);
  g_autofree char *after = g_strdup_printf (_("after %s"), lifetime);
  g_autofree char *code = report->code != 0 ? g_strdup_printf (_("code %u"), report->code) : NULL;

  if (code != NULL)
    return g_strjoin (", ", after, code, report->text, NULL);
  return g_strjoin (", ", after, report->text, NULL);
}

/**
 * bcast_report_style_dup_text:
 * @entry: a row of the log
 *
 * Returns: (transfer full): what stands in its second line; empty when there is nothing more to tell
 */
char *
bcast_report_style_dup_text (BcastLogEntry *entry)
{
  g_return_val_if_fail (BCAST_IS_LOG_ENTRY (entry), NULL);

  const BcastReport *report = bcast_log_entry_get_report (entry);
  g_autofree char *status = NULL;

  if (report == NULL)
    return g_strdup (_("They came faster than they could be read."));
  switch (report->kind)
    {
    case BCAST_REPORT_DISCONNECTION:
      return dup_disconnection (report);
    case BCAST_REPORT_SUBSCRIPTION_COUNT:
      return g_strdup_printf (ngettext ("%u subscriber", "%u subscribers", report->code), report->code);
    case BCAST_REPORT_API_ERROR:
    case BCAST_REPORT_CLIENT_ERROR:
    case BCAST_REPORT_WEBHOOK_SENT:
    case BCAST_REPORT_WEBHOOK_FAILED:
      status = report->code != 0 ? g_strdup_printf ("%u · ", report->code) : g_strdup ("");
      return g_strconcat (status, report->text, NULL);
    default:
      return bcast_format_line (report->text != NULL ? report->text : report->data != NULL ? report->data : "");
    }
}
