/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-api-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-info-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-request-signature.h"
#include "bcast-sandbox-http-private.h"
#include "bcast-trigger.h"

#define MAX_SEGMENTS 4 /* below the app: channels, its name, users; and one to tell a longer path by */

/* What each request can tell of a channel.
 * Source: Channels documentation, “HTTP API”. */
#define INFO_OF_EVENTS   (BCAST_CHANNEL_INFO_USER_COUNT | BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT)
#define INFO_OF_CHANNELS BCAST_CHANNEL_INFO_USER_COUNT
#define INFO_OF_CHANNEL  (INFO_OF_EVENTS | BCAST_CHANNEL_INFO_CACHE)

/**
 * ApiRequest:
 *
 * A request that is signed rightly. @channel is what stood for the `*` of its route.
 */
typedef struct
{
  BcastHub           *hub;
  const char         *channel;
  const char * const *params;
  const char         *body;
  gsize               body_length;
} ApiRequest;

typedef char *(*ApiHandler) (const ApiRequest  *request,
                             GError           **error);

/* As the trigger takes its data: the text of a string, the JSON of anything else. */
static gboolean
measure_data (const BcastJsonSpan *key,
              const BcastJsonSpan *value,
              gpointer             user_data)
{
  gsize *size = user_data;

  if (!bcast_json_span_equals (key, "data"))
    return TRUE;

  *size = value->length;
  if (value->type == BCAST_JSON_STRING)
    g_free (bcast_json_span_dup_string (value, size));
  return TRUE;
}

/* 413 is for data alone; any other limit is a 400.
 * Source: Channels documentation, “HTTP API”, section “POST event”. */
static gboolean
is_data_too_large (const ApiRequest *request)
{
  gsize size = 0;

  return bcast_json_scan_object (request->body, request->body_length, measure_data, &size, NULL, NULL)
         && size > BCAST_LIMIT_DATA_BYTES;
}

static BcastTrigger *
parse_trigger (const ApiRequest  *request,
               GError           **error)
{
  g_autoptr(GError) problem = NULL;
  BcastTrigger *trigger = bcast_trigger_parse (request->body, request->body_length, &problem);

  if (trigger != NULL)
    return trigger;

  if (g_error_matches (problem, BCAST_ERROR, BCAST_ERROR_TOO_LARGE) && !is_data_too_large (request))
    problem->code = BCAST_ERROR_INVALID;
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* A channel that is named twice gets the event once. */
static gboolean
is_first (const char * const *channels,
          guint               index)
{
  for (guint i = 0; i < index; i++)
    if (strcmp (channels[i], channels[index]) == 0)
      return FALSE;
  return TRUE;
}

static char *
format_trigger_info (BcastHub           *hub,
                     const char * const *channels,
                     BcastChannelInfo    info)
{
  GString *buffer = g_string_new ("{\"channels\":{");

  for (guint i = 0; channels[i] != NULL; i++)
    {
      if (!is_first (channels, i))
        continue;

      g_autofree char *attributes = bcast_channel_info_format (hub, channels[i], info, FALSE);

      if (i > 0)
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, channels[i], -1);
      g_string_append_printf (buffer, ":%s", attributes);
    }
  g_string_append (buffer, "}}");
  return g_string_free (buffer, FALSE);
}

static char *
handle_events (const ApiRequest  *request,
               GError           **error)
{
  g_autoptr(BcastTrigger) trigger = parse_trigger (request, error);
  const char * const *channels = trigger != NULL ? bcast_trigger_get_channels (trigger) : NULL;
  BcastChannelInfo info;

  if (trigger == NULL
      || !bcast_channel_info_parse (bcast_trigger_get_info (trigger), INFO_OF_EVENTS, &info, error)
      || !bcast_channel_info_check (info, channels, error))
    return NULL;

  for (guint i = 0; channels[i] != NULL; i++)
    if (is_first (channels, i))
      bcast_hub_publish (request->hub, channels[i], bcast_trigger_get_name (trigger),
                         bcast_trigger_get_data (trigger), bcast_trigger_get_socket_id (trigger));

  return info != 0 ? format_trigger_info (request->hub, channels, info) : g_strdup ("{}");
}

static char *
handle_channels (const ApiRequest  *request,
                 GError           **error)
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
handle_channel (const ApiRequest  *request,
                GError           **error)
{
  const char * const channels[] = { request->channel, NULL };
  BcastChannelInfo info;

  if (!bcast_channel_info_parse (bcast_query_find (request->params, "info"), INFO_OF_CHANNEL, &info, error)
      || !bcast_channel_info_check (info, channels, error))
    return NULL;

  return bcast_channel_info_format (request->hub, request->channel, info, TRUE);
}

