/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-network-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"

static void
expired_cb (gint64            event_id,
            BcastEventOutcome outcome,
            gpointer          user_data)
{
  BcastNetwork *self = user_data;

  bcast_journal_set_outcome (self->journal, event_id, outcome);
}

static gboolean expire_cb (gpointer data);

static void
schedule_expiry (BcastNetwork *self)
{
  if (self->expire_source != NULL)
    return;

  gint64 now_us = g_get_monotonic_time ();
  gint64 due_us = bcast_matcher_expire (self->matcher, now_us, expired_cb, self);

  if (due_us >= 0)
    self->expire_source = bcast_network_add_timeout (self, (guint) (MAX (due_us - now_us, 0) / 1000 + 1),
                                                     expire_cb, self);
}

static gboolean
expire_cb (gpointer data)
{
  BcastNetwork *self = data;

  g_clear_pointer (&self->expire_source, g_source_unref);
  schedule_expiry (self);
  return G_SOURCE_REMOVE;
}

/* What was sent together, until every request of it was answered. */
typedef struct
{
  BcastNetwork  *network;
  GTask         *task;
  GPtrArray     *drafts;
  BcastSendPlan *plan;
  GArray        *event_ids; /* of gint64, one a row */
  gint64         sent_us;
  guint          n_answered;
  GError        *error;     /* of the request that failed */
} Sending;

static void
sending_free (Sending *self)
{
  bcast_network_release_task (self->task);
  g_ptr_array_unref (self->drafts);
  bcast_send_plan_free (self->plan);
  g_array_unref (self->event_ids);
  g_clear_error (&self->error);
  g_free (self);
}

static char **
dup_expected (BcastNetwork     *self,
              const BcastDraft *draft,
              const char       *channel)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GHashTableIter iter;
  BcastNetworkClient *client;
  char **expected;

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &client))
    {
      BcastSubscription *subscription = bcast_client_find_subscription (client->client, channel);

      if (subscription != NULL
          && bcast_subscription_get_state (subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED
          && bcast_client_get_state (client->client) == BCAST_CLIENT_CONNECTED
          && g_strcmp0 (client->name, draft->sender) != 0
          && g_strcmp0 (client->name, draft->excluded) != 0)
        g_strv_builder_add (builder, client->name);
    }
  expected = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return expected;
}

static void
open_event (Sending            *sending,
            const BcastSendRow *row)
{
  BcastNetwork *self = sending->network;
  const BcastDraft *draft = g_ptr_array_index (sending->drafts, row->draft);
  g_autoptr(BcastEventRecord) record = bcast_event_record_new ();
  gint64 id = bcast_journal_next_id (self->journal);

  g_array_append_val (sending->event_ids, id);
  record->id = id;
  record->trigger_id = g_array_index (sending->event_ids, gint64, 0);
  record->outcome = BCAST_EVENT_WAITING;
  record->time_us = bcast_network_to_wall_us (sending->sent_us);
  record->channel = g_strdup (row->channel);
  record->name = g_strdup (draft->name);
  record->data = g_strdup (row->data);
  record->sender = g_strdup (draft->sender);
  record->excluded = g_strdup (draft->excluded);
  record->expected = dup_expected (self, draft, row->channel);
  record->accepted_us = -1;

  bcast_matcher_add_sent (self->matcher, id, record->channel, record->name, record->data,
                          (const char * const *) record->expected, record->excluded, sending->sent_us);
  bcast_journal_append (self->journal, record);
  bcast_stats_window_add_event (&self->stats);
}

/* Rows are written before the requests go out, so that a delivery which overtakes the answer finds its
 * event. */
static void
open_events (Sending *sending)
{
  for (guint i = 0; i < sending->plan->rows->len; i++)
    open_event (sending, g_ptr_array_index (sending->plan->rows, i));
  schedule_expiry (sending->network);
  bcast_network_touch_stats (sending->network);
}

/* What became of one request, or of a client event. */
typedef struct
{
  gboolean      is_refused;
  guint         status;
  gint64        accepted_us;
  const char   *request;
  const char   *response;
  const GError *error;
} Answer;

static void
settle_events (Sending      *sending,
               guint         first,
               guint         n,
               const Answer *answer)
{
  BcastNetwork *self = sending->network;

  for (guint i = first; i < first + n; i++)
    {
      gint64 id = g_array_index (sending->event_ids, gint64, i);
      BcastEventOutcome outcome = bcast_matcher_set_answer (self->matcher, id, answer->is_refused);

      bcast_journal_settle (self->journal, id, outcome, answer->status, answer->accepted_us, answer->request,
                            answer->response, answer->error != NULL ? answer->error->message : NULL);
    }
}

static void
finish (Sending *sending)
{
  guint n_requests = sending->plan->requests->len;

  if (sending->error != NULL && n_requests > 1)
    g_prefix_error (&sending->error, _("Request %u of %u failed, and nothing after it was sent. "),
                    sending->n_answered, n_requests);
  if (sending->error != NULL)
    g_task_return_error (sending->task, g_steal_pointer (&sending->error));
  else
    g_task_return_int (sending->task, (gssize) g_array_index (sending->event_ids, gint64, 0));
  sending_free (sending);
}

