/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "endpoint-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "certificate.h"
#include "config.h"

#define AUTH "{\"auth\":\"" PEER_KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4\"}"

/* The first is what pusher-js 8.6.0 was seen to send; the others follow from how encodeURIComponent()
 * encodes. */
static const struct
{
  const char *what, *channel;
  const char *params[7];
  const char *body;
} bodies[] = {
  { "measured", "private-ok", { "foo", "b r", "dyn", "1" },
    "socket_id=11.22&channel_name=private-ok&foo=b%20r&dyn=1" },
  { "no-params", "private-ok", { NULL }, "socket_id=11.22&channel_name=private-ok" },
  { "sign-in", NULL, { NULL }, "socket_id=11.22" },
  { "sign-in-params", NULL, { "b", "2", "a", "1" }, "socket_id=11.22&b=2&a=1" },
  { "plain", "presence-a", { "A-Z_.!~*'()", "a1-_.!~*'()" },
    "socket_id=11.22&channel_name=presence-a&A-Z_.!~*'()=a1-_.!~*'()" },
  { "escaped", "private-@=,.;", { "a&b", "x=y+z/%?#[]\"", "é", "☃~" },
    "socket_id=11.22&channel_name=private-%40%3D%2C.%3B&a%26b=x%3Dy%2Bz%2F%25%3F%23%5B%5D%22&%C3%A9=%E2%98%83~" },
  { "twice", "private-a", { "a[]", "1", "a[]", "" }, "socket_id=11.22&channel_name=private-a&a%5B%5D=1&a%5B%5D=" },
};

static void
test_body (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);
  server.status = 403;

  g_autofree char *channel_url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/broadcasting/auth?a=b%20c");
  g_autofree char *user_url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/pusher/user-auth");

  endpoint_fixture_ask (&server, &(BcastEndpointOptions) {
    .channel_endpoint = channel_url, .user_endpoint = user_url, .params = bodies[i].params,
  }, "11.22", bodies[i].channel);
  g_assert_cmpstr (server.request_body, ==, bodies[i].body);
  g_assert_cmpstr (server.target, ==, bodies[i].channel != NULL ? "POST /broadcasting/auth?a=b%20c"
                                                                : "POST /pusher/user-auth");
  endpoint_fixture_tear_down (&server);
}

