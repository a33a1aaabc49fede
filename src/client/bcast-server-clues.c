/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telling servers apart by what they say anyhow. Each clue counts once, however often it comes. */

#include "bcast-server-clues-private.h"

#include <string.h>

#include "bcast-channel-name.h"
#include "bcast-json.h"

static gboolean
is_below_domain (const char *host,
                 const char *domain)
{
  gsize length = strlen (host);
  gsize tail = strlen (domain);

  if (length > 0 && host[length - 1] == '.')
    length--;
  return length > tail + 1 && host[length - tail - 1] == '.'
         && g_ascii_strncasecmp (host + length - tail, domain, tail) == 0;
}

/**
 * bcast_server_clues_init:
 * @self: (out caller-allocates): clues
 * @host: (nullable): the host of the server's address, of the WebSocket or of the HTTP API
 *
 * Begins anew.
 */
void
bcast_server_clues_init (BcastServerClues *self,
                         const char       *host)
{
  g_return_if_fail (self != NULL);

  *self = (BcastServerClues) { 0 };
  if (host != NULL && (is_below_domain (host, "pusher.com") || is_below_domain (host, "pusherapp.com")))
    bcast_server_clues_add (self, BCAST_CLUE_HOST_OF_PUSHER);
}

/**
 * bcast_server_clues_add_header:
 * @self: clues
 * @name: the name of a header, in whatever case
 * @value: its value
 *
 * Takes in a header of an answer: of that to the upgrade, or of any other.
 */
void
bcast_server_clues_add_header (BcastServerClues *self,
                               const char       *name,
                               const char       *value)
{
  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  if (g_ascii_strcasecmp (name, "X-Powered-By") == 0 && g_ascii_strcasecmp (value, "Broadcast") == 0)
    bcast_server_clues_add (self, BCAST_CLUE_SAYS_BROADCAST);
  else if (g_ascii_strcasecmp (name, "X-Powered-By") == 0 && g_ascii_strcasecmp (value, "Laravel Reverb") == 0)
    bcast_server_clues_add (self, BCAST_CLUE_SAYS_REVERB);
  else if (g_ascii_strcasecmp (name, "X-Health-Check") == 0)
    bcast_server_clues_add (self, BCAST_CLUE_HEALTH_OF_SOCKUDO);
  else if (g_ascii_strcasecmp (name, "uWebSockets") == 0)
    bcast_server_clues_add (self, BCAST_CLUE_RUNS_ON_UWEBSOCKETS);
}

static void
add_established (BcastServerClues *self,
                 BcastFrame       *frame)
{
  g_autofree char *socket_id = NULL;
  guint timeout_s = 0;

  if (!bcast_frame_parse_established (frame, &socket_id, &timeout_s, NULL) || socket_id == NULL)
    return;
  if (timeout_s == 30)
    bcast_server_clues_add (self, BCAST_CLUE_TIMEOUT_30);
  else if (timeout_s == 120)
    bcast_server_clues_add (self, BCAST_CLUE_TIMEOUT_120);

  /* Reverb and laravel-websockets draw up to 10^9, soketi up to 10^10, Sockudo what 64 bits hold. */
  guint64 first = g_ascii_strtoull (socket_id, NULL, 10);
  const char *dot = strchr (socket_id, '.');
  guint64 largest = MAX (first, dot != NULL ? g_ascii_strtoull (dot + 1, NULL, 10) : 0);

  if (largest > G_GUINT64_CONSTANT (10000000000))
    bcast_server_clues_add (self, BCAST_CLUE_HUGE_SOCKET_ID);
  else if (largest > G_GUINT64_CONSTANT (1000000000))
    bcast_server_clues_add (self, BCAST_CLUE_LARGE_SOCKET_ID);
}

static void
add_error (BcastServerClues *self,
           BcastFrame       *frame)
{
  if (bcast_frame_get_data_form (frame) == BCAST_FRAME_DATA_STRING)
    bcast_server_clues_add (self, BCAST_CLUE_ERROR_AS_STRING);
  else if (bcast_frame_get_data_form (frame) == BCAST_FRAME_DATA_ABSENT)
    return;
  else if (bcast_frame_get_channel (frame) != NULL)
    bcast_server_clues_add (self, BCAST_CLUE_ERROR_WITH_CHANNEL);
  else
    bcast_server_clues_add (self, BCAST_CLUE_ERROR_AS_OBJECT);
}

