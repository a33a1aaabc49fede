/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-grace-private.h"
#include "hub-fixture.h"

#include <string.h>

#include "bcast-webhook.h"

#define MS 1000

typedef struct
{
  BcastWebhookGrace *grace;
  GString           *told;
} Fixture;

static void
tell_cb (const BcastReport *report,
         gpointer           user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->told, "%s %s%s%s;", bcast_webhook_kind_to_string (report->kind), report->channel,
                          report->user_id != NULL ? " " : "", report->user_id != NULL ? report->user_id : "");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->told = g_string_new (NULL);
  fixture->grace = bcast_webhook_grace_new (BCAST_WEBHOOK_GRACE_MS, tell_cb, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_webhook_grace_free (fixture->grace);
  g_string_free (fixture->told, TRUE);
}

static void
take (Fixture         *fixture,
      BcastReportKind  kind,
      const char      *channel,
      const char      *user_id,
      gint64           now_ms)
{
  const BcastReport report = { .kind = kind, .channel = (char *) channel, .user_id = (char *) user_id };

  bcast_webhook_grace_take (fixture->grace, &report, now_ms * MS);
}

static void
expect (Fixture    *fixture,
        const char *told)
{
  g_assert_cmpstr (fixture->told->str, ==, told);
  g_string_truncate (fixture->told, 0);
}

static void
test_held_back (Fixture       *fixture,
                gconstpointer  data)
{
  take (fixture, BCAST_REPORT_OCCUPIED, "ch", NULL, 1);
  expect (fixture, "channel_occupied ch;");
  take (fixture, BCAST_REPORT_VACATED, "ch", NULL, 1000);
  bcast_webhook_grace_run (fixture->grace, 3999 * MS);
  expect (fixture, "");
  bcast_webhook_grace_run (fixture->grace, 4000 * MS);
  expect (fixture, "channel_vacated ch;");
  take (fixture, BCAST_REPORT_OCCUPIED, "ch", NULL, 4001);
  expect (fixture, "channel_occupied ch;");

  /* Nothing else waits. */
  take (fixture, BCAST_REPORT_VACATED, "ch", NULL, 5000);
  take (fixture, BCAST_REPORT_CLIENT_EVENT, "ch", "ann", 5000);
  take (fixture, BCAST_REPORT_SUBSCRIPTION_COUNT, "ch", NULL, 5000);
  expect (fixture, "client_event ch ann;subscription_count ch;");
}

static void
test_back_in_time (Fixture       *fixture,
                   gconstpointer  data)
{
  take (fixture, BCAST_REPORT_VACATED, "ch", NULL, 1000);
  take (fixture, BCAST_REPORT_OCCUPIED, "ch", NULL, 3999);
  expect (fixture, "");

  /* Each leave has its own three seconds. */
  take (fixture, BCAST_REPORT_VACATED, "ch", NULL, 4000);
  bcast_webhook_grace_run (fixture->grace, 6999 * MS);
  expect (fixture, "");
  bcast_webhook_grace_run (fixture->grace, 7000 * MS);
  expect (fixture, "channel_vacated ch;");

  /* A moment too late, even if the timer is late too. */
  take (fixture, BCAST_REPORT_OCCUPIED, "ch", NULL, 8000);
  take (fixture, BCAST_REPORT_VACATED, "ch", NULL, 9000);
  take (fixture, BCAST_REPORT_OCCUPIED, "ch", NULL, 12000);
  expect (fixture, "channel_occupied ch;channel_vacated ch;channel_occupied ch;");
}

