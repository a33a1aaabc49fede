/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "endpoint-fixture.h"

#include <string.h>

#define HEX      "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"
#define AUTH     PEER_KEY ":" HEX
#define ZERO_HEX "0000000000000000000000000000000000000000000000000000000000000000"
#define SAID     SECRET_COOKIE " " SECRET_XSRF " xsrf%2Ft0ken%3D " SECRET_BEARER " " SECRET_HEADER " " \
                 SECRET_PARAM " p4ram%20of%20somebody " SECRET_QUERY " " PEER_SECRET " " PEER_MASTER_KEY

/* The right answers. Private, presence and sign-in are the published vectors; the encrypted one was
 * computed with `openssl dgst -sha256 -hmac`, its shared secret is published. */
static const struct
{
  const char *what, *channel, *body;
  const char *auth, *channel_data, *user_data, *shared_secret;
} answers[] = {
  { "private", "private-foobar", "{\"auth\":\"" AUTH "\"}", AUTH, NULL, NULL, NULL },
  { "masonite", "private-foobar", "{\"auth\": \"" AUTH "\", \"extra\": [1]}\n", AUTH, NULL, NULL, NULL },
  { "byte-order-mark", "private-foobar", "\xef\xbb\xbf{\"auth\":\"" AUTH "\"}", AUTH, NULL, NULL, NULL },
  { "nulls", "private-foobar", "{\"auth\":\"" AUTH "\",\"channel_data\":null,\"shared_secret\":null}", AUTH, NULL,
    NULL, NULL },
  { "presence", "presence-foobar",
    "{\"auth\":\"" PEER_KEY ":31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80\","
    "\"channel_data\":\"{\\\"user_id\\\":10,\\\"user_info\\\":{\\\"name\\\":\\\"Mr. Channels\\\"}}\"}",
    PEER_KEY ":31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80",
    "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}", NULL, NULL },
  { "presence-python", "presence-cafe",
    "{\"auth\": \"" PEER_KEY ":9248258ba0cab3114f447e9d5d5b887d94b9eca7684b600d69f2b757d01a484e\", "
    "\"channel_data\": \"{\\\"user_id\\\": \\\"1\\\", \\\"user_info\\\": {\\\"name\\\": \\\"Zo\\\\u00eb\\\"}}\"}",
    PEER_KEY ":9248258ba0cab3114f447e9d5d5b887d94b9eca7684b600d69f2b757d01a484e",
    "{\"user_id\": \"1\", \"user_info\": {\"name\": \"Zo\\u00eb\"}}", NULL, NULL },
  { "encrypted", "private-encrypted-channel",
    "{\"auth\":\"" PEER_KEY ":c0456231eee10602375388f34cc60995755ef37aedede8abe800e3e1bcbf6f38\",\"shared_secret\":\"VmIsNZtCSteh8kazd2toc+ofhohBtUouQRSDtRvuyVI=\"}",
    PEER_KEY ":c0456231eee10602375388f34cc60995755ef37aedede8abe800e3e1bcbf6f38", NULL, NULL, "VmIsNZtCSteh8kazd2toc+ofhohBtUouQRSDtRvuyVI=" },
  { "sign-in", NULL,
    "{\"auth\":\"" PEER_KEY ":4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba\","
    "\"user_data\":\"{\\\"id\\\":\\\"12345\\\"}\"}",
    PEER_KEY ":4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba", NULL, "{\"id\":\"12345\"}", NULL },
};

