/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-close-code.h"
#include "bcast-websocket.h"
#include "hub-fixture.h"

#include <string.h>

/* A hub, and what its observer was told: one line for each report. */
typedef struct
{
  HubFixture  hub;
  GString    *lines;
} Fixture;

static void
append (GString    *lines,
        const char *name,
        const char *value)
{
  if (value != NULL)
    g_string_append_printf (lines, " %s=%s", name, value);
}

static void
observe (BcastHub          *hub,
         const BcastReport *report,
         gpointer           user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (hub == fixture->hub.hub);
  g_assert_cmpint (report->time_us, >, 0);
  g_assert_cmpstr (report->app_id, ==, bcast_app_get_app_id (bcast_hub_get_app (hub)));

  g_string_append (fixture->lines, bcast_report_kind_to_string (report->kind));
  append (fixture->lines, "channel", report->channel);
  append (fixture->lines, "event", report->event);
  append (fixture->lines, "user", report->user_id);
  append (fixture->lines, "data", report->data);
  if (report->code != 0)
    g_string_append_printf (fixture->lines, " code=%u", report->code);
  g_string_append_c (fixture->lines, '\n');
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  hub_fixture_set_up (&fixture->hub, NULL);
  fixture->lines = g_string_new (NULL);
  bcast_hub_add_observer (fixture->hub.hub, observe, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_hub_remove_observer (fixture->hub.hub, observe, fixture);
  hub_fixture_tear_down (&fixture->hub, NULL);
  g_string_free (fixture->lines, TRUE);
}

static void
expect (Fixture    *fixture,
        const char *lines)
{
  g_assert_cmpstr (fixture->lines->str, ==, lines);
  g_string_truncate (fixture->lines, 0);
}

static void
test_channel (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto(HubSide) alice = { NULL, };
  g_auto(HubSide) bob = { NULL, };

  hub_side_join (&fixture->hub, &alice);
  hub_side_join (&fixture->hub, &bob);
  expect (fixture, "");

  hub_side_subscribe (&fixture->hub, &alice, "ch", NULL);
  expect (fixture, "channel-occupied channel=ch\nsubscribed channel=ch\n");
  hub_side_subscribe (&fixture->hub, &bob, "ch", NULL);
  expect (fixture, "subscribed channel=ch\n");
  /* Again: nothing changes. */
  hub_side_subscribe (&fixture->hub, &bob, "ch", NULL);
  expect (fixture, "");

  bcast_hub_publish (fixture->hub.hub, "ch", "e", "{}", NULL);
  expect (fixture, "api-message channel=ch event=e data={}\n");
  /* Also what nobody hears. */
  bcast_hub_publish (fixture->hub.hub, "empty", "e", "1", NULL);
  expect (fixture, "api-message channel=empty event=e data=1\n");

  bcast_hub_unsubscribe (fixture->hub.hub, alice.peer, "ch");
  expect (fixture, "unsubscribed channel=ch\n");
  bcast_hub_unsubscribe (fixture->hub.hub, bob.peer, "ch");
  expect (fixture, "unsubscribed channel=ch\nchannel-vacated channel=ch\n");
}

static void
test_presence (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto(HubSide) first = { NULL, };
  g_auto(HubSide) second = { NULL, };

  hub_side_join (&fixture->hub, &first);
  hub_side_join (&fixture->hub, &second);
  hub_side_subscribe (&fixture->hub, &first, "presence-r", "alice");
  expect (fixture, "channel-occupied channel=presence-r\nsubscribed channel=presence-r user=alice\n"
                   "member-added channel=presence-r user=alice\n");
  /* Another socket of the same user is no other member. */
  hub_side_subscribe (&fixture->hub, &second, "presence-r", "alice");
  expect (fixture, "subscribed channel=presence-r user=alice\n");

  bcast_hub_relay (fixture->hub.hub, bcast_hub_find_channel (fixture->hub.hub, "presence-r"), first.peer,
                   "client-x", "[1]");
  expect (fixture, "client-event channel=presence-r event=client-x user=alice data=[1]\n");

  bcast_hub_unsubscribe (fixture->hub.hub, first.peer, "presence-r");
  expect (fixture, "unsubscribed channel=presence-r user=alice\n");
  bcast_hub_unsubscribe (fixture->hub.hub, second.peer, "presence-r");
  expect (fixture, "unsubscribed channel=presence-r user=alice\nmember-removed channel=presence-r user=alice\n"
                   "channel-vacated channel=presence-r\n");
}

static void
test_cache (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto(HubSide) alice = { NULL, };
  g_auto(HubSide) bob = { NULL, };

  hub_side_join (&fixture->hub, &alice);
  hub_side_join (&fixture->hub, &bob);
  hub_side_subscribe (&fixture->hub, &alice, "cache-c", NULL);
  expect (fixture, "channel-occupied channel=cache-c\nsubscribed channel=cache-c\ncache-miss channel=cache-c\n");
  bcast_hub_publish (fixture->hub.hub, "cache-c", "e", "1", NULL);
  expect (fixture, "api-message channel=cache-c event=e data=1\n");
  hub_side_subscribe (&fixture->hub, &bob, "cache-c", NULL);
  expect (fixture, "subscribed channel=cache-c\n");
}

static void
test_socket (Fixture       *fixture,
             gconstpointer  data)
{
  g_auto(HubSide) alice = { NULL, };

  hub_side_join (&fixture->hub, &alice);
  bcast_peer_introduce (alice.peer, "127.0.0.1", "js 8.6.0");
  expect (fixture, "connection\n");
  /* What belongs to a user is the server's own channel. */
  bcast_hub_join_user (fixture->hub.hub, alice.peer, "alice");
  expect (fixture, "");
  hub_side_subscribe (&fixture->hub, &alice, "ch", NULL);
  g_string_truncate (fixture->lines, 0);

  bcast_peer_send_error (alice.peer, "ch", BCAST_CLOSE_UNAUTHORIZED, "No.");
  expect (fixture, "client-error channel=ch code=4009\n");

  bcast_peer_close (alice.peer, BCAST_CLOSE_RECONNECT, "Later.");
  bcast_peer_drop (alice.peer);
  expect (fixture, "unsubscribed channel=ch\nchannel-vacated channel=ch\ndisconnection code=4200\n");
}

static void
test_no_close_frame (Fixture       *fixture,
                     gconstpointer  data)
{
  g_auto(HubSide) alice = { NULL, };

  hub_side_join (&fixture->hub, &alice);
  bcast_peer_drop (alice.peer);
  expect (fixture, "disconnection code=1006\n");
}

static void
test_kinds (void)
{
  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    {
      BcastReportKind kind;

      g_assert_true (bcast_report_kind_parse (bcast_report_kind_to_string (i), &kind));
      g_assert_cmpuint (kind, ==, i);
      g_assert_cmpstr (bcast_report_kind_get_title (i), !=, "");
    }

  BcastReportKind kind;

  g_assert_false (bcast_report_kind_parse ("", &kind));
  g_assert_false (bcast_report_kind_parse ("connections", &kind));
}

static void
test_copy (void)
{
  char channel[] = "ch";
  const BcastReport report = { BCAST_REPORT_OCCUPIED, .time_us = 7, .channel = channel, .code = 3 };
  g_autoptr(BcastReport) copy = bcast_report_copy (&report);

  channel[0] = 'x';
  g_assert_cmpuint (copy->kind, ==, BCAST_REPORT_OCCUPIED);
  g_assert_cmpint (copy->time_us, ==, 7);
  g_assert_cmpstr (copy->channel, ==, "ch");
  g_assert_cmpuint (copy->code, ==, 3);
  g_assert_null (copy->data);
}

#define ADD(name, func) g_test_add ("/hub-reports/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("channel", test_channel);
  ADD ("presence", test_presence);
  ADD ("cache", test_cache);
  ADD ("socket", test_socket);
  ADD ("no-close-frame", test_no_close_frame);
  g_test_add_func ("/hub-reports/kinds", test_kinds);
  g_test_add_func ("/hub-reports/copy", test_copy);
  return g_test_run ();
}
