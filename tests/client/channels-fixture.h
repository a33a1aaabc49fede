/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "client-under-test.h"
#include "slow-authorizer.h"

G_BEGIN_DECLS

/* A connected client with a peer that confirms nothing by itself. */
typedef struct
{
  Peer           *peer;
  BcastClient    *client;
  SlowAuthorizer *authorizer; /* NULL: signs with the secret */
} ChannelsFixture;

ChannelsFixture        channels_fixture_set_up         (gboolean         slow);
void                   channels_fixture_tear_down      (ChannelsFixture *fixture);
BcastSubscriptionState channels_fixture_get_state      (ChannelsFixture *fixture,
                                                        const char      *channel);
void                   channels_fixture_expect_refused (ChannelsFixture *fixture,
                                                        const char      *channel,
                                                        BcastError       code,
                                                        const char      *part);
void                   channels_fixture_settle         (ChannelsFixture *fixture);

G_END_DECLS
