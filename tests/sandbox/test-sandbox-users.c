/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

#define SIGNED_IN "{\"event\":\"pusher:signin_success\",*"

/* What a watcher is told. */
#define WATCHLIST(events) "{\"event\":\"pusher_internal:watchlist_events\",\"data\":\"{\\\"events\\\":[" events "]}\"}"
#define ONLINE(ids)       "{\\\"name\\\":\\\"online\\\",\\\"user_ids\\\":[" ids "]}"
#define OFFLINE(ids)      "{\\\"name\\\":\\\"offline\\\",\\\"user_ids\\\":[" ids "]}"
#define ID(id)            "\\\"" id "\\\""

static void
sign_in (WireClient *client,
         const char *user_data)
{
  wire_sign_in (client, user_data);
  wire_expect_match (client, SIGNED_IN);
}

static void
terminate (WireFixture *fixture,
           const char  *user_id,
           const char  *body)
{
  g_autofree char *path = g_strdup_printf ("/users/%s/terminate_connections", user_id);
  g_autofree char *answer = wire_api (fixture->sandbox, "POST", path, NULL, body, NULL);

  g_assert_cmpstr (answer, ==, "{}");
}

static void
test_sign_in (WireFixture   *fixture,
              gconstpointer  data)
{
  wire_sign_in (fixture->alice, "{\"id\":\"u1\",\"user_info\":{\"n\":1}}");
  wire_expect (fixture->alice, "{\"event\":\"pusher:signin_success\",\"data\":\"{\\\"user_data\\\":"
                               "\\\"{\\\\\\\"id\\\\\\\":\\\\\\\"u1\\\\\\\",\\\\\\\"user_info\\\\\\\":{\\\\\\\"n\\\\\\\":1}}\\\"}\"}");

  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"#server-to-user-u1\"],\"data\":\"for you\"}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"#server-to-user-u1\",\"data\":\"for you\"}");
  wire_subscribe (fixture->alice, "#server-to-user-u1", NULL);

  /* The user that is known stands in for channel_data. */
  wire_ask_to_subscribe (fixture->alice, "presence-r", NULL);
  wire_expect_match (fixture->alice, "*\\\"hash\\\":{\\\"u1\\\":{\\\"n\\\":1}}*");

  wire_sign_in (fixture->alice, "{\"id\":\"u2\"}");
  wire_expect_match (fixture->alice, "*pusher:error*4009*u1*");
}

/* The channel of the user takes the longest id, too. */
static void
test_long_user_id (WireFixture   *fixture,
                   gconstpointer  data)
{
  g_autofree char *longest = g_strnfill (200, 'u');
  g_autofree char *user_data = g_strdup_printf ("{\"id\":\"%s\"}", longest);
  g_autofree char *too_long = g_strdup_printf ("{\"id\":\"%su\"}", longest);
  g_autofree char *channel = g_strconcat ("#server-to-user-", longest, NULL);
  g_autofree char *body = g_strdup_printf ("{\"name\":\"e\",\"channels\":[\"%s\"],\"data\":\"for you\"}", channel);

  wire_sign_in (fixture->alice, user_data);
  wire_expect_match (fixture->alice, "*pusher:signin_success*");
  wire_subscribe (fixture->alice, channel, NULL);
  wire_publish (fixture->sandbox, body);
  wire_expect_match (fixture->alice, "{\"event\":\"e\",*\"data\":\"for you\"}");

  wire_sign_in (fixture->bob, too_long);
  wire_expect_match (fixture->bob, "*pusher:error*4009*user id has 201 characters, and 200*");
}

