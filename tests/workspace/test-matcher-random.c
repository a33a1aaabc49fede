/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random sends, answers, deliveries, duplicates, foreign events and time-outs against a model that
 * is too simple to be wrong: it looks at everything it has ever seen. */

#include "bcast-matcher.h"

#define TIMEOUT_US   G_TIME_SPAN_SECOND
#define WINDOW_US    (2 * G_TIME_SPAN_SECOND)
#define N_CLIENTS    10 /* more than have their place in a row from the beginning */
#define N_STEPS      3000
#define N_ROUNDS     60

static const char * const clients[N_CLIENTS] = {
  "Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy"
};
static const char * const channels[] = { "a", "b" };

/* Texts of the same meaning have the same number. */
static const struct { const char *text; int meaning; } texts[] = {
  { "{\"a\":1,\"b\":2}", 0 },
  { "{ \"b\":2, \"a\":1 }", 0 },
  { "{\"b\":2,\"a\":1}", 0 },
  { "{}", 1 },
  { "[ ]", 2 },
  { "not json", 3 },
};

typedef struct
{
  gint64   id;
  guint    channel;
  guint    text;
  gint64   at_us;
  gboolean expected[N_CLIENTS];
  gboolean taken[N_CLIENTS];
  int      excluded;
  gboolean is_answered;
  gboolean is_different;
  gboolean is_over;
  gboolean is_refused;
} Sent;

typedef struct
{
  gint64   id;
  guint    channel;
  guint    text;
  gint64   at_us;
  gboolean taken[N_CLIENTS];
} Foreign;

typedef struct
{
  GArray *sent;
  GArray *foreign;
} Model;

static guint
count (const gboolean *one,
       const gboolean *other)
{
  guint n = 0;

  for (guint i = 0; i < N_CLIENTS; i++)
    n += one[i] && other[i];
  return n;
}

static BcastEventOutcome
judge (const Sent *sent)
{
  guint n_expected = count (sent->expected, sent->expected);
  guint n_received = count (sent->expected, sent->taken);
  guint n_taken = count (sent->taken, sent->taken);

  if (n_expected == 0 && n_taken == 0)
    return sent->is_answered || sent->is_over ? BCAST_EVENT_UNHEARD : BCAST_EVENT_WAITING;
  if (n_received == n_expected && (sent->is_answered || sent->is_over))
    return sent->is_different ? BCAST_EVENT_DIFFERENT : BCAST_EVENT_MATCHED;
  if (!sent->is_over)
    return BCAST_EVENT_WAITING;
  return n_received > 0 ? BCAST_EVENT_PARTLY : BCAST_EVENT_MISSED;
}

/* Nobody need wait for it: it is settled, or all who are expected have it. Once so, always so. */
static gboolean
is_late (const Sent *sent)
{
  guint n_expected = count (sent->expected, sent->expected);

  return judge (sent) != BCAST_EVENT_WAITING ||
         (n_expected > 0 && count (sent->expected, sent->taken) == n_expected);
}

static gboolean
is_wanting (const Sent *sent)
{
  guint n_expected = count (sent->expected, sent->expected);

  return n_expected > 0 ? count (sent->expected, sent->taken) < n_expected : !is_late (sent);
}

static Sent *
choose (Model    *model,
        guint     client,
        guint     channel,
        guint     text,
        gint64    now_us,
        gboolean  is_identical)
{
  Sent *best = NULL;
  int best_rank = G_MAXINT;

  for (guint i = 0; i < model->sent->len; i++)
    {
      Sent *sent = &g_array_index (model->sent, Sent, i);
      int rank = (is_late (sent) ? 2 : 0) + (sent->expected[client] ? 0 : 1);

      if (sent->channel != channel || sent->is_refused || sent->taken[client] ||
          sent->excluded == (int) client)
        continue;
      if (is_late (sent) && now_us - sent->at_us > 6 * TIMEOUT_US)
        continue;
      if (is_identical ? sent->text != text
                       : texts[sent->text].meaning != texts[text].meaning || !is_wanting (sent))
        continue;
      if (rank < best_rank)
        {
          best = sent;
          best_rank = rank;
        }
    }
  return best;
}

static BcastMatch
model_take (Model  *model,
            guint   client,
            guint   channel,
            guint   text,
            gint64  now_us)
{
  gboolean is_identical = TRUE;
  Sent *sent = choose (model, client, channel, text, now_us, TRUE);

  if (sent == NULL && texts[text].meaning != 3)
    {
      is_identical = FALSE;
      sent = choose (model, client, channel, text, now_us, FALSE);
    }
  if (sent != NULL)
    {
      sent->taken[client] = TRUE;
      if (!is_identical && (sent->expected[client] || count (sent->expected, sent->expected) == 0))
        sent->is_different = TRUE;
      return (BcastMatch) { sent->id, judge (sent), now_us - sent->at_us, is_identical };
    }

  for (guint i = 0; i < model->foreign->len; i++)
    {
      Foreign *foreign = &g_array_index (model->foreign, Foreign, i);

      if (foreign->channel == channel && foreign->text == text && !foreign->taken[client] &&
          now_us - foreign->at_us <= WINDOW_US)
        {
          foreign->taken[client] = TRUE;
          return (BcastMatch) { foreign->id, BCAST_EVENT_FOREIGN, -1, TRUE };
        }
    }
  return (BcastMatch) { 0, BCAST_EVENT_FOREIGN, -1, TRUE };
}

