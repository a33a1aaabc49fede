/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-error.h"
#include "bcast-request-signature.h"
#include "wire.h"

#include <string.h>

/* Two apps in one sandbox: that of all tests, and this. */
#define OTHER_ID     "4"
#define OTHER_KEY    "otherkey"
#define OTHER_SECRET "othersecret"

static GPtrArray *
make_apps (void)
{
  GPtrArray *apps = bcast_sandbox_apps_new ();

  g_ptr_array_add (apps, bcast_sandbox_app_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET));
  g_ptr_array_add (apps, bcast_sandbox_app_new (OTHER_ID, OTHER_KEY, OTHER_SECRET));
  for (guint i = 0; i < apps->len; i++)
    ((BcastSandboxApp *) apps->pdata[i])->options.has_subscription_counts = FALSE;
  return apps;
}

static void
set_apps (WireFixture *fixture,
          GPtrArray   *apps)
{
  g_autoptr(GError) error = NULL;

  bcast_sandbox_set_apps (fixture->sandbox, apps, &error);
  g_assert_no_error (error);
}

static void
set_up (WireFixture   *fixture,
        gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();

  fixture->sandbox = wire_start_sandbox ();
  set_apps (fixture, apps);
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect_to (fixture->sandbox, OTHER_KEY);
}

/* As wire_api() does it for the first app. */
static guint
publish_to_other (WireFixture *fixture,
                  const char  *secret,
                  const char  *body)
{
  const char * const params[] = { NULL };
  const char *path = "/apps/" OTHER_ID "/events";
  g_autoptr(BcastRequestSignature) signature =
    bcast_request_signature_new (OTHER_KEY, secret, "POST", path, params, body, strlen (body),
                                 g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *target = g_strconcat (path, "?", signature->query, NULL);
  guint status = 0;

  g_free (wire_request (fixture->sandbox, "POST", target, "", body, &status));
  return status;
}

static void
test_apart (WireFixture   *fixture,
            gconstpointer  data)
{
  wire_subscribe (fixture->alice, "ch", NULL);
  wire_subscribe (fixture->bob, "ch", NULL);

  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"1\"}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"ch\",\"data\":\"1\"}");
  g_assert_cmpuint (publish_to_other (fixture, OTHER_SECRET,
                                      "{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"2\"}"), ==, 200);
  wire_expect (fixture->bob, "{\"event\":\"e\",\"channel\":\"ch\",\"data\":\"2\"}");
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);

  /* The secret of one is none of the other's. */
  g_assert_cmpuint (publish_to_other (fixture, WIRE_SECRET,
                                      "{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"3\"}"), ==, 401);
}

/* What is set anew while clients are connected does not disturb them. */
static void
test_reload (WireFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();
  BcastSandboxApp *other = apps->pdata[1];

  wire_subscribe (fixture->bob, "ch", NULL);
  g_free (other->secret);
  other->secret = g_strdup ("rotated");
  set_apps (fixture, apps);

  g_assert_cmpuint (publish_to_other (fixture, OTHER_SECRET,
                                      "{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"1\"}"), ==, 401);
  g_assert_cmpuint (publish_to_other (fixture, "rotated",
                                      "{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"2\"}"), ==, 200);
  wire_expect (fixture->bob, "{\"event\":\"e\",\"channel\":\"ch\",\"data\":\"2\"}");
  wire_expect_nothing (fixture->alice);
}

static void
test_removed (WireFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();

  g_ptr_array_set_size (apps, 1);
  set_apps (fixture, apps);
  wire_expect_close (fixture->bob, 4001);
  wire_expect_nothing (fixture->alice);
  g_assert_cmpuint (publish_to_other (fixture, OTHER_SECRET, "{}"), ==, 404);
}

static void
test_disabled (WireFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();

  ((BcastSandboxApp *) apps->pdata[1])->is_enabled = FALSE;
  set_apps (fixture, apps);
  wire_expect_close (fixture->bob, 4003);
  g_assert_cmpuint (publish_to_other (fixture, OTHER_SECRET, "{}"), ==, 403);

  g_autoptr(WireClient) refused = wire_open (fixture->sandbox, "/app/" OTHER_KEY "?protocol=7");
  wire_expect_match (refused, "{\"event\":\"pusher:error\",\"data\":{\"code\":4003,*");
  wire_expect_close (refused, 4003);
  wire_expect_nothing (fixture->alice);
}

static void
test_quota (WireFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();

  ((BcastSandboxApp *) apps->pdata[1])->options.max_sockets = 1;
  set_apps (fixture, apps);

  g_autoptr(WireClient) refused = wire_open (fixture->sandbox, "/app/" OTHER_KEY "?protocol=7");
  wire_expect_match (refused, "{\"event\":\"pusher:error\",\"data\":{\"code\":4004,*");
  wire_expect_close (refused, 4004);
  g_autoptr(WireClient) welcome = wire_connect (fixture->sandbox);
  wire_expect_nothing (welcome);
}

