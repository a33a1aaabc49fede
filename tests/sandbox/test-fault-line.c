/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-fault-line-private.h"

#include <string.h>

#define MS     ((gint64) 1000)
#define SECOND G_USEC_PER_SEC
#define MUCH   G_MAXSIZE

/* A line whose clock is the test's. Frames are numbers. */
typedef struct
{
  BcastFaultLine *line;
  GArray         *sent;    /* guint */
  GArray         *sent_us; /* gint64: when */
  gint64          now_us;
  guint64         last_serial;
} Fixture;

static void
send_cb (gpointer  target,
         GBytes   *frame)
{
  Fixture *fixture = target;

  g_array_append_vals (fixture->sent, g_bytes_get_data (frame, NULL), 1);
  g_array_append_val (fixture->sent_us, fixture->now_us);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->line = bcast_fault_line_new (send_cb, fixture);
  fixture->sent = g_array_new (FALSE, FALSE, sizeof (guint));
  fixture->sent_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->now_us = 1000 * SECOND;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_fault_line_free (fixture->line);
  g_array_unref (fixture->sent);
  g_array_unref (fixture->sent_us);
}

static BcastActiveFault
make (Fixture        *fixture,
      BcastFault     *fault,
      BcastFaultKind  kind,
      int             value,
      guint           jitter_ms)
{
  *fault = (BcastFault) { .kind = kind, .value = value, .jitter_ms = jitter_ms };
  return (BcastActiveFault) { ++fixture->last_serial, G_MAXINT64, fault };
}

static gboolean
push (Fixture              *fixture,
      const BcastFaultPlan *plan,
      guint                 number)
{
  g_autoptr(GBytes) frame = g_bytes_new (&number, sizeof number);

  return bcast_fault_line_push (fixture->line, plan, frame, MUCH, fixture->now_us);
}

static void
push_all (Fixture              *fixture,
          const BcastFaultPlan *plan,
          guint                 n)
{
  for (guint i = 1; i <= n; i++)
    g_assert_true (push (fixture, plan, i));
}

/* Whether what was sent, since the last time, is that. */
static void
expect (Fixture    *fixture,
        const char *numbers)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < fixture->sent->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (fixture->sent, guint, i));
  g_assert_cmpstr (text->str, ==, numbers);
  g_array_set_size (fixture->sent, 0);
  g_array_set_size (fixture->sent_us, 0);
}

static void
run_at (Fixture *fixture,
        gint64   now_us)
{
  fixture->now_us = now_us;
  bcast_fault_line_run (fixture->line, now_us);
}

static void
test_drop (Fixture       *fixture,
           gconstpointer  data)
{
  BcastFault fault;
  BcastActiveFault third = make (fixture, &fault, BCAST_FAULT_DROP, 3, 0);
  BcastFaultPlan plan = { .drop = &third };

  push_all (fixture, &plan, 7);
  expect (fixture, "1 2 4 5 7");

  BcastFault other;
  BcastActiveFault all = make (fixture, &other, BCAST_FAULT_DROP, 1, 0);

  plan.drop = &all;
  push_all (fixture, &plan, 7);
  expect (fixture, "");

  plan.drop = NULL;
  push_all (fixture, &plan, 2);
  expect (fixture, "1 2");
}

static void
test_duplicate (Fixture       *fixture,
                gconstpointer  data)
{
  BcastFault fault;
  BcastActiveFault second = make (fixture, &fault, BCAST_FAULT_DUPLICATE, 2, 0);
  const BcastFaultPlan plan = { .duplicate = &second };

  push_all (fixture, &plan, 5);
  expect (fixture, "1 2 2 3 4 4 5");
}

/* The last of a burst come at all. */
static void
test_reorder (Fixture       *fixture,
              gconstpointer  data)
{
  BcastFault fault;
  BcastActiveFault rows = make (fixture, &fault, BCAST_FAULT_REORDER, 3, 0);
  BcastFaultPlan plan = { .reorder = &rows };
  gint64 start_us = fixture->now_us;

  push_all (fixture, &plan, 8);
  expect (fixture, "3 2 1 6 5 4");
  g_assert_cmpuint (bcast_fault_line_get_bytes (fixture->line), ==, 2 * sizeof (guint));

  run_at (fixture, start_us + BCAST_FAULT_LINE_ROW_TIMEOUT_MS * MS - 1);
  expect (fixture, "");
  run_at (fixture, start_us + BCAST_FAULT_LINE_ROW_TIMEOUT_MS * MS);
  expect (fixture, "8 7");
  g_assert_cmpuint (bcast_fault_line_get_bytes (fixture->line), ==, 0);

  /* When the fault ends, they come as they came. */
  push_all (fixture, &plan, 2);
  expect (fixture, "");
  plan.reorder = NULL;
  bcast_fault_line_follow (fixture->line, &plan, fixture->now_us);
  expect (fixture, "1 2");
}

