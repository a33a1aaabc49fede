/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways in which a request of the HTTP API can be written; what it means is in test-sandbox-api.c. */

#include "wire.h"

#include <string.h>

#include "bcast-request-signature.h"

#define EMPTY_MD5 "d41d8cd98f00b204e9800998ecf8427e"

typedef struct { const char *what, *method, *path, *params, *body; guint status; const char *pattern; } Request;

/* Somebody is subscribed to “a” and, as “1”, to “presence-r”. */
static const Request requests[] = {
  { "upper-case-names", "GET", "/channels/a", "INFO=subscription_count", NULL, 200, "{\"occupied\":true,\"subscription_count\":1}" },
  { "list", "GET", "/channels/cache-c", "info[]=subscription_count&info[]=cache", NULL, 200, "{\"occupied\":false,\"subscription_count\":0,\"cache\":null}" },
  { "list-of-one", "GET", "/channels/a", "info[]=subscription_count", NULL, 200, "*\"subscription_count\":1*" },
  { "twice", "GET", "/channels/a", "info=subscription_count&info=cache", NULL, 400, "*“info” is there twice*" },
  { "twice-in-other-case", "GET", "/channels", "filter_by_prefix=a&Filter_By_Prefix=b", NULL, 400, "*“filter_by_prefix” is there twice*" },
  { "twice-key", "GET", "/channels", "auth_key=other", NULL, 400, "*“auth_key” is there twice*" },
  { "list-behind-text", "GET", "/channels/cache-c", "info=cache&info[]=subscription_count", NULL, 200, "*\"cache\":null*" },
  { "unknown-parameter", "GET", "/channels/a", "debug=1&=&x", NULL, 200, "{\"occupied\":true}" },
  { "md5-on-get", "GET", "/channels/a", "body_md5=" EMPTY_MD5, NULL, 200, "{\"occupied\":true}" },
  { "wrong-md5-on-get", "GET", "/channels/a", "body_md5=00000000000000000000000000000000", NULL, 401, "*body of 0 bytes has the MD5 " EMPTY_MD5 "*" },
  { "empty-prefix", "GET", "/channels", "filter_by_prefix=", NULL, 200, "*\"a\":{}*" },
  { "odd-prefix", "GET", "/channels", "filter_by_prefix=%&info=", NULL, 200, "{\"channels\":{}}" },
  { "head", "HEAD", "/channels/a", NULL, NULL, 200, "" },
  { "head-of-post", "HEAD", "/events", NULL, NULL, 405, "" },
  { "slash-at-end", "GET", "/channels/", NULL, NULL, 404, "*ends with a slash*" },
  { "slash-at-end-of-users", "GET", "/channels/presence-r/users/", NULL, NULL, 404, "*ends with a slash*" },
  { "two-slashes", "GET", "//channels", NULL, NULL, 404, "*nothing at this path*" },
  { "escaped-slash", "GET", "/channels/a%2Fusers", NULL, NULL, 400, "*/*" },
  { "all-in-query", "POST", "/events", "name=e&channel=b&data=hello", NULL, 200, "{}" },
  { "channels-in-query", "POST", "/events", "name=e&channels=b,presence-c&data=&info=user_count,subscription_count", NULL, 200,
    "{\"channels\":{\"b\":{\"subscription_count\":0},\"presence-c\":{\"user_count\":0}}}" },
  { "list-in-query", "POST", "/events", "name=e&channels[]=b&channels[]=c&data=&info=subscription_count", NULL, 200, "{\"channels\":{\"b\":*,\"c\":*}}" },
  { "info-in-query", "POST", "/events", "info=subscription_count", "{\"name\":\"e\",\"channel\":\"b\",\"data\":\"\"}", 200, "{\"channels\":{\"b\":*}}" },
  { "info-in-both", "POST", "/events", "info=user_count", "{\"name\":\"e\",\"channel\":\"b\",\"data\":\"\",\"info\":\"subscription_count\"}", 200, "{\"channels\":{\"b\":{\"subscription_count\":0}}}" },
  { "channel-in-both", "POST", "/events", "channel=a/b&info=subscription_count", "{\"name\":\"e\",\"channels\":[\"b\"],\"data\":\"\"} ", 200, "{\"channels\":{\"b\":*}}" },
  { "empty-object", "POST", "/events", "name=e&channel=b&data=1", " { } ", 200, "{}" },
  { "quotes-in-query", "POST", "/events", "name=e\"&channel=b&data=\"},\"&info=subscription_count", NULL, 200, "{\"channels\":{\"b\":*}}" },
  { "bad-in-query", "POST", "/events", "name=pusher:e&channel=b&data=", NULL, 400, "*reserved*" },
  { "no-object", "POST", "/events", "name=e&channel=b&data=1", "[]", 400, "*no event*" },
  { "old-stats", "GET", "/channels/a/stats", NULL, NULL, 200, "{\"occupied\":true,\"connection_count\":1}" },
  { "old-stats-of-presence", "GET", "/channels/presence-r/stats", NULL, NULL, 200, "{\"occupied\":true,\"user_count\":1,\"connection_count\":1}" },
  { "old-stats-of-nothing", "GET", "/channels/presence-x/stats", NULL, NULL, 200, "{\"occupied\":false,\"user_count\":0,\"connection_count\":0}" },
  { "old-event-without-name", "POST", "/channels/b/events", NULL, "hello", 400, "*name*" },
  { "old-event-on-bad-channel", "POST", "/channels/a%20b/events", "name=e", "hello", 400, "*space*" },
  { "old-event-not-utf8", "POST", "/channels/b/events", "name=e", "\xff", 400, "*no UTF-8 text*" },
};