static gboolean
find_type (const BcastJsonSpan *key,
           const BcastJsonSpan *value,
           gpointer             user_data)
{
  gboolean *has_type = user_data;

  *has_type = *has_type || bcast_json_span_equals (key, "type");
  return TRUE;
}

static void
add_subscription_error (BcastServerClues *self,
                        BcastFrame       *frame)
{
  const char *data = bcast_frame_get_data (frame);
  gboolean has_type = FALSE;

  if (data == NULL || !bcast_json_scan_object (data, strlen (data), find_type, &has_type, NULL, NULL))
    return;
  bcast_server_clues_add (self, has_type ? BCAST_CLUE_SUBSCRIPTION_ERROR_TYPED : BCAST_CLUE_SUBSCRIPTION_ERROR_EMPTY);
}

static void
add_succeeded (BcastServerClues *self,
               BcastFrame       *frame)
{
  const char *channel = bcast_frame_get_channel (frame);

  if (channel == NULL || bcast_channel_type_is_presence (bcast_channel_name_find_type (channel)))
    return;
  switch (bcast_frame_get_data_form (frame))
    {
    case BCAST_FRAME_DATA_ABSENT:
      bcast_server_clues_add (self, BCAST_CLUE_SUCCEEDED_WITHOUT_DATA);
      break;
    case BCAST_FRAME_DATA_STRING:
      bcast_server_clues_add (self, BCAST_CLUE_SUCCEEDED_WITH_STRING);
      break;
    case BCAST_FRAME_DATA_JSON:
      bcast_server_clues_add (self, BCAST_CLUE_SUCCEEDED_WITH_OBJECT);
      break;
    }
}

/**
 * bcast_server_clues_add_frame:
 * @self: clues
 * @frame: a frame that came from the server
 *
 * Takes in a frame. All may be passed, those with events of the app too: they cost next to nothing.
 */
void
bcast_server_clues_add_frame (BcastServerClues *self,
                              BcastFrame       *frame)
{
  g_return_if_fail (self != NULL && frame != NULL);

  const char *event = bcast_frame_get_event (frame);
  gboolean has_data = bcast_frame_get_data_form (frame) != BCAST_FRAME_DATA_ABSENT;

  if (event == NULL || (!g_str_has_prefix (event, "pusher") && !g_str_has_prefix (event, "sockudo")))
    return;
  if (g_str_has_prefix (event, "sockudo:") || g_str_has_prefix (event, "sockudo_internal:"))
    bcast_server_clues_add (self, BCAST_CLUE_NAMES_SOCKUDO);
  else if (strcmp (event, "pusher:connection_established") == 0)
    add_established (self, frame);
  else if (strcmp (event, "pusher:error") == 0)
    add_error (self, frame);
  else if (strcmp (event, "pusher:subscription_error") == 0)
    add_subscription_error (self, frame);
  else if (strcmp (event, "pusher_internal:subscription_succeeded") == 0)
    add_succeeded (self, frame);
  else if (strcmp (event, "pusher:cache_miss") == 0)
    bcast_server_clues_add (self, has_data ? BCAST_CLUE_CACHE_MISS_WITH_DATA : BCAST_CLUE_CACHE_MISS_WITHOUT_DATA);
  else if (strcmp (event, "pusher:pong") == 0)
    bcast_server_clues_add (self, has_data ? BCAST_CLUE_PONG_WITH_DATA : BCAST_CLUE_PONG_WITHOUT_DATA);
  else if (strcmp (event, "pusher:signin_success") == 0)
    bcast_server_clues_add (self, BCAST_CLUE_SIGNED_IN);
  else if (strcmp (event, "pusher_internal:subscription_count") == 0)
    bcast_server_clues_add (self, BCAST_CLUE_COUNT_EVENT);
}

/**
 * bcast_server_clues_merge:
 * @self: clues
 * @other: what the same server has given away to somebody else
 */
void
bcast_server_clues_merge (BcastServerClues       *self,
                          const BcastServerClues *other)
{
  g_return_if_fail (self != NULL && other != NULL);

  self->seen |= other->seen;
}
