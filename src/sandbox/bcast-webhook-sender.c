/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-sender-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-webhook-request-private.h"
#include "bcast-webhook-timer-private.h"
#include "bcast-webhook.h"

/**
 * BcastWebhookSender:
 *
 * Delivers to one receiver, one request at a time, so that a receiver that answers gets everything in order.
 * What failed is sent again later and lets the others pass meanwhile: one event that a receiver chokes on
 * does not keep it from the rest.
 *
 * Source: Channels documentation, “Webhooks”: retries with growing delays for five minutes.
 */
struct _BcastWebhookSender
{
  int                     n_refs; /* its owner's, and one of the request under way */
  SoupSession            *session;
  BcastApp               *app;
  BcastWebhookTimes       times;
  BcastWebhookSenderFunc  changed; /* NULL once the owner is gone */
  gpointer                user_data;

  GQueue                  waiting; /* BcastWebhookJob, by serial */
  gsize                   waiting_bytes;
  BcastWebhookJob        *current; /* NULL, or on its way */
  gint64                  started_us;
  GCancellable           *cancellable;
  GSource                *timer;
  gboolean                is_hurried; /* what waits is sent now, and only once */
  char                   *end_reason; /* NULL, or why nothing is sent any more */
};

static void dispatch (BcastWebhookSender *self);

static void
unref (BcastWebhookSender *self)
{
  if (--self->n_refs > 0)
    return;

  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  bcast_app_unref (self->app);
  g_free (self->end_reason);
  g_free (self);
}

/**
 * bcast_webhook_sender_new:
 * @session: what sends the requests
 * @app: who signs them
 * @times: when they are sent
 * @changed: told what becomes of them; must not free the sender, and is not called while something is pushed
 * @user_data: for @changed
 *
 * Returns: (transfer full): has nothing to send
 */
BcastWebhookSender *
bcast_webhook_sender_new (SoupSession             *session,
                          BcastApp                *app,
                          const BcastWebhookTimes *times,
                          BcastWebhookSenderFunc   changed,
                          gpointer                 user_data)
{
  g_return_val_if_fail (SOUP_IS_SESSION (session) && app != NULL && times != NULL && changed != NULL, NULL);

  BcastWebhookSender *self = g_new0 (BcastWebhookSender, 1);

  self->n_refs = 1;
  self->session = g_object_ref (session);
  self->app = bcast_app_ref (app);
  self->times = *times;
  self->changed = changed;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);
  return self;
}

/**
 * bcast_webhook_sender_set_app:
 * @self: a sender
 * @app: who signs what is sent from now on
 */
void
bcast_webhook_sender_set_app (BcastWebhookSender *self,
                              BcastApp           *app)
{
  g_return_if_fail (self != NULL && app != NULL);

  BcastApp *old = self->app;

  self->app = bcast_app_ref (app);
  bcast_app_unref (old);
}

static void
unref_job (gpointer job)
{
  bcast_webhook_job_unref (job);
}

/**
 * bcast_webhook_sender_free:
 * @self: (transfer full): nobody is told any more what becomes of its deliveries; a request under way is
 *   cancelled, and gone once the context ran
 */
void
bcast_webhook_sender_free (BcastWebhookSender *self)
{
  g_return_if_fail (self != NULL);

  self->changed = NULL;
  bcast_webhook_timer_stop (&self->timer);
  g_queue_clear_full (&self->waiting, unref_job);
  g_cancellable_cancel (self->cancellable);
  unref (self);
}

static BcastWebhookJob *
take_out (BcastWebhookSender *self,
          GList              *link)
{
  BcastWebhookJob *job = link->data;

  self->waiting_bytes -= strlen (job->delivery->body);
  g_queue_delete_link (&self->waiting, link);
  return job;
}

/* @job: (transfer full) */
static void
put_in (BcastWebhookSender *self,
        BcastWebhookJob    *job)
{
  GList *before = self->waiting.tail;

  while (before != NULL && ((BcastWebhookJob *) before->data)->delivery->serial > job->delivery->serial)
    before = before->prev;
  g_queue_insert_after (&self->waiting, before, job);
  self->waiting_bytes += strlen (job->delivery->body);
}

