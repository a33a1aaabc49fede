/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-matcher.h"

#include <stdlib.h>
#include <string.h>

#define TIMEOUT_MS 1000
#define TIMEOUT_US (TIMEOUT_MS * G_TIME_SPAN_MILLISECOND)
#define DATA       "{\"message\":\"hello\",\"n\":1}"

/* A rule is a story, a line for each step, which begins with the time in milliseconds:
 *
 *   send ID EXPECTED [not=CLIENT]    names apart by commas, `-` for nobody
 *   accept ID OUTCOME                the server's answer, and what the event has become with it
 *   refuse ID
 *   take ID OUTCOME CLIENT           what it is to be paired with; ID 0 opens a row,
 *                                    `!` behind OUTCOME: with other bytes
 *   open ID CLIENT                   the row that was opened
 *   expire DUE [ID=OUTCOME,…]        what is to be reported, and when the next one is due
 *   waiting N
 *
 * Each step that has an event may end with [on=CHANNEL] [event=NAME] [data=…to the end]. */
typedef struct
{
  const char *what;
  const char *story;
} Rule;

static const Rule rules[] = {
  { "matched",
    "0 send 1 Alice,Bob\n"
    "0 waiting 1\n"
    "1 accept 1 waiting\n"
    "2 take 1 waiting Alice\n"
    "3 take 1 matched Bob\n"
    "3 waiting 0\n"
    "2000 expire -1" },

  { "same-event-twice",
    "0 send 1 Alice,Bob\n"
    "1 send 2 Alice,Bob\n"
    "2 accept 1 waiting\n"
    "2 accept 2 waiting\n"
    "3 take 1 waiting Alice\n"
    "4 take 2 waiting Alice\n"
    "5 take 1 matched Bob\n"
    "6 take 2 matched Bob\n"
    "7 take 0 foreign Bob" },

  { "excluded",
    "0 send 1 Bob not=Alice\n"
    "1 accept 1 waiting\n"
    "2 take 0 foreign Alice\n"
    "3 take 1 matched Bob\n"
    "4 take 0 foreign Alice" },

  { "several-channels",
    "0 send 1 Alice on=a\n"
    "0 send 2 Alice,Bob on=b\n"
    "1 accept 1 waiting\n"
    "1 accept 2 waiting\n"
    "2 take 2 waiting Alice on=b\n"
    "3 take 1 matched Alice on=a\n"
    "4 take 2 matched Bob on=b" },

  { "batch",
    "0 send 1 Alice data=1\n"
    "0 send 2 Alice data=2\n"
    "0 send 3 Alice event=other data=1\n"
    "1 accept 1 waiting\n"
    "1 accept 2 waiting\n"
    "1 accept 3 waiting\n"
    "2 take 3 matched Alice event=other data=1\n"
    "2 take 2 matched Alice data=2\n"
    "2 take 1 matched Alice data=1" },

  { "subscribed-after-send",
    "0 send 1 Alice,Bob\n"
    "1 accept 1 waiting\n"
    "2 take 1 waiting Carol\n"
    "3 take 1 waiting Alice\n"
    "4 take 1 matched Bob\n"
    "5 take 1 matched Dave\n"
    "6 take 0 foreign Carol" },

  /* Bob subscribed between the two: what he gets is the second. */
  { "expected-comes-first",
    "0 send 1 Alice\n"
    "1 send 2 Alice,Bob\n"
    "2 accept 1 waiting\n"
    "2 accept 2 waiting\n"
    "3 take 2 waiting Bob\n"
    "4 take 1 matched Alice\n"
    "5 take 2 matched Alice" },

  { "unexpected-takes-the-older",
    "0 send 1 Alice\n"
    "1 send 2 Alice\n"
    "2 take 1 waiting Bob\n"
    "3 take 2 waiting Bob" },

  { "delivery-overtakes-answer",
    "0 send 1 Alice,Bob\n"
    "1 take 1 waiting Alice\n"
    "2 take 1 waiting Bob\n"
    "2 waiting 1\n"
    "3 accept 1 matched\n"
    "3 waiting 0" },

  /* The answer comes when nobody would take the event any more. */
  { "no-answer-in-time",
    "0 send 1 Alice\n"
    "0 send 2 Alice\n"
    "0 send 3 -\n"
    "1 take 1 waiting Alice\n"
    "1000 expire -1 1=matched,2=missed,3=unheard\n"
    "20000 send 4 - data=else\n"
    "20001 take 0 foreign Alice\n"
    "20001 accept 1 matched\n"
    "20001 accept 3 unheard\n"
    "20001 refuse 2" },

  { "foreign-equal-to-ours",
    "0 send 1 Alice,Bob\n"
    "1 accept 1 waiting\n"
    "2 take 1 waiting Alice\n"
    "3 take 0 foreign Alice\n"
    "3 open 2 Alice\n"
    "4 take 1 matched Bob\n"
    "5 take 2 foreign Bob" },

  /* The matcher is given plain data, so a box that is never the same twice does not matter. */
  { "encrypted",
    "0 send 1 Alice on=private-encrypted-a\n"
    "1 accept 1 waiting\n"
    "2 take 1 matched Alice on=private-encrypted-a" },

  { "client-event",
    "0 send 1 Bob not=Alice on=private-a event=client-typing\n"
    "0 accept 1 waiting\n"
    "2 take 1 matched Bob on=private-a event=client-typing\n"
    "3 take 0 foreign Alice on=private-a event=client-typing" },

  { "unheard",
    "0 send 1 -\n"
    "1 accept 1 unheard\n"
    "1 waiting 0\n"
    "2 take 1 matched Alice" },

  { "unheard-but-taken-before-the-answer",
    "0 send 1 - data={}\n"
    "1 take 1 waiting! Alice data= {}\n"
    "2 accept 1 different" },

  /* The user mends the cause and sends it again: what comes is the second. */
  { "refused",
    "0 send 1 Alice\n"
    "1 refuse 1\n"
    "1 waiting 0\n"
    "2 take 0 foreign Alice\n"
    "3 send 2 Alice\n"
    "4 accept 2 waiting\n"
    "5 take 2 matched Alice\n"
    "1003 expire -1" },

  { "missed",
    "0 send 1 Alice,Bob\n"
    "1 accept 1 waiting\n"
    "10 send 2 Alice,Bob on=b\n"
    "11 accept 2 waiting\n"
    "12 take 2 waiting Alice on=b\n"
    "999 expire 1000\n"
    "1000 expire 1010 1=missed\n"
    "1010 expire -1 2=partly\n"
    "1010 waiting 0" },

  { "late",
    "0 send 1 Alice,Bob\n"
    "1 accept 1 waiting\n"
    "1000 expire -1 1=missed\n"
    "2000 take 1 partly Alice\n"
    "6000 take 1 matched Bob\n"
    "7000 send 2 Alice\n"
    "7001 accept 2 waiting\n"
    "8000 expire -1 2=missed\n"
    "13001 take 0 foreign Alice" },

  { "late-by-two",
    "0 send 1 Alice,Bob\n"
    "1 accept 1 waiting\n"
    "2 take 1 waiting! Alice data= " DATA "\n"
    "1000 expire -1 1=partly\n"
    "2000 take 1 different Bob" },

  /* An event that is sent again after it was missed is what the next receipt belongs to. */
  { "waiting-before-late",
    "0 send 1 Alice\n"
    "1 accept 1 waiting\n"
    "1000 expire -1 1=missed\n"
    "1001 send 2 Alice\n"
    "1002 accept 2 waiting\n"
    "1003 take 2 matched Alice\n"
    "1004 take 1 matched Alice" },

  { "different",
    "0 send 1 Alice,Bob\n"
    "1 accept 1 waiting\n"
    "2 take 1 waiting! Alice data={ \"n\": 1, \"message\": \"h\\u0065llo\" }\n"
    "3 take 1 different Bob" },

  { "different-must-mean-the-same",
    "0 send 1 Alice\n"
    "1 accept 1 waiting\n"
    "2 take 0 foreign Alice data={\"n\":2}\n"
    "2 take 0 foreign Alice data=no json\n"
    "2 take 0 foreign Alice data=\n"
    "2 take 0 foreign Alice event=other data= " DATA "\n"
    "2 take 0 foreign Alice on=other data= " DATA },

  /* The same bytes win over the same meaning, even when that was sent earlier. */
  { "identical-before-different",
    "0 send 1 Alice data= " DATA "\n"
    "1 send 2 Alice\n"
    "2 accept 1 waiting\n"
    "2 accept 2 waiting\n"
    "3 take 2 matched Alice\n"
    "4 take 1 different! Alice" },

  { "foreign",
    "0 take 0 foreign Alice\n"
    "0 open 1 Alice\n"
    "1 take 1 foreign Bob\n"
    "2 take 0 foreign Bob" },

  { "two-equal-foreign",
    "0 take 0 foreign Alice\n"
    "0 open 1 Alice\n"
    "1 take 0 foreign Alice\n"
    "1 open 2 Alice\n"
    "2 take 1 foreign Bob\n"
    "3 take 2 foreign Bob\n"
    "4 take 0 foreign Bob" },

  { "foreign-window",
    "0 open 1 Alice\n"
    "2000 take 1 foreign Bob\n"
    "2001 take 0 foreign Carol" },

  /* What differs only in where one text ends and the next begins is not the same event. */
  { "texts-do-not-run-together",
    "0 send 1 Alice on=ab event=c data=d\n"
    "0 open 2 Bob on=ab event=c data=d\n"
    "1 take 0 foreign Alice on=a event=bc data=d\n"
    "1 take 0 foreign Alice on=ab event=cd data=\n"
    "1 take 1 waiting Alice on=ab event=c data=d\n"
    "2 take 2 foreign Alice on=ab event=c data=d" },
};

