/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-authorize-private.h"

#include <string.h>
#include <sys/socket.h>

#include "hub-fixture.h"
#include "wire.h"

/* Two apps and their routes, behind a server that does nothing else. */
typedef struct
{
  HubFixture          first;
  BcastHub           *second;
  GPtrArray          *hubs;
  SoupServer         *server;
  guint16             port;
  BcastSandboxRoutes *routes;
  SoupMessage        *message; /* the last one that was sent */
} Fixture;

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Fixture *fixture = user_data;
  const BcastSandboxUser user = { (char *) "usual", NULL };

  if (bcast_sandbox_routes_has_path (fixture->routes, path))
    bcast_sandbox_authorize_handle (bcast_sandbox_authorize_find_hub (fixture->hubs, message), &user, fixture->routes, message);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const BcastAppOptions app_options = { .app_id = "2", .key = "key2", .secret = "secret2", .ws_host = "127.0.0.1" };
  const BcastHubOptions options = BCAST_HUB_OPTIONS_DEFAULT;
  BcastApp *app = bcast_app_new (&app_options, NULL);
  g_autoptr(GError) error = NULL;

  hub_fixture_set_up (&fixture->first, NULL);
  fixture->second = bcast_hub_new (app, &options);
  bcast_app_unref (app);
  fixture->hubs = g_ptr_array_new ();
  g_ptr_array_add (fixture->hubs, fixture->first.hub);
  g_ptr_array_add (fixture->hubs, fixture->second);
  fixture->routes = bcast_sandbox_routes_new ();

  fixture->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (fixture->server, NULL, request_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  GSList *uris = soup_server_get_uris (fixture->server);

  fixture->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->message);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_ptr_array_unref (fixture->hubs);
  bcast_sandbox_routes_free (fixture->routes);
  hub_fixture_tear_down (&fixture->first, NULL);
  bcast_hub_stop (fixture->second, 4200, "bye");
  g_assert_finalize_object (fixture->second);
}

static GSocketConnection *
take_end (int fd)
{
  g_autoptr(GSocket) socket = g_socket_new_from_fd (fd, NULL);

  return g_socket_connection_factory_create_connection (socket);
}

/* Stays connected until it is dropped, or @other is gone. */
static BcastPeer *
connect_peer (Fixture            *fixture,
              BcastHub           *hub,
              GSocketConnection **other)
{
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);

  g_autoptr(GSocketConnection) own = take_end (ends[0]);

  *other = take_end (ends[1]);
  return bcast_peer_new (hub, G_IO_STREAM (own), fixture->first.flusher);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  *(GBytes **) user_data = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer user_data)
{
  return *(GBytes **) user_data != NULL;
}

/* @headers: NULL or lines of “Name: value” */
static char *
ask (Fixture    *fixture,
     const char *method,
     const char *target,
     const char *headers,
     const char *body)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", fixture->port, target);
  g_auto(GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  GBytes *answer = NULL;
  char *text;

  g_clear_object (&fixture->message);
  fixture->message = soup_message_new (method, uri);
  soup_message_set_flags (fixture->message, SOUP_MESSAGE_NO_REDIRECT);
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (fixture->message, NULL, bytes);
    }
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) parts = g_strsplit (lines[i], ": ", 2);
      soup_message_headers_replace (soup_message_get_request_headers (fixture->message), parts[0], parts[1]);
    }

  soup_session_send_and_read_async (session, fixture->message, G_PRIORITY_DEFAULT, NULL, answered_cb, &answer);
  g_assert_true (wire_wait (is_set, &answer));
  text = g_strndup (g_bytes_get_size (answer) > 0 ? g_bytes_get_data (answer, NULL) : "", g_bytes_get_size (answer));
  g_bytes_unref (answer);
  return text;
}

static const char *
get_header (Fixture    *fixture,
            const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (fixture->message), name);
}

#define MULTIPART "Content-Type: multipart/form-data; boundary=x-y"
#define PART(name, value) "--x-y\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"

typedef struct { const char *what, *method, *target, *headers, *body; guint status; const char *pattern; } Question;