/* @job: (transfer full) */
static void
give_up (BcastWebhookSender *self,
         BcastWebhookJob    *job,
         const char         *reason)
{
  g_autoptr(BcastWebhookJob) kept = job;
  BcastWebhookDelivery *delivery = job->delivery;
  g_autofree char *before = g_steal_pointer (&delivery->text);
  g_autofree char *url = bcast_webhook_dup_shown_url (delivery->url);

  delivery->state = BCAST_WEBHOOK_GIVEN_UP;
  delivery->next_try_us = 0;
  delivery->ended_us = g_get_real_time ();
  delivery->text = before != NULL ? g_strdup_printf ("%s %s", reason, before)
                                  : g_strdup_printf (_("%s It was for %s."), reason, url);
  self->changed (job, self->user_data);
}

/* @job: (transfer full): not received */
static void
handle_failure (BcastWebhookSender *self,
                BcastWebhookJob    *job)
{
  BcastWebhookDelivery *delivery = job->delivery;
  gint64 now_us = g_get_monotonic_time ();
  gint64 delay_us = bcast_webhook_times_get_delay_ms (&self->times, delivery->attempts) * G_GINT64_CONSTANT (1000);

  if (job->is_only_try || self->is_hurried)
    give_up (self, job, _("A webhook was not delivered, and is not tried again."));
  else if (now_us + delay_us >= job->give_up_us)
    {
      g_autofree char *reason = g_strdup_printf (ngettext ("A webhook was given up after %u attempt.",
                                                           "A webhook was given up after %u attempts.",
                                                           delivery->attempts), delivery->attempts);
      give_up (self, job, reason);
    }
  else
    {
      job->next_us = now_us + delay_us;
      delivery->state = BCAST_WEBHOOK_WAITING;
      delivery->next_try_us = g_get_real_time () + delay_us;
      put_in (self, job);
      self->changed (job, self->user_data);
    }
}

static void
attempted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BcastWebhookSender *self = user_data;
  g_autoptr(BcastWebhookJob) job = g_steal_pointer (&self->current);
  BcastWebhookDelivery *delivery = job->delivery;
  g_autoptr(GError) error = NULL;
  gboolean is_received = bcast_webhook_request_finish (result, &delivery->status, &error);

  delivery->duration_us = g_get_monotonic_time () - self->started_us;
  if (self->changed == NULL)
    {
      unref (self);
      return;
    }

  if (delivery->state == BCAST_WEBHOOK_GIVEN_UP)
    self->changed (NULL, self->user_data);
  else if (is_received)
    {
      delivery->state = BCAST_WEBHOOK_DELIVERED;
      delivery->ended_us = g_get_real_time ();
      self->changed (job, self->user_data);
    }
  else
    {
      delivery->text = g_strdup (error->message);
      handle_failure (self, bcast_webhook_job_ref (job));
    }

  dispatch (self);
  unref (self);
}

/* @job: (transfer full) */
static void
attempt (BcastWebhookSender *self,
         BcastWebhookJob    *job)
{
  BcastWebhookDelivery *delivery = job->delivery;
  g_autoptr(GBytes) body = g_bytes_new (delivery->body, strlen (delivery->body));

  delivery->state = BCAST_WEBHOOK_SENDING;
  delivery->attempts++;
  delivery->status = 0;
  delivery->next_try_us = 0;
  g_clear_pointer (&delivery->text, g_free);

  self->current = job;
  self->started_us = g_get_monotonic_time ();
  self->n_refs++;
  bcast_webhook_request_async (self->session, &(BcastWebhookRequest) {
    .app = self->app,
    .url = delivery->url,
    .headers = (const char * const *) job->headers,
    .body = body,
    .timeout_ms = self->times.request_ms,
  }, self->cancellable, attempted_cb, self);
}

static gboolean
is_too_much (BcastWebhookSender *self)
{
  return self->waiting.length > BCAST_WEBHOOK_SENDER_MAX_WAITING
         || self->waiting_bytes > BCAST_WEBHOOK_SENDER_MAX_BYTES;
}