static void
test_bad_sign_in (WireFixture   *fixture,
                  gconstpointer  data)
{
  wire_send (fixture->alice, "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"" WIRE_KEY ":00\",\"user_data\":\"{\\\"id\\\":\\\"u1\\\"}\"}}");
  wire_expect_match (fixture->alice, "*pusher:error*4009*Invalid signature*");
  wire_sign_in (fixture->alice, "{\"id\":\"\"}");
  wire_expect_match (fixture->alice, "*pusher:error*4009*id*");
  wire_sign_in (fixture->alice, "{\"id\":7}");
  wire_expect_match (fixture->alice, "*pusher:error*4009*id*");
  wire_sign_in (fixture->alice, "{\"id\":\"a b\"}");
  wire_expect_match (fixture->alice, "*pusher:error*4009*A user id cannot have a space*");
  wire_sign_in (fixture->alice, "{\"id\":\"a\\u0000b\"}");
  wire_expect_match (fixture->alice, "*pusher:error*4009*“id” has a NUL*");
  wire_sign_in (fixture->alice, "nobody");
  wire_expect_match (fixture->alice, "*pusher:error*4009*");
  wire_ask_to_subscribe (fixture->alice, "#server-to-user-u1", NULL);
  wire_expect_match (fixture->alice, "*subscription_error*AuthError*");
}

/* To sign in again as the same user is no harm, and tells anew what is known of the user. */
static void
test_sign_in_twice (WireFixture   *fixture,
                    gconstpointer  data)
{
  sign_in (fixture->alice, "{\"id\":\"u1\",\"user_info\":1}");
  sign_in (fixture->alice, "{\"id\":\"u1\",\"user_info\":2}");
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"#server-to-user-u1\"],\"data\":\"once\"}");
  wire_expect_match (fixture->alice, "*\"data\":\"once\"}");
  wire_expect_nothing (fixture->alice);
  wire_ask_to_subscribe (fixture->alice, "presence-r", NULL);
  wire_expect_match (fixture->alice, "*\\\"hash\\\":{\\\"u1\\\":2}*");

  /* Refused, and still the first. */
  wire_sign_in (fixture->alice, "{\"id\":\"u2\"}");
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"This socket is signed in as “u1” already.*\"}}");
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"#server-to-user-u2\"],\"data\":\"not here\"}");
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"#server-to-user-u1\"],\"data\":\"here\"}");
  wire_expect_match (fixture->alice, "*\"data\":\"here\"}");
}

