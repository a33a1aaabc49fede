/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-network-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-event-name.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"

static gboolean expire_cb (gpointer data);

/* The journal keeps wall-clock times; what happened is measured on the monotonic clock. */
static gint64
to_wall_us (gint64 monotonic_us)
{
  return g_get_real_time () - (g_get_monotonic_time () - monotonic_us);
}

static void
expired_cb (gint64            event_id,
            BcastEventOutcome outcome,
            gpointer          user_data)
{
  BcastNetwork *self = user_data;

  bcast_journal_set_outcome (self->journal, event_id, outcome);
}

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

/* The client tree shows who is a member and what is subscribed; in the timeline these would only
 * be noise about ourselves. */
static gboolean
is_about_ourselves (BcastNetwork *self,
                    BcastFrame   *frame)
{
  const char *event = bcast_frame_get_event (frame);
  const char *data = bcast_frame_get_data (frame);
  g_autofree char *user_id = NULL;
  GHashTableIter iter;
  BcastNetworkClient *client;

  if (!bcast_event_name_is_reserved (event))
    return FALSE;
  if (g_str_equal (event, "pusher:subscription_succeeded"))
    return TRUE;
  if (!g_str_has_prefix (event, "pusher:member_") || data == NULL
      || !bcast_presence_data_parse (data, &user_id, NULL, NULL))
    return FALSE;

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &client))
    if (g_strcmp0 (bcast_client_get_user_id (client->client), user_id) == 0)
      return TRUE;
  return FALSE;
}

static void
open_foreign (BcastNetworkClient *client,
              BcastFrame         *frame,
              const char         *data,
              BcastDelivery      *delivery,
              gint64              received_us)
{
  BcastNetwork *self = client->network;
  BcastEventRecord *record = bcast_event_record_new ();
  gint64 id = bcast_journal_next_id (self->journal);

  record->id = id;
  record->trigger_id = id;
  record->outcome = BCAST_EVENT_FOREIGN;
  record->time_us = delivery->received_us;
  record->channel = g_strdup (bcast_frame_get_channel (frame));
  record->name = g_strdup (bcast_frame_get_event (frame));
  record->data = g_strdup (data);
  bcast_journal_append (self->journal, record);
  bcast_journal_deliver (self->journal, id, delivery, BCAST_EVENT_FOREIGN);

  bcast_matcher_add_foreign (self->matcher, id, client->name, bcast_frame_get_channel (frame),
                             bcast_frame_get_event (frame), data, received_us);
  bcast_stats_window_add_event (&self->stats);
}

static void
count_unread (BcastNetworkClient *client,
              const char         *channel)
{
  guint *n_unread = g_hash_table_lookup (client->unread, channel);

  if (n_unread == NULL)
    {
      n_unread = g_new0 (guint, 1);
      g_hash_table_insert (client->unread, g_strdup (channel), n_unread);
    }
  *n_unread += 1;
}

/*
 * bcast_network_receive:
 * @client: who received it
 * @frame: what came
 * @received_us: monotonic time at which it came
 *
 * The road of an event: matcher, then journal. Called in the network context.
 */
void
bcast_network_receive (BcastNetworkClient *client,
                       BcastFrame         *frame,
                       gint64              received_us)
{
  BcastNetwork *self = client->network;
  const char *channel = bcast_frame_get_channel (frame);
  const char *event = bcast_frame_get_event (frame);
  const char *data = bcast_frame_get_data (frame) != NULL ? bcast_frame_get_data (frame) : "";

  if (channel == NULL || is_about_ourselves (self, frame))
    return;

  BcastMatch match = bcast_matcher_take (self->matcher, client->name, channel, event, data, received_us);
  BcastDelivery *delivery = bcast_delivery_new (client->name, to_wall_us (received_us), match.latency_us,
                                                match.identical, match.identical ? NULL : data,
                                                bcast_frame_get_raw (frame, NULL));

  if (match.event_id == 0)
    open_foreign (client, frame, data, delivery, received_us);
  else
    bcast_journal_deliver (self->journal, match.event_id, delivery, match.outcome);

  if (match.latency_us >= 0)
    bcast_stats_window_add_latency (&self->stats, match.latency_us);

  count_unread (client, channel);
  bcast_network_touch_stats (self);
}

typedef struct
{
  BcastNetwork *network;
  GTask        *task;
  GArray       *event_ids; /* of gint64 */
  gint64        sent_us;
} Sending;

