/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hosted-apps-private.h"

G_BEGIN_DECLS

/**
 * BcastApiCall:
 * @method: the HTTP method
 * @path: the path as it came
 * @query: (nullable): the query as it came
 * @body: (nullable) (array length=body_length): the body
 * @body_length: its length in bytes
 *
 * A request of the HTTP API as anybody can send it.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *query;
  const char *body;
  gsize       body_length;
} BcastApiCall;

/**
 * BcastApiAnswer:
 * @status: an HTTP status
 * @json: (nullable): what was asked for; may be empty
 * @error: (nullable): why not
 * @allow: (nullable): what the header `Allow` is to say
 * @is_on_purpose: whether a fault of the lab answers @status, and nothing else is there
 *
 * What a request is answered with.
 */
typedef struct
{
  guint       status;
  char       *json;
  GError     *error;
  const char *allow;
  gboolean    is_on_purpose;
} BcastApiAnswer;

void  bcast_api_respond         (BcastHostedApps        *apps,
                                 const BcastApiCall     *call,
                                 gint64                  now_s,
                                 BcastApiAnswer         *answer);
void  bcast_api_answer_clear    (BcastApiAnswer         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BcastApiAnswer, bcast_api_answer_clear)

/**
 * BcastApiRequest:
 * @hub: the app
 * @name: (nullable): the channel or user that stood for the variable segment of the route
 * @params: (array zero-terminated=1): the query, as bcast_api_params_parse() gives it
 * @body: (array length=body_length): the body
 * @body_length: its length in bytes
 *
 * A request of the HTTP API that is signed rightly.
 */
typedef struct
{
  BcastHub           *hub;
  const char         *name;
  const char * const *params;
  const char         *body;
  gsize               body_length;
} BcastApiRequest;

/* Gives the JSON to answer with. */
typedef char *(*BcastApiHandler) (const BcastApiRequest  *request,
                                  GError                **error);

/* In bcast-api-events.c */
char *bcast_api_handle_events     (const BcastApiRequest  *request,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_api_handle_batch      (const BcastApiRequest  *request,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_api_handle_old_events (const BcastApiRequest  *request,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* In bcast-api-channels.c */
char *bcast_api_handle_channels   (const BcastApiRequest  *request,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_api_handle_channel    (const BcastApiRequest  *request,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_api_handle_users      (const BcastApiRequest  *request,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_api_handle_stats      (const BcastApiRequest  *request,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