/* Each row's headers beside the five that every request has. */
static const struct
{
  const char *what;
  const char *headers[7];
  const char *cookies, *bearer, *csrf_cookie, *csrf_header, *csrf_token;
  const char *sent;
} headers[] = {
  { "none", { NULL }, NULL, NULL, NULL, NULL, NULL, "" },
  { "empty", { NULL }, "", "", "", "", "", "" },
  { "own", { "X-Tenant", "acme", "Origin", "http://app.test" }, NULL, NULL, NULL, NULL, NULL,
    "X-Tenant: acme\nOrigin: http://app.test\n" },
  { "bearer", { NULL }, NULL, "abc|DEF.=", NULL, NULL, NULL, "Authorization: Bearer abc|DEF.=\n" },
  { "cookies", { NULL }, "a=b; c=d=e", NULL, NULL, NULL, NULL, "Cookie: a=b; c=d=e\n" },
  { "xsrf", { NULL }, "session=s; XSRF-TOKEN=eyJ%3D%3D", NULL, "XSRF-TOKEN", NULL, NULL,
    "Cookie: session=s; XSRF-TOKEN=eyJ%3D%3D\nX-XSRF-TOKEN: eyJ==\n" },
  { "xsrf-other-header", { NULL }, "csrf_token=t0k", NULL, "csrf_token", "X-CSRF-TOKEN", NULL,
    "Cookie: csrf_token=t0k\nX-CSRF-TOKEN: t0k\n" },
  { "xsrf-broken-percent", { NULL }, "t=50%", NULL, "t", NULL, NULL, "Cookie: t=50%\nX-XSRF-TOKEN: 50%\n" },
  { "xsrf-missing", { NULL }, "XSRF-TOKEN2=a", NULL, "XSRF-TOKEN", NULL, NULL, "Cookie: XSRF-TOKEN2=a\n" },
  { "xsrf-by-hand", { "x-xsrf-token", "own" }, "XSRF-TOKEN=a", NULL, "XSRF-TOKEN", NULL, NULL,
    "Cookie: XSRF-TOKEN=a\nx-xsrf-token: own\n" },
  { "csrf-token", { NULL }, NULL, NULL, NULL, NULL, "t0k", "X-CSRF-TOKEN: t0k\n" },
};

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static void
test_headers (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);
  server.body = AUTH;

  g_autofree char *url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");
  g_autofree char *expected = g_strdup_printf ("Connection: Keep-Alive\nContent-Length: 39\n"
                                               "Content-Type: application/x-www-form-urlencoded\n"
                                               "Host: 127.0.0.1:%u\nUser-Agent: Broadcast/" BCAST_VERSION "\n%s",
                                               server.port, headers[i].sent);
  g_auto(GStrv) lines = g_strsplit (g_strchomp (expected), "\n", -1);

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);

  g_autofree char *sorted = g_strjoinv ("\n", lines);

  /* The second time shows that what the first answer wanted to be kept was not. */
  for (guint time = 0; time < 2; time++)
    {
      endpoint_fixture_ask (&server, &(BcastEndpointOptions) {
        .channel_endpoint = url,
        .headers = headers[i].headers,
        .cookies = headers[i].cookies,
        .bearer = headers[i].bearer,
        .csrf_cookie = headers[i].csrf_cookie,
        .csrf_header = headers[i].csrf_header,
        .csrf_token = headers[i].csrf_token,
      }, "11.22", "private-ok");
      g_assert_no_error (server.error);
      g_assert_cmpstr (server.headers, ==, sorted);
    }
  endpoint_fixture_tear_down (&server);
}

/* What nobody is asked for. A %s in the address is the server's own. */
static const struct
{
  const char *what, *url;
  const char *headers[3];
  const char *params[3];
  const char *cookies, *bearer, *csrf_cookie, *csrf_header, *csrf_token;
  const char *part;
} unsent[] = {
  { "no-endpoint", NULL, .part = "channel endpoint" },
  { "scheme", "ftp://127.0.0.1/", .part = "http:// or https://" },
  { "no-scheme", "127.0.0.1/auth", .part = "http:// or https://" },
  { "no-host", "http:///auth", .part = "has no host" },
  { "space", "http://127.0.0.1/a b", .part = "spaces" },
  { "new-line", "http://127.0.0.1/a\r\nX: y", .part = "spaces" },
  { "password", "http://u:" SECRET_QUERY "@127.0.0.1/", .part = "user name or password" },
  { "fragment", "http://127.0.0.1/#a", .part = "#" },
  { "header-name", "%s", .headers = { "X Y", SECRET_HEADER }, .part = "name of a header" },
  { "header-name-line", "%s", .headers = { "X\r\nY", SECRET_HEADER }, .part = "name of a header" },
  { "header-colon", "%s", .headers = { "X:", SECRET_HEADER }, .part = "name of a header" },
  { "header-line", "%s", .headers = { "X-Y", SECRET_HEADER "\r\nHost: a" }, .part = "value of the header X-Y" },
  { "header-new-line", "%s", .headers = { "X-Y", SECRET_HEADER "\n" }, .part = "value of the header X-Y" },
  { "header-no-utf-8", "%s", .headers = { "X-Y", SECRET_HEADER "\xff" }, .part = "value of the header X-Y" },
  { "header-length", "%s", .headers = { "content-length", "7" }, .part = "Content-Length cannot be set" },
  { "header-type", "%s", .headers = { "Content-Type", "text/plain" }, .part = "Content-Type cannot be set" },
  { "param-name", "%s", .params = { "", SECRET_PARAM }, .part = "parameter for your app" },
  { "param-no-utf-8", "%s", .params = { "a", SECRET_PARAM "\xff" }, .part = "parameter for your app" },
  { "param-line", "%s", .params = { "a", SECRET_PARAM "\n" }, .part = "parameter for your app" },
  { "cookies-line", "%s", .cookies = "a=" SECRET_COOKIE "\r\nX: y", .part = "cookies are too long or" },
  { "cookies-pasted", "%s", .cookies = "Cookie: a=" SECRET_COOKIE, .part = "cookies are too long or" },
  { "cookies-no-name", "%s", .cookies = SECRET_COOKIE, .part = "cookies are too long or" },
  { "cookies-twice", "%s", .headers = { "Cookie", "b=c" }, .cookies = "a=" SECRET_COOKIE, .part = "Cookie header too" },
  { "bearer-line", "%s", .bearer = SECRET_BEARER "\r\nX: y", .part = "without the word Bearer" },
  { "bearer-pasted", "%s", .bearer = "Bearer " SECRET_BEARER, .part = "without the word Bearer" },
  { "bearer-twice", "%s", .headers = { "authorization", "Basic a" }, .bearer = SECRET_BEARER,
    .part = "Authorization header too" },
  { "csrf-line", "%s", .cookies = "t=" SECRET_COOKIE "%0d%0aX: y", .csrf_cookie = "t", .part = "header X-XSRF-TOKEN" },
  { "csrf-header", "%s", .cookies = "t=" SECRET_COOKIE, .csrf_cookie = "t", .csrf_header = "X Y",
    .part = "name of a header" },
  { "csrf-token-line", "%s", .csrf_token = SECRET_HEADER "\n", .part = "header X-CSRF-TOKEN" },
};