static char *
format_request (const BcastApiReply *reply)
{
  return g_strdup_printf ("%s %s HTTP/1.1\nContent-Type: application/json\n\n%s", reply->method,
                          reply->target, reply->request_body != NULL ? reply->request_body : "");
}

/* The request under way. */
static const BcastSendRequest *
get_request (Sending *sending)
{
  return g_ptr_array_index (sending->plan->requests, sending->n_answered);
}

/* The connection is there: only now the events are on their way. */
static void
started_cb (gint64   started_us,
            gpointer user_data)
{
  Sending *sending = user_data;
  const BcastSendRequest *request = get_request (sending);

  for (guint i = 0; i < request->n_rows; i++)
    bcast_matcher_restart (sending->network->matcher,
                           g_array_index (sending->event_ids, gint64, request->first_row + i), started_us);
}

/* A server that hangs up, is slow or writes nonsense may have published the event all the same, and so may
 * the one of whom a gateway says (502, 504) that it did not answer well or in time: then the deliveries
 * tell. */
static gboolean
is_refusal (const BcastApiReply *reply,
            const GError        *error)
{
  if (error == NULL)
    return FALSE;
  return reply == NULL || !reply->written
         || (reply->status >= 300 && reply->status != 502 && reply->status != 504);
}

static void send_next (Sending *sending);

/* Events are in an order, and those that come after one that was refused may make no sense without it. */
static void
refuse_rest (Sending *sending)
{
  guint first = get_request (sending)->first_row;
  g_autoptr(GError) error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_REFUSED,
                                                 _("Not sent, because the request before it failed."));

  settle_events (sending, first, sending->event_ids->len - first, &(Answer) {
    .is_refused = TRUE, .accepted_us = -1, .error = error });
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Sending *sending = user_data;
  const BcastSendRequest *request = get_request (sending);
  g_autoptr(BcastApiReply) reply = NULL;
  g_autofree char *text = NULL;
  gboolean is_last = ++sending->n_answered == sending->plan->requests->len;

  bcast_api_request_finish (BCAST_API (object), result, &reply, &sending->error);
  if (reply != NULL)
    bcast_network_take_reply (sending->network, reply);
  text = reply != NULL ? format_request (reply) : NULL;
  settle_events (sending, request->first_row, request->n_rows, &(Answer) {
    .is_refused = is_refusal (reply, sending->error),
    .status = reply != NULL ? reply->status : 0,
    .accepted_us = reply != NULL && reply->answered_us > 0 ? reply->answered_us - reply->started_us : -1,
    .request = text,
    .response = reply != NULL ? reply->body : NULL,
    .error = sending->error,
  });

  if (sending->error != NULL && !is_last)
    refuse_rest (sending);
  if (sending->error != NULL || is_last)
    finish (sending);
  else
    send_next (sending);
}

/* One after the other, because the server keeps no order between requests. */
static void
send_next (Sending *sending)
{
  BcastNetwork *self = sending->network;
  const BcastSendRequest *request = get_request (sending);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  if (request->is_batch)
    bcast_api_batch_async (self->api, request->triggers, now_s, started_cb, sending, self->cancellable, answered_cb,
                           sending);
  else
    bcast_api_trigger_async (self->api, g_ptr_array_index (request->triggers, 0), now_s, started_cb, sending,
                             self->cancellable, answered_cb, sending);
}

static void
send_client_event (Sending *sending)
{
  const BcastDraft *draft = g_ptr_array_index (sending->drafts, 0);
  BcastNetworkClient *client = bcast_network_find_client (sending->network, draft->sender);
  gboolean is_json = bcast_json_scan (draft->data, strlen (draft->data), NULL, NULL, NULL);
  g_autofree char *frame = bcast_frame_format (draft->name, draft->channels[0], draft->data,
                                               is_json ? BCAST_FRAME_DATA_JSON : BCAST_FRAME_DATA_STRING, NULL);

  if (client != NULL)
    bcast_client_trigger (client->client, draft->channels[0], draft->name, draft->data, &sending->error);
  else
    sending->error = g_error_new (BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
                                  _("There is no client called “%s” any more, so nothing was sent."), draft->sender);
  settle_events (sending, 0, 1, &(Answer) {
    .is_refused = sending->error != NULL, .accepted_us = -1, .request = frame, .error = sending->error });
  finish (sending);
}

/*
 * bcast_network_send:
 * @task: (transfer full): returns the id of the first event, or the refusal of the server that ended it
 * @drafts: (transfer full) (element-type BcastDraft): what to send; checked by the caller
 * @plan: (transfer full): how to send it
 *
 * Called in the network context.
 */
void
bcast_network_send (BcastNetwork  *self,
                    GTask         *task,
                    GPtrArray     *drafts,
                    BcastSendPlan *plan)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->network = self;
  sending->task = task;
  sending->drafts = drafts;
  sending->plan = plan;
  sending->event_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sending->sent_us = g_get_monotonic_time ();
  open_events (sending);

  if (plan->requests->len == 0)
    send_client_event (sending);
  else
    send_next (sending);
}
