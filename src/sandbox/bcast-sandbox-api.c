/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-api-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-api-request-private.h"
#include "bcast-channel-info-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-limits.h"
#include "bcast-request-signature.h"
#include "bcast-sandbox-http-private.h"

#define MAX_SEGMENTS 4 /* below the app: channels, a name, users; and one to tell a longer path by */

/* What each request can tell of a channel.
 * Source: Channels documentation, “HTTP API”. */
#define INFO_OF_CHANNELS BCAST_CHANNEL_INFO_USER_COUNT
#define INFO_OF_CHANNEL  (BCAST_CHANNEL_INFO_USER_COUNT | BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT \
                          | BCAST_CHANNEL_INFO_CACHE)

static char *
handle_channels (const BcastApiRequest  *request,
                 GError                **error)
{
  const char *prefix = bcast_query_find (request->params, "filter_by_prefix");
  const char * const prefixes[] = { prefix != NULL ? prefix : "", NULL };
  BcastChannelInfo info;

  if (!bcast_channel_info_parse (bcast_query_find (request->params, "info"), INFO_OF_CHANNELS, &info, error)
      || !bcast_channel_info_check (info, prefixes, error))
    return NULL;

  g_autoptr(GPtrArray) channels = bcast_hub_list_channels (request->hub, prefix);
  GString *buffer = g_string_new ("{\"channels\":{");

  for (guint i = 0; i < channels->len; i++)
    {
      const char *name = bcast_hub_channel_get_name (channels->pdata[i]);
      g_autofree char *attributes = bcast_channel_info_format (request->hub, name, info, FALSE);

      if (i > 0)
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, name, -1);
      g_string_append_printf (buffer, ":%s", attributes);
    }
  g_string_append (buffer, "}}");
  return g_string_free (buffer, FALSE);
}

static char *
handle_channel (const BcastApiRequest  *request,
                GError                **error)
{
  const char * const channels[] = { request->name, NULL };
  BcastChannelInfo info;

  if (!bcast_channel_info_parse (bcast_query_find (request->params, "info"), INFO_OF_CHANNEL, &info, error)
      || !bcast_channel_info_check (info, channels, error))
    return NULL;

  return bcast_channel_info_format (request->hub, request->name, info, TRUE);
}

static char *
handle_users (const BcastApiRequest  *request,
              GError                **error)
{
  if (!bcast_channel_type_is_presence (bcast_channel_name_find_type (request->name)))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("Only presence channels know their users, and “%s” is none."), request->name);
      return NULL;
    }

  BcastHubChannel *channel = bcast_hub_find_channel (request->hub, request->name);
  GPtrArray *members = channel != NULL ? bcast_hub_channel_get_members (channel) : NULL;
  GString *buffer = g_string_new ("{\"users\":[");

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      BcastHubMember *member = members->pdata[i];

      g_string_append (buffer, i > 0 ? ",{\"id\":" : "{\"id\":");
      bcast_json_append_quoted (buffer, member->user_id, -1);
      g_string_append_c (buffer, '}');
    }
  g_string_append (buffer, "]}");
  return g_string_free (buffer, FALSE);
}

static char *
handle_terminate (const BcastApiRequest  *request,
                  GError                **error)
{
  bcast_hub_terminate_user (request->hub, request->name);
  return g_strdup ("{}");
}

static gboolean
check_channel (const char  *name,
               GError     **error)
{
  return bcast_channel_name_check (name, BCAST_LIMIT_CHANNEL_NAME_LENIENT, error);
}

typedef struct
{
  const char       *method;
  const char       *segments[MAX_SEGMENTS];
  BcastApiHandler   handle;
  gboolean        (*check_name) (const char  *name,
                                 GError     **error);
} Route;

/* Paths below `/apps/{id}`; `*` stands for a name, which is checked. */
static const Route routes[] = {
  { "POST", { "events" }, bcast_api_handle_events },
  { "POST", { "batch_events" }, bcast_api_handle_batch },
  { "GET", { "channels" }, handle_channels },
  { "GET", { "channels", "*" }, handle_channel, check_channel },
  { "GET", { "channels", "*", "users" }, handle_users, check_channel },
  { "POST", { "users", "*", "terminate_connections" }, handle_terminate, bcast_user_id_check },
};

/* Returns whether the path is that of the route. */
static gboolean
match_segments (const char * const  *pattern,
                char               **segments,
                const char         **name)
{
  guint i = 0;

  *name = NULL;
  for (; pattern[i] != NULL && segments[i] != NULL; i++)
    {
      if (strcmp (pattern[i], "*") == 0)
        *name = segments[i];
      else if (strcmp (pattern[i], segments[i]) != 0)
        return FALSE;
    }
  return pattern[i] == NULL && segments[i] == NULL;
}

static const Route *
find_route (char       **segments,
            const char **name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (match_segments (routes[i].segments, segments, name))
      return &routes[i];
  return NULL;
}