static char *
handle_users (const ApiRequest  *request,
              GError           **error)
{
  if (!bcast_channel_type_is_presence (bcast_channel_name_find_type (request->channel)))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("Only presence channels know their users, and “%s” is none."), request->channel);
      return NULL;
    }

  BcastHubChannel *channel = bcast_hub_find_channel (request->hub, request->channel);
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

/* Paths below `/apps/{id}`; `*` stands for a channel name. */
static const struct
{
  const char *method;
  const char *segments[MAX_SEGMENTS];
  ApiHandler  handle;
} routes[] = {
  { "POST", { "events" }, handle_events },
  { "GET", { "channels" }, handle_channels },
  { "GET", { "channels", "*" }, handle_channel },
  { "GET", { "channels", "*", "users" }, handle_users },
};

/* Returns whether the path is that of the route. */
static gboolean
match_segments (const char * const  *pattern,
                char               **segments,
                const char         **channel)
{
  guint i = 0;

  *channel = NULL;
  for (; pattern[i] != NULL && segments[i] != NULL; i++)
    {
      if (strcmp (pattern[i], "*") == 0)
        *channel = segments[i];
      else if (strcmp (pattern[i], segments[i]) != 0)
        return FALSE;
    }
  return pattern[i] == NULL && segments[i] == NULL;
}

static ApiHandler
find_handler (const char  *method,
              char       **segments,
              const char **channel,
              const char **allowed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!match_segments (routes[i].segments, segments, channel))
        continue;
      *allowed = routes[i].method;
      return strcmp (method, routes[i].method) == 0 ? routes[i].handle : NULL;
    }
  *allowed = NULL;
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

static void
run_handler (BcastHub          *hub,
             SoupServerMessage *message,
             ApiHandler         handle,
             const char        *channel,
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
                                     soup_server_message_get_method (message), g_uri_get_path (uri),
                                     g_uri_get_query (uri), bytes, length, now_s, &error)
      && (channel == NULL
          || bcast_channel_name_check (channel, BCAST_LIMIT_CHANNEL_NAME_LENIENT, &error)))
    {
      g_auto(GStrv) params = bcast_query_parse (g_uri_get_query (uri), NULL);
      ApiRequest request = {
        hub, channel, (const char * const *) params, length > 0 ? bytes : "", length
      };

      answer = handle (&request, &error);
    }

  if (answer != NULL)
    bcast_sandbox_http_answer_json (message, answer);
  else
    bcast_sandbox_http_refuse_error (message, error);
}

/**
 * bcast_sandbox_api_handle:
 * @hub: the app
 * @message: a request below `/apps`, its path as it was sent
 * @now_s: seconds since 1970
 *
 * Answers a request of the HTTP API. Events go out in the order in which their requests came.
 * Source: Channels documentation, “HTTP API”.
 */
void
bcast_sandbox_api_handle (BcastHub          *hub,
                          SoupServerMessage *message,
                          gint64             now_s)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && SOUP_IS_SERVER_MESSAGE (message));

  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *app_id = bcast_app_get_app_id (bcast_hub_get_app (hub));
  g_auto(GStrv) segments = split_path (path);
  const char *channel = NULL;
  const char *allowed = NULL;
  ApiHandler handle = NULL;

  if (segments != NULL && segments[0] != NULL)
    handle = find_handler (soup_server_message_get_method (message), segments + 1, &channel, &allowed);

  if (allowed == NULL)
    bcast_sandbox_http_refuse (message, SOUP_STATUS_NOT_FOUND,
                               _("There is nothing at this path. The HTTP API has "
                                 "/apps/{app_id}/events, /channels, /channels/{name} and "
                                 "/channels/{name}/users."));
  else if (strcmp (segments[0], app_id) != 0)
    {
      g_autofree char *sentence = g_strdup_printf (_("There is no app “%s” here. Check the app id."),
                                                   segments[0]);
      bcast_sandbox_http_refuse (message, SOUP_STATUS_NOT_FOUND, sentence);
    }
  else if (handle == NULL)
    {
      g_autofree char *sentence = g_strdup_printf (_("This path takes %s requests."), allowed);
      bcast_sandbox_http_set_header (message, "Allow", allowed);
      bcast_sandbox_http_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED, sentence);
    }
  else
    run_handler (hub, message, handle, channel, now_s);
}