static void
sending_free (Sending *self)
{
  g_object_unref (self->task);
  g_array_unref (self->event_ids);
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

/* Rows are written before the request goes out, so that a delivery which overtakes the answer
 * finds its event. */
static void
open_events (Sending          *sending,
             const BcastDraft *draft)
{
  BcastNetwork *self = sending->network;

  for (guint i = 0; draft->channels[i] != NULL; i++)
    {
      BcastEventRecord *record = bcast_event_record_new ();
      gint64 id = bcast_journal_next_id (self->journal);

      g_array_append_val (sending->event_ids, id);
      record->id = id;
      record->trigger_id = g_array_index (sending->event_ids, gint64, 0);
      record->outcome = BCAST_EVENT_WAITING;
      record->time_us = to_wall_us (sending->sent_us);
      record->channel = g_strdup (draft->channels[i]);
      record->name = g_strdup (draft->name);
      record->data = g_strdup (draft->data);
      record->sender = g_strdup (draft->sender);
      record->excluded = g_strdup (draft->excluded);
      record->expected = dup_expected (self, draft, draft->channels[i]);
      record->accepted_us = -1;

      bcast_matcher_add_sent (self->matcher, id, record->channel, record->name, record->data,
                              (const char * const *) record->expected, record->excluded, sending->sent_us);
      bcast_journal_append (self->journal, record);
      bcast_stats_window_add_event (&self->stats);
    }
  schedule_expiry (self);
  bcast_network_touch_stats (self);
}

static void
settle_events (Sending      *sending,
               gboolean      is_refused,
               guint         status,
               gint64        accepted_us,
               const char   *request,
               const char   *response,
               const GError *error)
{
  BcastNetwork *self = sending->network;

  for (guint i = 0; i < sending->event_ids->len; i++)
    {
      gint64 id = g_array_index (sending->event_ids, gint64, i);
      BcastEventOutcome outcome = bcast_matcher_set_answer (self->matcher, id, is_refused);

      bcast_journal_settle (self->journal, id, outcome, status, accepted_us, request, response,
                            error != NULL ? error->message : NULL);
    }
}

static void
return_ids (Sending *sending,
            GError  *error)
{
  if (error != NULL)
    g_task_return_error (sending->task, error);
  else
    g_task_return_int (sending->task, (gssize) g_array_index (sending->event_ids, gint64, 0));
}

static char *
format_request (const BcastApiReply *reply)
{
  return g_strdup_printf ("%s %s HTTP/1.1\nContent-Type: application/json\n\n%s", reply->method,
                          reply->target, reply->request_body != NULL ? reply->request_body : "");
}

/* The connection is there: only now the event is on its way. */
static void
started_cb (gint64   started_us,
            gpointer user_data)
{
  Sending *sending = user_data;
  BcastNetwork *self = sending->network;

  for (guint i = 0; i < sending->event_ids->len; i++)
    bcast_matcher_restart (self->matcher, g_array_index (sending->event_ids, gint64, i), started_us);
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

static void
triggered_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Sending *sending = user_data;
  g_autoptr(BcastApiReply) reply = NULL;
  g_autofree char *request = NULL;
  GError *error = NULL;

  bcast_api_request_finish (BCAST_API (object), result, &reply, &error);
  if (reply != NULL)
    request = format_request (reply);

  settle_events (sending, is_refusal (reply, error), reply != NULL ? reply->status : 0,
                 reply != NULL && reply->answered_us > 0 ? reply->answered_us - reply->started_us : -1,
                 request, reply != NULL ? reply->body : NULL, error);
  return_ids (sending, error);
  sending_free (sending);
}

static void
send_client_event (Sending            *sending,
                   BcastNetworkClient *client,
                   const BcastDraft   *draft)
{
  g_autofree char *frame = NULL;
  GError *error = NULL;
  gboolean is_json = bcast_json_scan (draft->data, strlen (draft->data), NULL, NULL, NULL);

  frame = bcast_frame_format (draft->name, draft->channels[0], draft->data,
                              is_json ? BCAST_FRAME_DATA_JSON : BCAST_FRAME_DATA_STRING, NULL);
  bcast_client_trigger (client->client, draft->channels[0], draft->name, draft->data, &error);
  settle_events (sending, error != NULL, 0, -1, frame, NULL, error);
  return_ids (sending, error);
}

/*
 * bcast_network_send:
 * @task: (transfer full): returns the id of the first event, or the server's refusal
 * @draft: what to send; checked by the caller
 * @trigger: (nullable): the same for the HTTP API, %NULL for a client event
 *
 * Called in the network context.
 */
void
bcast_network_send (BcastNetwork     *self,
                    GTask            *task,
                    const BcastDraft *draft,
                    BcastTrigger     *trigger)
{
  BcastNetworkClient *sender = bcast_network_find_client (self, draft->sender);
  Sending *sending = g_new0 (Sending, 1);

  sending->network = self;
  sending->task = task;
  sending->event_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sending->sent_us = g_get_monotonic_time ();
  open_events (sending, draft);

  if (sender != NULL)
    {
      send_client_event (sending, sender, draft);
      sending_free (sending);
    }
  else
    bcast_api_trigger_async (self->api, trigger, g_get_real_time () / G_USEC_PER_SEC, started_cb, sending,
                             self->cancellable, triggered_cb, sending);
}