static void
test_no_client_events (WireFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();

  wire_subscribe (fixture->alice, "private-ch", NULL);
  ((BcastSandboxApp *) apps->pdata[0])->options.has_client_events = FALSE;
  set_apps (fixture, apps);
  wire_send (fixture->alice, "{\"event\":\"client-x\",\"channel\":\"private-ch\",\"data\":{}}");
  wire_expect_match (fixture->alice, "*pusher:error*\"code\":4301,\"message\":\"Client events are switched off*");
}

/* Only browsers say where their page comes from; others may say nothing and pass. */
static void
test_origins (WireFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();
  char *allowed[] = { (char *) "https://app.test", NULL };
  BcastSandboxApp *app = apps->pdata[0];

  app->allowed_origins = g_strdupv (allowed);
  set_apps (fixture, apps);

  g_autoptr(WireClient) stranger = wire_open_from (fixture->sandbox, "/app/" WIRE_KEY, "https://evil.test");
  wire_expect_match (stranger, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,*origin*");
  wire_expect_close (stranger, 4009);
  g_autoptr(WireClient) page = wire_open_from (fixture->sandbox, "/app/" WIRE_KEY, "https://APP.test");
  wire_expect_match (page, "*connection_established*");
  g_autoptr(WireClient) program = wire_open (fixture->sandbox, "/app/" WIRE_KEY);
  wire_expect_match (program, "*connection_established*");
}

static char *
authorize (WireFixture *fixture,
           const char  *path,
           WireClient  *client,
           guint       *status)
{
  g_autofree char *body = g_strdup_printf ("socket_id=%s&channel_name=private-ch", client->socket_id);

  return wire_request (fixture->sandbox, "POST", path, "Content-Type: application/x-www-form-urlencoded\n", body,
                       status);
}

/* At one path for both, each socket is authorized by its own app. */
static void
test_authorize (WireFixture   *fixture,
                gconstpointer  data)
{
  guint status = 0;
  g_autofree char *alice = authorize (fixture, "/broadcasting/auth", fixture->alice, &status);
  g_assert_cmpuint (status, ==, 200);
  wire_assert_match (alice, "{\"auth\":\"" WIRE_KEY ":*");
  g_autofree char *bob = authorize (fixture, "/broadcasting/auth", fixture->bob, &status);
  wire_assert_match (bob, "{\"auth\":\"" OTHER_KEY ":*");
}

/* A route of one app, which refuses. */
static void
test_routes (WireFixture   *fixture,
             gconstpointer  data)
{
  static const char * const paths[] = { "/api/auth", NULL };
  g_autoptr(GPtrArray) apps = make_apps ();
  BcastSandboxApp *other = apps->pdata[1];
  guint status = 0;

  other->routes->authorize_paths = g_strdupv ((char **) paths);
  other->routes->refuse_kind = BCAST_REFUSAL_STATUS;
  other->routes->refuse_status = 418;
  set_apps (fixture, apps);

  g_free (authorize (fixture, "/api/auth", fixture->bob, &status));
  g_assert_cmpuint (status, ==, 418);
  g_free (authorize (fixture, "/broadcasting/auth", fixture->alice, &status));
  g_assert_cmpuint (status, ==, 200);
  /* A page that no app has. */
  g_free (authorize (fixture, "/api/none", fixture->alice, &status));
  g_assert_cmpuint (status, ==, 404);
}

static void
test_check (WireFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) apps = make_apps ();
  BcastSandboxApp *other = apps->pdata[1];
  g_autoptr(GError) error = NULL;

  g_free (other->key);
  other->key = g_strdup (WIRE_KEY);
  g_assert_false (bcast_sandbox_set_apps (fixture->sandbox, apps, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  wire_assert_match (error->message, "*“3” and “4” have the same key*");
  g_clear_error (&error);

  g_free (other->app_id);
  other->app_id = g_strdup (WIRE_APP_ID);
  g_assert_false (bcast_sandbox_set_apps (fixture->sandbox, apps, &error));
  wire_assert_match (error->message, "*have the id “3”*");
  g_clear_error (&error);

  g_ptr_array_set_size (apps, 0);
  g_assert_false (bcast_sandbox_set_apps (fixture->sandbox, apps, &error));
  wire_assert_match (error->message, "There is no app to serve.*");

  /* Nothing of it counted. */
  wire_expect_nothing (fixture->alice);
  wire_expect_nothing (fixture->bob);
}

#define ADD(name, func) g_test_add ("/sandbox-apps/" name, WireFixture, NULL, set_up, func, wire_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("apart", test_apart);
  ADD ("reload", test_reload);
  ADD ("removed", test_removed);
  ADD ("disabled", test_disabled);
  ADD ("quota", test_quota);
  ADD ("no-client-events", test_no_client_events);
  ADD ("origins", test_origins);
  ADD ("authorize", test_authorize);
  ADD ("routes", test_routes);
  ADD ("check", test_check);
  return g_test_run ();
}
