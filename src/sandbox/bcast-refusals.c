/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-refusals-private.h"

#include <string.h>

#include "bcast-sandbox-api-private.h"
#include "bcast-sandbox-http-private.h"

/* “” for what was no request at all. */
static const char *
get_path (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);

  return uri != NULL ? g_uri_get_path (uri) : "";
}

/* The app that the path of the HTTP API names, if it is served. */
static BcastHostedApp *
find_app (BcastHostedApps *apps,
          const char      *path)
{
  g_auto(GStrv) segments = g_strsplit (path, "/", 4);

  if (g_strv_length (segments) < 3 || strcmp (segments[1], BCAST_SANDBOX_API_PATH + 1) != 0)
    return NULL;

  g_autofree char *app_id = g_uri_unescape_string (segments[2], NULL);

  return app_id != NULL ? bcast_hosted_apps_find_by_id (apps, app_id) : NULL;
}

/* Without the query: it has a signature. */
static char *
format_text (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);
  const char *path = get_path (message);
  g_autofree char *sentence = bcast_sandbox_http_dup_sentence (message);

  return method != NULL && *path != '\0' ? g_strdup_printf ("%s %s: %s", method, path, sentence)
                                         : g_steal_pointer (&sentence);
}

/**
 * bcast_refusals_report:
 * @apps: the apps that are served
 * @message: a request whose answer is on its way
 *
 * Reports a request that was refused, for the app that its path names if there is one.
 */
void
bcast_refusals_report (BcastHostedApps   *apps,
                       SoupServerMessage *message)
{
  g_return_if_fail (apps != NULL && SOUP_IS_SERVER_MESSAGE (message));

  guint status = soup_server_message_get_status (message);

  if (status < SOUP_STATUS_BAD_REQUEST)
    return;

  BcastHostedApp *app = find_app (apps, get_path (message));
  g_autofree char *text = format_text (message);
  const BcastReport report = { .kind = BCAST_REPORT_API_ERROR, .text = text, .code = status };

  if (app != NULL)
    bcast_hub_report (app->hub, &report);
  else
    bcast_hosted_apps_report (apps, &report);
}