static void
set_up (WireFixture   *fixture,
        gconstpointer  data)
{
  wire_set_up_sandbox (fixture, data);
  fixture->alice = wire_connect (fixture->sandbox);
  wire_subscribe (fixture->alice, "a", NULL);
  wire_subscribe (fixture->alice, "presence-r", "{\"user_id\":1}");
}

static void
test_request (WireFixture   *fixture,
              gconstpointer  data)
{
  const Request *request = data;
  guint status = 0;
  g_autofree char *answer = wire_api (fixture->sandbox, request->method, request->path, request->params, request->body, &status);

  wire_assert_match (answer, request->pattern);
  g_assert_cmpuint (status, ==, request->status);
  wire_expect_nothing (fixture->alice);
}

static void
test_query_is_delivered (WireFixture   *fixture,
                         gconstpointer  data)
{
  g_autofree char *params = g_strdup_printf ("name=e&channels=a,presence-r&data={\"x\":\"\"}&socket_id=1.1");
  g_autofree char *answer = wire_api (fixture->sandbox, "POST", "/events", params, NULL, NULL);

  g_assert_cmpstr (answer, ==, "{}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"{\\\"x\\\":\\\"\\\"}\"}");
  wire_expect_match (fixture->alice, "*\"channel\":\"presence-r\"*");
}

static void
test_old_event (WireFixture   *fixture,
                gconstpointer  data)
{
  guint status = 0;
  g_autofree char *answer = wire_api (fixture->sandbox, "POST", "/channels/a/events", "name=e", "{\"x\": 1}", &status);

  g_assert_cmpstr (answer, ==, "");
  g_assert_cmpuint (status, ==, 202);
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"{\\\"x\\\": 1}\"}");

  g_autofree char *params = g_strdup_printf ("name=e&socket_id=%s", fixture->alice->socket_id);
  g_autofree char *excluded = wire_api (fixture->sandbox, "POST", "/channels/a/events", params, "2", &status);
  g_assert_cmpuint (status, ==, 202);
  wire_expect_nothing (fixture->alice);

  g_autofree char *fill = g_strnfill (10241, 'x');
  g_autofree char *large = wire_api (fixture->sandbox, "POST", "/channels/a/events", "name=e", fill, &status);
  g_assert_cmpuint (status, ==, 413);
  wire_assert_match (large, "*10241 bytes, 1 more than the 10240*");
}

