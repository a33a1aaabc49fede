/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-api-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-api-params-private.h"
#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-request-signature.h"
#include "bcast-sandbox-http-private.h"

#define MAX_SEGMENTS 4 /* below the app: channels, a name, users; and one to tell a longer path by */

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
  guint             success; /* a status; 0 for 200 */
} Route;

/* Paths below `/apps/{id}`; `*` stands for a name, which is checked. */
static const Route routes[] = {
  { "POST", { "events" }, bcast_api_handle_events },
  { "POST", { "batch_events" }, bcast_api_handle_batch },
  { "GET", { "channels" }, bcast_api_handle_channels },
  { "GET", { "channels", "*" }, bcast_api_handle_channel, check_channel },
  { "GET", { "channels", "*", "users" }, bcast_api_handle_users, check_channel },
  { "POST", { "users", "*", "terminate_connections" }, handle_terminate, bcast_user_id_check },
  /* Deprecated. */
  { "POST", { "channels", "*", "events" }, bcast_api_handle_old_events, check_channel, SOUP_STATUS_ACCEPTED },
  { "GET", { "channels", "*", "stats" }, bcast_api_handle_stats, check_channel },
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
      /* An empty name is one at fault, but for a slash at the end. */
      if (strcmp (pattern[i], "*") == 0 && (*segments[i] != '\0' || segments[i + 1] != NULL))
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

/* What the app's clock shows when it is @now_s. */
static gint64
read_clock (BcastHub *hub,
            gint64    now_s)
{
  const BcastActiveFault *active = bcast_hub_find_fault (hub, BCAST_FAULT_CLOCK, NULL);

  return active != NULL ? now_s + active->fault->value : now_s;
}

static gboolean
check_signature (BcastApp            *app,
                 const BcastApiCall  *call,
                 const char          *path,
                 gint64               now_s,
                 GError             **error)
{
  return bcast_request_signature_check (bcast_app_get_key (app), bcast_app_get_secret (app), call->method, path,
                                        call->query, call->body, call->body_length, now_s, error);
}

static char *
lower_escapes (const char *path)
{
  char *lower = g_strdup (path);

  for (char *at = strchr (lower, '%'); at != NULL && at[1] != '\0' && at[2] != '\0'; at = strchr (at + 1, '%'))
    {
      at[1] = g_ascii_tolower (at[1]);
      at[2] = g_ascii_tolower (at[2]);
    }
  return lower;
}

/* #GUri makes the digits of escapes large, whatever was sent and signed; .NET sends small ones. */
static gboolean
check_either_signature (BcastApp            *app,
                        const BcastApiCall  *call,
                        gint64               now_s,
                        GError             **error)
{
  g_autoptr(GError) problem = NULL;
  g_autofree char *lower = lower_escapes (call->path);

  if (check_signature (app, call, call->path, now_s, &problem)
      || (strcmp (lower, call->path) != 0 && check_signature (app, call, lower, now_s, NULL)))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static char *
run_handler (BcastHub            *hub,
             const BcastApiCall  *call,
             const Route         *route,
             const char          *name,
             gint64               now_s,
             GError             **error)
{
  BcastApp *app = bcast_hub_get_app (hub);
  g_auto(GStrv) params = bcast_api_params_parse (call->query, error);
  const BcastApiRequest request = {
    hub, name, (const char * const *) params, call->body_length > 0 ? call->body : "", call->body_length
  };

  if (params == NULL
      || !check_either_signature (app, call, read_clock (hub, now_s), error)
      || !check_name (route, name, error))
    return NULL;

  return route->handle (&request, error);
}

/* Takes @error. */
static void
refuse (BcastApiAnswer *answer,
        guint           status,
        GError         *error)
{
  answer->status = status;
  answer->error = error;
}

static void
refuse_path (BcastApiAnswer *answer,
             const char     *path)
{
  if (g_str_has_suffix (path, "/"))
    refuse (answer, SOUP_STATUS_NOT_FOUND,
            g_error_new_literal (BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                                 _("There is nothing at this path, which ends with a slash. Leave it out, and sign the "
                                   "path without it.")));
  else
    refuse (answer, SOUP_STATUS_NOT_FOUND,
            g_error_new_literal (BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                                 _("There is nothing at this path. The HTTP API has "
                                   "/apps/{app_id}/events, /batch_events, /channels, /channels/{name}, "
                                   "/channels/{name}/users and /users/{user_id}/terminate_connections.")));
}

static void
refuse_app (BcastApiAnswer *answer,
            const char     *app_id)
{
  refuse (answer, SOUP_STATUS_NOT_FOUND,
          g_error_new (BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                       _("There is no app “%.*s” here. Check the app id."), bcast_error_clip (app_id, 64), app_id));
}

static const char *
get_allowed (const Route *route)
{
  return strcmp (route->method, "GET") == 0 ? "GET, HEAD, OPTIONS" : "OPTIONS, POST";
}

/* HEAD asks as GET does, and is signed as what it is; the server leaves the body out. */
static gboolean
is_allowed (const Route *route,
            const char  *method)
{
  return strcmp (method, route->method) == 0
         || (strcmp (method, "HEAD") == 0 && strcmp (route->method, "GET") == 0);
}

static void
refuse_method (BcastApiAnswer *answer,
               const Route    *route)
{
  answer->allow = get_allowed (route);
  refuse (answer, SOUP_STATUS_METHOD_NOT_ALLOWED,
          g_error_new (BCAST_ERROR, BCAST_ERROR_INVALID, _("This path takes %s requests."), route->method));
}

/* Returns whether a fault says that the API fails. */
static gboolean
fail_on_purpose (BcastHub       *hub,
                 BcastApiAnswer *answer)
{
  const BcastActiveFault *active = bcast_hub_find_fault (hub, BCAST_FAULT_API, NULL);

  if (active == NULL)
    return FALSE;

  answer->status = active->fault->value;
  answer->is_on_purpose = TRUE;
  return TRUE;
}

static void
answer_options (BcastApiAnswer *answer,
                const Route    *route)
{
  answer->status = SOUP_STATUS_NO_CONTENT;
  answer->allow = get_allowed (route);
}

/**
 * bcast_api_respond:
 * @apps: the apps that are served
 * @call: a request below `/apps`
 * @now_s: seconds since 1970
 * @answer: (out caller-allocates): what to answer; free with bcast_api_answer_clear()
 *
 * Does what the request asks for, or says why not.
 * Source: Channels documentation, “HTTP API”.
 */
void
bcast_api_respond (BcastHostedApps    *apps,
                   const BcastApiCall *call,
                   gint64              now_s,
                   BcastApiAnswer     *answer)
{
  g_return_if_fail (apps != NULL && call != NULL && answer != NULL);

  g_auto(GStrv) segments = split_path (call->path);
  GError *error = NULL;
  const char *name = NULL;
  const Route *route = NULL;
  BcastHostedApp *app = NULL;

  *answer = (BcastApiAnswer) { 0, };
  if (segments != NULL && segments[0] != NULL)
    {
      route = find_route (segments + 1, &name);
      app = bcast_hosted_apps_find_by_id (apps, segments[0]);
    }

  if (route == NULL)
    refuse_path (answer, call->path);
  else if (app == NULL)
    refuse_app (answer, segments[0]);
  else if (!app->settings->is_enabled)
    refuse (answer, SOUP_STATUS_FORBIDDEN,
            g_error_new_literal (BCAST_ERROR, BCAST_ERROR_FORBIDDEN, _("This app is switched off.")));
  else if (strcmp (call->method, "OPTIONS") == 0)
    answer_options (answer, route);
  else if (!is_allowed (route, call->method))
    refuse_method (answer, route);
  else if (fail_on_purpose (app->hub, answer))
    return;
  else if ((answer->json = run_handler (app->hub, call, route, name, now_s, &error)) == NULL)
    refuse (answer, bcast_sandbox_http_get_error_status (error), error);
  else
    answer->status = route->success != 0 ? route->success : SOUP_STATUS_OK;
}

/**
 * bcast_api_answer_clear:
 * @self: an answer
 *
 * Frees what it holds.
 */
void
bcast_api_answer_clear (BcastApiAnswer *self)
{
  g_clear_pointer (&self->json, g_free);
  g_clear_error (&self->error);
}

/**
 * bcast_sandbox_api_handle:
 * @apps: the apps that are served
 * @message: a request below `/apps`, its path as it was sent
 * @now_s: seconds since 1970
 *
 * Answers a request of the HTTP API. Events go out in the order in which their requests came.
 */
void
bcast_sandbox_api_handle (BcastHostedApps   *apps,
                          SoupServerMessage *message,
                          gint64             now_s)
{
  g_return_if_fail (apps != NULL && SOUP_IS_SERVER_MESSAGE (message));

  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr(GBytes) body = bcast_sandbox_http_dup_body (message);
  const BcastApiCall call = {
    .method = soup_server_message_get_method (message),
    .path = g_uri_get_path (uri),
    .query = g_uri_get_query (uri),
    .body = g_bytes_get_data (body, NULL),
    .body_length = g_bytes_get_size (body),
  };
  g_auto(BcastApiAnswer) answer = { 0, };

  bcast_api_respond (apps, &call, now_s, &answer);

  if (answer.allow != NULL)
    bcast_sandbox_http_set_header (message, "Allow", answer.allow);
  if (answer.is_on_purpose)
    bcast_sandbox_http_refuse_on_purpose (message, answer.status);
  else if (answer.error != NULL)
    bcast_sandbox_http_refuse (message, answer.status, answer.error->message);
  else if (answer.json != NULL)
    bcast_sandbox_http_answer (message, answer.status, "application/json", answer.json);
  else
    soup_server_message_set_status (message, answer.status, NULL);
}
