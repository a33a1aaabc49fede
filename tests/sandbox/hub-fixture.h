/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hub-private.h"

G_BEGIN_DECLS

#define HUB_KEY    "key"
#define HUB_SECRET "secret"

/* A hub without a server around it. */
typedef struct
{
  BcastHub     *hub;
  BcastFlusher *flusher;
} HubFixture;

/* A peer whose socket is a piece of memory: nothing is read, and what is written can be looked at. */
typedef struct
{
  BcastPeer           *peer;
  GMemoryOutputStream *output;
  gsize                seen;
} HubSide;

void  hub_fixture_set_up    (HubFixture    *fixture,
                             gconstpointer  data);
void  hub_fixture_tear_down (HubFixture    *fixture,
                             gconstpointer  data);

void  hub_side_join         (HubFixture    *fixture,
                             HubSide       *side);
void  hub_side_part         (HubSide       *side);
char *hub_side_next         (HubFixture    *fixture,
                             HubSide       *side);
void  hub_side_expect       (HubFixture    *fixture,
                             HubSide       *side,
                             const char    *pattern);
void  hub_side_subscribe    (HubFixture    *fixture,
                             HubSide       *side,
                             const char    *channel,
                             const char    *user_id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubSide, hub_side_part)

G_END_DECLS
