/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-client-refusal-private.h"
#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"
#include "bcast-subscription-private.h"

#define INTERNAL_PREFIX "pusher_internal:"
#define PUBLIC_PREFIX   "pusher:"

/* What a frame does to the subscription that @hold is the client's side of. */
typedef void (*HoldFunc) (BcastHold  *hold,
                          BcastFrame *frame);

static void
add_member_cb (const char *user_id,
               const char *user_info,
               gpointer    user_data)
{
  if (user_id != NULL)
    g_ptr_array_add (user_data, bcast_member_new (user_id, user_info));
}

static void
take_roster (BcastHold  *hold,
             BcastFrame *frame)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BcastClient) client = g_object_ref (hold->client);
  g_autoptr(BcastMemberList) list = g_object_ref (bcast_subscription_get_members (hold->subscription));
  g_autoptr(GError) error = NULL;
  const char *data = bcast_frame_get_data (frame);

  if (bcast_presence_roster_parse (data != NULL ? data : "", add_member_cb, members, &error))
    bcast_member_list_replace (list, members);
  else
    bcast_client_report (client, error);
}

static void
succeeded (BcastHold  *hold,
           BcastFrame *frame)
{
  BcastClient *self = hold->client;
  g_autofree char *channel = g_strdup (hold->channel);

  if (!hold->requested)
    return;

  if (hold->subscription == NULL)
    {
      bcast_hold_end (hold);
      bcast_client_settle_refusals (self);
      return;
    }

  if (bcast_channel_type_is_presence (hold->type))
    {
      take_roster (hold, frame);
      hold = bcast_client_find_hold (self, channel);
    }
  if (hold != NULL && hold->subscription != NULL && hold->requested)
    bcast_hold_confirm (hold);
  bcast_client_settle_refusals (self);
}

static char *
parse_member (BcastHold   *hold,
              BcastFrame  *frame,
              char       **user_info)
{
  const char *data = bcast_frame_get_data (frame);
  g_autoptr(GError) problem = NULL;
  g_autoptr(GError) error = NULL;
  char *user_id = NULL;

  if (bcast_presence_data_parse (data != NULL ? data : "", &user_id, user_info, &problem))
    return user_id;

  error = g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("The server told of a member of “%s” in a way that could not be understood: %s"),
                       hold->channel, problem->message);
  bcast_client_report (hold->client, error);
  return NULL;
}