/* One line of a story. */
typedef struct
{
  gint64      at_us;
  char      **words;
  const char *channel;
  const char *name;
  const char *data;
  const char *excluded;
} Step;

static void
step_parse (Step *step,
            char *line)
{
  char *data = strstr (line, " data=");

  *step = (Step) { .channel = "my-channel", .name = "my-event", .data = DATA };
  if (data != NULL)
    {
      step->data = data + strlen (" data=");
      *data = '\0';
    }

  step->words = g_strsplit (line, " ", -1);
  step->at_us = g_ascii_strtoll (step->words[0], NULL, 10) * G_TIME_SPAN_MILLISECOND;
  for (char **word = step->words; *word != NULL; word++)
    {
      if (g_str_has_prefix (*word, "on="))
        step->channel = *word + strlen ("on=");
      else if (g_str_has_prefix (*word, "event="))
        step->name = *word + strlen ("event=");
      else if (g_str_has_prefix (*word, "not="))
        step->excluded = *word + strlen ("not=");
    }
}

static void
run_send (BcastMatcher *matcher,
          const Step   *step)
{
  g_auto(GStrv) expected = g_strsplit (g_str_equal (step->words[3], "-") ? "" : step->words[3],
                                       ",", -1);

  bcast_matcher_add_sent (matcher, atoi (step->words[2]), step->channel, step->name, step->data,
                          (const char * const *) expected, step->excluded, step->at_us);
}

