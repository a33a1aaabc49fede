/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-webhooks-private.h"
#include "hub-fixture.h"
#include "webhook-receiver.h"

G_BEGIN_DECLS

/* Without grace, and in a hurry. */
extern const BcastWebhookTimes webhooks_quick;

/* A hub without a server around it, its webhooks, and a receiver that is none of theirs yet. */
typedef struct
{
  HubFixture     hub;
  Receiver       receiver;
  BcastWebhooks *webhooks;
  GPtrArray     *set;     /* BcastWebhook */
  GPtrArray     *reports; /* BcastReport: of webhooks */
  gboolean       is_flushed;
  gboolean       is_in_time;
} WebhooksFixture;

/* A peer whose socket stays open: the context runs here. */
typedef struct
{
  BcastPeer *peer;
  int        far;
} Visitor;

void          webhooks_set_up    (WebhooksFixture         *fixture,
                                  gconstpointer            data);
void          webhooks_tear_down (WebhooksFixture         *fixture,
                                  gconstpointer            data);
void          webhooks_use_times (WebhooksFixture         *fixture,
                                  const BcastWebhookTimes *times);
BcastWebhook *webhooks_add       (WebhooksFixture         *fixture,
                                  const char              *url);
void          webhooks_expect    (WebhooksFixture         *fixture,
                                  guint                    index,
                                  const char              *events);

void          visitor_join       (WebhooksFixture         *fixture,
                                  Visitor                 *visitor,
                                  const char              *channel,
                                  const char              *user_id);
void          visitor_leave      (WebhooksFixture         *fixture,
                                  Visitor                 *visitor,
                                  const char              *channel);
void          visitor_part       (Visitor                 *visitor);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visitor, visitor_part)

G_END_DECLS