static void
test_delay (Fixture       *fixture,
            gconstpointer  data)
{
  BcastFault fault;
  BcastActiveFault late = make (fixture, &fault, BCAST_FAULT_DELAY, 200, 0);
  BcastFaultPlan plan = { .delay = &late };
  gint64 start_us = fixture->now_us;

  push_all (fixture, &plan, 2);
  run_at (fixture, start_us + 100 * MS);
  push (fixture, &plan, 3);
  run_at (fixture, start_us + 200 * MS - 1);
  expect (fixture, "");
  run_at (fixture, start_us + 200 * MS);
  expect (fixture, "1 2");
  g_assert_cmpuint (bcast_fault_line_get_bytes (fixture->line), ==, sizeof (guint));
  run_at (fixture, start_us + 300 * MS);
  expect (fixture, "3");

  /* When the fault ends, nothing waits any longer. */
  push_all (fixture, &plan, 3);
  plan.delay = NULL;
  push (fixture, &plan, 4);
  expect (fixture, "1 2 3 4");
}

/* Jitter changes when something comes, by so much at most, and never in which order. */
static void
test_jitter (Fixture       *fixture,
             gconstpointer  data)
{
  BcastFault fault;
  BcastActiveFault late = make (fixture, &fault, BCAST_FAULT_DELAY, 200, 150);
  const BcastFaultPlan plan = { .delay = &late };
  gint64 start_us = fixture->now_us;
  gint64 least_us = G_MAXINT64, most_us = 0;

  for (guint i = 0; i < 500; i++)
    {
      fixture->now_us = start_us + i * SECOND;
      push (fixture, &plan, i);
      for (guint ms = 0; ms <= 350; ms += 5)
        run_at (fixture, start_us + i * SECOND + ms * MS);
      g_assert_cmpuint (fixture->sent->len, ==, i + 1);
      gint64 took_us = g_array_index (fixture->sent_us, gint64, i) - start_us - i * SECOND;
      least_us = MIN (least_us, took_us);
      most_us = MAX (most_us, took_us);
    }
  g_assert_cmpint (least_us, >=, 50 * MS);
  g_assert_cmpint (least_us, <, 100 * MS);
  g_assert_cmpint (most_us, >, 300 * MS);

  g_array_set_size (fixture->sent, 0);
  push_all (fixture, &plan, 500);
  for (guint ms = 0; ms <= 350; ms++)
    run_at (fixture, start_us + 1000 * SECOND + ms * MS);
  for (guint i = 0; i < 500; i++)
    g_assert_cmpuint (g_array_index (fixture->sent, guint, i), ==, i + 1);
}

/* Both of a row come twice, and change places nevertheless; a dropped one is in no row. */
static void
test_together (Fixture       *fixture,
               gconstpointer  data)
{
  BcastFault faults[4];
  BcastActiveFault drop = make (fixture, &faults[0], BCAST_FAULT_DROP, 3, 0);
  BcastActiveFault rows = make (fixture, &faults[1], BCAST_FAULT_REORDER, 2, 0);
  BcastActiveFault twice = make (fixture, &faults[2], BCAST_FAULT_DUPLICATE, 1, 0);
  BcastActiveFault late = make (fixture, &faults[3], BCAST_FAULT_DELAY, 10, 0);
  const BcastFaultPlan plan = { &late, &twice, &rows, &drop };
  const BcastFaultPlan no_delay = { NULL, &twice, &rows, &drop };

  push_all (fixture, &plan, 5);
  expect (fixture, "");
  run_at (fixture, fixture->now_us + 10 * MS);
  expect (fixture, "2 2 1 1 5 5 4 4");

  /* What is held back goes before what is still to be reversed. */
  push_all (fixture, &plan, 5);
  bcast_fault_line_follow (fixture->line, &no_delay, fixture->now_us);
  expect (fixture, "3 3 2 2");
  run_at (fixture, fixture->now_us + SECOND);
  expect (fixture, "5 5");
}

static void
test_room (Fixture       *fixture,
           gconstpointer  data)
{
  BcastFault faults[2];
  BcastActiveFault late = make (fixture, &faults[0], BCAST_FAULT_DELAY, 10, 0);
  BcastActiveFault twice = make (fixture, &faults[1], BCAST_FAULT_DUPLICATE, 1, 0);
  BcastFaultPlan plan = { .delay = &late };
  const guint number = 1;
  g_autoptr(GBytes) frame = g_bytes_new (&number, sizeof number);

  g_assert_true (bcast_fault_line_push (fixture->line, &plan, frame, 8, fixture->now_us));
  g_assert_true (bcast_fault_line_push (fixture->line, &plan, frame, 8, fixture->now_us));
  g_assert_false (bcast_fault_line_push (fixture->line, &plan, frame, 8, fixture->now_us));
  g_assert_cmpuint (bcast_fault_line_get_bytes (fixture->line), ==, 8);
  plan.duplicate = &twice;
  g_assert_false (bcast_fault_line_push (fixture->line, &plan, frame, 15, fixture->now_us));
  g_assert_true (bcast_fault_line_push (fixture->line, &plan, frame, 16, fixture->now_us));

  /* Nothing is held back then, so that it needs no room. */
  plan.delay = NULL;
  g_assert_true (bcast_fault_line_push (fixture->line, &plan, frame, 0, fixture->now_us));
  expect (fixture, "1 1 1 1 1 1");
}