static void
test_last_member (Fixture       *fixture,
                  gconstpointer  data)
{
  take (fixture, BCAST_REPORT_MEMBER_REMOVED, "presence-p", "ann", 1000);
  take (fixture, BCAST_REPORT_VACATED, "presence-p", NULL, 1000);
  take (fixture, BCAST_REPORT_OCCUPIED, "presence-p", NULL, 2000);
  take (fixture, BCAST_REPORT_MEMBER_ADDED, "presence-p", "ann", 2000);
  bcast_webhook_grace_run (fixture->grace, 9000 * MS);
  expect (fixture, "");

  /* Another one comes: the channel was never vacated. */
  take (fixture, BCAST_REPORT_MEMBER_REMOVED, "presence-p", "ann", 10000);
  take (fixture, BCAST_REPORT_VACATED, "presence-p", NULL, 10000);
  take (fixture, BCAST_REPORT_OCCUPIED, "presence-p", NULL, 11000);
  take (fixture, BCAST_REPORT_MEMBER_ADDED, "presence-p", "bob", 11000);
  expect (fixture, "member_added presence-p bob;");
  bcast_webhook_grace_run (fixture->grace, 13000 * MS);
  expect (fixture, "member_removed presence-p ann;");

  /* Nobody comes. */
  take (fixture, BCAST_REPORT_MEMBER_REMOVED, "presence-p", "bob", 20000);
  take (fixture, BCAST_REPORT_VACATED, "presence-p", NULL, 20000);
  bcast_webhook_grace_run (fixture->grace, 23000 * MS);
  expect (fixture, "member_removed presence-p bob;channel_vacated presence-p;");
}

static void
test_end (Fixture       *fixture,
          gconstpointer  data)
{
  take (fixture, BCAST_REPORT_MEMBER_REMOVED, "presence-p", "ann", 1000);
  take (fixture, BCAST_REPORT_VACATED, "presence-p", NULL, 1000);
  bcast_webhook_grace_end (fixture->grace);
  expect (fixture, "member_removed presence-p ann;channel_vacated presence-p;");
  take (fixture, BCAST_REPORT_VACATED, "ch", NULL, 1100);
  expect (fixture, "channel_vacated ch;");
}

static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i <= BCAST_WEBHOOK_GRACE_MAX; i++)
    {
      g_autofree char *channel = g_strdup_printf ("ch-%u", i);

      take (fixture, BCAST_REPORT_VACATED, channel, NULL, 1);
    }
  expect (fixture, "channel_vacated ch-0;");
}

static void
test_timer (void)
{
  Fixture fixture = { .told = g_string_new (NULL) };

  fixture.grace = bcast_webhook_grace_new (20, tell_cb, &fixture);
  take (&fixture, BCAST_REPORT_VACATED, "ch", NULL, g_get_monotonic_time () / MS);
  expect (&fixture, "");
  while (fixture.told->len == 0)
    g_main_context_iteration (NULL, TRUE);
  expect (&fixture, "channel_vacated ch;");
  tear_down (&fixture, NULL);
}

/* Sockets come and go at random. What a channel's and a member's history says must be told: all of it but
 * the breaks that were shorter than the grace. */
#define N_SIDES 6
#define N_USERS 3
#define N_TICKS 3000
#define TICK_MS 250
#define ROOM    "presence-room"

typedef struct
{
  HubFixture         hub;
  HubSide            sides[N_SIDES];
  int                users[N_SIDES];    /* as whom a side is on the channel; -1 for not at all */
  gint64             now_us;
  BcastWebhookGrace *grace;
  GArray            *changes[1 + N_USERS]; /* when the channel, or a user, came and left by turns */
  GArray            *told[1 + N_USERS];    /* the same as it was told */
} Random;

static void
random_told_cb (const BcastReport *report,
                gpointer           user_data)
{
  Random *random = user_data;
  guint who = report->user_id != NULL ? 1 + report->user_id[0] - '0' : 0;
  gboolean is_join = report->kind == BCAST_REPORT_OCCUPIED || report->kind == BCAST_REPORT_MEMBER_ADDED;

  if (!bcast_webhook_wants (&(BcastWebhook) { 0 }, report))
    return;
  g_assert_cmpstr (report->channel, ==, ROOM);
  g_assert_cmpuint (random->told[who]->len % 2, ==, is_join ? 0 : 1);
  g_array_append_val (random->told[who], random->now_us);
}

static void
observe_cb (BcastHub          *hub,
            const BcastReport *report,
            gpointer           user_data)
{
  Random *random = user_data;

  bcast_webhook_grace_take (random->grace, report, random->now_us);
}

static guint
count (Random *random,
       guint   who)
{
  guint n = 0;

  for (guint i = 0; i < N_SIDES; i++)
    n += who == 0 ? random->users[i] >= 0 : random->users[i] == (int) who - 1;
  return n;
}