static void
run_take (BcastMatcher *matcher,
          const Step   *step)
{
  BcastMatch match = bcast_matcher_take (matcher, step->words[4], step->channel, step->name,
                                         step->data, step->at_us);
  g_autofree char *outcome = g_strconcat (bcast_event_outcome_to_nick (match.outcome),
                                          match.identical ? "" : "!", NULL);

  g_assert_cmpint (match.event_id, ==, atoi (step->words[2]));
  g_assert_cmpstr (outcome, ==, step->words[3]);
  g_assert_cmpint (match.latency_us == -1, ==, match.outcome == BCAST_EVENT_FOREIGN);
}

static void
expired_cb (gint64            event_id,
            BcastEventOutcome outcome,
            gpointer          user_data)
{
  GString *said = user_data;

  g_string_append_printf (said, "%s%" G_GINT64_FORMAT "=%s", said->len > 0 ? "," : "", event_id,
                          bcast_event_outcome_to_nick (outcome));
}

static void
run_expire (BcastMatcher *matcher,
            const Step   *step)
{
  g_autoptr(GString) said = g_string_new (NULL);
  gint64 due_us = bcast_matcher_expire (matcher, step->at_us, expired_cb, said);
  int due_ms = atoi (step->words[2]);

  g_assert_cmpint (due_us, ==, due_ms < 0 ? -1 : due_ms * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpstr (said->str, ==, step->words[3] != NULL ? step->words[3] : "");
}

static void
run_step (BcastMatcher *matcher,
          const Step   *step)
{
  const char *verb = step->words[1];
  gint64 id = atoi (step->words[2]);

  g_test_message ("%s %s %s", step->words[0], verb, step->words[2]);
  if (g_str_equal (verb, "send"))
    run_send (matcher, step);
  else if (g_str_equal (verb, "take"))
    run_take (matcher, step);
  else if (g_str_equal (verb, "expire"))
    run_expire (matcher, step);
  else if (g_str_equal (verb, "open"))
    bcast_matcher_add_foreign (matcher, id, step->words[3], step->channel, step->name, step->data,
                               step->at_us);
  else if (g_str_equal (verb, "accept"))
    g_assert_cmpstr (bcast_event_outcome_to_nick (bcast_matcher_set_answer (matcher, id, FALSE)), ==,
                     step->words[3]);
  else if (g_str_equal (verb, "refuse"))
    g_assert_cmpint (bcast_matcher_set_answer (matcher, id, TRUE), ==, BCAST_EVENT_REFUSED);
  else if (g_str_equal (verb, "waiting"))
    g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, id);
  else
    g_assert_not_reached ();
}

static void
test_rule (gconstpointer data)
{
  const Rule *rule = data;
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);
  g_auto(GStrv) lines = g_strsplit (rule->story, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      Step step;

      step_parse (&step, *line);
      run_step (matcher, &step);
      g_strfreev (step.words);
    }
}