/* Everything an app can get wrong. */
static const struct
{
  const char *what;
  guint       status;
  const char *location, *channel, *body;
  BcastError  code;
  const char *part;
} failures[] = {
  { "created", 201, NULL, "private-a", "{\"auth\":\"" AUTH "\"}", BCAST_ERROR_PROTOCOL, "only 200" },
  { "no-content", 204, NULL, "private-a", NULL, BCAST_ERROR_PROTOCOL, "status 204" },
  { "redirect", 302, "/login", "private-a", NULL, BCAST_ERROR_REFUSED, "to /login) instead of answering" },
  { "redirect-301", 301, "https://other.test/a", "private-a", NULL, BCAST_ERROR_REFUSED, "https://other.test/a" },
  { "redirect-nowhere", 303, NULL, "private-a", NULL, BCAST_ERROR_REFUSED, "no address" },
  { "redirect-with-secrets", 302, "/login?t=" SECRET_BEARER "&q=" SECRET_QUERY, "private-a", NULL,
    BCAST_ERROR_REFUSED, "/login?t=•••&q=•••" },
  { "redirect-fills-in", 302, "/{status}", "private-a", NULL, BCAST_ERROR_REFUSED, "to /{status})" },
  { "unauthorized", 401, NULL, "private-a", "{\"message\":\"Unauthenticated.\"}", BCAST_ERROR_UNAUTHORIZED,
    "words: “Unauthenticated.”" },
  { "forbidden", 403, NULL, "private-a", "<html>403</html>", BCAST_ERROR_FORBIDDEN, "its rule for this channel" },
  { "forbidden-with-secrets", 403, NULL, "private-a", "You sent " SAID, BCAST_ERROR_FORBIDDEN, "You sent •••" },
  { "forbidden-with-escaped", 403, NULL, "private-a", "{\"message\":\"No xsrf\\/t0ken= \\u0062" "3arer-of-somebody\"}",
    BCAST_ERROR_FORBIDDEN, "No ••• •••" },
  { "not-found", 404, NULL, "private-a", "nothing", BCAST_ERROR_NOT_FOUND, "Broadcast::routes()" },
  { "not-found-names-address", 404, NULL, "private-a", NULL, BCAST_ERROR_NOT_FOUND, "/broadcasting/auth (status" },
  { "no-post", 405, NULL, "private-a", NULL, BCAST_ERROR_NOT_FOUND, "takes no POST" },
  { "csrf-laravel", 419, NULL, "private-a", "<h1>Page Expired</h1>", BCAST_ERROR_FORBIDDEN, "(CSRF)" },
  { "csrf-masonite", 500, NULL, "private-a", "<h1>InvalidCSRFToken</h1>", BCAST_ERROR_FORBIDDEN, "(CSRF)" },
  { "unprocessable", 422, NULL, "private-a", "{\"message\":\"The socket id field is required.\"}", BCAST_ERROR_REFUSED,
    "The socket id field" },
  { "too-many", 429, NULL, "private-a", NULL, BCAST_ERROR_BUSY, "too often" },
  { "failed", 500, NULL, "private-a", "Traceback", BCAST_ERROR_REFUSED, "Its log tells why" },
  { "bad-gateway", 502, NULL, "private-a", "<html>", BCAST_ERROR_BUSY, "proxy" },
  { "odd-status", 599, NULL, "private-a", NULL, BCAST_ERROR_REFUSED, "status 599" },
  { "empty", 200, NULL, "private-a", "", BCAST_ERROR_PROTOCOL, "BROADCAST_CONNECTION" },
  { "blank", 200, NULL, "private-a", " \r\n", BCAST_ERROR_PROTOCOL, "BROADCAST_CONNECTION" },
  { "web-page", 200, NULL, "private-a", "\n<!DOCTYPE html><title>Login</title>", BCAST_ERROR_PROTOCOL, "a web page" },
  { "text", 200, NULL, "private-a", "Notice: Undefined " SAID, BCAST_ERROR_PROTOCOL, "no JSON: “Notice: Undefined •••" },
  { "array", 200, NULL, "private-a", "[{\"auth\":\"" AUTH "\"}]", BCAST_ERROR_PROTOCOL, "no object" },
  { "bad-utf-8", 200, NULL, "private-a", "{\"auth\":\"\xff\"}", BCAST_ERROR_PROTOCOL, "UTF-8" },
  { "no-auth", 200, NULL, "private-a", "{\"Auth\":\"" AUTH "\"}", BCAST_ERROR_PROTOCOL, "no “auth”" },
  { "null-auth", 200, NULL, "private-a", "{\"auth\":null}", BCAST_ERROR_PROTOCOL, "no “auth”" },
  { "nested-auth", 200, NULL, "private-a", "{\"auth\":{\"auth\":\"" AUTH "\"}}", BCAST_ERROR_PROTOCOL,
    "“auth” in your app's answer is no text" },
  { "auth-without-key", 200, NULL, "private-a", "{\"auth\":\":" HEX "\"}", BCAST_ERROR_PROTOCOL, "empty key" },
  { "auth-without-colon", 200, NULL, "private-a", "{\"auth\":\"" HEX "\"}", BCAST_ERROR_PROTOCOL, "no signature" },
  { "auth-short", 200, NULL, "private-a", "{\"auth\":\"" PEER_KEY ":58df\"}", BCAST_ERROR_PROTOCOL, "64 hex" },
  { "auth-no-hex", 200, NULL, "private-a", "{\"auth\":\"" PEER_KEY ":" "g8df8b0c36d6982b82c3ecf6b4662e34"
    "fe8c25bba48f5369f135bf843651c3a4\"}", BCAST_ERROR_PROTOCOL, "64 hex" },
  { "other-key", 200, NULL, "private-foobar", "{\"auth\":\"278d425bdf160c73980:" HEX "\"}", BCAST_ERROR_UNAUTHORIZED,
    "with the key “278d425bdf160c73980”, but the profile has “" PEER_KEY "”" },
  { "longer-key", 200, NULL, "private-foobar", "{\"auth\":\"" PEER_KEY "3:" HEX "\"}", BCAST_ERROR_UNAUTHORIZED,
    "another app" },
  { "wrong-signature", 200, NULL, "private-foobar", "{\"auth\":\"" PEER_KEY ":" ZERO_HEX "\"}",
    BCAST_ERROR_UNAUTHORIZED, "not the one that the profile's secret gives" },
  { "signed-for-other-channel", 200, NULL, "private-foobaz", "{\"auth\":\"" AUTH "\"}", BCAST_ERROR_UNAUTHORIZED,
    "signs something else" },
  { "signed-without-channel-data", 200, NULL, "private-foobar",
    "{\"auth\":\"" AUTH "\",\"channel_data\":\"{}\"}", BCAST_ERROR_UNAUTHORIZED, "channel_data" },
  { "no-channel-data", 200, NULL, "presence-a", "{\"auth\":\"" AUTH "\"}", BCAST_ERROR_PROTOCOL, "Masonite" },
  { "channel-data-object", 200, NULL, "presence-a", "{\"auth\":\"" AUTH "\",\"channel_data\":{\"user_id\":\"1\"}}",
    BCAST_ERROR_PROTOCOL, "“channel_data” in your app's answer is no text" },
  { "channel-data-no-json", 200, NULL, "presence-a", "{\"auth\":\"" AUTH "\",\"channel_data\":\"user 1\"}",
    BCAST_ERROR_PROTOCOL, "channel_data is no JSON object" },
  { "channel-data-array", 200, NULL, "presence-cache-a", "{\"auth\":\"" AUTH "\",\"channel_data\":\"[]\"}",
    BCAST_ERROR_PROTOCOL, "channel_data" },
  { "channel-data-no-id", 200, NULL, "presence-a", "{\"auth\":\"" AUTH "\",\"channel_data\":\"{\\\"id\\\":1}\"}",
    BCAST_ERROR_PROTOCOL, "no user_id" },
  { "no-shared-secret", 200, NULL, "private-encrypted-a", "{\"auth\":\"" AUTH "\"}", BCAST_ERROR_PROTOCOL,
    "no “shared_secret”" },
  { "shared-secret-short", 200, NULL, "private-encrypted-a",
    "{\"auth\":\"" AUTH "\",\"shared_secret\":\"c2hvcnQ=\"}", BCAST_ERROR_PROTOCOL, "32 bytes in base64" },
  { "shared-secret-no-base64", 200, NULL, "private-encrypted-cache-a",
    "{\"auth\":\"" AUTH "\",\"shared_secret\":\"@mIsNZtCSteh8kazd2toc+ofhohBtUouQRSDtRvuyVI=\"}",
    BCAST_ERROR_PROTOCOL, "32 bytes in base64" },
  { "shared-secret-of-other-key", 200, NULL, "private-encrypted-channel",
    "{\"auth\":\"" PEER_KEY ":c0456231eee10602375388f34cc60995755ef37aedede8abe800e3e1bcbf6f38\",\"shared_secret\":\"ssB9Jw4XlKNKH112J2oKRhfPWLBMPFcsN1yGpYcjdtE=\"}",
    BCAST_ERROR_UNAUTHORIZED, "The two master keys differ" },
  { "no-user-data", 200, NULL, NULL, "{\"auth\":\"" AUTH "\",\"channel_data\":\"{}\"}", BCAST_ERROR_PROTOCOL,
    "no “user_data”" },
  { "user-data-no-json", 200, NULL, NULL, "{\"auth\":\"" AUTH "\",\"user_data\":\"7\"}", BCAST_ERROR_PROTOCOL,
    "no JSON object" },
  { "user-data-no-id", 200, NULL, NULL, "{\"auth\":\"" AUTH "\",\"user_data\":\"{\\\"user_id\\\":\\\"7\\\"}\"}",
    BCAST_ERROR_PROTOCOL, "no “id”" },
  { "user-data-number", 200, NULL, NULL, "{\"auth\":\"" AUTH "\",\"user_data\":\"{\\\"id\\\":12345}\"}",
    BCAST_ERROR_PROTOCOL, "only a string" },
  { "user-data-empty-id", 200, NULL, NULL, "{\"auth\":\"" AUTH "\",\"user_data\":\"{\\\"id\\\":\\\"\\\"}\"}",
    BCAST_ERROR_PROTOCOL, "empty" },
  { "user-data-wrong-signature", 200, NULL, NULL,
    "{\"auth\":\"" AUTH "\",\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}", BCAST_ERROR_UNAUTHORIZED, "something else" },
};

