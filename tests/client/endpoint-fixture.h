/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "await.h"
#include "bcast-endpoint-authorizer.h"
#include "bcast-error.h"
#include "peer.h"

G_BEGIN_DECLS

/* What is sent to the app and must be in no sentence. */
#define SECRET_COOKIE "c00kie-of-somebody"
#define SECRET_XSRF   "xsrf/t0ken="
#define SECRET_BEARER "b3arer-of-somebody"
#define SECRET_HEADER "h3ader-of-somebody"
#define SECRET_PARAM  "p4ram of somebody"
#define SECRET_QUERY  "qu3ry-of-somebody"

/**
 * EndpointFixture:
 * @status: of every answer
 * @location: (nullable): its Location
 * @body: (nullable): its body
 * @length: of @body; -1 when it is terminated
 * @stall: whether nothing is ever answered
 * @n_requests: how many came
 * @target: path and query of the latest one
 * @request_body: its body
 * @headers: its headers, each as `name: value`, one a line, sorted
 *
 * A user's app, played by a server on loopback that does what the fields say.
 */
typedef struct
{
  SoupServer         *server;
  guint16             port;
  gboolean            tls;

  guint               status;
  const char         *location;
  const char         *body;
  gssize              length;
  gboolean            stall;

  guint               n_requests;
  char               *target;
  char               *request_body;
  char               *headers;

  BcastAuthorization *answer;
  GError             *error;
} EndpointFixture;

void             endpoint_fixture_set_up    (EndpointFixture            *self,
                                             GTlsCertificate            *certificate);
void             endpoint_fixture_tear_down (EndpointFixture            *self);
char            *endpoint_fixture_dup_url   (EndpointFixture            *self,
                                             const char                 *host,
                                             const char                 *path);
BcastApp        *endpoint_fixture_dup_app   (const char                 *host,
                                             gboolean                    accept_any,
                                             const char                 *ca_file);
void             endpoint_fixture_ask       (EndpointFixture            *self,
                                             const BcastEndpointOptions *options,
                                             const char                 *socket_id,
                                             const char                 *channel);
void             endpoint_fixture_expect    (EndpointFixture            *self,
                                             BcastError                  code,
                                             const char                 *part);

G_END_DECLS
