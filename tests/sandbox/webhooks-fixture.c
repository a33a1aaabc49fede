/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhooks-fixture.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "await.h"

const BcastWebhookTimes webhooks_quick = {
  .grace_ms = 0, .batch_ms = 10, .first_retry_ms = 5, .longest_retry_ms = 20, .give_up_ms = 60000, .request_ms = 10000,
};

static void
observe_cb (BcastHub          *hub,
            const BcastReport *report,
            gpointer           user_data)
{
  WebhooksFixture *fixture = user_data;

  if (report->kind == BCAST_REPORT_WEBHOOK_SENT || report->kind == BCAST_REPORT_WEBHOOK_FAILED)
    g_ptr_array_add (fixture->reports, bcast_report_copy (report));
}

static void
free_webhook (gpointer webhook)
{
  bcast_webhook_free (webhook);
}

static void
free_report (gpointer report)
{
  bcast_report_free (report);
}

BcastWebhook *
webhooks_add (WebhooksFixture *fixture,
              const char      *url)
{
  BcastWebhook *webhook = bcast_webhook_new (url);

  g_ptr_array_add (fixture->set, webhook);
  return webhook;
}

void
webhooks_use_times (WebhooksFixture         *fixture,
                    const BcastWebhookTimes *times)
{
  g_clear_pointer (&fixture->webhooks, bcast_webhooks_free);
  fixture->webhooks = bcast_webhooks_new_with_times (fixture->hub.hub, times);
  bcast_webhooks_set (fixture->webhooks, fixture->set);
}

void
webhooks_set_up (WebhooksFixture *fixture,
                 gconstpointer    data)
{
  hub_fixture_set_up (&fixture->hub, data);
  receiver_set_up (&fixture->receiver, NULL);
  fixture->set = g_ptr_array_new_with_free_func (free_webhook);
  fixture->reports = g_ptr_array_new_with_free_func (free_report);
  bcast_hub_add_observer (fixture->hub.hub, observe_cb, fixture);
  webhooks_use_times (fixture, &webhooks_quick);
}

void
webhooks_tear_down (WebhooksFixture *fixture,
                    gconstpointer    data)
{
  bcast_webhooks_free (fixture->webhooks);
  receiver_tear_down (&fixture->receiver);
  hub_fixture_tear_down (&fixture->hub, data);
  g_ptr_array_unref (fixture->set);
  g_ptr_array_unref (fixture->reports);
}

void
visitor_part (Visitor *visitor)
{
  g_clear_object (&visitor->peer);
  close (visitor->far);
}

static void
enter (WebhooksFixture *fixture,
       Visitor         *visitor)
{
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);

  g_autoptr(GSocket) socket = g_socket_new_from_fd (ends[0], NULL);
  g_autoptr(GSocketConnection) near = g_socket_connection_factory_create_connection (socket);

  g_socket_set_blocking (socket, FALSE);
  visitor->far = ends[1];
  visitor->peer = bcast_peer_new (fixture->hub.hub, G_IO_STREAM (near), fixture->hub.flusher);
}

void
visitor_join (WebhooksFixture *fixture,
              Visitor         *visitor,
              const char      *channel,
              const char      *user_id)
{
  if (visitor->peer == NULL)
    enter (fixture, visitor);
  bcast_hub_subscribe (fixture->hub.hub, visitor->peer, channel, user_id, NULL, NULL);
}

void
visitor_leave (WebhooksFixture *fixture,
               Visitor         *visitor,
               const char      *channel)
{
  bcast_hub_unsubscribe (fixture->hub.hub, visitor->peer, channel);
}

/* What comes next; nothing else may have come before. */
void
webhooks_expect (WebhooksFixture *fixture,
                 guint            index,
                 const char      *events)
{
  WAIT_FOR (fixture->receiver.received->len > index);

  g_autofree char *found = receiver_get_events (&fixture->receiver, index);

  received_check (receiver_get (&fixture->receiver, index), HUB_KEY, HUB_SECRET);
  if (!g_str_has_suffix (events, "*"))
    g_assert_cmpstr (found, ==, events);
  else
    g_assert_true (g_pattern_match_simple (events, found));
}
