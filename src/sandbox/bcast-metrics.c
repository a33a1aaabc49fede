/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-metrics-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-sandbox-http-private.h"

#define CONTENT_TYPE "text/plain; version=0.0.4; charset=utf-8"

static guint64
count_sockets (const BcastHostedApp *app)
{
  return bcast_hub_count_peers (app->hub);
}

static guint64
count_channels (const BcastHostedApp *app)
{
  return bcast_hub_count_channels (app->hub);
}

static guint64
count_subscriptions (const BcastHostedApp *app)
{
  return bcast_hub_count_subscriptions (app->hub);
}

static guint64
count_deliveries (const BcastHostedApp *app)
{
  return bcast_hub_count_deliveries (app->hub);
}

/* Those without a function count the reports of a kind. */
static const struct
{
  const char       *name;
  const char       *type;
  const char       *help;
  guint64         (*count) (const BcastHostedApp *app);
  BcastReportKind   kind;
} metrics[] = {
  { "connections", "gauge", "Sockets that are connected.", count_sockets },
  { "channels", "gauge", "Channels that are occupied.", count_channels },
  { "subscriptions", "gauge", "Subscriptions of all sockets.", count_subscriptions },
  { "deliveries_total", "counter", "Events handed to a socket.", count_deliveries },
  { "connections_total", "counter", "Sockets that connected.", NULL, BCAST_REPORT_CONNECTION },
  { "disconnections_total", "counter", "Sockets that went.", NULL, BCAST_REPORT_DISCONNECTION },
  { "channels_occupied_total", "counter", "Channels that got their first subscriber.", NULL, BCAST_REPORT_OCCUPIED },
  { "channels_vacated_total", "counter", "Channels that lost their last subscriber.", NULL, BCAST_REPORT_VACATED },
  { "api_messages_total", "counter", "Events over the HTTP API, one for each channel.", NULL, BCAST_REPORT_API_MESSAGE },
  { "client_events_total", "counter", "Client events that were accepted.", NULL, BCAST_REPORT_CLIENT_EVENT },
  { "cache_misses_total", "counter", "Subscriptions to a cache channel that remembered nothing.", NULL,
    BCAST_REPORT_CACHE_MISS },
  { "errors_total", "counter", "Errors of the server itself.", NULL, BCAST_REPORT_ERROR },
  { "api_errors_total", "counter", "HTTP requests that were refused.", NULL, BCAST_REPORT_API_ERROR },
  { "client_errors_total", "counter", "What sockets did and may not.", NULL, BCAST_REPORT_CLIENT_ERROR },
  { "webhooks_sent_total", "counter", "Webhooks that were delivered.", NULL, BCAST_REPORT_WEBHOOK_SENT },
  { "webhooks_failed_total", "counter", "Attempts to deliver a webhook that failed.", NULL,
    BCAST_REPORT_WEBHOOK_FAILED },
};

/* Source: Prometheus, “Exposition formats”, section “Text format details”. */
static char *
escape_label (const char *value)
{
  GString *buffer = g_string_new (NULL);

  for (; *value != '\0'; value++)
    if (*value == '\\' || *value == '"')
      g_string_append_printf (buffer, "\\%c", *value);
    else if (*value == '\n')
      g_string_append (buffer, "\\n");
    else
      g_string_append_c (buffer, *value);
  return g_string_free (buffer, FALSE);
}

/**
 * bcast_metrics_format:
 * @apps: the apps that are served
 *
 * Source: Prometheus, “Exposition formats”.
 *
 * Returns: (transfer full): counters of each app, in Prometheus' text form
 */
char *
bcast_metrics_format (BcastHostedApps *apps)
{
  g_return_val_if_fail (apps != NULL, NULL);

  GPtrArray *list = bcast_hosted_apps_get (apps);
  GString *buffer = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      g_string_append_printf (buffer, "# HELP broadcast_%s %s\n# TYPE broadcast_%s %s\n", metrics[i].name,
                              metrics[i].help, metrics[i].name, metrics[i].type);
      for (guint j = 0; j < list->len; j++)
        {
          const BcastHostedApp *app = list->pdata[j];
          g_autofree char *label = escape_label (app->settings->app_id);
          guint64 value = metrics[i].count != NULL ? metrics[i].count (app) : app->counts[metrics[i].kind];

          g_string_append_printf (buffer, "broadcast_%s{app_id=\"%s\"} %" G_GUINT64_FORMAT "\n",
                                  metrics[i].name, label, value);
        }
    }
  return g_string_free (buffer, FALSE);
}

/**
 * bcast_metrics_handle:
 * @apps: the apps that are served
 * @message: a request for `/metrics`
 *
 * Answers with the counters.
 */
void
bcast_metrics_handle (BcastHostedApps   *apps,
                      SoupServerMessage *message)
{
  g_return_if_fail (apps != NULL && SOUP_IS_SERVER_MESSAGE (message));

  const char *method = soup_server_message_get_method (message);
  g_autofree char *text = bcast_metrics_format (apps);

  if (strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0)
    bcast_sandbox_http_answer (message, SOUP_STATUS_OK, CONTENT_TYPE, text);
  else
    {
      bcast_sandbox_http_set_header (message, "Allow", "GET, HEAD");
      bcast_sandbox_http_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED, _("This path takes GET requests."));
    }
}