static const Question questions[] = {
  { "get", "GET", "/broadcasting/auth?socket_id=1.1&channel_name=private-x", NULL, NULL, 200, "{\"auth\":\"key:*\"}" },
  { "get-ignores-body", "GET", "/broadcasting/auth?socket_id=1.1&channel_name=presence-x", "Content-Type: application/json", "{\"user_id\":\"eve\"}", 200, "*usual*" },
  { "head", "HEAD", "/broadcasting/auth?socket_id=1.1&channel_name=private-x", NULL, NULL, 200, "" },
  { "get-nothing", "GET", "/broadcasting/auth", NULL, NULL, 400, "socket_id is missing*pusher.connection.socket_id*" },
  { "empty-socket-id", "POST", "/pusher/auth", NULL, "socket_id=&channel_name=private-x", 400, "*socket*" },
  { "empty-channel", "POST", "/pusher/auth", NULL, "socket_id=1.1&channel_name=", 400, "*channel*" },
  { "multipart", "POST", "/pusher/auth", MULTIPART, PART ("socket_id", "1.1") PART ("channel_name", "presence-x") PART ("user_id", "\303\274") "--x-y--\r\n", 200,
    "*{\\\"user_id\\\":\\\"\303\274\\\"}*" },
  { "multipart-and-query", "POST", "/pusher/auth?channel_name=private-q&socket_id=1.1", MULTIPART, PART ("channel_name", "presence-x") "--x-y--", 200, "*channel_data*" },
  { "multipart-file", "POST", "/pusher/auth", MULTIPART, "--x-y\r\nContent-Disposition: form-data; filename=\"socket_id\"; name=\"f\"\r\n\r\n1.1\r\n--x-y--", 400, "socket_id is missing*" },
  { "multipart-without-name", "POST", "/pusher/auth?socket_id=1.1", MULTIPART, "--x-y\r\nX: name=\"channel_name\"\r\n\r\nprivate-x\r\n--x-y--", 200, "*user_data*" },
  { "multipart-cut", "POST", "/pusher/auth", MULTIPART, PART ("socket_id", "1.1") "--x-y\r\nContent-Disposition: form-data; name=\"channel_name\"\r\n\r\nprivate-x", 400, "*no well-formed multipart*" },
  { "multipart-cut-name", "POST", "/pusher/auth", MULTIPART, "--x-y\r\nContent-Disposition: form-data; name=\"socket_id\r\n\r\n\"1.1\r\n--x-y--", 400, "socket_id is missing*" },
  { "multipart-no-end", "POST", "/pusher/auth", MULTIPART, PART ("socket_id", "1.1"), 400, "*no well-formed multipart*" },
  { "multipart-other-boundary", "POST", "/pusher/auth", "Content-Type: multipart/form-data; boundary=z", PART ("socket_id", "1.1") "--x-y--", 400, "*no well-formed multipart*" },
  { "multipart-no-boundary", "POST", "/pusher/auth", "Content-Type: multipart/form-data", PART ("socket_id", "1.1") "--x-y--", 400, "*no well-formed multipart*" },
  { "callback-of-stranger", "GET", "/pusher/auth?callback=f&socket_id=1.1&channel_name=private-x", NULL, NULL, 403, "*No socket 1.1 is connected*" },
  { "wrong-method", "DELETE", "/pusher/auth", NULL, NULL, 405, "*GET and POST*" },
};

static void
test_question (Fixture       *fixture,
               gconstpointer  data)
{
  const Question *question = data;
  g_autofree char *answer = ask (fixture, question->method, question->target, question->headers, question->body);

  wire_assert_match (answer, question->pattern);
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, question->status);
}

static void
test_many_parts (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GString) body = g_string_new (NULL);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 65; i++)
    g_string_append (body, PART ("socket_id", "1.1"));
  g_string_append (body, "--x-y--");
  answer = ask (fixture, "POST", "/pusher/auth", MULTIPART, body->str);
  g_assert_nonnull (strstr (answer, "more than 64 fields"));
}

