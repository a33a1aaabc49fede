/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhooks-private.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "await.h"
#include "bcast-error.h"
#include "bcast-webhook-delivery.h"
#include "hub-fixture.h"
#include "webhook-receiver.h"

static const BcastWebhookTimes quick = {
  .grace_ms = 0, .batch_ms = 10, .first_retry_ms = 5, .longest_retry_ms = 20, .give_up_ms = 60000, .request_ms = 10000,
};

typedef struct
{
  HubFixture     hub;
  Receiver       receiver;
  BcastWebhooks *webhooks;
  GPtrArray     *set;     /* BcastWebhook */
  GPtrArray     *reports; /* BcastReport: of webhooks */
  gboolean       is_flushed;
  gboolean       is_in_time;
} Fixture;

static void
observe_cb (BcastHub          *hub,
            const BcastReport *report,
            gpointer           user_data)
{
  Fixture *fixture = user_data;

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

static BcastWebhook *
add_webhook (Fixture    *fixture,
             const char *url)
{
  BcastWebhook *webhook = bcast_webhook_new (url);

  g_ptr_array_add (fixture->set, webhook);
  return webhook;
}

static void
use_times (Fixture                 *fixture,
           const BcastWebhookTimes *times)
{
  g_clear_pointer (&fixture->webhooks, bcast_webhooks_free);
  fixture->webhooks = bcast_webhooks_new_with_times (fixture->hub.hub, times);
  bcast_webhooks_set (fixture->webhooks, fixture->set);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  hub_fixture_set_up (&fixture->hub, data);
  receiver_set_up (&fixture->receiver, NULL);
  fixture->set = g_ptr_array_new_with_free_func (free_webhook);
  fixture->reports = g_ptr_array_new_with_free_func (free_report);
  bcast_hub_add_observer (fixture->hub.hub, observe_cb, fixture);
  use_times (fixture, &quick);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_webhooks_free (fixture->webhooks);
  receiver_tear_down (&fixture->receiver);
  hub_fixture_tear_down (&fixture->hub, data);
  g_ptr_array_unref (fixture->set);
  g_ptr_array_unref (fixture->reports);
}

/* A peer whose socket stays open: the context runs here. */
typedef struct
{
  BcastPeer *peer;
  int        far;
} Visitor;

static void
visitor_part (Visitor *visitor)
{
  g_clear_object (&visitor->peer);
  close (visitor->far);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visitor, visitor_part)

static void
enter (Fixture *fixture,
       Visitor *visitor)
{
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);

  g_autoptr(GSocket) socket = g_socket_new_from_fd (ends[0], NULL);
  g_autoptr(GSocketConnection) near = g_socket_connection_factory_create_connection (socket);

  g_socket_set_blocking (socket, FALSE);
  visitor->far = ends[1];
  visitor->peer = bcast_peer_new (fixture->hub.hub, G_IO_STREAM (near), fixture->hub.flusher);
}

static void
join (Fixture    *fixture,
      Visitor    *visitor,
      const char *channel,
      const char *user_id)
{
  if (visitor->peer == NULL)
    enter (fixture, visitor);
  bcast_hub_subscribe (fixture->hub.hub, visitor->peer, channel, user_id, NULL, NULL);
}

static void
leave (Fixture    *fixture,
       Visitor    *visitor,
       const char *channel)
{
  bcast_hub_unsubscribe (fixture->hub.hub, visitor->peer, channel);
}

/* What comes next; nothing else may have come before. */
static void
expect (Fixture    *fixture,
        guint       index,
        const char *events)
{
  WAIT_FOR (fixture->receiver.received->len > index);

  g_autofree char *found = receiver_get_events (&fixture->receiver, index);

  received_check (receiver_get (&fixture->receiver, index), HUB_KEY, HUB_SECRET);
  if (!g_str_has_suffix (events, "*"))
    g_assert_cmpstr (found, ==, events);
  else
    g_assert_true (g_pattern_match_simple (events, found));
}

