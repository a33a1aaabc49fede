/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-matcher.h"

#define TIMEOUT_MS 1000
#define TIMEOUT_US (TIMEOUT_MS * G_TIME_SPAN_MILLISECOND)
#define DATA       "{\"message\":\"hello\",\"n\":1}"

static const char * const alice_and_bob[] = { "Alice", "Bob", NULL };
static const char * const only_alice[] = { "Alice", NULL };
static const char * const only_bob[] = { "Bob", NULL };
static const char * const nobody[] = { NULL };

static void
send (BcastMatcher       *matcher,
      gint64              id,
      const char * const *expected,
      gint64              sent_us)
{
  bcast_matcher_add_sent (matcher, id, "my-channel", "my-event", DATA, expected, NULL, sent_us);
}

static BcastMatch
take (BcastMatcher *matcher,
      const char   *client,
      gint64        received_us)
{
  return bcast_matcher_take (matcher, client, "my-channel", "my-event", DATA, received_us);
}

#define assert_match(match, id, what)                                                              \
  G_STMT_START                                                                                     \
    {                                                                                              \
      BcastMatch m = (match);                                                                      \
      g_assert_cmpint (m.event_id, ==, (id));                                                      \
      g_assert_cmpstr (bcast_event_outcome_to_nick (m.outcome), ==,                                \
                       bcast_event_outcome_to_nick (what));                                        \
    }                                                                                              \
  G_STMT_END

#define assert_outcome(outcome, what)                                                              \
  g_assert_cmpstr (bcast_event_outcome_to_nick (outcome), ==, bcast_event_outcome_to_nick (what))

static void
expired_cb (gint64            event_id,
            BcastEventOutcome outcome,
            gpointer          user_data)
{
  g_string_append_printf (user_data, "%" G_GINT64_FORMAT " %s;", event_id,
                          bcast_event_outcome_to_nick (outcome));
}

static void
assert_expired (BcastMatcher *matcher,
                gint64        now_us,
                const char   *expired,
                gint64        due_us)
{
  g_autoptr(GString) said = g_string_new (NULL);

  g_assert_cmpint (bcast_matcher_expire (matcher, now_us, expired_cb, said), ==, due_us);
  g_assert_cmpstr (said->str, ==, expired);
}

static void
test_matched (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 1);
  assert_outcome (bcast_matcher_set_answer (matcher, 1, TRUE), BCAST_EVENT_WAITING);

  BcastMatch match = take (matcher, "Alice", 130);

  assert_match (match, 1, BCAST_EVENT_WAITING);
  g_assert_cmpint (match.latency_us, ==, 30);
  g_assert_true (match.identical);
  assert_match (take (matcher, "Bob", 150), 1, BCAST_EVENT_MATCHED);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 0);
  assert_expired (matcher, 100 + 2 * TIMEOUT_US, "", -1);
}

static void
test_same_event_twice (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  send (matcher, 2, alice_and_bob, 200);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  bcast_matcher_set_answer (matcher, 2, TRUE);

  assert_match (take (matcher, "Alice", 300), 1, BCAST_EVENT_WAITING);
  assert_match (take (matcher, "Alice", 310), 2, BCAST_EVENT_WAITING);
  assert_match (take (matcher, "Bob", 320), 1, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Bob", 330), 2, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Bob", 340), 0, BCAST_EVENT_FOREIGN);
}

static void
test_excluded (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "my-channel", "my-event", DATA, only_bob, "Alice", 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);

  assert_match (take (matcher, "Alice", 110), 0, BCAST_EVENT_FOREIGN);
  assert_match (take (matcher, "Bob", 120), 1, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Alice", 130), 0, BCAST_EVENT_FOREIGN);
}

static void
test_several_channels (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "a", "my-event", DATA, only_alice, NULL, 100);
  bcast_matcher_add_sent (matcher, 2, "b", "my-event", DATA, alice_and_bob, NULL, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  bcast_matcher_set_answer (matcher, 2, TRUE);

  assert_match (bcast_matcher_take (matcher, "Alice", "b", "my-event", DATA, 110), 2,
                BCAST_EVENT_WAITING);
  assert_match (bcast_matcher_take (matcher, "Alice", "a", "my-event", DATA, 120), 1,
                BCAST_EVENT_MATCHED);
  assert_match (bcast_matcher_take (matcher, "Bob", "b", "my-event", DATA, 130), 2,
                BCAST_EVENT_MATCHED);
}

