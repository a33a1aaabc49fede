/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What several clients say to the sandbox, a line each: a letter, the number of the client, and
 *   m  a message as it stands
 *   s  a channel to subscribe to, signed rightly; behind a tab channel_data
 *   u  user_data to sign in with, signed rightly
 *   p  a channel, a tab, and the data of an event that the app sends there
 *   x  the client goes, and comes again as another one */

#include "fuzz.h"

#include <string.h>

#include "bcast-event-name.h"
#include "bcast-frame.h"
#include "bcast-json.h"
#include "bcast-signature.h"
#include "hub-fixture.h"

#define N_SIDES   4
#define MAX_LINES 64

typedef struct
{
  HubFixture  hub;
  HubSide     sides[N_SIDES];
  BcastPeer  *sender; /* who said what is looked at now */
} Room;

static void
subscribe (HubSide    *side,
           const char *channel,
           const char *channel_data,
           gint64      now_us)
{
  g_autofree char *string = bcast_signature_channel_string (bcast_peer_get_socket_id (side->peer), channel, channel_data);
  g_autofree char *auth = bcast_signature_auth (HUB_KEY, HUB_SECRET, string);
  g_autofree char *text = bcast_frame_format_subscribe (channel, auth, channel_data);

  bcast_peer_handle_message (side->peer, text, strlen (text), now_us);
}

static void
sign_in (HubSide    *side,
         const char *user_data,
         gint64      now_us)
{
  g_autofree char *string = bcast_signature_user_string (bcast_peer_get_socket_id (side->peer), user_data);
  g_autofree char *auth = bcast_signature_auth (HUB_KEY, HUB_SECRET, string);
  g_autofree char *text = bcast_frame_format_signin (auth, user_data);

  bcast_peer_handle_message (side->peer, text, strlen (text), now_us);
}

static void
leave (Room    *room,
       HubSide *side)
{
  bcast_peer_drop (side->peer);
  hub_side_part (side);
  hub_side_join (&room->hub, side);
}

/* The HTTP API checks what it sends, and so must this. */
static void
publish (Room       *room,
         const char *channel,
         const char *data)
{
  if (bcast_channel_name_check (channel, BCAST_LIMIT_CHANNEL_NAME_LENIENT, NULL)
      && g_utf8_validate (data, -1, NULL))
    bcast_hub_publish (room->hub.hub, channel, "e", data, NULL);
}

static void
act (Room       *room,
     const char *line,
     gsize       length,
     gint64      now_us)
{
  HubSide *side = &room->sides[(guchar) line[1] % N_SIDES];
  g_autofree char *text = g_strndup (line + 2, length - 2);
  g_autofree char *valid = g_utf8_make_valid (text, -1); /* what is signed rightly is text */
  g_auto(GStrv) parts = g_strsplit (valid, "\t", 2);
  const char *first = parts[0] != NULL ? parts[0] : "";
  const char *second = parts[0] != NULL ? parts[1] : NULL;

  room->sender = side->peer;
  switch (line[0])
    {
    case 'm':
      bcast_peer_handle_message (side->peer, line + 2, length - 2, now_us);
      break;
    case 's':
      subscribe (side, first, second, now_us);
      break;
    case 'u':
      sign_in (side, valid, now_us);
      break;
    case 'p':
      publish (room, first, second != NULL ? second : "");
      break;
    case 'x':
      leave (room, side);
      break;
    default:
      break;
    }
}

static gboolean
count_key (const BcastJsonSpan *key,
           const BcastJsonSpan *value,
           gpointer             user_data)
{
  guint *n_user_ids = user_data;

  if (bcast_json_span_equals (key, "user_id"))
    (*n_user_ids)++;
  return TRUE;
}

/* Others are told who sent it by the hub, whatever the sender said of itself. */
static void
check_client_event (Room       *room,
                    BcastFrame *frame,
                    const char *text)
{
  BcastHubChannel *channel = bcast_hub_find_channel (room->hub.hub, bcast_frame_get_channel (frame));
  BcastHubMember *member = bcast_hub_channel_find_peer (channel, room->sender);
  guint n_user_ids = 0;

  g_assert_true (bcast_hub_channel_has_peer (channel, room->sender));
  g_assert_cmpstr (bcast_frame_get_user_id (frame), ==, member != NULL ? member->user_id : NULL);
  g_assert_true (bcast_json_scan_object (text, strlen (text), count_key, &n_user_ids, NULL, NULL));
  g_assert_cmpuint (n_user_ids, ==, member != NULL ? 1 : 0);
}