/* Gives the decoded segments below `/apps`, the app id first. */
static char **
split_path (const char *path)
{
  g_auto(GStrv) encoded = g_strsplit (path + strlen (BCAST_SANDBOX_API_PATH), "/", MAX_SEGMENTS + 2);
  g_autoptr(GPtrArray) segments = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 1; encoded[0] != NULL && encoded[i] != NULL; i++)
    {
      g_autofree char *segment = g_uri_unescape_string (encoded[i], NULL);

      if (segment == NULL || !g_utf8_validate (segment, -1, NULL))
        return NULL;
      g_ptr_array_add (segments, g_steal_pointer (&segment));
    }
  g_ptr_array_add (segments, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&segments), FALSE);
}

/* 413 is for the data of events: a name that is too long is a bad request. */
static gboolean
check_name (const Route  *route,
            const char   *name,
            GError      **error)
{
  g_autoptr(GError) problem = NULL;

  if (route->check_name == NULL || route->check_name (name, &problem))
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, problem->message);
  return FALSE;
}

/* Returns whether a fault says that the API fails. */
static gboolean
fail_on_purpose (BcastHub          *hub,
                 SoupServerMessage *message)
{
  const BcastActiveFault *active = bcast_hub_find_fault (hub, BCAST_FAULT_API, NULL);

  if (active != NULL)
    bcast_sandbox_http_refuse_on_purpose (message, active->fault->value);
  return active != NULL;
}

/* What the app's clock shows when it is @now_s. */
static gint64
read_clock (BcastHub *hub,
            gint64    now_s)
{
  const BcastActiveFault *active = bcast_hub_find_fault (hub, BCAST_FAULT_CLOCK, NULL);

  return active != NULL ? now_s + active->fault->value : now_s;
}

static void
run_handler (BcastHub          *hub,
             SoupServerMessage *message,
             const Route       *route,
             const char        *name,
             gint64             now_s)
{
  BcastApp *app = bcast_hub_get_app (hub);
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr(GBytes) body = bcast_sandbox_http_dup_body (message);
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);

  if (bcast_request_signature_check (bcast_app_get_key (app), bcast_app_get_secret (app),
                                     route->method, g_uri_get_path (uri),
                                     g_uri_get_query (uri), bytes, length, read_clock (hub, now_s), &error)
      && check_name (route, name, &error))
    {
      g_auto(GStrv) params = bcast_query_parse (g_uri_get_query (uri), NULL);
      const BcastApiRequest request = {
        hub, name, (const char * const *) params, length > 0 ? bytes : "", length
      };

      answer = route->handle (&request, &error);
    }

  if (answer != NULL)
    bcast_sandbox_http_answer_json (message, answer);
  else
    bcast_sandbox_http_refuse_error (message, error);
}

static void
refuse_app (SoupServerMessage *message,
            const char        *app_id)
{
  g_autofree char *sentence = g_strdup_printf (_("There is no app “%s” here. Check the app id."), app_id);

  bcast_sandbox_http_refuse (message, SOUP_STATUS_NOT_FOUND, sentence);
}

static void
refuse_method (SoupServerMessage *message,
               const Route       *route)
{
  g_autofree char *sentence = g_strdup_printf (_("This path takes %s requests."), route->method);

  bcast_sandbox_http_set_header (message, "Allow", route->method);
  bcast_sandbox_http_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED, sentence);
}

/**
 * bcast_sandbox_api_handle:
 * @apps: the apps that are served
 * @message: a request below `/apps`, its path as it was sent
 * @now_s: seconds since 1970
 *
 * Answers a request of the HTTP API. Events go out in the order in which their requests came.
 * Source: Channels documentation, “HTTP API”.
 */
void
bcast_sandbox_api_handle (BcastHostedApps   *apps,
                          SoupServerMessage *message,
                          gint64             now_s)
{
  g_return_if_fail (apps != NULL && SOUP_IS_SERVER_MESSAGE (message));

  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  g_auto(GStrv) segments = split_path (path);
  const char *name = NULL;
  const Route *route = NULL;
  BcastHostedApp *app = NULL;

  if (segments != NULL && segments[0] != NULL)
    {
      route = find_route (segments + 1, &name);
      app = bcast_hosted_apps_find_by_id (apps, segments[0]);
    }

  if (route == NULL)
    bcast_sandbox_http_refuse (message, SOUP_STATUS_NOT_FOUND,
                               _("There is nothing at this path. The HTTP API has "
                                 "/apps/{app_id}/events, /batch_events, /channels, /channels/{name}, "
                                 "/channels/{name}/users and /users/{user_id}/terminate_connections."));
  else if (app == NULL)
    refuse_app (message, segments[0]);
  else if (!app->settings->is_enabled)
    bcast_sandbox_http_refuse (message, SOUP_STATUS_FORBIDDEN, _("This app is switched off."));
  else if (strcmp (soup_server_message_get_method (message), route->method) != 0)
    refuse_method (message, route);
  else if (!fail_on_purpose (app->hub, message))
    run_handler (app->hub, message, route, name, now_s);
}