static void
test_batch (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  for (gint64 id = 1; id <= 3; id++)
    {
      g_autofree char *data = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      bcast_matcher_add_sent (matcher, id, "a", "my-event", data, only_alice, NULL, 100);
    }
  for (gint64 id = 1; id <= 3; id++)
    assert_outcome (bcast_matcher_set_answer (matcher, id, TRUE), BCAST_EVENT_WAITING);
  for (gint64 id = 3; id >= 1; id--)
    {
      g_autofree char *data = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      assert_match (bcast_matcher_take (matcher, "Alice", "a", "my-event", data, 120), id,
                    BCAST_EVENT_MATCHED);
    }
}

static void
test_subscribed_after_send (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);

  assert_match (take (matcher, "Carol", 110), 1, BCAST_EVENT_WAITING);
  assert_match (take (matcher, "Alice", 120), 1, BCAST_EVENT_WAITING);
  assert_match (take (matcher, "Bob", 130), 1, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Dave", 140), 1, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Carol", 150), 0, BCAST_EVENT_FOREIGN);
}

/* Bob subscribed between the two: what he gets is the second. */
static void
test_expected_comes_first (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, only_alice, 100);
  send (matcher, 2, alice_and_bob, 200);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  bcast_matcher_set_answer (matcher, 2, TRUE);

  assert_match (take (matcher, "Bob", 300), 2, BCAST_EVENT_WAITING);
  assert_match (take (matcher, "Alice", 310), 1, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Alice", 320), 2, BCAST_EVENT_MATCHED);
}

static void
test_delivery_overtakes_answer (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  assert_match (take (matcher, "Alice", 110), 1, BCAST_EVENT_WAITING);
  assert_match (take (matcher, "Bob", 120), 1, BCAST_EVENT_WAITING);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 1);
  assert_outcome (bcast_matcher_set_answer (matcher, 1, TRUE), BCAST_EVENT_MATCHED);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 0);
}

static void
test_no_answer_in_time (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, only_alice, 100);
  send (matcher, 2, only_alice, 100);
  assert_match (take (matcher, "Alice", 110), 1, BCAST_EVENT_WAITING);
  assert_expired (matcher, 100 + TIMEOUT_US, "1 matched;2 missed;", -1);

  /* The answer comes when nobody would take the event any more. */
  send (matcher, 3, nobody, 100 + 20 * TIMEOUT_US);
  assert_outcome (bcast_matcher_set_answer (matcher, 1, TRUE), BCAST_EVENT_MATCHED);
  assert_outcome (bcast_matcher_set_answer (matcher, 2, FALSE), BCAST_EVENT_REFUSED);
}

static void
test_foreign_equal_to_ours (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);

  assert_match (take (matcher, "Alice", 110), 1, BCAST_EVENT_WAITING);
  assert_match (take (matcher, "Alice", 120), 0, BCAST_EVENT_FOREIGN);
  bcast_matcher_add_foreign (matcher, 2, "Alice", "my-channel", "my-event", DATA, 120);
  assert_match (take (matcher, "Bob", 130), 1, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Bob", 140), 2, BCAST_EVENT_FOREIGN);
}

/* The matcher is given plain data, so a box that is never the same twice does not matter; to the
 * matcher the channel is one as any other. */
static void
test_encrypted (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "private-encrypted-a", "my-event", DATA, only_alice, NULL, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  assert_match (bcast_matcher_take (matcher, "Alice", "private-encrypted-a", "my-event", DATA, 120),
                1, BCAST_EVENT_MATCHED);
}

static void
test_client_event (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "private-a", "client-typing", DATA, only_bob, "Alice", 100);
  assert_outcome (bcast_matcher_set_answer (matcher, 1, TRUE), BCAST_EVENT_WAITING);
  assert_match (bcast_matcher_take (matcher, "Bob", "private-a", "client-typing", DATA, 120), 1,
                BCAST_EVENT_MATCHED);
  assert_match (bcast_matcher_take (matcher, "Alice", "private-a", "client-typing", DATA, 130), 0,
                BCAST_EVENT_FOREIGN);
}