/* Why the oldest one that waits is not to be sent any more, if so. The clock of one that waited behind others
 * runs too. */
static const char *
find_end_reason (BcastWebhookSender *self,
                 gint64              now_us)
{
  if (self->end_reason != NULL)
    return self->end_reason;
  if (is_too_much (self))
    return _("More webhooks wait for this receiver than are kept: the oldest one was given up.");
  if (((BcastWebhookJob *) self->waiting.head->data)->give_up_us <= now_us)
    return _("A webhook was given up because the receiver did not take it in time.");
  return NULL;
}

static void
give_up_some (BcastWebhookSender *self,
              gint64              now_us)
{
  const char *reason;

  while (self->waiting.head != NULL && (reason = find_end_reason (self, now_us)) != NULL)
    give_up (self, take_out (self, self->waiting.head), reason);
}

static GList *
find_next (BcastWebhookSender *self)
{
  GList *next = self->waiting.head;

  if (self->is_hurried)
    return next;
  for (GList *l = next; l != NULL; l = l->next)
    if (((BcastWebhookJob *) l->data)->next_us < ((BcastWebhookJob *) next->data)->next_us)
      next = l;
  return next;
}

static gboolean
timer_cb (gpointer user_data)
{
  dispatch (user_data);
  return G_SOURCE_REMOVE;
}

static void
dispatch (BcastWebhookSender *self)
{
  gint64 now_us = g_get_monotonic_time ();

  bcast_webhook_timer_stop (&self->timer);
  give_up_some (self, now_us);

  GList *next = find_next (self);
  BcastWebhookJob *job = next != NULL ? next->data : NULL;

  if (job != NULL && self->current == NULL)
    {
      if (job->next_us <= now_us || self->is_hurried)
        attempt (self, take_out (self, next));
      else
        bcast_webhook_timer_start (&self->timer, (guint) ((job->next_us - now_us + 999) / 1000), timer_cb, self);
    }
}

/**
 * bcast_webhook_sender_push:
 * @self: a sender
 * @job: a delivery with a serial that is larger than those before; referenced
 *
 * Sends it soon. When too many wait the oldest are given up.
 */
void
bcast_webhook_sender_push (BcastWebhookSender *self,
                           BcastWebhookJob    *job)
{
  g_return_if_fail (self != NULL && job != NULL);

  gint64 now_us = g_get_monotonic_time ();

  job->next_us = now_us;
  job->give_up_us = now_us + self->times.give_up_ms * G_GINT64_CONSTANT (1000);
  job->delivery->next_try_us = g_get_real_time ();
  put_in (self, bcast_webhook_job_ref (job));
  bcast_webhook_timer_start (&self->timer, 0, timer_cb, self);
}

/**
 * bcast_webhook_sender_hurry:
 * @self: a sender
 *
 * Sends what waits without delay, and what fails is not tried again.
 */
void
bcast_webhook_sender_hurry (BcastWebhookSender *self)
{
  g_return_if_fail (self != NULL);

  self->is_hurried = TRUE;
  bcast_webhook_timer_start (&self->timer, 0, timer_cb, self);
}

/**
 * bcast_webhook_sender_give_up:
 * @self: a sender
 * @reason: a sentence that says why
 *
 * Gives up all there is and what comes later. It is idle when the request under way was stopped.
 */
void
bcast_webhook_sender_give_up (BcastWebhookSender *self,
                              const char         *reason)
{
  g_return_if_fail (self != NULL && reason != NULL);

  g_free (self->end_reason);
  self->end_reason = g_strdup (reason);
  g_cancellable_cancel (self->cancellable);
  if (self->current != NULL && self->current->delivery->state == BCAST_WEBHOOK_SENDING)
    give_up (self, bcast_webhook_job_ref (self->current), reason);
  dispatch (self);
}

/**
 * bcast_webhook_sender_is_idle:
 * @self: a sender
 *
 * Returns: whether nothing waits or is on its way
 */
gboolean
bcast_webhook_sender_is_idle (BcastWebhookSender *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->current == NULL && self->waiting.head == NULL;
}
