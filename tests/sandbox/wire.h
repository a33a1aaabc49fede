/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-sandbox.h"

G_BEGIN_DECLS

#define WIRE_APP_ID "3"
#define WIRE_KEY    "278d425bdf160c739803"
#define WIRE_SECRET "7ad3773142a6692b25b8"

/**
 * WireClient:
 *
 * One raw WebSocket: what the sandbox sends is kept as it came. Waiting ends with a failed test
 * after some seconds.
 */
typedef struct
{
  SoupWebsocketConnection *connection;
  GQueue                   messages;
  gboolean                 is_closed;
  guint                    close_code;
  char                    *close_reason;
  char                    *socket_id; /* NULL without a handshake */
} WireClient;

/* A sandbox, and two clients but after wire_set_up_sandbox(). */
typedef struct
{
  BcastSandbox *sandbox;
  WireClient   *alice;
  WireClient   *bob;
} WireFixture;

BcastSandbox *wire_new_sandbox      (void);
BcastSandbox *wire_start_sandbox    (void);
void          wire_set_up_sandbox   (WireFixture   *fixture,
                                     gconstpointer  data);
void          wire_set_up           (WireFixture   *fixture,
                                     gconstpointer  data);
void          wire_tear_down        (WireFixture   *fixture,
                                     gconstpointer  data);

WireClient   *wire_open             (BcastSandbox *sandbox,
                                     const char   *target);
WireClient   *wire_open_from        (BcastSandbox *sandbox,
                                     const char   *target,
                                     const char   *origin);
WireClient   *wire_connect          (BcastSandbox *sandbox);
WireClient   *wire_connect_to       (BcastSandbox *sandbox,
                                     const char   *key);
void          wire_free             (WireClient   *client);
void          wire_send             (WireClient   *client,
                                     const char   *text);
char         *wire_next             (WireClient   *client);
void          wire_expect           (WireClient   *client,
                                     const char   *text);
void          wire_assert_match     (const char   *text,
                                     const char   *pattern);
void          wire_expect_match     (WireClient   *client,
                                     const char   *pattern);
void          wire_expect_nothing   (WireClient   *client);
void          wire_expect_close     (WireClient   *client,
                                     guint         code);

char         *wire_auth             (WireClient   *client,
                                     const char   *channel,
                                     const char   *channel_data);
void          wire_ask_to_subscribe (WireClient   *client,
                                     const char   *channel,
                                     const char   *channel_data);
void          wire_subscribe        (WireClient   *client,
                                     const char   *channel,
                                     const char   *channel_data);

void          wire_sign_in          (WireClient   *client,
                                     const char   *user_data);

char         *wire_request_bytes    (BcastSandbox *sandbox,
                                     const char   *method,
                                     const char   *target,
                                     const char   *headers,
                                     GBytes       *body,
                                     guint        *status);
char         *wire_request          (BcastSandbox *sandbox,
                                     const char   *method,
                                     const char   *target,
                                     const char   *headers,
                                     const char   *body,
                                     guint        *status);
char         *wire_api              (BcastSandbox *sandbox,
                                     const char   *method,
                                     const char   *path,
                                     const char   *params,
                                     const char   *body,
                                     guint        *status);
void          wire_publish          (BcastSandbox *sandbox,
                                     const char   *body);

gboolean      wire_wait             (gboolean    (*is_done) (gpointer),
                                     gpointer      user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireClient, wire_free)

G_END_DECLS