static void
test_unheard (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, nobody, 100);
  assert_outcome (bcast_matcher_set_answer (matcher, 1, TRUE), BCAST_EVENT_UNHEARD);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 0);
  assert_match (take (matcher, "Alice", 200), 1, BCAST_EVENT_MATCHED);

  bcast_matcher_add_sent (matcher, 2, "b", "my-event", "{}", NULL, NULL, 300);
  assert_match (bcast_matcher_take (matcher, "Alice", "b", "my-event", " {}", 310), 2,
                BCAST_EVENT_WAITING);
  assert_outcome (bcast_matcher_set_answer (matcher, 2, TRUE), BCAST_EVENT_DIFFERENT);
}

static void
test_refused (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, only_alice, 100);
  assert_outcome (bcast_matcher_set_answer (matcher, 1, FALSE), BCAST_EVENT_REFUSED);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 0);
  assert_expired (matcher, 100 + TIMEOUT_US, "", -1);

  /* The user mends the cause and sends it again: what comes is the second. */
  send (matcher, 2, only_alice, 200 + TIMEOUT_US);
  bcast_matcher_set_answer (matcher, 2, TRUE);
  assert_match (take (matcher, "Alice", 300 + TIMEOUT_US), 2, BCAST_EVENT_MATCHED);
}

static void
test_missed (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  bcast_matcher_add_sent (matcher, 2, "b", "my-event", DATA, alice_and_bob, NULL, 200);
  bcast_matcher_set_answer (matcher, 2, TRUE);
  bcast_matcher_take (matcher, "Alice", "b", "my-event", DATA, 210);

  assert_expired (matcher, 300, "", 100 + TIMEOUT_US);
  assert_expired (matcher, 100 + TIMEOUT_US, "1 missed;", 200 + TIMEOUT_US);
  assert_expired (matcher, 200 + TIMEOUT_US, "2 partly;", -1);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 0);
}

static void
test_late (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  assert_expired (matcher, 100 + TIMEOUT_US, "1 missed;", -1);

  BcastMatch match = take (matcher, "Alice", 100 + 2 * TIMEOUT_US);

  assert_match (match, 1, BCAST_EVENT_PARTLY);
  g_assert_cmpint (match.latency_us, ==, 2 * TIMEOUT_US);
  assert_match (take (matcher, "Bob", 100 + 6 * TIMEOUT_US), 1, BCAST_EVENT_MATCHED);

  send (matcher, 2, only_alice, 200 + 6 * TIMEOUT_US);
  bcast_matcher_set_answer (matcher, 2, TRUE);
  assert_expired (matcher, 200 + 7 * TIMEOUT_US, "2 missed;", -1);
  assert_match (take (matcher, "Alice", 201 + 12 * TIMEOUT_US), 0, BCAST_EVENT_FOREIGN);
}

/* An event that is sent again after it was missed is what the next receipt belongs to. */
static void
test_waiting_before_late (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, only_alice, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  assert_expired (matcher, 100 + TIMEOUT_US, "1 missed;", -1);
  send (matcher, 2, only_alice, 200 + TIMEOUT_US);
  bcast_matcher_set_answer (matcher, 2, TRUE);

  assert_match (take (matcher, "Alice", 300 + TIMEOUT_US), 2, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Alice", 400 + TIMEOUT_US), 1, BCAST_EVENT_MATCHED);
}

static void
test_different (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, alice_and_bob, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);

  BcastMatch match = bcast_matcher_take (matcher, "Alice", "my-channel", "my-event",
                                         "{ \"n\": 1, \"message\": \"h\\u0065llo\" }", 110);

  assert_match (match, 1, BCAST_EVENT_WAITING);
  g_assert_false (match.identical);

  match = take (matcher, "Bob", 120);
  assert_match (match, 1, BCAST_EVENT_DIFFERENT);
  g_assert_true (match.identical);
}

static void
test_different_needs_same_meaning (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  send (matcher, 1, only_alice, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);

  assert_match (bcast_matcher_take (matcher, "Alice", "my-channel", "my-event", "{\"n\":2}", 110), 0,
                BCAST_EVENT_FOREIGN);
  assert_match (bcast_matcher_take (matcher, "Alice", "my-channel", "my-event", "no json", 110), 0,
                BCAST_EVENT_FOREIGN);
  assert_match (bcast_matcher_take (matcher, "Alice", "my-channel", "other", " " DATA, 110), 0,
                BCAST_EVENT_FOREIGN);
  assert_match (bcast_matcher_take (matcher, "Alice", "other", "my-event", " " DATA, 110), 0,
                BCAST_EVENT_FOREIGN);
  assert_match (bcast_matcher_take (matcher, "Alice", "my-channel", "my-event", NULL, 110), 0,
                BCAST_EVENT_FOREIGN);
}