static void
step_send (BcastMatcher *matcher,
           Model        *model,
           gint64        id,
           gint64        now_us)
{
  Sent sent = {
    .id = id, .at_us = now_us, .excluded = g_test_rand_int_range (-3, N_CLIENTS),
    .channel = g_test_rand_int_range (0, G_N_ELEMENTS (channels)),
    .text = g_test_rand_int_range (0, G_N_ELEMENTS (texts)),
  };
  const char *expected[N_CLIENTS + 1] = { NULL };
  guint n = 0;

  for (guint i = 0; i < N_CLIENTS; i++)
    if (sent.excluded != (int) i && g_test_rand_bit ())
      {
        sent.expected[i] = TRUE;
        expected[n++] = clients[i];
      }
  bcast_matcher_add_sent (matcher, id, channels[sent.channel], "my-event", texts[sent.text].text,
                          expected, sent.excluded >= 0 ? clients[sent.excluded] : NULL, now_us);
  g_array_append_val (model->sent, sent);
}

static void
step_answer (BcastMatcher *matcher,
             Model        *model)
{
  gboolean is_accepted = g_test_rand_int_range (0, 10) > 0;

  for (guint i = 0; i < model->sent->len; i++)
    {
      Sent *sent = &g_array_index (model->sent, Sent, i);

      if (sent->is_answered || sent->is_refused || g_test_rand_bit ())
        continue;
      sent->is_answered = is_accepted;
      sent->is_refused = !is_accepted;
      g_assert_cmpint (bcast_matcher_set_answer (matcher, sent->id, !is_accepted), ==,
                       is_accepted ? judge (sent) : BCAST_EVENT_REFUSED);
      return;
    }
}

static void
step_take (BcastMatcher *matcher,
           Model        *model,
           gint64        id,
           gint64        now_us)
{
  guint client = g_test_rand_int_range (0, N_CLIENTS);
  guint channel = g_test_rand_int_range (0, G_N_ELEMENTS (channels));
  guint text = g_test_rand_int_range (0, G_N_ELEMENTS (texts));
  BcastMatch found = bcast_matcher_take (matcher, clients[client], channels[channel], "my-event",
                                         texts[text].text, now_us);
  BcastMatch right = model_take (model, client, channel, text, now_us);

  g_assert_cmpint (found.event_id, ==, right.event_id);
  g_assert_cmpint (found.outcome, ==, right.outcome);
  g_assert_cmpint (found.latency_us, ==, right.latency_us);
  g_assert_cmpint (found.identical, ==, right.identical);
  if (found.event_id != 0)
    return;

  Foreign foreign = { .id = id, .channel = channel, .text = text, .at_us = now_us };

  foreign.taken[client] = TRUE;
  g_array_append_val (model->foreign, foreign);
  bcast_matcher_add_foreign (matcher, id, clients[client], channels[channel], "my-event",
                             texts[text].text, now_us);
}

static void
expired_cb (gint64            event_id,
            BcastEventOutcome outcome,
            gpointer          user_data)
{
  GArray *expired = user_data;

  g_array_append_val (expired, event_id);
  g_array_append_val (expired, (gint64) { outcome });
}

static void
step_expire (BcastMatcher *matcher,
             Model        *model,
             gint64        now_us)
{
  g_autoptr(GArray) expired = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 due_us = bcast_matcher_expire (matcher, now_us, expired_cb, expired);
  gint64 right_due_us = -1;
  guint n_waiting = 0;
  guint n = 0;

  for (guint i = 0; i < model->sent->len; i++)
    {
      Sent *sent = &g_array_index (model->sent, Sent, i);

      if (sent->is_refused || judge (sent) != BCAST_EVENT_WAITING)
        continue;
      if (sent->at_us + TIMEOUT_US > now_us)
        {
          n_waiting++;
          right_due_us = right_due_us < 0 ? sent->at_us + TIMEOUT_US : right_due_us;
          continue;
        }
      sent->is_over = TRUE;
      g_assert_cmpuint (n + 1, <, expired->len);
      g_assert_cmpint (g_array_index (expired, gint64, n++), ==, sent->id);
      g_assert_cmpint (g_array_index (expired, gint64, n++), ==, judge (sent));
    }
  g_assert_cmpuint (n, ==, expired->len);
  g_assert_cmpint (due_us, ==, right_due_us);
  g_assert_cmpuint (bcast_matcher_get_n_waiting (matcher), ==, n_waiting);
}

static void
test_model (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr(BcastMatcher) matcher = bcast_matcher_new (TIMEOUT_US / G_TIME_SPAN_MILLISECOND);
      Model model = {
        g_array_new (FALSE, FALSE, sizeof (Sent)), g_array_new (FALSE, FALSE, sizeof (Foreign))
      };
      guint pace_us = round % 3 == 0 ? 2000 : round % 3 == 1 ? 50000 : 400000;
      gint64 now_us = 1;

      for (gint64 id = 1; id <= N_STEPS; id++)
        {
          int what = g_test_rand_int_range (0, 10);

          now_us += g_test_rand_int_range (0, pace_us);
          if (what < 2)
            step_send (matcher, &model, id, now_us);
          else if (what < 4)
            step_answer (matcher, &model);
          else if (what < 9)
            step_take (matcher, &model, id, now_us);
          else
            step_expire (matcher, &model, now_us);
        }
      g_array_unref (model.sent);
      g_array_unref (model.foreign);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/matcher/random", test_model);

  return g_test_run ();
}