static void
test_unsent (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);

  g_autofree char *own = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");
  gboolean is_own = g_strcmp0 (unsent[i].url, "%s") == 0;

  endpoint_fixture_ask (&server, &(BcastEndpointOptions) {
    .channel_endpoint = is_own ? own : unsent[i].url,
    .headers = unsent[i].headers,
    .params = unsent[i].params,
    .cookies = unsent[i].cookies,
    .bearer = unsent[i].bearer,
    .csrf_cookie = unsent[i].csrf_cookie,
    .csrf_header = unsent[i].csrf_header,
    .csrf_token = unsent[i].csrf_token,
  }, "11.22", "private-ok");
  endpoint_fixture_expect (&server, BCAST_ERROR_INVALID, unsent[i].part);
  g_assert_cmpuint (server.n_requests, ==, 0);
  endpoint_fixture_tear_down (&server);
}

static void
test_question (void)
{
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);

  g_autofree char *url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");

  endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url }, "1.2", NULL);
  endpoint_fixture_expect (&server, BCAST_ERROR_INVALID, "user endpoint");
  endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url }, "1.2:private-b", "private-a");
  endpoint_fixture_expect (&server, BCAST_ERROR_PROTOCOL, "socket id");
  g_assert_cmpuint (server.n_requests, ==, 0);

  /* A token that was to be taken from a cookie and could not be is worth telling. */
  server.status = 419;
  endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url, .csrf_cookie = "XSRF-TOKEN" },
                        "1.2", "private-a");
  endpoint_fixture_expect (&server, BCAST_ERROR_FORBIDDEN, "no XSRF-TOKEN among the cookies");
  endpoint_fixture_tear_down (&server);
}

static void
test_many_headers (void)
{
  g_autoptr(GPtrArray) pairs = g_ptr_array_new ();
  EndpointFixture server;

  for (guint i = 0; i < 202; i++)
    g_ptr_array_add (pairs, (gpointer) "A");
  g_ptr_array_add (pairs, NULL);
  endpoint_fixture_set_up (&server, NULL);

  g_autofree char *url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");

  endpoint_fixture_ask (&server, &(BcastEndpointOptions) {
    .channel_endpoint = url, .headers = (const char * const *) pairs->pdata }, "1.2", "private-a");
  endpoint_fixture_expect (&server, BCAST_ERROR_TOO_LARGE, "more than 100");
  endpoint_fixture_tear_down (&server);
}

