/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhooks-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-http-text.h"
#include "bcast-webhook-format-private.h"
#include "bcast-webhook-log-private.h"
#include "bcast-webhook-misses-private.h"
#include "bcast-webhook-report-private.h"
#include "bcast-webhook-request-private.h"
#include "bcast-webhook-target-private.h"
#include "bcast-webhook-timer-private.h"

/**
 * BcastWebhooks:
 *
 * The webhooks of one app: observes its hub, holds back what may be taken back, and tells each receiver what
 * it wants to know. It is used in the context it was made in.
 */
struct _BcastWebhooks
{
  BcastHub           *hub;
  BcastWebhookTimes   times;
  int                 clock_offset_s;

  SoupSession        *session;
  GPtrArray          *targets; /* BcastWebhookTarget */
  BcastWebhookSender *replays;
  BcastWebhookGrace  *grace;
  BcastWebhookMisses *misses;
  BcastWebhookLog    *log;
  guint64             last_serial;

  GTask              *flush; /* NULL but while it ends */
  GSource            *flush_limit;
  GSource            *flush_end;
  gboolean            is_cut;  /* the end did not come in time */
  gboolean            is_over; /* nothing is told any more */
};

static gint64
get_time_ms (BcastWebhooks *self)
{
  return g_get_real_time () / 1000 + self->clock_offset_s * G_GINT64_CONSTANT (1000);
}

/* @job: (transfer full) */
static void
send_job (BcastWebhooks      *self,
          BcastWebhookSender *sender,
          BcastWebhookJob    *job)
{
  job->delivery->serial = ++self->last_serial;
  bcast_webhook_log_push (self->log, job);
  bcast_webhook_sender_push (sender, job);
  bcast_webhook_job_unref (job);
}

static void
send_cb (BcastWebhookTarget *target,
         const char         *events,
         guint               n_events,
         gpointer            user_data)
{
  BcastWebhooks *self = user_data;
  BcastWebhookJob *job = bcast_webhook_job_new (target->webhook->url,
                                                (const char * const *) target->webhook->headers,
                                                bcast_webhook_format_body (get_time_ms (self), events));

  job->delivery->n_events = n_events;
  send_job (self, target->sender, job);
}

static void
tell_cb (const BcastReport *report,
         gpointer           user_data)
{
  BcastWebhooks *self = user_data;

  bcast_webhook_targets_tell (self->targets, report);
}

static void
observe_cb (BcastHub          *hub,
            const BcastReport *report,
            gpointer           user_data)
{
  BcastWebhooks *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  if (self->targets->len == 0 || self->is_over)
    return;

  if (report->kind == BCAST_REPORT_API_MESSAGE && report->channel != NULL)
    bcast_webhook_misses_forget (self->misses, report->channel);
  else if ((BCAST_WEBHOOK_ALL & 1u << report->kind) == 0)
    return;
  else if (report->kind != BCAST_REPORT_CACHE_MISS
           || bcast_webhook_misses_is_new (self->misses, report->channel, now_us))
    bcast_webhook_grace_take (self->grace, report, now_us);
}

static gboolean
is_idle (BcastWebhooks *self)
{
  return bcast_webhook_targets_are_idle (self->targets) && bcast_webhook_sender_is_idle (self->replays);
}

static gboolean
flush_end_cb (gpointer user_data)
{
  BcastWebhooks *self = user_data;

  bcast_webhook_timer_stop (&self->flush_end);
  if (!is_idle (self))
    return G_SOURCE_REMOVE;

  g_autoptr(GTask) task = g_steal_pointer (&self->flush);

  bcast_webhook_timer_stop (&self->flush_limit);
  self->is_over = TRUE;
  g_task_return_boolean (task, !self->is_cut);
  return G_SOURCE_REMOVE;
}

/* Not at once: whoever waits for the end may free everything. */
static void
end_flush_if_idle (BcastWebhooks *self)
{
  if (self->flush != NULL && is_idle (self))
    bcast_webhook_timer_start (&self->flush_end, 0, flush_end_cb, self);
}

