/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

#define AUTHORIZE "/broadcasting/authorize"
#define FORM      "Content-Type: application/x-www-form-urlencoded"

typedef struct { const char *what, *target, *headers, *body; guint status; const char *pattern; } Question;

static const Question questions[] = {
  /* protocol.md, vector A1 */
  { "form", AUTHORIZE, FORM, "socket_id=1234.1234&channel_name=private-foobar", 200,
    "{\"auth\":\"" WIRE_KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4\"}" },
  { "json", AUTHORIZE, "Content-Type: application/json", "{\"socket_id\":\"1234.1234\",\"channel_name\":\"private-foobar\"}", 200,
    "{\"auth\":\"*:58df8b0c*\"}" },
  { "query", AUTHORIZE "?socket_id=1234.1234&channel_name=private-foobar", NULL, "", 200, "{\"auth\":\"*:58df8b0c*\"}" },
  { "laravel", "/broadcasting/auth", FORM, "socket_id=1234.1234&channel_name=private-foobar", 200, "*:58df8b0c*" },
  { "pusher-js", "/pusher/auth", FORM, "socket_id=1234.1234&channel_name=private-foobar", 200, "*:58df8b0c*" },
  { "presence", AUTHORIZE, FORM, "socket_id=1234.1234&channel_name=presence-foobar", 200,
    "{\"auth\":\"" WIRE_KEY ":?*\",\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Sandbox user\\\"}}\"}" },
  { "user-by-parameter", AUTHORIZE, FORM, "socket_id=1.1&channel_name=presence-r&user_id=bob&user_info=%7B%22a%22%3A1%7D", 200,
    "*{\\\"user_id\\\":\\\"bob\\\",\\\"user_info\\\":{\\\"a\\\":1}}*" },
  { "user-by-number", AUTHORIZE, NULL, "{\"socket_id\":\"1.1\",\"channel_name\":\"presence-r\",\"user_id\":7}", 200,
    "*{\\\"user_id\\\":\\\"7\\\"}*" },
  { "user-by-header", AUTHORIZE, FORM "\nX-Broadcast-User: eve", "socket_id=1.1&channel_name=presence-r", 200,
    "*{\\\"user_id\\\":\\\"eve\\\"}*" },
  { "sign-in", "/pusher/user-auth", FORM, "socket_id=1234.1234&user_id=12345", 200,
    /* vector U1 */
    "{\"auth\":\"" WIRE_KEY ":4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba\",\"user_data\":\"{\\\"id\\\":\\\"12345\\\"}\"}" },
  { "sign-in-with-watchlist", "/pusher/user-auth", FORM, "socket_id=1.1&user_id=alice&watchlist=%5B%22bob%22%5D", 200,
    "*\"user_data\":\"{\\\"id\\\":\\\"alice\\\",\\\"watchlist\\\":[\\\"bob\\\"]}\"}" },
  { "sign-in-in-json", "/pusher/user-auth", NULL, "{\"socket_id\":\"1.1\",\"user_id\":\"alice\",\"user_info\":{\"n\":1},\"watchlist\":[\"bob\"]}", 200,
    "*\"{\\\"id\\\":\\\"alice\\\",\\\"user_info\\\":{\\\"n\\\":1},\\\"watchlist\\\":[\\\"bob\\\"]}\"}" },
  { "bad-watchlist", "/pusher/user-auth", FORM, "socket_id=1.1&user_id=alice&watchlist=bob", 400, "*watchlist must be JSON*" },
  { "below-a-route", "/pusher/auth/x", FORM, "socket_id=1234.1234&channel_name=private-foobar", 404, "*nothing at this path*" },
  { "no-socket-id", AUTHORIZE, FORM, "channel_name=private-foobar", 400, "socket_id is missing*" },
  { "bad-socket-id", AUTHORIZE, FORM, "socket_id=x&channel_name=private-foobar", 400, "*socket*" },
  { "bad-channel", AUTHORIZE, FORM, "socket_id=1.1&channel_name=private-a%20b", 400, "*space*" },
  { "bad-json", AUTHORIZE, NULL, "{\"socket_id\":", 400, "*JSON*" },
  { "bad-escape", AUTHORIZE, FORM, "socket_id=%zz", 400, "*" },
  { "nul-in-json", AUTHORIZE, NULL, "{\"socket_id\":\"1.1\",\"channel_name\":\"presence-r\",\"user_id\":\"a\\u0000b\"}", 400, "“user_id” has a NUL*" },
  { "escaped-nul", AUTHORIZE, FORM, "socket_id=1.1&channel_name=private-a%00b", 400, "*malformed*" },
  { "bad-user-info", AUTHORIZE, FORM, "socket_id=1.1&channel_name=presence-r&user_info=x", 400, "*user_info*" },
  { "encrypted", AUTHORIZE, FORM, "socket_id=1.1&channel_name=private-encrypted-x", 403, "*master key*" },
  { "page-of-stranger", AUTHORIZE, FORM "\nOrigin: https://evil.example", "socket_id=1.1&channel_name=private-foobar", 403, "*No socket 1.1*" },
};

static void
test_question (WireFixture   *fixture,
               gconstpointer  data)
{
  const Question *question = data;
  guint status = 0;
  g_autofree char *answer = wire_request (fixture->sandbox, "POST", question->target, question->headers, question->body, &status);

  wire_assert_match (answer, question->pattern);
  g_assert_cmpuint (status, ==, question->status);
  g_assert_null (strstr (answer, WIRE_SECRET));
}