static void
ask (EndpointFixture *app_server,
     BcastApp        *app,
     const char      *channel)
{
  const char *headers[] = { "X-Tenant", SECRET_HEADER, NULL };
  const char *params[] = { "team", SECRET_PARAM, NULL };
  g_autofree char *url = endpoint_fixture_dup_url (app_server, "127.0.0.1", "/broadcasting/auth?k=" SECRET_QUERY);

  endpoint_fixture_ask (app_server, &(BcastEndpointOptions) {
    .channel_endpoint = url,
    .user_endpoint = url,
    .headers = headers,
    .params = params,
    .cookies = "session=" SECRET_COOKIE "; XSRF-TOKEN=xsrf%2Ft0ken%3D",
    .bearer = SECRET_BEARER,
    .csrf_cookie = "XSRF-TOKEN",
    .app = app,
  }, "1234.1234", channel);
}

static void
test_answer (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(BcastApp) app = endpoint_fixture_dup_app ("127.0.0.1", FALSE, NULL);
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);
  server.body = answers[i].body;
  for (guint with_app = 0; with_app < 2; with_app++)
    {
      ask (&server, with_app ? app : NULL, answers[i].channel);
      g_assert_no_error (server.error);
      g_assert_cmpstr (server.answer->auth, ==, answers[i].auth);
      g_assert_cmpstr (server.answer->channel_data, ==, answers[i].channel_data);
      g_assert_cmpstr (server.answer->user_data, ==, answers[i].user_data);
      g_assert_cmpstr (server.answer->shared_secret, ==, answers[i].shared_secret);
    }
  endpoint_fixture_tear_down (&server);
}