/* A redirect is not followed, even to where the answer is. */
static void
test_redirect (void)
{
  EndpointFixture server, target;

  endpoint_fixture_set_up (&server, NULL);
  endpoint_fixture_set_up (&target, NULL);
  target.body = AUTH;

  g_autofree char *url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");
  g_autofree char *other = endpoint_fixture_dup_url (&target, "127.0.0.1", "/auth");

  server.location = other;
  for (server.status = 301; server.status <= 308; server.status++)
    {
      endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url }, "1.2", "private-a");
      endpoint_fixture_expect (&server, BCAST_ERROR_REFUSED, other);
    }
  g_assert_cmpuint (server.n_requests, ==, 8);
  g_assert_cmpuint (target.n_requests, ==, 0);
  endpoint_fixture_tear_down (&target);
  endpoint_fixture_tear_down (&server);
}

static void
test_timeout (void)
{
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);
  server.stall = TRUE;

  g_autofree char *url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");

  endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url, .timeout_ms = 200 }, "1.2",
                        "private-a");
  endpoint_fixture_expect (&server, BCAST_ERROR_TIMED_OUT, "within 0.2 seconds");
  g_assert_cmpuint (server.n_requests, ==, 1);
  endpoint_fixture_tear_down (&server);
}

static const struct { const char *what, *bytes; BcastError code; const char *part; } others[] = {
  { "silent", "", BCAST_ERROR_PROTOCOL, "hung up" },
  { "no-http", "220 mail.test ESMTP\r\n", BCAST_ERROR_PROTOCOL, "does not speak HTTP" },
  { "cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", BCAST_ERROR_PROTOCOL, "hung up" },
  { "closed", NULL, BCAST_ERROR_UNREACHABLE, "Nothing listens on 127.0.0.1" },
};

static void
test_other_server (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Peer *peer = peer_new_raw (others[i].bytes, TRUE);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/auth?k=" SECRET_QUERY, peer->port);
  EndpointFixture server;

  if (others[i].bytes == NULL)
    peer_close_port (peer);
  endpoint_fixture_set_up (&server, NULL);
  endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url }, "1.2", "private-a");
  endpoint_fixture_expect (&server, others[i].code, others[i].part);
  g_assert_true (g_str_has_prefix (server.error->message, "Your app could not be asked"));
  endpoint_fixture_tear_down (&server);
  peer_free (peer);
}

/* Whoever asked may be gone before the answer, and may cancel before or after it was asked for. */
static void
test_cancel (gconstpointer data)
{
  gboolean beforehand = GPOINTER_TO_INT (data);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { NULL, NULL };
  EndpointFixture server;
  gpointer weak;

  endpoint_fixture_set_up (&server, NULL);
  server.stall = TRUE;

  g_autofree char *url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");
  BcastAuthorizer *authorizer = bcast_endpoint_authorizer_new (&(BcastEndpointOptions) {
    .channel_endpoint = url, .timeout_ms = 600000 });

  weak = authorizer;
  g_object_add_weak_pointer (G_OBJECT (authorizer), &weak);
  if (beforehand)
    g_cancellable_cancel (cancellable);
  bcast_authorizer_authorize_async (authorizer, "1.2", "private-a", NULL, NULL, cancellable, outcome_cb, &outcome);
  g_object_unref (authorizer);
  if (!beforehand)
    WAIT_FOR (server.n_requests == 1);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (outcome.result != NULL);
  g_assert_null (bcast_authorizer_authorize_finish (BCAST_AUTHORIZER (outcome.source), outcome.result, &server.error));
  g_assert_error (server.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);
  WAIT_FOR (weak == NULL);
  endpoint_fixture_tear_down (&server);
}

