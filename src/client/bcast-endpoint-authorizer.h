/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-app.h"
#include "bcast-authorizer.h"

G_BEGIN_DECLS

/**
 * BcastEndpointOptions:
 * @channel_endpoint: (nullable): where subscriptions are signed, an `http:` or `https:` address
 * @user_endpoint: (nullable): where sign-ins are signed
 * @headers: (nullable) (array zero-terminated=1): further headers, name and value by turns
 * @params: (nullable) (array zero-terminated=1): further parameters, name and value by turns
 * @cookies: (nullable): what goes into the `Cookie` header, as in `a=b; c=d`
 * @bearer: (nullable): a token, sent as `Authorization: Bearer`
 * @csrf_cookie: (nullable): the cookie among @cookies whose value is sent in a header too, with its
 *   percent signs decoded, such as Laravel's `XSRF-TOKEN`
 * @csrf_header: (nullable): the name of that header; %NULL means `X-XSRF-TOKEN`
 * @csrf_token: (nullable): a token sent as `X-CSRF-TOKEN`, as Laravel Echo does
 * @timeout_ms: how long an answer may take from start to end; 0 stands for 10 s
 * @app: (nullable): whose signatures are expected; what of its key, secret and master key is known is
 *   checked, and its choice of certificates counts for endpoints on its own hosts
 *
 * How the user's app is asked.
 */
typedef struct
{
  const char         *channel_endpoint;
  const char         *user_endpoint;
  const char * const *headers;
  const char * const *params;
  const char         *cookies;
  const char         *bearer;
  const char         *csrf_cookie;
  const char         *csrf_header;
  const char         *csrf_token;
  guint               timeout_ms;
  BcastApp           *app;
} BcastEndpointOptions;

#define BCAST_TYPE_ENDPOINT_AUTHORIZER (bcast_endpoint_authorizer_get_type ())

G_DECLARE_FINAL_TYPE (BcastEndpointAuthorizer, bcast_endpoint_authorizer, BCAST, ENDPOINT_AUTHORIZER, GObject)

BcastAuthorizer *bcast_endpoint_authorizer_new (const BcastEndpointOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