/* The same bytes win over the same meaning, even when that was sent earlier. */
static void
test_identical_before_different (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "my-channel", "my-event", " " DATA, only_alice, NULL, 100);
  send (matcher, 2, only_alice, 110);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  bcast_matcher_set_answer (matcher, 2, TRUE);

  assert_match (take (matcher, "Alice", 120), 2, BCAST_EVENT_MATCHED);
  assert_match (take (matcher, "Alice", 130), 1, BCAST_EVENT_DIFFERENT);
}

static void
test_foreign (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);
  BcastMatch match = take (matcher, "Alice", 100);

  assert_match (match, 0, BCAST_EVENT_FOREIGN);
  g_assert_cmpint (match.latency_us, ==, -1);
  bcast_matcher_add_foreign (matcher, 1, "Alice", "my-channel", "my-event", DATA, 100);

  match = take (matcher, "Bob", 150);
  assert_match (match, 1, BCAST_EVENT_FOREIGN);
  g_assert_cmpint (match.latency_us, ==, -1);
  g_assert_true (match.identical);
  assert_match (take (matcher, "Bob", 160), 0, BCAST_EVENT_FOREIGN);
}

static void
test_two_equal_foreign (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  for (gint64 id = 1; id <= 2; id++)
    {
      assert_match (take (matcher, "Alice", 100), 0, BCAST_EVENT_FOREIGN);
      bcast_matcher_add_foreign (matcher, id, "Alice", "my-channel", "my-event", DATA, 100);
    }
  assert_match (take (matcher, "Bob", 120), 1, BCAST_EVENT_FOREIGN);
  assert_match (take (matcher, "Bob", 130), 2, BCAST_EVENT_FOREIGN);
  assert_match (take (matcher, "Bob", 140), 0, BCAST_EVENT_FOREIGN);
}

static void
test_foreign_window (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_foreign (matcher, 1, "Alice", "my-channel", "my-event", DATA, 100);
  assert_match (take (matcher, "Bob", 100 + 2 * G_TIME_SPAN_SECOND), 1, BCAST_EVENT_FOREIGN);
  assert_match (take (matcher, "Carol", 101 + 2 * G_TIME_SPAN_SECOND), 0, BCAST_EVENT_FOREIGN);
}

/* What differs only in where one text ends and the next begins is not the same event. */
static void
test_texts_do_not_run_together (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "ab", "c", "d", only_alice, NULL, 100);
  bcast_matcher_add_foreign (matcher, 2, "Bob", "ab", "c", "d", 100);
  assert_match (bcast_matcher_take (matcher, "Alice", "a", "bc", "d", 110), 0, BCAST_EVENT_FOREIGN);
  assert_match (bcast_matcher_take (matcher, "Alice", "ab", "cd", "", 110), 0, BCAST_EVENT_FOREIGN);
  assert_match (bcast_matcher_take (matcher, "Alice", "ab", "c", "d", 110), 1, BCAST_EVENT_WAITING);
}

static void
test_many_clients (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("client %u", i);

      g_strv_builder_add (builder, name);
    }

  g_auto(GStrv) names = g_strv_builder_end (builder);

  send (matcher, 1, (const char * const *) names, 100);
  bcast_matcher_set_answer (matcher, 1, TRUE);
  for (guint i = 200; i > 1; i--)
    assert_match (take (matcher, names[i - 1], 110), 1, BCAST_EVENT_WAITING);
  assert_match (take (matcher, names[150], 110), 0, BCAST_EVENT_FOREIGN);
  assert_match (take (matcher, names[0], 110), 1, BCAST_EVENT_MATCHED);
}

static void
count_cb (gint64            event_id,
          BcastEventOutcome outcome,
          gpointer          user_data)
{
  guint *count = user_data;

  assert_outcome (outcome, BCAST_EVENT_MISSED);
  (*count)++;
}