/* What stands behind a NUL is signed as well, and no part of the event. */
static void
test_nul_behind_body (WireFixture   *fixture,
                      gconstpointer  data)
{
  static const char body[] = "{\"name\":\"e\",\"channel\":\"a\",\"data\":\"\"}\0garbage";
  const char * const params[] = { "info", "subscription_count", NULL };
  g_autoptr(GBytes) bytes = g_bytes_new_static (body, sizeof body - 1);
  g_autoptr(BcastRequestSignature) signature = bcast_request_signature_new (WIRE_KEY, WIRE_SECRET, "POST", "/apps/3/events", params, body,
                                                                            sizeof body - 1, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *target = g_strconcat ("/apps/3/events?", signature->query, NULL);
  guint status = 0;
  g_autofree char *answer = wire_request_bytes (fixture->sandbox, "POST", target, NULL, bytes, &status);

  g_assert_cmpuint (status, ==, 400);
  wire_expect_nothing (fixture->alice);
}

/* Sends all of @text at once and gives all that comes back. */
static char *
exchange (WireFixture *fixture,
          const char  *text)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) connection = NULL;
  GString *answer = g_string_new (NULL);
  char bytes[4096];
  gssize n;

  g_socket_client_set_timeout (client, 20);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", bcast_sandbox_get_port (fixture->sandbox), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), bytes, sizeof bytes, NULL, &error)) > 0)
    g_string_append_len (answer, bytes, n);
  g_assert_no_error (error);
  return g_string_free (answer, FALSE);
}

static char *
sign (const char *method,
      const char *path,
      const char *body)
{
  g_autoptr(BcastRequestSignature) signature = bcast_request_signature_new (WIRE_KEY, WIRE_SECRET, method, path, NULL, body, strlen (body),
                                                                            g_get_real_time () / G_USEC_PER_SEC);

  return g_strdup_printf ("%s %s?%s HTTP/1.1\r\nHost: localhost\r\n", method, path, signature->query);
}

static void
test_chunks (WireFixture   *fixture,
             gconstpointer  data)
{
  g_autofree char *head = sign ("POST", "/apps/3/events", "{\"name\":\"e\",\"channel\":\"a\",\"data\":\"chunks\"}");
  g_autofree char *request = g_strconcat (head, "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"name\":\"\r\n20;x=y\r\ne\",\"channel\":\"a\",\"data\":\"chunks\"\r\n"
                                          "1\r\n}\r\n0\r\nX-Trailer: 1\r\n\r\n", NULL);
  g_autofree char *answer = exchange (fixture, request);

  wire_assert_match (answer, "HTTP/1.1 200 OK\r\n*\r\n\r\n{}");
  wire_expect (fixture->alice, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"chunks\"}");
}

/* What signs is lower-cased, too. */
static void
test_upper_case (WireFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *head = sign ("GET", "/apps/3/channels/a", "");
  g_autoptr(GString) request = g_string_new (head);
  g_autofree char *answer = NULL;

  g_assert_cmpuint (g_string_replace (request, "auth_", "Auth_", 0), ==, 4);
  g_string_append (request, "Connection: close\r\n\r\n");
  answer = exchange (fixture, request->str);
  wire_assert_match (answer, "HTTP/1.1 200 OK\r\n*{\"occupied\":true}");
}

/* A path is signed as it is sent. */
static void
test_escaped_path (WireFixture   *fixture,
                   gconstpointer  data)
{
  static const char * const paths[] = { "/apps/3/channels/a%40b", "/apps/3/channels/a%2cb", "/apps/3/channels/a@b,c;d=e" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *head = sign ("GET", paths[i], "");
      g_autofree char *request = g_strconcat (head, "Connection: close\r\n\r\n", NULL);
      g_autofree char *answer = exchange (fixture, request);

      wire_assert_match (answer, "HTTP/1.1 200 OK\r\n*{\"occupied\":*}");
    }
}

