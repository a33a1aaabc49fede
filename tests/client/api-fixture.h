/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-api.h"
#include "peer.h"

G_BEGIN_DECLS

#define NOW_S 1700000000

/* An API client, its peer, and what became of the last request. */
typedef struct
{
  Peer          *peer;
  BcastApi      *api;
  Outcome        outcome;
  guint          n_started;
  gint64         started_us; /* as the last request told when it began */
  BcastApiReply *reply;
  GError        *error;
} ApiFixture;

void     api_fixture_set_up    (ApiFixture *fixture,
                                Peer       *peer);
void     api_fixture_tear_down (ApiFixture *fixture);
gboolean api_fixture_finish    (ApiFixture *fixture);
gboolean api_fixture_trigger   (ApiFixture *fixture);

G_END_DECLS