static void
test_callback (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const good[] = { "Pusher.auth_callbacks%5B'1'%5D", "f", "$.a_b", "x%5B%221%22%5D" };
  static const char * const bad[] = { "", "1f", "a;b", "a%20b", "alert(1)//", "%3Cscript%3E", "f%00", "a%2Fb", "%E2%80%A8", "f%0A", "a%3Db", "a%2Bb", "%60f%60" };
  g_autoptr(GSocketConnection) other = NULL;
  g_autoptr(BcastPeer) peer = connect_peer (fixture, fixture->first.hub, &other);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *target = g_strdup_printf ("/pusher/auth?callback=%s&socket_id=%s&channel_name=presence-x&user_id=%s", good[i],
                                                 bcast_peer_get_socket_id (peer), "a%E2%80%A8b%E2%80%A9");
      g_autofree char *answer = ask (fixture, "GET", target, NULL, NULL);
      g_autofree char *name = g_uri_unescape_string (good[i], NULL);
      g_autofree char *begin = g_strdup_printf ("/**/%s({\"auth\":\"key:", name);

      g_assert_true (g_str_has_prefix (answer, begin));
      g_assert_true (g_str_has_suffix (answer, "\"});"));
      g_assert_nonnull (strstr (answer, "a\\u2028b\\u2029"));
      g_assert_true (g_str_has_prefix (get_header (fixture, "Content-Type"), "application/javascript"));
      g_assert_cmpstr (get_header (fixture, "X-Content-Type-Options"), ==, "nosniff");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *target = g_strdup_printf ("/pusher/auth?callback=%s&socket_id=%s&channel_name=private-x", bad[i], bcast_peer_get_socket_id (peer));
      g_autofree char *answer = ask (fixture, "GET", target, NULL, NULL);

      g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 400);
      g_assert_true (g_str_has_prefix (get_header (fixture, "Content-Type"), "text/plain"));
      g_assert_null (strstr (answer, "auth\":"));
    }
  bcast_peer_drop (peer);
}

static void
test_long_callback (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *name = g_strnfill (101, 'f');
  g_autofree char *target = g_strdup_printf ("/pusher/auth?callback=%s&socket_id=1.1&channel_name=private-x", name);
  g_autofree char *answer = ask (fixture, "GET", target, NULL, NULL);

  g_assert_nonnull (strstr (answer, "callback must name a JavaScript function in 1 to 100"));
}

static void
test_user (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct { const char *headers, *body, *user; } cases[] = {
    { "X-User: one", "socket_id=1.1&channel_name=presence-x", "one" },
    { "X-User: one\nX-Broadcast-User: two", "socket_id=1.1&channel_name=presence-x", "two" },
    { "X-User: one", "socket_id=1.1&channel_name=presence-x&as=three", "three" },
    { "X-User: one", "{\"socket_id\":\"1.1\",\"channel_name\":\"presence-x\",\"as\":4}", "4" },
    { "X-User: one", "{\"socket_id\":\"1.1\",\"channel_name\":\"presence-x\",\"as\":4,\"user_id\":\"five\"}", "five" },
    { NULL, "socket_id=1.1&channel_name=presence-x", "usual" },
  };

  fixture->routes->user_header = g_strdup ("X-User");
  fixture->routes->user_param = g_strdup ("as");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = ask (fixture, "POST", "/pusher/auth", cases[i].headers, cases[i].body);
      g_autofree char *pattern = g_strdup_printf ("*{\\\"user_id\\\":\\\"%s\\\"}*", cases[i].user);

      wire_assert_match (answer, pattern);
    }
}

static void
test_paths (Fixture       *fixture,
            gconstpointer  data)
{
  const char * const paths[] = { "/api/v1/sign", NULL };
  g_autofree char *usual = NULL, *other = NULL;

  fixture->routes->authorize_paths = g_strdupv ((char **) paths);
  usual = ask (fixture, "POST", "/pusher/auth", NULL, "socket_id=1.1");
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 404);
  other = ask (fixture, "POST", "/api/v1/sign", NULL, "socket_id=1.1");
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 200);
}