static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto(Visitor) ann = { 0 };
  const char *sender;

  add_webhook (fixture, fixture->receiver.url);
  bcast_webhooks_set (fixture->webhooks, fixture->set);

  join (fixture, &ann, "presence-cache-p", "ann");
  sender = bcast_peer_get_socket_id (ann.peer);
  bcast_hub_relay (fixture->hub.hub, bcast_hub_find_channel (fixture->hub.hub, "presence-cache-p"), ann.peer,
                   "client-e", "{\"a\":1}");
  leave (fixture, &ann, "presence-cache-p");
  join (fixture, &ann, "ch", NULL);

  g_autofree char *event = g_strdup_printf ("{\"name\":\"client_event\",\"channel\":\"presence-cache-p\","
                                            "\"event\":\"client-e\",\"data\":\"{\\\"a\\\":1}\",\"socket_id\":\"%s\","
                                            "\"user_id\":\"ann\"}", sender);

  expect (fixture, 0, "{\"name\":\"channel_occupied\",\"channel\":\"presence-cache-p\"}");
  expect (fixture, 1, "{\"name\":\"member_added\",\"channel\":\"presence-cache-p\",\"user_id\":\"ann\"}");
  expect (fixture, 2, "{\"name\":\"cache_miss\",\"channel\":\"presence-cache-p\"}");
  expect (fixture, 3, event);
  expect (fixture, 4, "{\"name\":\"member_removed\",\"channel\":\"presence-cache-p\",\"user_id\":\"ann\"}");
  expect (fixture, 5, "{\"name\":\"channel_vacated\",\"channel\":\"presence-cache-p\"}");
  expect (fixture, 6, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"}");
  expect (fixture, 7, "{\"name\":\"subscription_count\",\"channel\":\"ch\",\"subscription_count\":1}");

  WAIT_FOR (fixture->reports->len == 8);
  for (guint i = 0; i < 8; i++)
    {
      const BcastReport *report = fixture->reports->pdata[i];

      g_assert_cmpuint (report->kind, ==, BCAST_REPORT_WEBHOOK_SENT);
      g_assert_cmpuint (report->code, ==, 200);
      g_assert_cmpint (report->duration_us, >, 0);
      g_assert_cmpstr (report->app_id, ==, "1");
      g_assert_cmpstr (report->data, ==, receiver_get (&fixture->receiver, i)->body);
      g_assert_nonnull (strstr (report->text, fixture->receiver.url));
    }
}

static void
test_grace (Fixture       *fixture,
            gconstpointer  data)
{
  BcastWebhookTimes times = quick;
  g_auto(Visitor) ann = { 0 };

  times.grace_ms = 50;
  add_webhook (fixture, fixture->receiver.url);
  use_times (fixture, &times);

  join (fixture, &ann, "presence-p", "ann");
  leave (fixture, &ann, "presence-p");
  join (fixture, &ann, "presence-p", "ann");
  leave (fixture, &ann, "presence-p");
  expect (fixture, 0, "{\"name\":\"channel_occupied\",*");
  expect (fixture, 1, "{\"name\":\"member_added\",*");
  expect (fixture, 2, "{\"name\":\"member_removed\",*");
  expect (fixture, 3, "{\"name\":\"channel_vacated\",*");
}

static void
test_batched (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto(Visitor) ann = { 0 };
  Receiver other = { 0 };
  BcastWebhook *batched = add_webhook (fixture, fixture->receiver.url);

  receiver_set_up (&other, NULL);
  batched->is_batched = TRUE;
  batched->kinds = 1u << BCAST_REPORT_OCCUPIED | 1u << BCAST_REPORT_VACATED;
  add_webhook (fixture, other.url)->channel_prefix = g_strdup ("presence-");
  bcast_webhooks_set (fixture->webhooks, fixture->set);

  join (fixture, &ann, "ch", NULL);
  join (fixture, &ann, "presence-p", "ann");
  leave (fixture, &ann, "ch");
  expect (fixture, 0, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"},"
                      "{\"name\":\"channel_occupied\",\"channel\":\"presence-p\"},"
                      "{\"name\":\"channel_vacated\",\"channel\":\"ch\"}");
  WAIT_FOR (other.received->len == 2);
  g_assert_nonnull (strstr (receiver_get (&other, 0)->body, "channel_occupied\",\"channel\":\"presence-p"));
  g_assert_nonnull (strstr (receiver_get (&other, 1)->body, "member_added"));

  WAIT_FOR (fixture->reports->len == 3);
  g_autoptr(GPtrArray) list = bcast_webhooks_list (fixture->webhooks);
  guint n_events = 0;

  g_assert_cmpuint (list->len, ==, 3);
  for (guint i = 0; i < list->len; i++)
    n_events += ((BcastWebhookDelivery *) list->pdata[i])->n_events;
  g_assert_cmpuint (n_events, ==, 5);
  receiver_tear_down (&other);
}