static void
test_bounded (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);
  guint count = 0;

  for (gint64 id = 1; id <= 20000; id++)
    {
      g_autofree char *data = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      bcast_matcher_add_sent (matcher, id, "a", "my-event", data, only_alice, NULL, 100);
      bcast_matcher_set_answer (matcher, id, TRUE);
    }
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 16384);
  g_assert_cmpint (bcast_matcher_expire (matcher, 200, count_cb, &count), ==, 100 + TIMEOUT_US);
  g_assert_cmpuint (count, ==, 20000 - 16384);
  assert_match (bcast_matcher_take (matcher, "Alice", "a", "my-event", "20000", 300), 20000,
                BCAST_EVENT_MATCHED);
  assert_match (bcast_matcher_take (matcher, "Alice", "a", "my-event", "1", 300), 0,
                BCAST_EVENT_FOREIGN);
  assert_outcome (bcast_matcher_set_answer (matcher, 1, TRUE), BCAST_EVENT_MISSED);
}

static void
test_foreign_bounded (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  for (gint64 id = 1; id <= 70000; id++)
    {
      g_autofree char *data = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      bcast_matcher_add_foreign (matcher, id, "Alice", "a", "my-event", data, 100);
    }
  assert_match (bcast_matcher_take (matcher, "Bob", "a", "my-event", "70000", 100), 70000,
                BCAST_EVENT_FOREIGN);
  assert_match (bcast_matcher_take (matcher, "Bob", "a", "my-event", "1", 100), 0,
                BCAST_EVENT_FOREIGN);
}

/* Not a bound, a figure: how fast foreign events pass while others wait. */
static void
test_speed (void)
{
  if (!g_test_perf ())
    {
      g_test_skip ("runs with -m perf only");
      return;
    }

  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);
  g_autofree char *filling = g_strnfill (200, 'x');
  char data[300];
  guint n = 1000000;

  send (matcher, 1, alice_and_bob, 0);
  g_test_timer_start ();
  for (guint i = 0; i < n; i++)
    {
      g_snprintf (data, sizeof data, "{\"n\":%u,\"text\":\"%s\"}", i, filling);

      BcastMatch match = bcast_matcher_take (matcher, "Alice", "a", "my-event", data, i * 10);

      g_assert_cmpint (match.event_id, ==, 0);
      bcast_matcher_add_foreign (matcher, i + 2, "Alice", "a", "my-event", data, i * 10);
    }

  double rate = n / g_test_timer_elapsed ();

  g_test_maximized_result (rate, "%.0f foreign events/s", rate);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/matcher/matched", test_matched);
  g_test_add_func ("/matcher/same-event-twice", test_same_event_twice);
  g_test_add_func ("/matcher/excluded", test_excluded);
  g_test_add_func ("/matcher/several-channels", test_several_channels);
  g_test_add_func ("/matcher/batch", test_batch);
  g_test_add_func ("/matcher/subscribed-after-send", test_subscribed_after_send);
  g_test_add_func ("/matcher/expected-comes-first", test_expected_comes_first);
  g_test_add_func ("/matcher/delivery-overtakes-answer", test_delivery_overtakes_answer);
  g_test_add_func ("/matcher/no-answer-in-time", test_no_answer_in_time);
  g_test_add_func ("/matcher/foreign-equal-to-ours", test_foreign_equal_to_ours);
  g_test_add_func ("/matcher/encrypted", test_encrypted);
  g_test_add_func ("/matcher/client-event", test_client_event);
  g_test_add_func ("/matcher/unheard", test_unheard);
  g_test_add_func ("/matcher/refused", test_refused);
  g_test_add_func ("/matcher/missed", test_missed);
  g_test_add_func ("/matcher/late", test_late);
  g_test_add_func ("/matcher/waiting-before-late", test_waiting_before_late);
  g_test_add_func ("/matcher/different", test_different);
  g_test_add_func ("/matcher/different-needs-same-meaning", test_different_needs_same_meaning);
  g_test_add_func ("/matcher/identical-before-different", test_identical_before_different);
  g_test_add_func ("/matcher/foreign", test_foreign);
  g_test_add_func ("/matcher/two-equal-foreign", test_two_equal_foreign);
  g_test_add_func ("/matcher/foreign-window", test_foreign_window);
  g_test_add_func ("/matcher/texts-do-not-run-together", test_texts_do_not_run_together);
  g_test_add_func ("/matcher/many-clients", test_many_clients);
  g_test_add_func ("/matcher/bounded", test_bounded);
  g_test_add_func ("/matcher/foreign-bounded", test_foreign_bounded);
  g_test_add_func ("/matcher/speed", test_speed);

  return g_test_run ();
}
