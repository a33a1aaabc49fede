/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-acceptor-private.h"

G_BEGIN_DECLS

#define CONNECTIONS_HEAD "Host: localhost\r\n"
#define CONNECTIONS_MAX  3

/* A server whose time goes as fast as the test likes; the clients are played over plain TCP. */
typedef struct
{
  SoupServer       *server;
  BcastConnections *connections;
  BcastAcceptor    *acceptor;
  guint16           port;
  guint             n_started; /* requests, and connections that have said something */
  GIOStream        *stolen;
} ConnectionsFixture;

void               connections_set_up      (ConnectionsFixture *fixture,
                                            gconstpointer       data);
void               connections_tear_down   (ConnectionsFixture *fixture,
                                            gconstpointer       data);
GSocketConnection *connections_open        (ConnectionsFixture *fixture,
                                            const char         *bytes);
gboolean           connections_is_readable (gpointer            user_data);
char              *connections_read_until  (GSocketConnection  *connection,
                                            const char         *wanted);
void               connections_check_after (ConnectionsFixture *fixture,
                                            guint               seconds);
gboolean           connections_is_started  (gpointer            user_data);
gboolean           connections_is_counted  (gpointer            user_data);
gboolean           connections_is_empty    (gpointer            user_data);

G_END_DECLS