/* Every socket of the user gets what is for the user, and nobody else does. */
static void
test_server_to_user (WireFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr(WireClient) again = wire_connect (fixture->sandbox);
  g_autofree char *body = NULL;

  sign_in (fixture->alice, "{\"id\":\"u1\"}");
  sign_in (again, "{\"id\":\"u1\"}");
  sign_in (fixture->bob, "{\"id\":\"u2\"}");
  wire_send (fixture->bob, "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"#server-to-user-u1\"}}");
  wire_expect_match (fixture->bob, "{\"event\":\"pusher:subscription_error\",\"channel\":\"#server-to-user-u1\",*AuthError*");
  wire_expect_match (fixture->bob, "{\"event\":\"pusher:error\",\"channel\":\"#server-to-user-u1\",\"data\":{\"code\":4009,*");
  wire_send (fixture->alice, "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"#server-to-user-u1\"}}");
  wire_expect (fixture->alice, "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"#server-to-user-u1\",\"data\":\"{}\"}");

  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"#server-to-user-u1\"],\"data\":\"1\"}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"#server-to-user-u1\",\"data\":\"1\"}");
  wire_expect (again, "{\"event\":\"e\",\"channel\":\"#server-to-user-u1\",\"data\":\"1\"}");
  wire_expect_nothing (fixture->bob);
  wire_expect_nothing (fixture->alice);

  body = g_strdup_printf ("{\"name\":\"e\",\"channels\":[\"#server-to-user-u1\"],\"data\":\"2\",\"socket_id\":\"%s\"}",
                          fixture->alice->socket_id);
  wire_publish (fixture->sandbox, body);
  wire_expect_match (again, "*\"data\":\"2\"}");
  wire_expect_nothing (fixture->alice);

  /* A client sends nothing there. */
  wire_send (fixture->alice, "{\"event\":\"client-x\",\"channel\":\"#server-to-user-u1\",\"data\":1}");
  wire_expect_match (fixture->alice, "*pusher:error*4301*");
  wire_expect_nothing (again);
}

static void
test_terminate (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr(WireClient) again = wire_connect (fixture->sandbox);
  g_autoptr(WireClient) member = wire_connect (fixture->sandbox);

  sign_in (fixture->alice, "{\"id\":\"u1\"}");
  sign_in (again, "{\"id\":\"u1\"}");
  sign_in (fixture->bob, "{\"id\":\"u2\"}");
  wire_subscribe (member, "presence-r", "{\"user_id\":\"u1\"}");

  terminate (fixture, "u1", "{}");
  wire_expect (fixture->alice, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"You got disconnected by the app.\"}}");
  wire_expect_close (fixture->alice, 4009);
  g_assert_cmpstr (fixture->alice->close_reason, ==, "You got disconnected by the app.");
  wire_expect_match (again, "*pusher:error*4009*");
  wire_expect_close (again, 4009);

  /* Membership alone is no sign-in. */
  wire_expect_nothing (member);
  wire_expect_nothing (fixture->bob);

  /* Nobody to close is no error; and the user may come back. */
  terminate (fixture, "u1", NULL);
  terminate (fixture, "nobody", "{}");
  sign_in (member, "{\"id\":\"u1\"}");
  terminate (fixture, "u1", "");
  wire_expect_match (member, "*pusher:error*4009*");
  wire_expect_close (member, 4009);
}

static void
test_bad_terminate (WireFixture   *fixture,
                    gconstpointer  data)
{
  g_autofree char *long_id = g_strnfill (201, 'u');
  g_autofree char *long_path = g_strdup_printf ("/users/%s/terminate_connections", long_id);
  const struct { const char *method, *path; guint status; const char *pattern; } cases[] = {
    { "POST", "/users/a%20b/terminate_connections", 400, "*user id cannot have a space*" },
    { "POST", long_path, 400, "*201 characters, and 200*" },
    { "POST", "/users//terminate_connections", 400, "*empty*" },
    { "GET", "/users/u1/terminate_connections", 405, "*POST*" },
    { "POST", "/users/u1", 404, "*nothing at this path*/users/{user_id}/terminate_connections*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status = 0;
      g_autofree char *answer = wire_api (fixture->sandbox, cases[i].method, cases[i].path, NULL, NULL, &status);

      wire_assert_match (answer, cases[i].pattern);
      g_assert_cmpuint (status, ==, cases[i].status);
    }
}

static void
test_watchlist (WireFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr(WireClient) again = wire_connect (fixture->sandbox);

  sign_in (fixture->bob, "{\"id\":\"bob\"}");
  sign_in (fixture->alice, "{\"id\":\"alice\",\"watchlist\":[\"bob\",\"carol\",\"dave\",\"bob\"]}");
  wire_expect (fixture->alice, WATCHLIST (ONLINE (ID ("bob")) "," OFFLINE (ID ("carol") "," ID ("dave"))));

  /* Only the first socket comes, and only the last one goes. */
  sign_in (again, "{\"id\":\"bob\"}");
  wire_expect_nothing (fixture->alice);
  g_clear_pointer (&fixture->bob, wire_free);
  sign_in (again, "{\"id\":\"bob\"}");
  wire_expect_nothing (fixture->alice);
  g_clear_pointer (&again, wire_free);
  wire_expect (fixture->alice, WATCHLIST (OFFLINE (ID ("bob"))));

  again = wire_connect (fixture->sandbox);
  sign_in (again, "{\"id\":\"carol\",\"watchlist\":[]}");
  wire_expect_nothing (again);
  wire_expect (fixture->alice, WATCHLIST (ONLINE (ID ("carol"))));
  terminate (fixture, "carol", "{}");
  wire_expect_match (again, "*pusher:error*");
  wire_expect_close (again, 4009);
  wire_expect (fixture->alice, WATCHLIST (OFFLINE (ID ("carol"))));
}

/* Another sign-in brings another watchlist. */
static void
test_watchlist_anew (WireFixture   *fixture,
                     gconstpointer  data)
{
  sign_in (fixture->alice, "{\"id\":\"alice\",\"watchlist\":[\"bob\"]}");
  wire_expect (fixture->alice, WATCHLIST (OFFLINE (ID ("bob"))));
  sign_in (fixture->alice, "{\"id\":\"alice\",\"watchlist\":[\"alice\"]}");
  wire_expect (fixture->alice, WATCHLIST (ONLINE (ID ("alice"))));
  sign_in (fixture->bob, "{\"id\":\"bob\"}");
  wire_expect_nothing (fixture->alice);
  sign_in (fixture->alice, "{\"id\":\"alice\"}");
  g_clear_pointer (&fixture->bob, wire_free);
  wire_expect_nothing (fixture->alice);
}

static void
test_long_watchlist (WireFixture   *fixture,
                     gconstpointer  data)
{
  GString *user_data = g_string_new ("{\"id\":\"alice\",\"watchlist\":[");

  for (guint i = 0; i < 103; i++)
    g_string_append_printf (user_data, "%s\"w%u\"", i > 0 ? "," : "", i);
  g_string_append (user_data, "]}");

  sign_in (fixture->alice, user_data->str);
  wire_expect_match (fixture->alice, "{\"event\":\"pusher:error\",\"data\":{\"code\":4302,\"message\":\"*103 users, 3 more than the 100*\"}}");
  wire_expect_match (fixture->alice, "*watchlist_events*offline*\\\"w99\\\"]}]}\"}");
  sign_in (fixture->bob, "{\"id\":\"w100\"}");
  wire_expect_nothing (fixture->alice);
  g_string_free (user_data, TRUE);
}

static void
test_bad_watchlist (WireFixture   *fixture,
                    gconstpointer  data)
{
  static const struct { const char *watchlist, *pattern; } cases[] = {
    { "\"bob\"", "*4009*must be a list*" },
    { "{\"bob\":1}", "*4009*must be a list*" },
    { "[\"bob\",7]", "*4009*position 2*" },
    { "[\"a\\u0000b\"]", "*4009*position 1*" },
    { "[\"a b\"]", "*4009*position 1*space*" },
    { "[\"\"]", "*4009*position 1*empty*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *user_data = g_strdup_printf ("{\"id\":\"alice\",\"watchlist\":%s}", cases[i].watchlist);

      wire_sign_in (fixture->alice, user_data);
      wire_expect_match (fixture->alice, cases[i].pattern);
      wire_expect_nothing (fixture->alice);
    }
  sign_in (fixture->bob, "{\"id\":\"bob\",\"watchlist\":null}");
  wire_expect_nothing (fixture->bob);
}

static const struct
{
  const char  *name;
  void       (*run) (WireFixture   *fixture,
                     gconstpointer  data);
} cases[] = {
  { "sign-in", test_sign_in },
  { "sign-in-twice", test_sign_in_twice },
  { "long-id", test_long_user_id },
  { "bad-sign-in", test_bad_sign_in },
  { "server-to-user", test_server_to_user },
  { "terminate", test_terminate },
  { "bad-terminate", test_bad_terminate },
  { "watchlist", test_watchlist },
  { "watchlist-anew", test_watchlist_anew },
  { "long-watchlist", test_long_watchlist },
  { "bad-watchlist", test_bad_watchlist },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/users/", cases[i].name, NULL);
      g_test_add (path, WireFixture, NULL, wire_set_up, cases[i].run, wire_tear_down);
    }

  return g_test_run ();
}
