/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-api.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "config.h"

#include "bcast-api-request-private.h"
#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-limits.h"

#define TIMEOUT_MS 30000 /* as in pusher-http-php; pusher-http-python takes 5 s */

/**
 * BcastApi:
 *
 * Speaks the HTTP API of one app: publishes events and asks what channels there are. It keeps no
 * cookies, follows no redirects and answers no passwords; a request that is not answered in time
 * fails. It is used in the thread-default main context in which it was made.
 */
struct _BcastApi
{
  GObject      parent_instance;

  BcastApp    *app;
  SoupSession *session;
  guint        timeout_ms;
};

G_DEFINE_FINAL_TYPE (BcastApi, bcast_api, G_TYPE_OBJECT)

static void
bcast_api_finalize (GObject *object)
{
  BcastApi *self = BCAST_API (object);

  g_object_unref (self->session);
  bcast_app_unref (self->app);

  G_OBJECT_CLASS (bcast_api_parent_class)->finalize (object);
}

static void
bcast_api_class_init (BcastApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_api_finalize;

  /* See bcast_network_new(): what is made of a class here need not be made in a thread. */
  g_type_class_unref (g_type_class_ref (SOUP_TYPE_SESSION));
}

static void
bcast_api_init (BcastApi *self)
{
  self->timeout_ms = TIMEOUT_MS;
  self->session = soup_session_new_with_options ("timeout", 0,
                                                 "user-agent", "Broadcast/" BCAST_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

/**
 * bcast_api_new:
 * @app: the app to speak for
 *
 * Returns: (transfer full): a new API client
 */
BcastApi *
bcast_api_new (BcastApp *app)
{
  g_return_val_if_fail (app != NULL, NULL);

  BcastApi *self = g_object_new (BCAST_TYPE_API, NULL);

  self->app = bcast_app_ref (app);
  return self;
}

/**
 * bcast_api_set_timeout:
 * @self: an API client
 * @timeout_ms: how long a request may take from start to end; 0 stands for 30 s
 *
 * Counts for requests that are made from now on.
 */
void
bcast_api_set_timeout (BcastApi *self,
                       guint     timeout_ms)
{
  g_return_if_fail (BCAST_IS_API (self));

  self->timeout_ms = timeout_ms != 0 ? timeout_ms : TIMEOUT_MS;
}

static void
start_query (BcastApi           *self,
             const char         *resource,
             const char * const *params,
             gint64              now_s,
             GTask              *task)
{
  BcastApiRequestOptions options = {
    self->app, self->session, self->timeout_ms, SOUP_METHOD_GET, resource, params, NULL, now_s, NULL, NULL
  };

  bcast_api_request_start (&options, task);
}

static gboolean
check_channel (const char *channel,
               GTask      *task)
{
  g_autoptr(GError) error = NULL;

  if (bcast_channel_name_find_type (channel) == BCAST_CHANNEL_SERVER_TO_USER)
    error = g_error_new (BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("“%s” is the server's own channel for one user and cannot be asked about."),
                         channel);
  else if (bcast_channel_name_check (channel, BCAST_LIMIT_CHANNEL_NAME_LENIENT, &error))
    return TRUE;

  g_task_return_error (task, g_steal_pointer (&error));
  return FALSE;
}

/**
 * bcast_api_trigger_async:
 * @self: an API client
 * @trigger: the event and where it goes
 * @now_s: seconds since 1970, for the signature
 * @started_func: (nullable) (scope notified): told when the request is about to be written
 * @started_data: for @started_func; must live until @callback was called
 * @cancellable: (nullable): gives up waiting; the event may have been published all the same
 * @callback: (scope async): called once, with the answer or an error
 * @user_data: for @callback
 *
 * Publishes an event. Source: Channels documentation, “HTTP API”, section “POST event”.
 */
void
bcast_api_trigger_async (BcastApi            *self,
                         BcastTrigger        *trigger,
                         gint64               now_s,
                         BcastApiStartedFunc  started_func,
                         gpointer             started_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_API (self));
  g_return_if_fail (trigger != NULL);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *body = bcast_trigger_format_body (trigger);
  BcastApiRequestOptions options = {
    self->app, self->session, self->timeout_ms, SOUP_METHOD_POST, "/events", NULL, body, now_s,
    started_func, started_data
  };

  bcast_api_request_start (&options, task);
}

/**
 * bcast_api_batch_async:
 * @self: an API client
 * @triggers: (element-type BcastTrigger): one to ten events, each for one channel
 * @now_s: seconds since 1970, for the signature
 * @started_func: (nullable) (scope notified): told when the request is about to be written
 * @started_data: for @started_func; must live until @callback was called
 * @cancellable: (nullable): gives up waiting; the events may have been published all the same
 * @callback: (scope async): called once, with the answer or an error
 * @user_data: for @callback
 *
 * Publishes several events at once. Source: Channels documentation, “HTTP API”, section “POST batch events”.
 */
void
bcast_api_batch_async (BcastApi            *self,
                       GPtrArray           *triggers,
                       gint64               now_s,
                       BcastApiStartedFunc  started_func,
                       gpointer             started_data,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_API (self));
  g_return_if_fail (triggers != NULL && triggers->len > 0);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *body = bcast_trigger_format_batch (triggers);
  BcastApiRequestOptions options = {
    self->app, self->session, self->timeout_ms, SOUP_METHOD_POST, "/batch_events", NULL, body, now_s,
    started_func, started_data
  };

  bcast_api_request_start (&options, task);
}