/* The socket tells the app, and the key does where it does not. */
static void
test_apps (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GSocketConnection) other = NULL;
  g_autoptr(BcastPeer) peer = connect_peer (fixture, fixture->second, &other);
  g_autofree char *body = NULL, *by_socket = NULL, *by_key = NULL, *by_nothing = NULL, *unreadable = NULL;

  body = g_strdup_printf ("socket_id=%s&channel_name=private-x&app_key=key", bcast_peer_get_socket_id (peer));
  by_socket = ask (fixture, "POST", "/pusher/auth", NULL, body);
  g_assert_true (g_str_has_prefix (by_socket, "{\"auth\":\"key2:"));
  by_key = ask (fixture, "POST", "/pusher/auth", NULL, "{\"socket_id\":\"1.1\",\"channel_name\":\"private-x\",\"app_key\":\"key2\"}");
  g_assert_true (g_str_has_prefix (by_key, "{\"auth\":\"key2:"));
  by_nothing = ask (fixture, "POST", "/pusher/auth", NULL, "socket_id=1.1&channel_name=private-x&app_key=key9");
  g_assert_true (g_str_has_prefix (by_nothing, "{\"auth\":\"key:"));
  unreadable = ask (fixture, "POST", "/pusher/auth", NULL, "socket_id=%zz");
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 400);
  bcast_peer_drop (peer);
}

typedef struct { const char *kind; guint given, status; const char *type, *pattern; } Refusal;

static const Refusal refusals[] = {
  { "status", 0, 403, "text/plain*", "*set to refuse*" },
  { "status", 419, 419, "text/plain*", "*set to refuse*" },
  { "html-login", 0, 200, "text/html*", "<!DOCTYPE html>*login page*" },
  { "html-login", 500, 200, "text/html*", "<!DOCTYPE html>*" },
  { "redirect", 0, 302, "text/html*", "" },
  { "empty", 0, 200, "text/html*", "" },
  { "empty", 500, 500, "text/html*", "" },
  { "not-json", 0, 200, "text/html*", "<br />*Warning*" },
};

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *answer = NULL;
      g_autofree char *login = NULL;
      gboolean is_redirect = strcmp (refusals[i].kind, "redirect") == 0;

      g_assert_true (bcast_refusal_kind_parse (refusals[i].kind, &fixture->routes->refuse_kind, NULL));
      g_assert_cmpstr (bcast_refusal_kind_to_string (fixture->routes->refuse_kind), ==, refusals[i].kind);
      fixture->routes->refuse_status = refusals[i].given;

      answer = ask (fixture, "POST", "/pusher/auth", "Origin: http://a.test", "socket_id=1.1&channel_name=private-x");
      g_assert_cmpuint (soup_message_get_status (fixture->message), ==, refusals[i].status);
      wire_assert_match (answer, refusals[i].pattern);
      wire_assert_match (get_header (fixture, "Content-Type"), refusals[i].type);
      /* A page must be let read it to see what the app would show. */
      g_assert_cmpstr (get_header (fixture, "Access-Control-Allow-Origin"), ==, "http://a.test");
      g_assert_cmpstr (get_header (fixture, "Location"), ==, is_redirect ? "/login" : NULL);

      login = ask (fixture, "GET", "/login", NULL, NULL);
      g_assert_cmpuint (soup_message_get_status (fixture->message), ==, is_redirect ? 200 : 404);
    }
}

static const struct
{
  const char  *name;
  void       (*run) (Fixture       *fixture,
                     gconstpointer  data);
} cases[] = {
  { "many-parts", test_many_parts },
  { "callback", test_callback },
  { "long-callback", test_long_callback },
  { "user", test_user },
  { "paths", test_paths },
  { "apps", test_apps },
  { "refusals", test_refusals },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/routes/question/", questions[i].what, NULL);
      g_test_add (path, Fixture, &questions[i], set_up, test_question, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/routes/", cases[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, cases[i].run, tear_down);
    }

  return g_test_run ();
}
