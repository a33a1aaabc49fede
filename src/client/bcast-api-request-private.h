/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-api.h"

G_BEGIN_DECLS

/**
 * BcastApiRequestOptions:
 * @app: whom to speak for
 * @session: what sends it
 * @timeout_ms: how long it may take from start to end
 * @method: the HTTP method
 * @resource: the path below `/apps/{id}`
 * @params: (nullable) (array zero-terminated=1): further parameters, name and value by turns
 * @body: (nullable): the body, JSON
 * @now_s: seconds since 1970, for the signature
 * @started_func: (nullable): told when the request is about to be written
 * @started_data: for @started_func
 *
 * One request of the HTTP API.
 */
typedef struct
{
  BcastApp            *app;
  SoupSession         *session;
  guint                timeout_ms;
  const char          *method;
  const char          *resource;
  const char * const  *params;
  const char          *body;
  gint64               now_s;
  BcastApiStartedFunc  started_func;
  gpointer             started_data;
} BcastApiRequestOptions;

void           bcast_api_request_start       (const BcastApiRequestOptions *options,
                                              GTask                        *task);
BcastApiReply *bcast_api_request_steal_reply (GTask                        *task) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
