/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

#include "bcast-channel-name.h"
#include "bcast-signature.h"

typedef struct
{
  BcastSandbox *sandbox;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sandbox = wire_start_sandbox ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
}

static void
test_handshake (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(WireClient) client = wire_open (fixture->sandbox, "/app/" WIRE_KEY);
  g_autoptr(WireClient) other = wire_connect (fixture->sandbox);

  wire_expect_match (client, "{\"event\":\"pusher:connection_established\","
                             "\"data\":\"{\\\"socket_id\\\":\\\"*.*\\\",\\\"activity_timeout\\\":120}\"}");
  g_assert_true (bcast_socket_id_is_valid (other->socket_id));
}

typedef struct { const char *what, *target; guint code; } Refusal;

static const Refusal refusals[] = {
  { "unknown-key", "/app/nobody?protocol=7", 4001 },
  { "no-key", "/app?protocol=7", 4005 },
  { "path-below-key", "/app/" WIRE_KEY "/x", 4005 },
  { "old-protocol", "/app/" WIRE_KEY "?protocol=3", 4007 },
  { "new-protocol", "/app/" WIRE_KEY "?protocol=8", 4007 },
  { "odd-protocol", "/app/" WIRE_KEY "?client=js&protocol=seven", 4007 },
  { "empty-protocol", "/app/" WIRE_KEY "?protocol=", 4008 },
};

static void
test_refusal (Fixture       *fixture,
              gconstpointer  data)
{
  const Refusal *refusal = data;
  g_autoptr(WireClient) client = wire_open (fixture->sandbox, refusal->target);
  g_autofree char *pattern = g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"code\":%u,\"message\":\"?*\"}}",
                                              refusal->code);

  wire_expect_match (client, pattern);
  wire_expect_close (client, refusal->code);
  g_assert_cmpuint (strlen (client->close_reason), >, 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/websocket/handshake", Fixture, NULL, set_up, test_handshake, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/websocket/refusal/", refusals[i].what, NULL);
      g_test_add (path, Fixture, &refusals[i], set_up, test_refusal, tear_down);
    }

  return g_test_run ();
}
