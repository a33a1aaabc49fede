/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-reports-private.h"

#define EVERY_US (10 * G_USEC_PER_SEC) /* ours to choose: soon enough for somebody who tries something again */

/**
 * BcastReports:
 *
 * What was said of a server's mistakes lately. A server may make the same mistake a hundred thousand times
 * a second, or as many different ones; who is told wants to hear of each once.
 */
struct _BcastReports
{
  GHashTable *said;     /* a set of sentences */
  gint64      since_us; /* when the first of them was said */
};

/**
 * bcast_reports_new:
 *
 * Returns: (transfer full): nothing said yet
 */
BcastReports *
bcast_reports_new (void)
{
  BcastReports *self = g_new0 (BcastReports, 1);

  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * bcast_reports_free:
 * @self: (transfer full): what was said
 */
void
bcast_reports_free (BcastReports *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->said);
  g_free (self);
}

/**
 * bcast_reports_reset:
 * @self: what was said
 *
 * Forgets it, as when the server is met anew.
 */
void
bcast_reports_reset (BcastReports *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->said);
}

/**
 * bcast_reports_add:
 * @self: what was said
 * @sentence: what might be said now
 * @now_us: the monotonic time
 *
 * Returns: whether to say it
 */
BcastReportsAnswer
bcast_reports_add (BcastReports *self,
                   const char   *sentence,
                   gint64        now_us)
{
  g_return_val_if_fail (self != NULL && sentence != NULL, BCAST_REPORTS_PASS_OVER);

  guint n_said = g_hash_table_size (self->said);

  if (n_said > 0 && now_us - self->since_us >= EVERY_US)
    {
      g_hash_table_remove_all (self->said);
      n_said = 0;
    }

  if (n_said == BCAST_REPORTS_MOST || g_hash_table_contains (self->said, sentence))
    return BCAST_REPORTS_PASS_OVER;

  if (n_said == 0)
    self->since_us = now_us;
  g_hash_table_add (self->said, g_strdup (sentence));
  return n_said + 1 < BCAST_REPORTS_MOST ? BCAST_REPORTS_SAY : BCAST_REPORTS_SAY_LAST;
}
