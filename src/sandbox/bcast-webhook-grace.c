/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-grace-private.h"

#include "bcast-webhook-timer-private.h"

/**
 * BcastWebhookGrace:
 *
 * Holds back that a channel was vacated or a member left, in case somebody reloads a page or changes from one
 * network to another. Who is back in time was never away: neither the leave nor the join is told. What else
 * happens is told at once. Channels and members are apart: when the last member of a presence channel leaves
 * and another comes, the channel was never vacated, but one member left and the other joined.
 *
 * Source: Channels documentation, “Webhooks”, section “Delays”.
 */
struct _BcastWebhookGrace
{
  BcastWebhookGraceFunc  tell;
  gpointer               user_data;
  gint64                 grace_us;

  GQueue                 leaves; /* Leave, the first that is due at the head */
  GHashTable            *links;  /* who left what → its link in leaves; the leave owns the key */
  GSource               *timer;  /* NULL while nothing waits */
};

typedef struct
{
  char        *key;
  BcastReport *report;
  gint64       due_us;
} Leave;

static void
free_leave (gpointer data)
{
  Leave *leave = data;

  g_free (leave->key);
  bcast_report_free (leave->report);
  g_free (leave);
}

/**
 * bcast_webhook_grace_new:
 * @grace_ms: for how long a leave is held back; 0 for not at all
 * @tell: called with each report that stands
 * @user_data: for @tell
 *
 * Returns: (transfer full): holds nothing back yet
 */
BcastWebhookGrace *
bcast_webhook_grace_new (guint                  grace_ms,
                         BcastWebhookGraceFunc  tell,
                         gpointer               user_data)
{
  g_return_val_if_fail (tell != NULL, NULL);

  BcastWebhookGrace *self = g_new0 (BcastWebhookGrace, 1);

  self->tell = tell;
  self->user_data = user_data;
  self->grace_us = grace_ms * G_GINT64_CONSTANT (1000);
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->leaves);
  return self;
}

/**
 * bcast_webhook_grace_free:
 * @self: (transfer full): what is held back is not told
 */
void
bcast_webhook_grace_free (BcastWebhookGrace *self)
{
  g_return_if_fail (self != NULL);

  bcast_webhook_timer_stop (&self->timer);
  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->leaves, free_leave);
  g_free (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  BcastWebhookGrace *self = user_data;

  bcast_webhook_timer_stop (&self->timer);
  bcast_webhook_grace_run (self, g_get_monotonic_time ());
  return G_SOURCE_REMOVE;
}

static void
start_timer (BcastWebhookGrace *self,
             gint64             now_us)
{
  const Leave *first = g_queue_peek_head (&self->leaves);

  if (self->timer == NULL && first != NULL)
    bcast_webhook_timer_start (&self->timer, (guint) (MAX (first->due_us - now_us, 0) / 1000 + 1), timer_cb, self);
}

/* No channel's name has a space in it. */
static char *
make_key (const BcastReport *report)
{
  return g_strjoin (" ", report->channel, report->user_id, NULL);
}

static Leave *
take_out (BcastWebhookGrace *self,
          GList             *link)
{
  Leave *leave = link->data;

  g_hash_table_remove (self->links, leave->key);
  g_queue_delete_link (&self->leaves, link);
  return leave;
}

static void
tell_first (BcastWebhookGrace *self)
{
  Leave *leave = take_out (self, self->leaves.head);

  self->tell (leave->report, self->user_data);
  free_leave (leave);
}

static void
hold_back (BcastWebhookGrace *self,
           const BcastReport *report,
           gint64             now_us)
{
  Leave *leave = g_new0 (Leave, 1);

  leave->key = make_key (report);
  leave->report = bcast_report_copy (report);
  leave->due_us = now_us + self->grace_us;

  /* A flood of them is told early rather than kept. */
  if (self->leaves.length >= BCAST_WEBHOOK_GRACE_MAX)
    tell_first (self);
  g_queue_push_tail (&self->leaves, leave);
  g_hash_table_replace (self->links, leave->key, self->leaves.tail);
  start_timer (self, now_us);
}

/* Whether somebody is back who left a moment ago. */
static gboolean
take_back (BcastWebhookGrace *self,
           const BcastReport *report)
{
  g_autofree char *key = make_key (report);
  GList *link = g_hash_table_lookup (self->links, key);

  if (link == NULL)
    return FALSE;

  free_leave (take_out (self, link));
  return TRUE;
}

/**
 * bcast_webhook_grace_take:
 * @self: a grace
 * @report: something that happened, to be told
 * @now_us: the monotonic clock
 *
 * Tells it at once, later, or not at all.
 */
void
bcast_webhook_grace_take (BcastWebhookGrace *self,
                          const BcastReport *report,
                          gint64             now_us)
{
  g_return_if_fail (self != NULL && report != NULL);

  gboolean is_leave = report->kind == BCAST_REPORT_VACATED || report->kind == BCAST_REPORT_MEMBER_REMOVED;
  gboolean is_join = report->kind == BCAST_REPORT_OCCUPIED || report->kind == BCAST_REPORT_MEMBER_ADDED;

  /* The timer may be late: who comes back now is too late nevertheless. */
  bcast_webhook_grace_run (self, now_us);

  if (is_leave && self->grace_us > 0)
    hold_back (self, report, now_us);
  else if (!is_join || !take_back (self, report))
    self->tell (report, self->user_data);
}

/**
 * bcast_webhook_grace_run:
 * @self: a grace
 * @now_us: the monotonic clock
 *
 * Tells what was held back for long enough. Called by itself when there is something to tell.
 */
void
bcast_webhook_grace_run (BcastWebhookGrace *self,
                         gint64             now_us)
{
  g_return_if_fail (self != NULL);

  while (self->leaves.head != NULL && ((Leave *) self->leaves.head->data)->due_us <= now_us)
    tell_first (self);
  start_timer (self, now_us);
}

/**
 * bcast_webhook_grace_end:
 * @self: a grace
 *
 * Tells at once what is held back, and holds nothing back from now on: nobody will come back.
 */
void
bcast_webhook_grace_end (BcastWebhookGrace *self)
{
  g_return_if_fail (self != NULL);

  self->grace_us = 0;
  bcast_webhook_timer_stop (&self->timer);
  while (self->leaves.head != NULL)
    tell_first (self);
}