static gboolean
has_members (BcastHold *hold)
{
  return hold->subscription != NULL && bcast_channel_type_is_presence (hold->type)
         && bcast_subscription_get_state (hold->subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED;
}

static void
member_added (BcastHold  *hold,
              BcastFrame *frame)
{
  if (!has_members (hold))
    return;

  g_autoptr(BcastSubscription) subscription = g_object_ref (hold->subscription);
  BcastClient *self = hold->client;
  g_autofree char *user_info = NULL;
  g_autofree char *user_id = parse_member (hold, frame, &user_info);

  if (user_id == NULL)
    return;
  bcast_member_list_put (bcast_subscription_get_members (subscription), user_id, user_info);
  bcast_client_emit_subscription_changed (self, subscription);
}

static void
member_removed (BcastHold  *hold,
                BcastFrame *frame)
{
  if (!has_members (hold))
    return;

  g_autoptr(BcastSubscription) subscription = g_object_ref (hold->subscription);
  BcastClient *self = hold->client;
  g_autofree char *user_id = parse_member (hold, frame, NULL);

  if (user_id != NULL && bcast_member_list_remove (bcast_subscription_get_members (subscription), user_id))
    bcast_client_emit_subscription_changed (self, subscription);
}

static gboolean
take_count (const BcastJsonSpan *key,
            const BcastJsonSpan *value,
            gpointer             user_data)
{
  gint64 *count = user_data;

  if (value->type == BCAST_JSON_NUMBER && bcast_json_span_equals (key, "subscription_count"))
    *count = MAX (g_ascii_strtoll (value->start, NULL, 10), 0);
  return TRUE;
}

/* Source: Channels documentation, “Events”, section “Subscription count events”. */
static void
subscription_count (BcastHold  *hold,
                    BcastFrame *frame)
{
  const char *data = bcast_frame_get_data (frame);
  gint64 count = -1;

  if (hold->subscription == NULL || data == NULL)
    return;

  bcast_json_scan_object (data, strlen (data), take_count, &count, NULL, NULL);
  if (count < 0)
    return;

  bcast_subscription_set_count (hold->subscription, count);
  bcast_client_emit_subscription_changed (hold->client, hold->subscription);
}

static void
subscription_error (BcastHold  *hold,
                    BcastFrame *frame)
{
  BcastClient *self = hold->client;
  g_autoptr(GError) error = bcast_refusal_new (hold->channel, frame);

  if (bcast_hold_is_pending (hold))
    bcast_hold_refuse (hold, error);
  bcast_client_settle_refusals (self);
}

static const struct
{
  const char *event;
  HoldFunc    func;
} protocol_events[] = {
  { "pusher_internal:subscription_succeeded", succeeded },
  { "pusher_internal:member_added", member_added },
  { "pusher_internal:member_removed", member_removed },
  { "pusher:subscription_error", subscription_error },
  { "pusher_internal:subscription_count", subscription_count },
};

/* API users see pusher_internal:x as pusher:x. Source: pusher-js, Channel.handleEvent. */
static BcastFrame *
translate (BcastFrame *frame)
{
  const char *event = bcast_frame_get_event (frame);

  if (!g_str_has_prefix (event, INTERNAL_PREFIX))
    return bcast_frame_ref (frame);

  g_autofree char *name = g_strconcat (PUBLIC_PREFIX, event + strlen (INTERNAL_PREFIX), NULL);
  g_autofree char *text = bcast_frame_format (name, bcast_frame_get_channel (frame),
                                              bcast_frame_get_data (frame),
                                              bcast_frame_get_data_form (frame),
                                              bcast_frame_get_user_id (frame));

  return bcast_frame_parse (text, strlen (text), NULL);
}

/* Frames for a channel that is not wanted are dropped without a word, but for the answer to a
 * request that was still under way when it was left. Source: pusher-js, Pusher.subscribe_all. */
static void
dispatch_channel (BcastClient *self,
                  BcastHold   *hold,
                  BcastFrame  *frame,
                  gint64       received_us)
{
  const char *event = bcast_frame_get_event (frame);
  gboolean wanted = hold->subscription != NULL;
  guint epoch = self->epoch;
  g_autoptr(BcastFrame) seen = NULL;

  if (!bcast_event_name_is_reserved (event))
    {
      if (wanted && bcast_channel_type_is_encrypted (hold->type))
        bcast_hold_open (hold, frame, received_us);
      else if (wanted)
        bcast_client_emit_event (self, frame, received_us);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (protocol_events); i++)
    if (strcmp (event, protocol_events[i].event) == 0)
      {
        protocol_events[i].func (hold, frame);
        break;
      }

  /* Whoever heard of it first may have left the channel or hung up. */
  if (wanted && epoch == self->epoch
      && bcast_client_find_subscription (self, bcast_frame_get_channel (frame)) != NULL)
    seen = translate (frame);
  if (seen != NULL)
    bcast_client_emit_event (self, seen, received_us);
}

/* Does what a frame asks for. Source: Channels documentation, “Pusher Channels Protocol”; order as
 * in pusher-js. */
void
bcast_client_dispatch (BcastClient *self,
                       BcastFrame  *frame,
                       gint64       received_us)
{
  const char *event = bcast_frame_get_event (frame);
  const char *channel = bcast_frame_get_channel (frame);

  if (g_str_has_prefix (event, "pusher"))
    bcast_server_clues_add_frame (&self->clues, frame);

  if (strcmp (event, "pusher:ping") == 0)
    {
      g_autofree char *pong = bcast_frame_format ("pusher:pong", NULL, "{}", BCAST_FRAME_DATA_JSON, NULL);

      bcast_socket_send (self->socket, pong);
    }
  else if (strcmp (event, "pusher:error") == 0)
    bcast_client_take_error (self, frame);
  else if (strcmp (event, "pusher:signin_success") == 0)
    bcast_client_sign_in_succeed (self, frame);
  else if (strcmp (event, "pusher_internal:watchlist_events") == 0)
    bcast_client_take_watchlist (self, frame);
  else if (channel != NULL)
    {
      BcastHold *hold = bcast_client_find_hold (self, channel);

      if (hold != NULL)
        dispatch_channel (self, hold, frame, received_us);
    }
}