static void
test_misses (Fixture       *fixture,
             gconstpointer  data)
{
  g_auto(Visitor) ann = { 0 };
  g_auto(Visitor) bob = { 0 };

  add_webhook (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_CACHE_MISS;
  bcast_webhooks_set (fixture->webhooks, fixture->set);

  join (fixture, &ann, "cache-c", NULL);
  join (fixture, &bob, "cache-c", NULL);
  join (fixture, &bob, "cache-d", NULL);
  bcast_hub_publish (fixture->hub.hub, "cache-c", "e", "{}", NULL);
  leave (fixture, &bob, "cache-c");
  join (fixture, &bob, "cache-c", NULL);

  /* As if what was remembered had expired. */
  bcast_hub_report (fixture->hub.hub, &(BcastReport) { .kind = BCAST_REPORT_CACHE_MISS, .channel = (char *) "cache-c" });
  expect (fixture, 0, "{\"name\":\"cache_miss\",\"channel\":\"cache-c\"}");
  expect (fixture, 1, "{\"name\":\"cache_miss\",\"channel\":\"cache-d\"}");
  expect (fixture, 2, "{\"name\":\"cache_miss\",\"channel\":\"cache-c\"}");
}

static void
test_clock (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto(Visitor) ann = { 0 };

  add_webhook (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  bcast_webhooks_set_clock_offset (fixture->webhooks, -400);
  join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->receiver.received->len == 1);

  gint64 time_ms = g_ascii_strtoll (receiver_get (&fixture->receiver, 0)->body + strlen ("{\"time_ms\":"), NULL, 10);
  gint64 age_ms = g_get_real_time () / 1000 - time_ms;

  g_assert_cmpint (age_ms, >=, 400 * 1000);
  g_assert_cmpint (age_ms, <, 460 * 1000);
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  g_auto(Visitor) ann = { 0 };
  g_autofree char *url = g_strconcat (fixture->receiver.url, "?token=sesame", NULL);

  add_webhook (fixture, url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  fixture->receiver.answer = "Oh no!";
  receiver_answer (&fixture->receiver, 500, 1);
  join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 2);

  const BcastReport *failed = fixture->reports->pdata[0];
  const BcastReport *sent = fixture->reports->pdata[1];

  g_assert_cmpuint (failed->kind, ==, BCAST_REPORT_WEBHOOK_FAILED);
  g_assert_cmpuint (failed->code, ==, 500);
  g_assert_nonnull (strstr (failed->text, "“Oh no!”"));
  g_assert_nonnull (strstr (failed->text, "sent again in"));
  g_assert_null (strstr (failed->text, "sesame"));
  g_assert_cmpuint (sent->kind, ==, BCAST_REPORT_WEBHOOK_SENT);
  g_assert_null (strstr (sent->text, "sesame"));
}

static guint64
replay (Fixture    *fixture,
        guint64     serial,
        const char *url)
{
  g_autoptr(GError) error = NULL;
  guint64 replayed = bcast_webhooks_replay (fixture->webhooks, serial, url, &error);

  g_assert_no_error (error);
  return replayed;
}

static void
test_replay (Fixture       *fixture,
             gconstpointer  data)
{
  g_auto(Visitor) ann = { 0 };
  const char * const headers[] = { "X-Tenant", "acme", NULL };
  BcastWebhook *webhook = add_webhook (fixture, fixture->receiver.url);
  Receiver other = { 0 };
  g_autoptr(GError) error = NULL;

  receiver_set_up (&other, NULL);
  webhook->kinds = 1u << BCAST_REPORT_OCCUPIED;
  webhook->headers = g_strdupv ((char **) headers);
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  bcast_webhooks_set_clock_offset (fixture->webhooks, -400);
  join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 1);
  bcast_webhooks_set_clock_offset (fixture->webhooks, 0);

  /* The same events, now, with the headers. */
  g_assert_cmpuint (replay (fixture, 1, NULL), ==, 2);
  expect (fixture, 1, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"}");
  g_assert_cmpstr (receiver_get (&fixture->receiver, 1)->tenant, ==, "acme");

  /* Headers do not go to somebody else. */
  replay (fixture, 1, other.url);
  WAIT_FOR (other.received->len == 1);
  received_check (receiver_get (&other, 0), HUB_KEY, HUB_SECRET);
  g_assert_null (receiver_get (&other, 0)->tenant);
  WAIT_FOR (fixture->reports->len == 3);

  /* Tried once. */
  receiver_answer (&fixture->receiver, 500, 1);
  replay (fixture, 2, NULL);
  WAIT_FOR (fixture->reports->len == 4);

  g_autoptr(GPtrArray) list = bcast_webhooks_list (fixture->webhooks);
  const BcastWebhookDelivery *last = list->pdata[3];

  g_assert_cmpuint (list->len, ==, 4);
  g_assert_cmpuint (last->serial, ==, 4);
  g_assert_cmpuint (last->replay_of, ==, 2);
  g_assert_cmpuint (last->state, ==, BCAST_WEBHOOK_GIVEN_UP);
  g_assert_cmpuint (last->n_events, ==, 1);
  g_assert_cmpstr (((BcastWebhookDelivery *) list->pdata[2])->url, ==, other.url);

  g_assert_cmpuint (bcast_webhooks_replay (fixture->webhooks, 5, NULL, &error), ==, 0);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (bcast_webhooks_replay (fixture->webhooks, 1, "file:///etc/passwd", &error), ==, 0);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  receiver_tear_down (&other);
}