/**
 * bcast_api_terminate_async:
 * @self: an API client
 * @user_id: who is to be disconnected
 * @now_s: seconds since 1970, for the signature
 * @cancellable: (nullable): gives up waiting
 * @callback: (scope async): called once, with the answer or an error
 * @user_data: for @callback
 *
 * Closes all connections that are signed in as @user_id. The user may connect anew.
 * Source: Channels documentation, “HTTP API”, section “Terminate user connections”.
 */
void
bcast_api_terminate_async (BcastApi            *self,
                           const char          *user_id,
                           gint64               now_s,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_API (self));
  g_return_if_fail (user_id != NULL);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *resource = g_strconcat ("/users/", user_id, "/terminate_connections", NULL);
  BcastApiRequestOptions options = {
    self->app, self->session, self->timeout_ms, SOUP_METHOD_POST, resource, NULL, "{}", now_s, NULL, NULL
  };
  g_autoptr(GError) error = NULL;

  if (bcast_user_id_check (user_id, &error))
    bcast_api_request_start (&options, task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * bcast_api_channels_async:
 * @self: an API client
 * @filter_by_prefix: (nullable): only channels whose names begin so
 * @info: (nullable): attributes to ask for, comma-separated; `user_count` wants the filter `presence-`
 * @now_s: seconds since 1970, for the signature
 * @cancellable: (nullable): stops the request
 * @callback: (scope async): called once, with the answer or an error
 * @user_data: for @callback
 *
 * Asks which channels are occupied. Source: Channels documentation, “HTTP API”, section “GET channels”.
 */
void
bcast_api_channels_async (BcastApi            *self,
                          const char          *filter_by_prefix,
                          const char          *info,
                          gint64               now_s,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_API (self));

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GPtrArray) params = g_ptr_array_new ();

  if (filter_by_prefix != NULL && *filter_by_prefix != '\0')
    {
      g_ptr_array_add (params, (char *) "filter_by_prefix");
      g_ptr_array_add (params, (char *) filter_by_prefix);
    }
  if (info != NULL && *info != '\0')
    {
      g_ptr_array_add (params, (char *) "info");
      g_ptr_array_add (params, (char *) info);
    }
  g_ptr_array_add (params, NULL);

  start_query (self, "/channels", (const char * const *) params->pdata, now_s, task);
}

/**
 * bcast_api_channel_async:
 * @self: an API client
 * @channel: a channel's full name
 * @info: (nullable): attributes to ask for, comma-separated
 * @now_s: seconds since 1970, for the signature
 * @cancellable: (nullable): stops the request
 * @callback: (scope async): called once, with the answer or an error
 * @user_data: for @callback
 *
 * Asks about one channel. Source: Channels documentation, “HTTP API”, section “GET channel”.
 */
void
bcast_api_channel_async (BcastApi            *self,
                         const char          *channel,
                         const char          *info,
                         gint64               now_s,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_API (self));
  g_return_if_fail (channel != NULL);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *resource = g_strconcat ("/channels/", channel, NULL);
  const char *params[] = { "info", info, NULL };

  if (check_channel (channel, task))
    start_query (self, resource, info != NULL && *info != '\0' ? params : NULL, now_s, task);
}

/**
 * bcast_api_users_async:
 * @self: an API client
 * @channel: a presence channel's full name
 * @now_s: seconds since 1970, for the signature
 * @cancellable: (nullable): stops the request
 * @callback: (scope async): called once, with the answer or an error
 * @user_data: for @callback
 *
 * Asks who is on a presence channel. Source: Channels documentation, “HTTP API”, section “GET users”.
 */
void
bcast_api_users_async (BcastApi            *self,
                       const char          *channel,
                       gint64               now_s,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_API (self));
  g_return_if_fail (channel != NULL);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *resource = g_strconcat ("/channels/", channel, "/users", NULL);

  if (check_channel (channel, task))
    start_query (self, resource, NULL, now_s, task);
}

/**
 * bcast_api_request_finish:
 * @self: an API client
 * @result: what the callback of any of the requests received
 * @reply: (out) (optional) (nullable) (transfer full): request and answer; set with and without
 *   @error whenever a request was made
 * @error: a %BCAST_ERROR. For any status but 200 and 202 its code tells what to do, and its message
 *   has the status and the server's words.
 *
 * Returns: whether the server did what was asked
 */
gboolean
bcast_api_request_finish (BcastApi       *self,
                          GAsyncResult   *result,
                          BcastApiReply **reply,
                          GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (reply != NULL)
    *reply = bcast_api_request_steal_reply (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error);
}