static gboolean
is_sent (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->sent->len == 4;
}

/* By itself, on the real clock. */
static void
test_alarm (Fixture       *fixture,
            gconstpointer  data)
{
  BcastFault faults[2];
  BcastActiveFault late = make (fixture, &faults[0], BCAST_FAULT_DELAY, 5, 5);
  BcastActiveFault rows = make (fixture, &faults[1], BCAST_FAULT_REORDER, 3, 0);
  const BcastFaultPlan plan = { .delay = &late, .reorder = &rows };

  fixture->now_us = g_get_monotonic_time ();
  push_all (fixture, &plan, 4);
  while (!is_sent (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - fixture->now_us, >=, BCAST_FAULT_LINE_ROW_TIMEOUT_MS * MS);
  expect (fixture, "3 2 1 4");
}

#define N_NUMBERS 300

/* What should become of each number, told from the rules alone. */
typedef struct
{
  Fixture          *fixture;
  BcastFault        faults[4];
  BcastActiveFault  active[4];
  BcastFaultPlan    plan;
  guint             n_seen;    /* by the drop that is on */
  guint             n_doubled; /* by the duplicate that is on: those that it saw */
  gboolean          is_dropped[N_NUMBERS];
  guint             n_twice;   /* of all */
  gboolean          has_rows;
} Model;

static const BcastActiveFault *
toss (Model          *model,
      guint           index,
      BcastFaultKind  kind,
      int             value)
{
  if (g_test_rand_bit ())
    return NULL;

  model->active[index] = make (model->fixture, &model->faults[index], kind, value,
                               kind == BCAST_FAULT_DELAY ? g_test_rand_int_range (0, value + 1) : 0);
  return &model->active[index];
}

static void
change (Model *model)
{
  model->plan.delay = toss (model, 0, BCAST_FAULT_DELAY, g_test_rand_int_range (1, 50));
  model->plan.duplicate = toss (model, 1, BCAST_FAULT_DUPLICATE, g_test_rand_int_range (1, 4));
  model->plan.reorder = model->has_rows ? toss (model, 2, BCAST_FAULT_REORDER, g_test_rand_int_range (2, 6))
                                        : NULL;
  model->plan.drop = toss (model, 3, BCAST_FAULT_DROP, g_test_rand_int_range (1, 5));
  model->n_seen = 0;
  model->n_doubled = 0;
}

static void
push_one (Model *model,
          guint  number)
{
  model->is_dropped[number] = model->plan.drop != NULL
                              && ++model->n_seen % model->plan.drop->fault->value == 0;
  if (!model->is_dropped[number] && model->plan.duplicate != NULL
      && ++model->n_doubled % model->plan.duplicate->fault->value == 0)
    model->n_twice++;
  g_assert_true (push (model->fixture, &model->plan, number));
}

static void
check (Model *model)
{
  GArray *sent = model->fixture->sent;
  guint times[N_NUMBERS] = { 0, };
  guint n_twice = 0;

  for (guint i = 0; i < sent->len; i++)
    {
      guint number = g_array_index (sent, guint, i);

      g_assert_cmpuint (number, <, N_NUMBERS);
      times[number]++;
      if (i > 0 && !model->has_rows)
        g_assert_cmpuint (number, >=, g_array_index (sent, guint, i - 1));
    }

  for (guint i = 0; i < N_NUMBERS; i++)
    {
      g_assert_cmpuint (times[i], >=, model->is_dropped[i] ? 0 : 1);
      g_assert_cmpuint (times[i], <=, model->is_dropped[i] ? 0 : 2);
      n_twice += times[i] == 2;
    }
  /* With rows it depends on them which fault sees a frame. */
  if (!model->has_rows)
    g_assert_cmpuint (n_twice, ==, model->n_twice);
  g_assert_cmpuint (bcast_fault_line_get_bytes (model->fixture->line), ==, 0);
}

/* Faults come and go while frames do: nothing is lost or made up but what should be. */
static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint round = 0; round < 200; round++)
    {
      Model model = { .fixture = fixture, .has_rows = round % 2 == 1 };
      const BcastFaultPlan well = { NULL, };

      g_array_set_size (fixture->sent, 0);
      for (guint i = 0; i < N_NUMBERS; i++)
        {
          if (g_test_rand_int_range (0, 20) == 0)
            change (&model);
          if (g_test_rand_int_range (0, 10) == 0)
            run_at (fixture, fixture->now_us + g_test_rand_int_range (0, 40) * MS);
          if (g_test_rand_int_range (0, 100) == 0)
            run_at (fixture, fixture->now_us + 2 * SECOND);
          push_one (&model, i);
        }
      bcast_fault_line_follow (fixture->line, &well, fixture->now_us);
      check (&model);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/fault-line/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("drop", test_drop);
  ADD ("duplicate", test_duplicate);
  ADD ("reorder", test_reorder);
  ADD ("delay", test_delay);
  ADD ("jitter", test_jitter);
  ADD ("together", test_together);
  ADD ("room", test_room);
  ADD ("alarm", test_alarm);
  ADD ("random", test_random);
#undef ADD

  return g_test_run ();
}