/* What waits stays with a receiver that stays, and goes with one that goes. */
static void
test_set (Fixture       *fixture,
          gconstpointer  data)
{
  BcastWebhookTimes times = quick;
  g_auto(Visitor) ann = { 0 };
  Receiver other = { 0 };

  receiver_set_up (&other, NULL);
  times.first_retry_ms = times.longest_retry_ms = 100;
  add_webhook (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  add_webhook (fixture, other.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  use_times (fixture, &times);
  receiver_answer (&fixture->receiver, 500, 1);
  other.hangs = TRUE;
  join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 1 && other.received->len == 1);

  g_ptr_array_set_size (fixture->set, 1);
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  g_assert_cmpuint (fixture->reports->len, ==, 2);
  g_assert_nonnull (strstr (((BcastReport *) fixture->reports->pdata[1])->text, "removed"));
  WAIT_FOR (fixture->reports->len == 3);
  g_assert_cmpuint (((BcastReport *) fixture->reports->pdata[2])->kind, ==, BCAST_REPORT_WEBHOOK_SENT);
  receiver_tear_down (&other);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->is_in_time = bcast_webhooks_flush_finish (fixture->webhooks, result);
  fixture->is_flushed = TRUE;

  /* As a server does that stops: nothing may be left to do. */
  bcast_webhooks_free (fixture->webhooks);
  fixture->webhooks = bcast_webhooks_new (fixture->hub.hub);
}

static void
test_flush (Fixture       *fixture,
            gconstpointer  data)
{
  const BcastWebhookTimes slow = {
    .grace_ms = 60000, .batch_ms = 60000, .first_retry_ms = 60000, .longest_retry_ms = 60000, .give_up_ms = 300000,
    .request_ms = 10000,
  };
  g_auto(Visitor) ann = { 0 };

  add_webhook (fixture, fixture->receiver.url)->is_batched = TRUE;
  use_times (fixture, &slow);
  join (fixture, &ann, "ch", NULL);
  leave (fixture, &ann, "ch");
  bcast_webhooks_flush_async (fixture->webhooks, 20000, flushed_cb, fixture);
  g_assert_false (fixture->is_flushed);
  WAIT_FOR (fixture->is_flushed);
  g_assert_true (fixture->is_in_time);
  expect (fixture, 0, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"},{\"name\":\"channel_vacated\",\"channel\":\"ch\"}");
  g_assert_cmpuint (fixture->receiver.received->len, ==, 1);
}

static void
test_flush_retries (Fixture       *fixture,
                    gconstpointer  data)
{
  BcastWebhookTimes times = quick;
  g_auto(Visitor) ann = { 0 };

  times.first_retry_ms = times.longest_retry_ms = 30000;
  add_webhook (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  use_times (fixture, &times);
  receiver_answer (&fixture->receiver, 500, 2);
  join (fixture, &ann, "ch", NULL);
  WAIT_FOR (fixture->reports->len == 1);
  bcast_webhooks_flush_async (fixture->webhooks, 20000, flushed_cb, fixture);
  WAIT_FOR (fixture->is_flushed);
  g_assert_true (fixture->is_in_time);
  g_assert_cmpuint (fixture->receiver.received->len, ==, 2);
  g_assert_cmpuint (fixture->reports->len, ==, 2);
}

static void
test_flush_limit (Fixture       *fixture,
                  gconstpointer  data)
{
  g_auto(Visitor) ann = { 0 };

  add_webhook (fixture, fixture->receiver.url)->kinds = 1u << BCAST_REPORT_OCCUPIED;
  bcast_webhooks_set (fixture->webhooks, fixture->set);
  fixture->receiver.hangs = TRUE;
  join (fixture, &ann, "a", NULL);
  join (fixture, &ann, "b", NULL);
  bcast_webhooks_flush_async (fixture->webhooks, 30, flushed_cb, fixture);
  WAIT_FOR (fixture->is_flushed);
  g_assert_false (fixture->is_in_time);
  g_assert_cmpuint (fixture->reports->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (strstr (((BcastReport *) fixture->reports->pdata[i])->text, "server stopped"));
}

static void
test_flush_nothing (Fixture       *fixture,
                    gconstpointer  data)
{
  bcast_webhooks_flush_async (fixture->webhooks, 20000, flushed_cb, fixture);
  WAIT_FOR (fixture->is_flushed);
  g_assert_true (fixture->is_in_time);
}

int
main (int   argc,
      char *argv[])
{
  const BcastHubOptions counted = BCAST_HUB_OPTIONS_DEFAULT;

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/webhooks/kinds", Fixture, &counted, set_up, test_kinds, tear_down);
  g_test_add ("/webhooks/grace", Fixture, NULL, set_up, test_grace, tear_down);
  g_test_add ("/webhooks/batched", Fixture, NULL, set_up, test_batched, tear_down);
  g_test_add ("/webhooks/misses", Fixture, NULL, set_up, test_misses, tear_down);
  g_test_add ("/webhooks/clock", Fixture, NULL, set_up, test_clock, tear_down);
  g_test_add ("/webhooks/failed", Fixture, NULL, set_up, test_failed, tear_down);
  g_test_add ("/webhooks/replay", Fixture, NULL, set_up, test_replay, tear_down);
  g_test_add ("/webhooks/set", Fixture, NULL, set_up, test_set, tear_down);
  g_test_add ("/webhooks/flush", Fixture, NULL, set_up, test_flush, tear_down);
  g_test_add ("/webhooks/flush-retries", Fixture, NULL, set_up, test_flush_retries, tear_down);
  g_test_add ("/webhooks/flush-limit", Fixture, NULL, set_up, test_flush_limit, tear_down);
  g_test_add ("/webhooks/flush-nothing", Fixture, NULL, set_up, test_flush_nothing, tear_down);

  return g_test_run ();
}
