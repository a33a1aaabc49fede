/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hub-private.h"

G_BEGIN_DECLS

/**
 * BcastApiRequest:
 * @hub: the app
 * @name: (nullable): the channel or user that stood for the variable segment of the route
 * @params: (array zero-terminated=1): the query
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
char *bcast_api_handle_events (const BcastApiRequest  *request,
                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_api_handle_batch  (const BcastApiRequest  *request,
                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