static void
change (Random *random,
        guint   side,
        int     user)
{
  guint before[1 + N_USERS];
  g_autofree char *user_id = g_strdup_printf ("%d", user);

  for (guint who = 0; who <= N_USERS; who++)
    before[who] = count (random, who);
  random->users[side] = user;
  if (user >= 0)
    bcast_hub_subscribe (random->hub.hub, random->sides[side].peer, ROOM, user_id, NULL, NULL);
  else
    bcast_hub_unsubscribe (random->hub.hub, random->sides[side].peer, ROOM);

  for (guint who = 0; who <= N_USERS; who++)
    if ((before[who] > 0) != (count (random, who) > 0))
      g_array_append_val (random->changes[who], random->now_us);
}

static void
forget_short_breaks (GArray *changes)
{
  for (guint i = 1; i + 1 < changes->len;)
    {
      if (g_array_index (changes, gint64, i + 1) - g_array_index (changes, gint64, i) < 3000 * MS)
        g_array_remove_range (changes, i, 2);
      else
        i += 2;
    }
}

static void
random_set_up (Random *random)
{
  hub_fixture_set_up (&random->hub, NULL);
  random->grace = bcast_webhook_grace_new (BCAST_WEBHOOK_GRACE_MS, random_told_cb, random);
  bcast_hub_add_observer (random->hub.hub, observe_cb, random);
  for (guint who = 0; who <= N_USERS; who++)
    {
      random->changes[who] = g_array_new (FALSE, FALSE, sizeof (gint64));
      random->told[who] = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  for (guint i = 0; i < N_SIDES; i++)
    {
      random->users[i] = -1;
      hub_side_join (&random->hub, &random->sides[i]);
    }
}

static void
random_tear_down (Random *random)
{
  bcast_hub_remove_observer (random->hub.hub, observe_cb, random);
  bcast_webhook_grace_free (random->grace);
  for (guint who = 0; who <= N_USERS; who++)
    {
      g_array_unref (random->told[who]);
      g_array_unref (random->changes[who]);
    }
  for (guint i = 0; i < N_SIDES; i++)
    hub_side_part (&random->sides[i]);
  hub_fixture_tear_down (&random->hub, NULL);
}

static void
tick (Random *random)
{
  random->now_us += TICK_MS * MS;
  bcast_webhook_grace_run (random->grace, random->now_us);
}

static void
check_told (GArray *told,
            GArray *changes)
{
  forget_short_breaks (changes);
  g_assert_cmpuint (told->len, ==, changes->len);
  for (guint i = 0; i < told->len; i++)
    g_assert_cmpint (g_array_index (told, gint64, i), ==,
                     g_array_index (changes, gint64, i) + (i % 2) * BCAST_WEBHOOK_GRACE_MS * MS);
}

static void
test_random (void)
{
  Random random = { .now_us = 0 };
  guint n_told = 0, n_changes = 0;

  random_set_up (&random);
  for (guint i = 0; i < N_TICKS; i++)
    {
      guint side = g_test_rand_int_range (0, N_SIDES);

      tick (&random);
      if (random.users[side] >= 0)
        change (&random, side, -1);
      else if (g_test_rand_int_range (0, 4) == 0)
        change (&random, side, g_test_rand_int_range (0, N_USERS));
    }
  for (guint i = 0; i < N_SIDES; i++)
    if (random.users[i] >= 0)
      change (&random, i, -1);
  for (guint ms = 0; ms < BCAST_WEBHOOK_GRACE_MS; ms += TICK_MS)
    tick (&random);

  for (guint who = 0; who <= N_USERS; who++)
    {
      n_changes += random.changes[who]->len;
      n_told += random.told[who]->len;
      check_told (random.told[who], random.changes[who]);
    }
  g_assert_cmpuint (n_told, >, 50);
  g_assert_cmpuint (n_changes, >, 2 * n_told);
  random_tear_down (&random);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/webhook-grace/held-back", Fixture, NULL, set_up, test_held_back, tear_down);
  g_test_add ("/webhook-grace/back-in-time", Fixture, NULL, set_up, test_back_in_time, tear_down);
  g_test_add ("/webhook-grace/last-member", Fixture, NULL, set_up, test_last_member, tear_down);
  g_test_add ("/webhook-grace/end", Fixture, NULL, set_up, test_end, tear_down);
  g_test_add ("/webhook-grace/flood", Fixture, NULL, set_up, test_flood, tear_down);
  g_test_add_func ("/webhook-grace/timer", test_timer);
  g_test_add_func ("/webhook-grace/random", test_random);

  return g_test_run ();
}
