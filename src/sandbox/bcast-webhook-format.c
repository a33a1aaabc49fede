/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-format-private.h"

#include "bcast-json.h"
#include "bcast-webhook.h"

static void
append_member (GString    *object,
               const char *key,
               const char *value)
{
  if (value == NULL)
    return;

  g_string_append_printf (object, ",\"%s\":", key);
  bcast_json_append_quoted (object, value, -1);
}

/* Receivers want a string, as hosted Pusher sends it: what a client sent as an object becomes its text.
 * The text of what was not sent at all is that of nothing, so that whoever parses it finds JSON. */
static void
append_data (GString    *object,
             const char *json)
{
  BcastJsonSpan span;
  const char *text = json != NULL ? json : "null";

  if (bcast_json_scan (text, strlen (text), &span, NULL, NULL) && span.type == BCAST_JSON_STRING)
    g_string_append_printf (object, ",\"data\":%.*s", (int) span.length, span.start);
  else
    append_member (object, "data", text);
}

/**
 * bcast_webhook_format_event:
 * @report: something of %BCAST_WEBHOOK_ALL; the data of a client event is JSON
 *
 * Source: Channels documentation, “Webhooks”, sections from “Channel existence events” on.
 *
 * Returns: (transfer full): what a webhook says about it, as one element of `events`
 */
char *
bcast_webhook_format_event (const BcastReport *report)
{
  g_return_val_if_fail (report != NULL && report->channel != NULL, NULL);

  const char *name = bcast_webhook_kind_to_string (report->kind);
  g_autoptr(GString) object = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  g_string_printf (object, "{\"name\":\"%s\"", name);
  append_member (object, "channel", report->channel);
  if (report->kind == BCAST_REPORT_CLIENT_EVENT)
    {
      append_member (object, "event", report->event);
      append_data (object, report->data);
      append_member (object, "socket_id", report->socket_id);
      append_member (object, "user_id", report->user_id);
    }
  else if (report->kind == BCAST_REPORT_MEMBER_ADDED || report->kind == BCAST_REPORT_MEMBER_REMOVED)
    append_member (object, "user_id", report->user_id);
  else if (report->kind == BCAST_REPORT_SUBSCRIPTION_COUNT)
    g_string_append_printf (object, ",\"subscription_count\":%u", report->code);
  g_string_append_c (object, '}');
  return g_string_free (g_steal_pointer (&object), FALSE);
}

/**
 * bcast_webhook_format_body:
 * @time_ms: now, in milliseconds since 1970
 * @events: elements from bcast_webhook_format_event(), with commas between
 *
 * Source: Channels documentation, “Webhooks”, section “Webhook format”.
 *
 * Returns: (transfer full): the body of a webhook
 */
char *
bcast_webhook_format_body (gint64      time_ms,
                           const char *events)
{
  g_return_val_if_fail (events != NULL, NULL);

  return g_strdup_printf ("{\"time_ms\":%" G_GINT64_FORMAT ",\"events\":[%s]}", time_ms, events);
}

/**
 * bcast_webhook_format_again:
 * @time_ms: now, in milliseconds since 1970
 * @body: one from bcast_webhook_format_body()
 *
 * For a replay: receivers refuse what is old.
 *
 * Returns: (transfer full): the same events at another time
 */
char *
bcast_webhook_format_again (gint64      time_ms,
                            const char *body)
{
  g_return_val_if_fail (body != NULL, NULL);

  const char *rest = strchr (body, ',');

  g_return_val_if_fail (rest != NULL, NULL);

  return g_strdup_printf ("{\"time_ms\":%" G_GINT64_FORMAT "%s", time_ms, rest);
}