/* The limit is told, and by how much it is missed. */
static void
test_long_names (WireFixture   *fixture,
                 gconstpointer  data)
{
  static const struct { const char *method, *path; guint length; guint status; const char *pattern; } cases[] = {
    { "GET", "/channels/%s", 200, 200, "{\"occupied\":false}" },
    { "GET", "/channels/%s", 201, 400, "*201*200*" },
    { "GET", "/channels/%s/users", 201, 400, "*201*200*" },
    { "POST", "/channels/%s/events", 201, 400, "*201*200*" },
    { "POST", "/users/%s/terminate_connections", 200, 200, "{}" },
    { "POST", "/users/%s/terminate_connections", 201, 400, "*201*200*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strnfill (cases[i].length, 'n');
      g_auto(GStrv) parts = g_strsplit (cases[i].path, "%s", 2);
      g_autofree char *path = g_strjoinv (name, parts);
      guint status = 0;
      g_autofree char *answer = wire_api (fixture->sandbox, cases[i].method, path, NULL, NULL, &status);

      wire_assert_match (answer, cases[i].pattern);
      g_assert_cmpuint (status, ==, cases[i].status);
    }
}

/* Events of one connection come in the order of their requests, though none waits for the answer before. */
static void
test_pipeline (WireFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *answer = NULL;
  g_auto(GStrv) parts = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"name\":\"e\",\"channel\":\"a\",\"data\":\"%u\"}", i);
      g_autofree char *head = sign ("POST", "/apps/3/events", body);

      g_string_append_printf (text, "%sContent-Length: %zu\r\n%s\r\n%s", head, strlen (body), i == 49 ? "Connection: close\r\n" : "", body);
    }
  answer = exchange (fixture, text->str);
  parts = g_strsplit (answer, "HTTP/1.1 200 OK\r\n", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 51);

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *frame = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"a\",\"data\":\"%u\"}", i);

      wire_expect (fixture->alice, frame);
    }
}

static void
test_options (WireFixture   *fixture,
              gconstpointer  data)
{
  static const struct { const char *method, *path, *pattern; } cases[] = {
    { "OPTIONS", "/apps/3/events", "HTTP/1.1 204 *\r\nAllow: OPTIONS, POST\r\n*" },
    { "OPTIONS", "/apps/3/channels/a", "HTTP/1.1 204 *\r\nAllow: GET, HEAD, OPTIONS\r\n*" },
    { "OPTIONS", "/apps/3/nothing", "HTTP/1.1 404 *nothing at this path*" },
    { "DELETE", "/apps/3/channels", "HTTP/1.1 405 *\r\nAllow: GET, HEAD, OPTIONS\r\n*takes GET requests*" },
    { "PATCH", "/apps/3/events", "HTTP/1.1 405 *\r\nAllow: OPTIONS, POST\r\n*takes POST requests*" },
    { "get", "/apps/3/channels", "HTTP/1.1 405 *" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", cases[i].method, cases[i].path);
      g_autofree char *answer = exchange (fixture, request);

      wire_assert_match (answer, cases[i].pattern);
    }
}

/* The length is that of the body that a GET would get. */
static void
test_head (WireFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *head = sign ("HEAD", "/apps/3/channels/a", "");
  g_autofree char *request = g_strconcat (head, "Connection: close\r\n\r\n", NULL);
  g_autofree char *answer = exchange (fixture, request);

  wire_assert_match (answer, "HTTP/1.1 200 OK\r\n*Content-Length: 17\r\n\r\n");
  g_assert_null (strstr (answer, "occupied"));
}

static const struct
{
  const char  *name;
  void       (*run) (WireFixture   *fixture,
                     gconstpointer  data);
} cases[] = {
  { "query-is-delivered", test_query_is_delivered },
  { "old-event", test_old_event },
  { "nul-behind-body", test_nul_behind_body },
  { "chunks", test_chunks },
  { "upper-case", test_upper_case },
  { "escaped-path", test_escaped_path },
  { "long-names", test_long_names },
  { "pipeline", test_pipeline },
  { "options", test_options },
  { "head", test_head },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/api-requests/request/", requests[i].what, NULL);
      g_test_add (path, WireFixture, &requests[i], set_up, test_request, wire_tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/api-requests/", cases[i].name, NULL);
      g_test_add (path, WireFixture, NULL, set_up, cases[i].run, wire_tear_down);
    }

  return g_test_run ();
}