static void
test_failure (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(BcastApp) app = endpoint_fixture_dup_app ("127.0.0.1", FALSE, NULL);
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);
  server.status = failures[i].status;
  server.location = failures[i].location;
  server.body = failures[i].body;
  ask (&server, app, failures[i].channel);
  endpoint_fixture_expect (&server, failures[i].code, failures[i].part);
  g_test_message ("%s", server.error->message);
  g_assert_cmpuint (server.n_requests, ==, 1);
  endpoint_fixture_tear_down (&server);
}

/* A secret that a long answer is cut off in. */
static void
test_cut_secret (void)
{
  g_autoptr(BcastApp) app = endpoint_fixture_dup_app ("127.0.0.1", FALSE, NULL);
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);
  server.status = 403;
  for (guint n = 375; n <= 400; n++)
    {
      g_autofree char *filler = g_strnfill (n, 'x');
      g_autofree char *body = g_strconcat ("{\"error\":\"", filler, "\\u0062" "3arer-of-somebody and more\"}", NULL);

      server.body = body;
      ask (&server, app, "private-a");
      endpoint_fixture_expect (&server, BCAST_ERROR_FORBIDDEN, "xxx");
    }
  endpoint_fixture_tear_down (&server);
}

static void
test_length (void)
{
  g_autoptr(GString) body = g_string_new ("{\"auth\":\"" AUTH "\",\"pad\":\"");
  g_autoptr(BcastApp) app = endpoint_fixture_dup_app ("127.0.0.1", FALSE, NULL);
  EndpointFixture server;

  while (body->len < 64 * 1024 - 2)
    g_string_append_c (body, 'x');
  g_string_append (body, "\"}");
  endpoint_fixture_set_up (&server, NULL);
  server.body = body->str;
  ask (&server, app, "private-foobar");
  g_assert_no_error (server.error);

  g_string_append_c (body, ' ');
  server.body = body->str;
  ask (&server, app, "private-foobar");
  endpoint_fixture_expect (&server, BCAST_ERROR_PROTOCOL, "more than 65536 bytes");

  /* The pages of frameworks that are debugged are long, and their status says enough. */
  server.status = 419;
  ask (&server, app, "private-foobar");
  endpoint_fixture_expect (&server, BCAST_ERROR_FORBIDDEN, "(CSRF)");

  server.status = 200;
  server.body = "{\"auth\":\"" AUTH "\"}\0";
  server.length = (gssize) strlen (server.body) + 1;
  ask (&server, app, "private-foobar");
  endpoint_fixture_expect (&server, BCAST_ERROR_PROTOCOL, "UTF-8");
  endpoint_fixture_tear_down (&server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strconcat ("/endpoint-authorizer/answer/", answers[i].what, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_answer);
    }
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strconcat ("/endpoint-authorizer/failure/", failures[i].what, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_failure);
    }
  g_test_add_func ("/endpoint-authorizer/cut-secret", test_cut_secret);
  g_test_add_func ("/endpoint-authorizer/length", test_length);

  return g_test_run ();
}
