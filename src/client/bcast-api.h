/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-app.h"
#include "bcast-trigger.h"

G_BEGIN_DECLS

/**
 * BcastApiReply:
 * @status: the HTTP status, 0 when there was no answer
 * @method: the request's method
 * @target: path and query as sent, auth_signature included, the secret never
 * @request_body: (nullable): the exact body sent
 * @body: (nullable): the body of the answer, as text
 * @written: whether the request went out; when it did not, the server cannot have acted on it
 * @started_us: g_get_monotonic_time() just before the request was written
 * @answered_us: the same when the answer was complete
 *
 * One request of the HTTP API and its answer, whatever the status was.
 */
typedef struct
{
  guint     status;
  char     *method;
  char     *target;
  char     *request_body;
  char     *body;
  gboolean  written;
  gint64    started_us;
  gint64    answered_us;
} BcastApiReply;

/**
 * BcastApiStartedFunc:
 * @started_us: g_get_monotonic_time() just before the request is written
 * @user_data: what the caller passed
 *
 * The connection is there and the request is about to be written. Called again when a connection turns out
 * to be stale and the request is written to another one.
 */
typedef void (*BcastApiStartedFunc) (gint64   started_us,
                                     gpointer user_data);

void bcast_api_reply_free (BcastApiReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastApiReply, bcast_api_reply_free)

#define BCAST_TYPE_API (bcast_api_get_type ())

G_DECLARE_FINAL_TYPE (BcastApi, bcast_api, BCAST, API, GObject)

BcastApi      *bcast_api_new              (BcastApp             *app) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_api_set_timeout      (BcastApi             *self,
                                           guint                 timeout_ms);

void           bcast_api_trigger_async    (BcastApi             *self,
                                           BcastTrigger         *trigger,
                                           gint64                now_s,
                                           BcastApiStartedFunc   started_func,
                                           gpointer              started_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           bcast_api_batch_async      (BcastApi             *self,
                                           GPtrArray            *triggers,
                                           gint64                now_s,
                                           BcastApiStartedFunc   started_func,
                                           gpointer              started_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           bcast_api_terminate_async  (BcastApi             *self,
                                           const char           *user_id,
                                           gint64                now_s,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           bcast_api_channels_async   (BcastApi             *self,
                                           const char           *filter_by_prefix,
                                           const char           *info,
                                           gint64                now_s,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           bcast_api_channel_async    (BcastApi             *self,
                                           const char           *channel,
                                           const char           *info,
                                           gint64                now_s,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           bcast_api_users_async      (BcastApi             *self,
                                           const char           *channel,
                                           gint64                now_s,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean       bcast_api_request_finish   (BcastApi             *self,
                                           GAsyncResult         *result,
                                           BcastApiReply       **reply,
                                           GError              **error);

G_END_DECLS