/* The certificate is for localhost. Which host the endpoint and the app have, what the app trusts, and
 * what comes of it. */
static const struct
{
  const char *what, *host, *app_host;
  gboolean    accept_any, with_file;
  const char *part; /* NULL: it works */
} certificates[] = {
  { "unknown", "localhost", "localhost", FALSE, FALSE, "nobody this computer trusts" },
  { "any", "localhost", "LOCALHOST", TRUE, FALSE, NULL },
  { "file", "localhost", "localhost", FALSE, TRUE, NULL },
  { "file-other-name", "127.0.0.1", "127.0.0.1", FALSE, TRUE, "belongs to another host" },
  { "any-other-host", "localhost", "127.0.0.1", TRUE, FALSE, "counts for the host of its server alone" },
  { "file-other-host", "localhost", "127.0.0.1", FALSE, TRUE, "counts for the host of its server alone" },
  { "no-app", "localhost", NULL, FALSE, FALSE, "counts for the host of its server alone" },
};

static void
test_certificate (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GTlsCertificate) certificate = certificate_new ();
  g_autofree char *folder = g_dir_make_tmp ("broadcast-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "ca.pem", NULL);
  g_autofree char *pem = NULL;
  g_autoptr(BcastApp) app = NULL;
  EndpointFixture server;

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  g_assert_true (g_file_set_contents (file, pem, -1, NULL));
  if (certificates[i].app_host != NULL)
    app = endpoint_fixture_dup_app (certificates[i].app_host, certificates[i].accept_any,
                                    certificates[i].with_file ? file : NULL);
  endpoint_fixture_set_up (&server, certificate);
  server.body = AUTH;

  g_autofree char *url = endpoint_fixture_dup_url (&server, certificates[i].host, "/auth");

  endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url, .app = app }, "1234.1234",
                        "private-foobar");
  if (certificates[i].part == NULL)
    g_assert_no_error (server.error);
  else
    endpoint_fixture_expect (&server, BCAST_ERROR_UNREACHABLE, certificates[i].part);
  endpoint_fixture_tear_down (&server);
  g_remove (file);
  g_rmdir (folder);
}

static void
test_missing_ca_file (void)
{
  g_autoptr(BcastApp) app = endpoint_fixture_dup_app ("127.0.0.1", FALSE, "/nonexistent/ca.pem");
  EndpointFixture server;

  endpoint_fixture_set_up (&server, NULL);

  g_autofree char *url = endpoint_fixture_dup_url (&server, "127.0.0.1", "/");

  endpoint_fixture_ask (&server, &(BcastEndpointOptions) { .channel_endpoint = url, .app = app }, "1.2", "private-a");
  endpoint_fixture_expect (&server, BCAST_ERROR_UNAVAILABLE, "CA file");
  endpoint_fixture_tear_down (&server);
}

#define ADD_TABLE(table, name, func)                                                                \
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)                                                  \
    {                                                                                               \
      g_autofree char *path = g_strconcat ("/endpoint-request/" name "/", (table)[i].what, NULL);   \
                                                                                                    \
      g_test_add_data_func (path, GUINT_TO_POINTER (i), func);                                      \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TABLE (bodies, "body", test_body);
  ADD_TABLE (headers, "headers", test_headers);
  ADD_TABLE (unsent, "unsent", test_unsent);
  ADD_TABLE (others, "other-server", test_other_server);
  ADD_TABLE (certificates, "certificate", test_certificate);
  g_test_add_func ("/endpoint-request/question", test_question);
  g_test_add_func ("/endpoint-request/many-headers", test_many_headers);
  g_test_add_func ("/endpoint-request/redirect", test_redirect);
  g_test_add_func ("/endpoint-request/timeout", test_timeout);
  g_test_add_data_func ("/endpoint-request/cancel", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/endpoint-request/cancel-beforehand", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_func ("/endpoint-request/missing-ca-file", test_missing_ca_file);

  return g_test_run ();
}
