/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-network-private.h"

G_BEGIN_DECLS

/* What the main context asks of the network context about one client; each returns at once. The outcome
 * comes back as news. A client that is not there is passed over. */
void bcast_network_request_add         (BcastNetwork             *self,
                                        const BcastClientOptions *options);
void bcast_network_request_change      (BcastNetwork             *self,
                                        const BcastClientOptions *options);
void bcast_network_request_remove      (BcastNetwork             *self,
                                        const char               *client);
void bcast_network_request_connect     (BcastNetwork             *self,
                                        const char               *client,
                                        gboolean                  wanted);
void bcast_network_request_subscribe   (BcastNetwork             *self,
                                        const char               *client,
                                        const char               *channel);
void bcast_network_request_unsubscribe (BcastNetwork             *self,
                                        const char               *client,
                                        const char               *channel);

G_END_DECLS