/* Errors tell of channels that were asked for; all else is for subscribers alone. */
static void
check_frame (Room       *room,
             HubSide    *side,
             const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFrame) frame = bcast_frame_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  const char *event = bcast_frame_get_event (frame);
  const char *channel = bcast_frame_get_channel (frame);

  g_assert_false (bcast_frame_has_odd_name (frame));
  if (channel != NULL && !g_str_has_prefix (event, "pusher:"))
    g_assert_true (g_hash_table_contains (bcast_peer_get_subscriptions (side->peer), channel));
  if (bcast_event_name_is_client (event))
    {
      g_assert_true (side->peer != room->sender);
      check_client_event (room, frame, text);
    }
}

static void
check_frames (Room    *room,
              HubSide *side)
{
  g_autofree char *frame = hub_side_next (&room->hub, side);

  for (; *frame != '\0'; g_free (frame), frame = hub_side_next (&room->hub, side))
    {
      g_assert_true (g_str_has_prefix (frame, "1:"));
      check_frame (room, side, frame + 2);
    }
}

static void
check_channel (Room            *room,
               BcastHubChannel *channel)
{
  GPtrArray *members = bcast_hub_channel_get_members (channel);
  guint n_peers = 0, n_member_sockets = 0;

  for (guint i = 0; i < N_SIDES; i++)
    {
      GHashTable *subscriptions = bcast_peer_get_subscriptions (room->sides[i].peer);

      if (g_hash_table_lookup (subscriptions, bcast_hub_channel_get_name (channel)) == channel)
        n_peers++;
    }
  for (guint i = 0; i < members->len; i++)
    n_member_sockets += ((BcastHubMember *) members->pdata[i])->n_sockets;

  g_assert_cmpuint (n_peers, >, 0);
  g_assert_cmpuint (bcast_hub_channel_count_peers (channel), ==, n_peers);
  g_assert_cmpuint (n_member_sockets, ==,
                    bcast_channel_type_is_presence (bcast_hub_channel_get_type (channel)) ? n_peers : 0);
}

static void
check_side (Room    *room,
            HubSide *side)
{
  const char *user_id = bcast_peer_get_user_id (side->peer);
  GHashTableIter iter;
  gpointer name, channel;

  g_assert_true (bcast_hub_find_peer (room->hub.hub, bcast_peer_get_socket_id (side->peer)) == side->peer);
  if (user_id != NULL)
    g_assert_true (bcast_hub_users_is_online (bcast_hub_get_users (room->hub.hub), user_id));

  g_hash_table_iter_init (&iter, bcast_peer_get_subscriptions (side->peer));
  while (g_hash_table_iter_next (&iter, &name, &channel))
    {
      g_assert_true (bcast_hub_find_channel (room->hub.hub, name) == channel);
      check_channel (room, channel);
    }
}

static void
check_room (Room *room)
{
  g_autoptr(GPtrArray) channels = bcast_hub_list_channels (room->hub.hub, NULL);

  for (guint i = 0; i < channels->len; i++)
    check_channel (room, channels->pdata[i]);
  for (guint i = 0; i < N_SIDES; i++)
    check_side (room, &room->sides[i]);
  g_assert_cmpuint (bcast_hub_count_peers (room->hub.hub), ==, N_SIDES);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const BcastHubOptions options = BCAST_HUB_OPTIONS_DEFAULT;
  const char *at = (const char *) data;
  const char *end = at + size;
  Room room = { .sender = NULL };

  hub_fixture_set_up (&room.hub, &options);
  for (guint i = 0; i < N_SIDES; i++)
    hub_side_join (&room.hub, &room.sides[i]);

  for (guint n = 1; at < end && n <= MAX_LINES; n++)
    {
      const char *newline = memchr (at, '\n', end - at);
      gsize length = newline != NULL ? (gsize) (newline - at) : (gsize) (end - at);

      if (length >= 2)
        act (&room, at, length, n * G_USEC_PER_SEC);
      for (guint i = 0; i < N_SIDES; i++)
        check_frames (&room, &room.sides[i]);
      check_room (&room);
      at += length + (newline != NULL ? 1 : 0);
    }

  for (guint i = 0; i < N_SIDES; i++)
    {
      bcast_peer_drop (room.sides[i].peer);
      hub_side_part (&room.sides[i]);
    }
  g_assert_cmpuint (bcast_hub_users_count (bcast_hub_get_users (room.hub.hub)), ==, 0);
  hub_fixture_tear_down (&room.hub, NULL);
  return 0;
}