static void
changed_cb (BcastWebhookJob *job,
            gpointer         user_data)
{
  BcastWebhooks *self = user_data;

  if (job != NULL)
    bcast_webhook_report (self->hub, job->delivery);
  end_flush_if_idle (self);
}

static BcastWebhookSender *
make_sender (BcastWebhooks *self)
{
  return bcast_webhook_sender_new (self->session, bcast_hub_get_app (self->hub), &self->times, changed_cb, self);
}

/**
 * bcast_webhooks_new:
 * @hub: an app
 *
 * Returns: (transfer full): observes @hub, and has nobody to tell
 */
BcastWebhooks *
bcast_webhooks_new (BcastHub *hub)
{
  return bcast_webhooks_new_with_times (hub, &(BcastWebhookTimes) BCAST_WEBHOOK_TIMES_DEFAULT);
}

/**
 * bcast_webhooks_new_with_times:
 * @hub: an app
 * @times: when webhooks are sent
 *
 * Returns: (transfer full): as bcast_webhooks_new()
 */
BcastWebhooks *
bcast_webhooks_new_with_times (BcastHub                *hub,
                               const BcastWebhookTimes *times)
{
  g_return_val_if_fail (BCAST_IS_HUB (hub) && times != NULL, NULL);

  BcastWebhooks *self = g_new0 (BcastWebhooks, 1);

  self->hub = g_object_ref (hub);
  self->times = *times;
  self->session = bcast_webhook_session_new ();
  self->targets = bcast_webhook_targets_new ();
  self->replays = make_sender (self);
  self->grace = bcast_webhook_grace_new (times->grace_ms, tell_cb, self);
  self->misses = bcast_webhook_misses_new ();
  self->log = bcast_webhook_log_new ();
  bcast_hub_add_observer (hub, observe_cb, self);
  return self;
}

/**
 * bcast_webhooks_free:
 * @self: (transfer full): webhooks; what was not sent yet is not sent. Requests under way are cancelled, and
 *   gone once the context ran; after bcast_webhooks_flush_async() there are none. A flush must have ended
 */
void
bcast_webhooks_free (BcastWebhooks *self)
{
  g_return_if_fail (self != NULL && self->flush == NULL);

  bcast_hub_remove_observer (self->hub, observe_cb, self);
  bcast_webhook_grace_free (self->grace);
  bcast_webhook_misses_free (self->misses);
  g_ptr_array_unref (self->targets);
  bcast_webhook_sender_free (self->replays);
  bcast_webhook_log_free (self->log);
  g_object_unref (self->session);
  g_object_unref (self->hub);
  g_free (self);
}

/**
 * bcast_webhooks_set:
 * @self: webhooks
 * @webhooks: (element-type BcastWebhook): who is told from now on; copied, and each was checked
 *
 * They are signed with what the app's key and secret are now. What waits for a receiver that stays is still
 * sent to it; the rest is given up. Not to be called by an observer of the hub.
 */
void
bcast_webhooks_set (BcastWebhooks *self,
                    GPtrArray     *webhooks)
{
  g_return_if_fail (self != NULL && webhooks != NULL);

  g_autoptr(GPtrArray) before = g_steal_pointer (&self->targets);

  self->targets = bcast_webhook_targets_new ();
  bcast_webhook_sender_set_app (self->replays, bcast_hub_get_app (self->hub));
  for (guint i = 0; i < webhooks->len; i++)
    {
      const BcastWebhook *webhook = webhooks->pdata[i];
      BcastWebhookTarget *target = bcast_webhook_targets_take (before, webhook->url);

      if (target != NULL)
        {
          bcast_webhook_sender_set_app (target->sender, bcast_hub_get_app (self->hub));
          bcast_webhook_target_set_webhook (target, webhook);
        }
      else
        target = bcast_webhook_target_new (webhook, make_sender (self), self->times.batch_ms, send_cb, self);
      g_ptr_array_add (self->targets, target);
    }

  bcast_webhook_targets_give_up (before, _("A webhook was given up because its receiver was removed."));
}

