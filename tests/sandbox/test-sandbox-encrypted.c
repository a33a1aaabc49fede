/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-secret-box.h"

#define MASTER_KEY "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
#define CHANNEL    "private-encrypted-orders"
#define ROUTE      "/broadcasting/authorize"

/* protocol.md, vector E2, as it stands inside a JSON string */
#define SEALED "{\\\"nonce\\\":\\\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\\\",\\\"ciphertext\\\":\\\"H9pbW++M1pPfW92+FkElXfUA2YKCQdt6bXBHwblEsbwjsqgP4L7bsgRx2A==\\\"}"

static void
set_up_with_key (WireFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->sandbox = wire_new_sandbox ();
  bcast_sandbox_set_master_key (fixture->sandbox, MASTER_KEY);
  bcast_sandbox_start (fixture->sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect (fixture->sandbox);
}

static void
expect_route (WireFixture *fixture,
              const char  *question,
              guint        status,
              const char  *pattern)
{
  guint actual = 0;
  g_autofree char *answer = wire_request (fixture->sandbox, "POST", ROUTE, NULL, question, &actual);

  wire_assert_match (answer, pattern);
  g_assert_cmpuint (actual, ==, status);
  g_assert_null (strstr (answer, WIRE_SECRET));
  g_assert_null (strstr (answer, MASTER_KEY));
}

static void
test_route (WireFixture   *fixture,
            gconstpointer  data)
{
  /* protocol.md, vector A6 */
  expect_route (fixture, "socket_id=1234.1234&channel_name=" CHANNEL, 200,
                "{\"auth\":\"" WIRE_KEY ":bc32059df4abc5918d2a4ce084b4875fcfbe7ddc8c84eff6dbc5ef52029f2a6b\","
                "\"shared_secret\":\"ssB9Jw4XlKNKH112J2oKRhfPWLBMPFcsN1yGpYcjdtE=\"}");
  expect_route (fixture, "socket_id=1.1&channel_name=private-encrypted-cache-orders", 200,
                "{\"auth\":\"" WIRE_KEY ":?*\",\"shared_secret\":\"?*=\"}");
  expect_route (fixture, "socket_id=1.1&channel_name=private-orders", 200, "{\"auth\":\"" WIRE_KEY ":????????????????????????????????????????????????????????????????\"}");
  expect_route (fixture, "socket_id=x&channel_name=" CHANNEL, 400, "*socket id*");
  expect_route (fixture, "socket_id=1.1&channel_name=private-encrypted-", 400, "*prefix*");
}

static void
test_without_key (WireFixture   *fixture,
                  gconstpointer  data)
{
  expect_route (fixture, "socket_id=1.1&channel_name=" CHANNEL, 403, "“" CHANNEL "” is encrypted*no encryption master key*");
}

/* The server passes on what it cannot read, and keeps it for cache channels. */
static void
test_relay (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_subscribe (fixture->alice, CHANNEL, NULL);
  wire_publish (fixture->sandbox, "{\"name\":\"order-shipped\",\"data\":\"" SEALED "\",\"channels\":[\"" CHANNEL "\"]}");
  wire_expect (fixture->alice, "{\"event\":\"order-shipped\",\"channel\":\"" CHANNEL "\",\"data\":\"" SEALED "\"}");

  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"data\":\"" SEALED "\",\"channels\":[\"private-encrypted-cache-orders\"]}");
  wire_subscribe (fixture->bob, "private-encrypted-cache-orders", NULL);
  wire_expect (fixture->bob, "{\"event\":\"e\",\"channel\":\"private-encrypted-cache-orders\",\"data\":\"" SEALED "\"}");
}

/* What the route says opens what a publisher with the same key has sealed. */
static void
test_shared_secret (WireFixture   *fixture,
                    gconstpointer  data)
{
  g_autofree char *answer = wire_request (fixture->sandbox, "POST", ROUTE, NULL,
                                          "socket_id=1.1&channel_name=" CHANNEL, NULL);
  const char *start = strstr (answer, "\"shared_secret\":\"");
  g_autofree char *base64 = NULL, *sealed = g_strcompress (SEALED), *plain = NULL;
  g_autoptr(GBytes) key = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (start);
  base64 = g_strndup (start + strlen ("\"shared_secret\":\""), 44);
  key = bcast_secret_box_parse_key (base64, &error);
  g_assert_no_error (error);
  plain = bcast_secret_box_open (key, sealed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plain, ==, "{\"id\":7,\"note\":\"über ☃\"}");
}

static void
test_client_event (WireFixture   *fixture,
                   gconstpointer  data)
{
  wire_subscribe (fixture->alice, CHANNEL, NULL);
  wire_subscribe (fixture->bob, CHANNEL, NULL);
  wire_send (fixture->alice, "{\"event\":\"client-x\",\"channel\":\"" CHANNEL "\",\"data\":\"" SEALED "\"}");
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:error\",\"channel\":\"" CHANNEL "\",\"data\":{\"code\":4301,\"message\":\"Encrypted channels*\"}}");
  wire_expect_nothing (fixture->bob);
}

static void
test_with_other_channels (WireFixture   *fixture,
                          gconstpointer  data)
{
  guint status = 0;
  g_autofree char *answer = wire_api (fixture->sandbox, "POST", "/events", NULL,
                                      "{\"name\":\"e\",\"channels\":[\"a\",\"" CHANNEL "\"],\"data\":\"" SEALED "\"}", &status);

  g_assert_cmpuint (status, ==, 400);
  wire_assert_match (answer, "“" CHANNEL "” is encrypted*alone*");
}

static void
test_app (WireFixture   *fixture,
          gconstpointer  data)
{
  g_autoptr(BcastApp) app = bcast_sandbox_dup_app (fixture->sandbox);

  g_assert_cmpstr (bcast_app_get_master_key (app), ==, MASTER_KEY);
}

static void
test_bad_key (void)
{
  static const char * const keys[] = { "secret", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZQ==" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr(BcastSandbox) sandbox = bcast_sandbox_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET);
      g_autoptr(GError) error = NULL;

      bcast_sandbox_set_master_key (sandbox, keys[i]);
      g_assert_false (bcast_sandbox_start (sandbox, 0, TRUE, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "32 bytes"));
      g_assert_null (strstr (error->message, keys[i]));
      bcast_sandbox_set_master_key (sandbox, NULL);
      g_clear_error (&error);
      bcast_sandbox_start (sandbox, 0, TRUE, &error);
      g_assert_no_error (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/encrypted/route", WireFixture, NULL, set_up_with_key, test_route, wire_tear_down);
  g_test_add ("/sandbox/encrypted/without-key", WireFixture, NULL, wire_set_up_sandbox, test_without_key, wire_tear_down);
  g_test_add ("/sandbox/encrypted/relay", WireFixture, NULL, set_up_with_key, test_relay, wire_tear_down);
  g_test_add ("/sandbox/encrypted/shared-secret", WireFixture, NULL, set_up_with_key, test_shared_secret, wire_tear_down);
  g_test_add ("/sandbox/encrypted/client-event", WireFixture, NULL, set_up_with_key, test_client_event, wire_tear_down);
  g_test_add ("/sandbox/encrypted/with-other-channels", WireFixture, NULL, set_up_with_key, test_with_other_channels, wire_tear_down);
  g_test_add ("/sandbox/encrypted/app", WireFixture, NULL, set_up_with_key, test_app, wire_tear_down);
  g_test_add_func ("/sandbox/encrypted/bad-key", test_bad_key);

  return g_test_run ();
}
