/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hub-fixture.h"

#include "bcast-peer-socket-private.h"

static void
flush (gpointer socket)
{
  bcast_peer_socket_flush (socket);
}

/* @data: NULL or BcastHubOptions; without them nobody is told of subscription counts */
void
hub_fixture_set_up (HubFixture    *fixture,
                    gconstpointer  data)
{
  const BcastAppOptions options = { .app_id = "1", .key = HUB_KEY, .secret = HUB_SECRET, .ws_host = "127.0.0.1" };
  BcastHubOptions hub_options = BCAST_HUB_OPTIONS_DEFAULT;
  BcastApp *app = bcast_app_new (&options, NULL);

  hub_options.has_subscription_counts = FALSE;
  if (data != NULL)
    hub_options = *(const BcastHubOptions *) data;
  fixture->flusher = bcast_flusher_new (NULL, flush);
  fixture->hub = bcast_hub_new (app, &hub_options);
  bcast_app_unref (app);
}

void
hub_fixture_tear_down (HubFixture    *fixture,
                       gconstpointer  data)
{
  bcast_hub_stop (fixture->hub, 4200, "bye");
  g_assert_cmpuint (bcast_hub_count_peers (fixture->hub), ==, 0);
  g_autoptr(GPtrArray) channels = bcast_hub_list_channels (fixture->hub, NULL);
  g_assert_cmpuint (channels->len, ==, 0);
  g_assert_finalize_object (fixture->hub);
  bcast_flusher_free (fixture->flusher);
}

/* The next frame that was written, as `opcode:text`; empty when there is none. */
char *
hub_side_next (HubFixture *fixture,
               HubSide    *side)
{
  bcast_flusher_run (fixture->flusher);

  const guint8 *bytes = g_memory_output_stream_get_data (side->output);
  gsize size = g_memory_output_stream_get_data_size (side->output);

  if (side->seen == size)
    return g_strdup ("");

  bytes += side->seen;
  gsize length = bytes[1];
  gsize header = length == 126 ? 4 : length == 127 ? 10 : 2;

  if (header > 2)
    {
      length = 0;
      for (gsize i = 2; i < header; i++)
        length = length << 8 | bytes[i];
    }
  side->seen += header + length;
  return g_strdup_printf ("%x:%.*s", bytes[0] & 0xf, (int) length, bytes + header);
}

void
hub_side_expect (HubFixture *fixture,
                 HubSide    *side,
                 const char *pattern)
{
  g_autofree char *frame = hub_side_next (fixture, side);

  if (!g_pattern_match_simple (pattern, frame))
    g_assert_cmpstr (frame, ==, pattern);
}

void
hub_side_join (HubFixture *fixture,
               HubSide    *side)
{
  g_autoptr(GInputStream) input = g_memory_input_stream_new ();
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr(GIOStream) stream = g_simple_io_stream_new (input, output);

  side->output = G_MEMORY_OUTPUT_STREAM (g_object_ref (output));
  side->seen = 0;
  side->peer = bcast_peer_new (fixture->hub, stream, fixture->flusher);
  hub_side_expect (fixture, side, "1:{\"event\":\"pusher:connection_established\",*");
}

void
hub_side_part (HubSide *side)
{
  g_clear_object (&side->output);
  g_clear_object (&side->peer);
}

void
hub_side_subscribe (HubFixture *fixture,
                    HubSide    *side,
                    const char *channel,
                    const char *user_id)
{
  g_autoptr(GError) error = NULL;

  bcast_hub_subscribe (fixture->hub, side->peer, channel, user_id, NULL, &error);
  g_assert_no_error (error);
  hub_side_expect (fixture, side, "1:*subscription_succeeded*");
}
