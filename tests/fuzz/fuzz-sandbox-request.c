/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request of the HTTP API: a line each for method, path and parameters, and all behind is the body. It is
 * sent as it stands, and then signed rightly. */

#include "fuzz.h"

#include <string.h>

#include "bcast-api-request-private.h"
#include "bcast-frame.h"
#include "bcast-json.h"
#include "bcast-peer-socket-private.h"
#include "bcast-request-signature.h"
#include "hub-fixture.h"

#define NOW_S 1353088179

/* The next line, without its end; what is behind the last line is empty. */
static char *
take_line (const char **at,
           const char  *end)
{
  const char *newline = *at < end ? memchr (*at, '\n', end - *at) : NULL;
  const char *stop = newline != NULL ? newline : end;
  char *line = g_strndup (*at, stop - *at);

  *at = newline != NULL ? newline + 1 : end;
  return line;
}

static void
check_answer (const BcastApiAnswer *answer)
{
  if (answer->status >= 400)
    {
      fuzz_check_error (answer->error);
      g_assert_null (answer->json);
      g_assert_cmpuint (answer->status, <, 500);
      return;
    }

  g_assert_no_error (answer->error);
  if (answer->json != NULL && *answer->json != '\0')
    g_assert_true (bcast_json_scan (answer->json, strlen (answer->json), NULL, NULL, NULL));
}

/* Everything that goes out is for the channel that the client is subscribed to, and can be read. */
static void
check_client (HubFixture *fixture,
              HubSide    *side,
              gboolean    is_refused)
{
  g_autofree char *frame = hub_side_next (fixture, side);

  for (; *frame != '\0'; g_free (frame), frame = hub_side_next (fixture, side))
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastFrame) parsed = bcast_frame_parse (frame + 2, strlen (frame + 2), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (bcast_frame_get_channel (parsed), ==, "a");
      g_assert_false (is_refused);
    }
}

typedef struct
{
  BcastHostedApps *apps;
  HubFixture       hub; /* of the one app; not owned */
  HubSide          side;
} Room;

static void
respond (Room               *room,
         const BcastApiCall *call)
{
  g_auto(BcastApiAnswer) answer = { 0, };

  bcast_api_respond (room->apps, call, NOW_S, &answer);
  check_answer (&answer);
  check_client (&room->hub, &room->side, answer.status >= 400);
}

static void
respond_signed (Room         *room,
                BcastApiCall  call)
{
  g_auto(GStrv) params = bcast_query_parse (call.query, NULL);
  g_autoptr(BcastRequestSignature) signature = NULL;

  if (params == NULL)
    return;

  signature = bcast_request_signature_new (HUB_KEY, HUB_SECRET, call.method, call.path,
                                           (const char * const *) params, call.body, call.body_length, NOW_S);
  call.query = signature->query;
  respond (room, &call);
}

static void
report_cb (BcastHub          *hub,
           const BcastReport *report,
           gpointer           user_data)
{
  g_assert_true (report->text == NULL || g_utf8_validate (report->text, -1, NULL));
}

static void
flush (gpointer socket)
{
  bcast_peer_socket_flush (socket);
}

static void
room_init (Room *self)
{
  g_autoptr(GPtrArray) apps = bcast_sandbox_apps_new ();
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (apps, bcast_sandbox_app_new ("1", HUB_KEY, HUB_SECRET));
  self->apps = bcast_hosted_apps_new (report_cb, NULL);
  bcast_hosted_apps_set (self->apps, apps, &error);
  g_assert_no_error (error);
  self->hub.hub = bcast_hosted_apps_find_by_id (self->apps, "1")->hub;
  self->hub.flusher = bcast_flusher_new (NULL, flush);

  hub_side_join (&self->hub, &self->side);
  bcast_hub_subscribe (self->hub.hub, self->side.peer, "a", NULL, NULL, NULL);
  check_client (&self->hub, &self->side, FALSE);
}

static void
room_clear (Room *self)
{
  bcast_peer_drop (self->side.peer);
  hub_side_part (&self->side);
  bcast_hosted_apps_free (self->apps);
  bcast_flusher_free (self->hub.flusher);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *at = (const char *) data;
  const char *end = at + size;
  g_autofree char *method = take_line (&at, end);
  g_autofree char *path = take_line (&at, end);
  g_autofree char *query = take_line (&at, end);
  g_autofree char *whole_path = g_strconcat ("/apps/", path, NULL);
  BcastApiCall call = { method, whole_path, query, at, end - at };
  Room room = { NULL, };

  room_init (&room);
  respond (&room, &call);
  respond_signed (&room, call);
  room_clear (&room);
  return 0;
}