static void
test_latency (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "a", "my-event", NULL, NULL, NULL, 100);
  g_assert_cmpint (bcast_matcher_take (matcher, "Alice", "a", "my-event", "", 130).latency_us, ==,
                   30);
}

/* What connecting took is no latency of the event. */
static void
test_restart (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);
  g_autoptr(GString) said = g_string_new (NULL);

  bcast_matcher_add_sent (matcher, 1, "a", "my-event", DATA, NULL, NULL, 100);
  bcast_matcher_add_sent (matcher, 2, "a", "other", DATA, NULL, NULL, 200);
  bcast_matcher_restart (matcher, 1, 500);
  bcast_matcher_restart (matcher, 3, 500); /* a number nobody knows */
  g_assert_cmpint (bcast_matcher_expire (matcher, 600, expired_cb, said), ==, 200 + TIMEOUT_US);
  g_assert_cmpint (bcast_matcher_take (matcher, "Alice", "a", "my-event", DATA, 530).latency_us, ==, 30);
  g_assert_cmpint (bcast_matcher_expire (matcher, 300 + TIMEOUT_US, expired_cb, said), ==, 500 + TIMEOUT_US);
}

/* What was given up before its answer came keeps what it had become. */
static void
test_given_up (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_MS);

  bcast_matcher_add_sent (matcher, 1, "a", "my-event", DATA, (const char *[]) { "Alice", "Bob", NULL }, NULL, 100);
  bcast_matcher_take (matcher, "Alice", "a", "my-event", DATA, 110);
  for (gint64 id = 2; id <= 16385; id++)
    bcast_matcher_add_sent (matcher, id, "a", "my-event", "{}", NULL, NULL, 100);
  g_assert_cmpint (bcast_matcher_set_answer (matcher, 1, FALSE), ==, BCAST_EVENT_PARTLY);
  g_assert_cmpint (bcast_matcher_set_answer (matcher, 1, FALSE), ==, BCAST_EVENT_MISSED);
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

  bcast_matcher_add_sent (matcher, 1, "a", "my-event", DATA, (const char * const *) names, NULL, 100);
  bcast_matcher_set_answer (matcher, 1, FALSE);
  for (guint i = 200; i > 0; i--)
    {
      BcastMatch match = bcast_matcher_take (matcher, names[i - 1], "a", "my-event", DATA, 110);
      BcastMatch again = bcast_matcher_take (matcher, names[i - 1], "a", "my-event", DATA, 111);

      g_assert_cmpint (match.event_id, ==, 1);
      g_assert_cmpint (match.outcome, ==, i > 1 ? BCAST_EVENT_WAITING : BCAST_EVENT_MATCHED);
      g_assert_cmpint (again.event_id, ==, 0);
    }
}

static void
count_cb (gint64            event_id,
          BcastEventOutcome outcome,
          gpointer          user_data)
{
  guint *count = user_data;

  g_assert_cmpint (outcome, ==, BCAST_EVENT_MISSED);
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

      bcast_matcher_add_sent (matcher, id, "a", "my-event", data, (const char *[]) { "Alice", NULL }, NULL, 100);
      bcast_matcher_set_answer (matcher, id, FALSE);
    }
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, 16384);
  g_assert_cmpint (bcast_matcher_expire (matcher, 200, count_cb, &count), ==, 100 + TIMEOUT_US);
  g_assert_cmpuint (count, ==, 20000 - 16384);
  g_assert_cmpint (bcast_matcher_take (matcher, "Alice", "a", "my-event", "20000", 300).event_id, ==, 20000);
  g_assert_cmpint (bcast_matcher_take (matcher, "Alice", "a", "my-event", "1", 300).event_id, ==, 0);
  g_assert_cmpint (bcast_matcher_set_answer (matcher, 1, FALSE), ==, BCAST_EVENT_MISSED);
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
  g_assert_cmpint (bcast_matcher_take (matcher, "Bob", "a", "my-event", "70000", 100).event_id, ==, 70000);
  g_assert_cmpint (bcast_matcher_take (matcher, "Bob", "a", "my-event", "1", 100).event_id, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *path = g_strconcat ("/matcher/", rules[i].what, NULL);

      g_test_add_data_func (path, &rules[i], test_rule);
    }
  g_test_add_func ("/matcher/latency", test_latency);
  g_test_add_func ("/matcher/restart", test_restart);
  g_test_add_func ("/matcher/given-up", test_given_up);
  g_test_add_func ("/matcher/many-clients", test_many_clients);
  g_test_add_func ("/matcher/bounded", test_bounded);
  g_test_add_func ("/matcher/foreign-bounded", test_foreign_bounded);

  return g_test_run ();
}