/**
 * bcast_webhooks_set_clock_offset:
 * @self: webhooks
 * @offset_s: how many seconds the clock that webhooks tell is ahead; negative for behind
 *
 * To try what a receiver does with webhooks that are too old or from the future.
 */
void
bcast_webhooks_set_clock_offset (BcastWebhooks *self,
                                 int            offset_s)
{
  g_return_if_fail (self != NULL);

  self->clock_offset_s = offset_s;
}

/**
 * bcast_webhooks_list:
 * @self: webhooks
 *
 * Returns: (transfer full) (element-type BcastWebhookDelivery): the last deliveries, the oldest first
 */
GPtrArray *
bcast_webhooks_list (BcastWebhooks *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return bcast_webhook_log_list (self->log);
}

/* Headers may be secret, and go to whom they were meant for only. */
static const char * const *
find_headers (BcastWebhooks   *self,
              BcastWebhookJob *original,
              const char      *url)
{
  const BcastWebhookTarget *target = bcast_webhook_targets_find (self->targets, url);

  if (target != NULL)
    return (const char * const *) target->webhook->headers;
  return strcmp (original->delivery->url, url) == 0 ? (const char * const *) original->headers : NULL;
}

/**
 * bcast_webhooks_replay:
 * @self: webhooks
 * @serial: one of the last deliveries
 * @url: (nullable): where it goes instead
 * @error: %BCAST_ERROR_NOT_FOUND, or %BCAST_ERROR_INVALID for @url
 *
 * Sends the same events again, once, and at the time that it is now: receivers refuse what is old.
 *
 * Returns: the new delivery's serial, or 0 with @error set
 */
guint64
bcast_webhooks_replay (BcastWebhooks  *self,
                       guint64         serial,
                       const char     *url,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL, 0);

  BcastWebhookJob *original = bcast_webhook_log_find (self->log, serial);

  if (original == NULL)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, serial);

      g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                   _("There is no webhook delivery %s among the last %d. Choose one that is listed."), number,
                   BCAST_WEBHOOK_LOG_MAX);
      return 0;
    }
  if (url != NULL && !bcast_http_url_check (url, error))
    return 0;

  const char *target = url != NULL ? url : original->delivery->url;
  char *body = bcast_webhook_format_again (get_time_ms (self), original->delivery->body);
  BcastWebhookJob *job = bcast_webhook_job_new (target, find_headers (self, original, target), body);

  job->delivery->n_events = original->delivery->n_events;
  job->delivery->replay_of = serial;
  job->is_only_try = TRUE;
  send_job (self, self->replays, job);
  return self->last_serial;
}

static gboolean
flush_limit_cb (gpointer user_data)
{
  BcastWebhooks *self = user_data;
  const char *reason = _("A webhook was given up because the server stopped.");

  bcast_webhook_timer_stop (&self->flush_limit);
  self->is_cut = TRUE;
  bcast_webhook_targets_give_up (self->targets, reason);
  bcast_webhook_sender_give_up (self->replays, reason);
  return G_SOURCE_REMOVE;
}

/**
 * bcast_webhooks_flush_async:
 * @self: webhooks, once and for the last time
 * @limit_ms: how long it may take
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Ends: what is held back is told, what waits is sent, each once, and what is not received by the limit is
 * given up. What happens meanwhile is told without grace. Afterwards nothing is told any more.
 */
void
bcast_webhooks_flush_async (BcastWebhooks       *self,
                            guint                limit_ms,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (self != NULL && self->flush == NULL);

  self->flush = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (self->flush, bcast_webhooks_flush_async);

  bcast_webhook_grace_end (self->grace);
  bcast_webhook_targets_hurry (self->targets);
  bcast_webhook_sender_hurry (self->replays);

  bcast_webhook_timer_start (&self->flush_limit, limit_ms, flush_limit_cb, self);
  end_flush_if_idle (self);
}

/**
 * bcast_webhooks_flush_finish:
 * @self: webhooks
 * @result: what the callback received
 *
 * Returns: whether all was sent before the limit, received or not
 */
gboolean
bcast_webhooks_flush_finish (BcastWebhooks *self,
                             GAsyncResult  *result)
{
  g_return_val_if_fail (self != NULL && g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
