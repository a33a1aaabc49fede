/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhook-receiver.h"
#include "wire.h"

#include <string.h>

/* A sandbox whose webhooks go to an app on loopback. */
typedef struct
{
  WireFixture wire;
  Receiver    receiver;
} Fixture;

static void
set_webhooks (Fixture    *fixture,
              const char *url)
{
  g_autoptr(GPtrArray) webhooks = bcast_webhook_array_new ();

  g_ptr_array_add (webhooks, bcast_webhook_new (url));
  bcast_sandbox_set_webhooks (fixture->wire.sandbox, webhooks);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  receiver_set_up (&fixture->receiver, NULL);
  wire_set_up (&fixture->wire, NULL);
  set_webhooks (fixture, fixture->receiver.url);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  wire_tear_down (&fixture->wire, NULL);
  receiver_tear_down (&fixture->receiver);
}

typedef struct
{
  Receiver *receiver;
  guint     index;
} Wait;

static gboolean
has_come (gpointer user_data)
{
  Wait *wait = user_data;

  return wait->receiver->received->len > wait->index;
}

/* Waits for the webhook with that index. */
static void
expect (Fixture    *fixture,
        guint       index,
        const char *secret,
        const char *events)
{
  g_assert_true (wire_wait (has_come, &(Wait) { &fixture->receiver, index }));

  Received *received = receiver_get (&fixture->receiver, index);
  g_autofree char *came = receiver_get_events (&fixture->receiver, index);

  received_check (received, WIRE_KEY, secret);
  g_assert_cmpstr (came, ==, events);
}

static void
test_told (Fixture       *fixture,
           gconstpointer  data)
{
  wire_subscribe (fixture->wire.alice, "presence-room", "{\"user_id\":\"alice\"}");
  expect (fixture, 0, WIRE_SECRET, "{\"name\":\"channel_occupied\",\"channel\":\"presence-room\"}");
  expect (fixture, 1, WIRE_SECRET, "{\"name\":\"member_added\",\"channel\":\"presence-room\",\"user_id\":\"alice\"}");

  wire_send (fixture->wire.alice, "{\"event\":\"client-x\",\"channel\":\"presence-room\",\"data\":{\"a\":1}}");
  g_autofree char *socket_id = g_strdup_printf ("{\"name\":\"client_event\",\"channel\":\"presence-room\",\"event\":"
                                                "\"client-x\",\"data\":\"{\\\"a\\\":1}\",\"socket_id\":\"%s\","
                                                "\"user_id\":\"alice\"}", fixture->wire.alice->socket_id);
  expect (fixture, 2, WIRE_SECRET, socket_id);
}

/* New credentials sign from then on. */
static void
test_rotated (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = bcast_sandbox_apps_copy (bcast_sandbox_get_apps (fixture->wire.sandbox));
  BcastSandboxApp *app = apps->pdata[0];

  wire_subscribe (fixture->wire.alice, "a", NULL);
  expect (fixture, 0, WIRE_SECRET, "{\"name\":\"channel_occupied\",\"channel\":\"a\"}");

  g_free (app->secret);
  app->secret = g_strdup ("rotated");
  bcast_sandbox_set_apps (fixture->wire.sandbox, apps, NULL);
  wire_subscribe (fixture->wire.alice, "b", NULL);
  expect (fixture, 1, "rotated", "{\"name\":\"channel_occupied\",\"channel\":\"b\"}");
}

static gpointer
stop_thread (gpointer sandbox)
{
  bcast_sandbox_stop (sandbox);
  return NULL;
}

/* What is held back for its grace goes out when the sandbox stops. */
static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  wire_subscribe (fixture->wire.alice, "a", NULL);
  expect (fixture, 0, WIRE_SECRET, "{\"name\":\"channel_occupied\",\"channel\":\"a\"}");

  GThread *thread = g_thread_new ("stop", stop_thread, fixture->wire.sandbox);

  expect (fixture, 1, WIRE_SECRET, "{\"name\":\"channel_vacated\",\"channel\":\"a\"}");
  g_thread_join (thread);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *deliveries;

  bcast_sandbox_list_webhooks_async (fixture->wire.sandbox, NULL, result_cb, &result);
  g_assert_true (wire_wait (is_set, &result));
  deliveries = bcast_sandbox_list_webhooks_finish (fixture->wire.sandbox, result, &error);
  g_assert_no_error (error);
  return deliveries;
}

static gboolean
is_delivered (gpointer user_data)
{
  g_autoptr(GPtrArray) deliveries = list (user_data);

  return deliveries->len > 0
         && ((BcastWebhookDelivery *) deliveries->pdata[deliveries->len - 1])->state == BCAST_WEBHOOK_DELIVERED;
}

static void
test_replay (Fixture       *fixture,
             gconstpointer  data)
{
  wire_subscribe (fixture->wire.alice, "a", NULL);
  expect (fixture, 0, WIRE_SECRET, "{\"name\":\"channel_occupied\",\"channel\":\"a\"}");
  g_assert_true (wire_wait (is_delivered, fixture));

  g_autoptr(GPtrArray) before = list (fixture);
  const BcastWebhookDelivery *first = before->pdata[0];
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (first->attempts, ==, 1);

  bcast_sandbox_replay_webhook (fixture->wire.sandbox, first->serial, NULL);
  expect (fixture, 1, WIRE_SECRET, "{\"name\":\"channel_occupied\",\"channel\":\"a\"}");

  g_autoptr(GPtrArray) after = list (fixture);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpuint (((BcastWebhookDelivery *) after->pdata[1])->replay_of, ==, first->serial);
}

static void
test_bad_url (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = bcast_sandbox_apps_copy (bcast_sandbox_get_apps (fixture->wire.sandbox));
  g_autoptr(GPtrArray) webhooks = bcast_webhook_array_new ();
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (webhooks, bcast_webhook_new ("file:///etc/passwd"));
  bcast_sandbox_app_set_webhooks (apps->pdata[0], webhooks);
  g_assert_false (bcast_sandbox_set_apps (fixture->wire.sandbox, apps, &error));
  g_assert_nonnull (error);
}

#define ADD(name, func) g_test_add ("/sandbox-webhooks/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("told", test_told);
  ADD ("rotated", test_rotated);
  ADD ("stop", test_stop);
  ADD ("replay", test_replay);
  ADD ("bad-url", test_bad_url);
  return g_test_run ();
}