/* What stands before a NUL is not what was asked for. */
static void
test_nul (WireFixture   *fixture,
          gconstpointer  data)
{
  static const char form[] = "socket_id=1.1&channel_name=private-a\0b";
  static const char json[] = "{\"socket_id\":\"1.1\",\"channel_name\":\"private-a\"}\0,";
  g_autoptr(GBytes) form_body = g_bytes_new_static (form, sizeof form - 1);
  g_autoptr(GBytes) json_body = g_bytes_new_static (json, sizeof json - 1);
  GBytes *bodies[] = { form_body, json_body };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      guint status = 0;
      g_autofree char *answer = wire_request_bytes (fixture->sandbox, "POST", AUTHORIZE, FORM, bodies[i], &status);

      wire_assert_match (answer, "*NUL*");
      g_assert_cmpuint (status, ==, 400);
    }
}

static void
test_set_user (WireFixture   *fixture,
               gconstpointer  data)
{
  bcast_sandbox_set_user (fixture->sandbox, "u-é", "{\"n\":1}");

  g_autofree char *answer = wire_request (fixture->sandbox, "POST", AUTHORIZE, NULL,
                                          "socket_id=1.1&channel_name=presence-r", NULL);
  g_assert_nonnull (strstr (answer, "{\\\"user_id\\\":\\\"u-é\\\",\\\"user_info\\\":{\\\"n\\\":1}}"));

  bcast_sandbox_set_user (fixture->sandbox, "2", "no JSON");

  g_autofree char *other = wire_request (fixture->sandbox, "POST", AUTHORIZE, NULL,
                                         "socket_id=1.1&channel_name=presence-r", NULL);
  g_assert_nonnull (strstr (other, "{\\\"user_id\\\":\\\"2\\\"}"));
}

/* What the route signs is what the socket takes. */
static void
test_answer_is_accepted (WireFixture   *fixture,
                         gconstpointer  data)
{
  g_autoptr(WireClient) client = wire_connect (fixture->sandbox);
  g_autofree char *form = g_strdup_printf ("socket_id=%s&channel_name=presence-r", client->socket_id);
  g_autofree char *answer = wire_request (fixture->sandbox, "POST", AUTHORIZE,
                                          FORM "\nOrigin: http://localhost:8000", form, NULL);
  g_autofree char *text = NULL;

  /* The answer has the members of a subscribe frame but for the channel. */
  answer[strlen (answer) - 1] = '\0';
  text = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":%s,\"channel\":\"presence-r\"}}", answer);
  wire_send (client, text);
  wire_expect_match (client, "*subscription_succeeded*\\\"ids\\\":[\\\"1\\\"]*");
}

static void
headers_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
test_cors (WireFixture   *fixture,
           gconstpointer  data)
{
  const struct { const char *name, *value; } expected[] = {
    { "Access-Control-Allow-Origin", "http://app.test:3000" },
    { "Access-Control-Allow-Credentials", "true" },
    { "Access-Control-Allow-Headers", "content-type,x-csrf-token" },
    { "Access-Control-Allow-Methods", "GET, POST" },
    { "Access-Control-Allow-Private-Network", "true" },
    { "Vary", "Origin" },
  };
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u" AUTHORIZE, bcast_sandbox_get_port (fixture->sandbox));
  g_autoptr(SoupMessage) message = soup_message_new ("OPTIONS", uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  gboolean is_done = FALSE;

  soup_message_headers_replace (headers, "Origin", "http://app.test:3000");
  soup_message_headers_replace (headers, "Access-Control-Request-Method", "POST");
  soup_message_headers_replace (headers, "Access-Control-Request-Headers", "content-type,x-csrf-token");
  soup_message_headers_replace (headers, "Access-Control-Request-Private-Network", "true");
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, headers_cb, &is_done);
  g_assert_true (wire_wait (is_true, &is_done));

  g_assert_cmpuint (soup_message_get_status (message), ==, 204);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message), expected[i].name), ==, expected[i].value);
}

static void
test_method (WireFixture   *fixture,
             gconstpointer  data)
{
  guint status = 0;
  g_autofree char *answer = wire_request (fixture->sandbox, "PUT", AUTHORIZE, FORM, "socket_id=1.1", &status);

  g_assert_cmpuint (status, ==, 405);
  g_assert_nonnull (strstr (answer, "GET and POST"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/authorize/question/", questions[i].what, NULL);
      g_test_add (path, WireFixture, &questions[i], wire_set_up_sandbox, test_question, wire_tear_down);
    }
  g_test_add ("/sandbox/authorize/nul", WireFixture, NULL, wire_set_up_sandbox, test_nul, wire_tear_down);
  g_test_add ("/sandbox/authorize/set-user", WireFixture, NULL, wire_set_up_sandbox, test_set_user, wire_tear_down);
  g_test_add ("/sandbox/authorize/answer-is-accepted", WireFixture, NULL, wire_set_up_sandbox, test_answer_is_accepted, wire_tear_down);
  g_test_add ("/sandbox/authorize/cors", WireFixture, NULL, wire_set_up_sandbox, test_cors, wire_tear_down);
  g_test_add ("/sandbox/authorize/method", WireFixture, NULL, wire_set_up_sandbox, test_method, wire_tear_down);

  return g_test_run ();
}
