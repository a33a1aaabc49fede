/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-error.h"
#include "bcast-profile.h"

#include <string.h>

typedef struct
{
  const char       *what;
  BcastProfileKind  kind;
  const char       *property;
  const char       *text;    /* or NULL for the number */
  guint             number;
  const char       *field;   /* at fault, or NULL when it is fine */
  const char       *says;    /* part of the sentence */
} Vector;

#define S BCAST_PROFILE_SERVER
#define C BCAST_PROFILE_CLUSTER
#define X BCAST_PROFILE_SANDBOX

static const Vector vectors[] = {
  { "name-empty", S, "name", "", 0, "name", "no name" },
  { "name-spaces", S, "name", "  \t ", 0, "name", "no name" },
  { "name-unicode", S, "name", "Bücherei ☃", 0, NULL, NULL },

  { "key-empty", S, "key", "", 0, "key", "key is missing" },
  { "key-space", S, "key", "abc ", 0, "key", "a space" },
  { "key-newline", S, "key", "abc\n", 0, "key", "a line break" },
  { "key-quotes", S, "key", "\"abc\"", 0, "key", "“\"”" },
  { "key-colon", S, "key", "a:b", 0, "key", "“:”" },
  { "key-umlaut", S, "key", "schlüssel", 0, "key", "“ü”" },
  { "key-zero-width", S, "key", "abc\xE2\x80\x8B", 0, "key", "an invisible character" },
  { "key-soketi", S, "key", "app-key", 0, NULL, NULL },
  { "key-hosted", C, "key", "278d425bdf160c739803", 0, NULL, NULL },

  { "app-id-empty", S, "app-id", "", 0, "app-id", "app id is missing" },
  { "app-id-odd", S, "app-id", "12/3", 0, "app-id", "“/”" },
  { "app-id-word", S, "app-id", "app-id", 0, NULL, NULL },

  { "cluster-empty", C, "cluster", "", 0, "cluster", "cluster is missing" },
  { "cluster-unknown", C, "cluster", "moon-7", 0, NULL, NULL },
  { "cluster-capitals", C, "cluster", "EU", 0, "cluster", "Enter “eu”" },
  { "cluster-host", C, "cluster", "ws-us2.pusher.com", 0, "cluster", "Enter “us2”" },
  { "cluster-api-host", C, "cluster", "api-ap1.pusher.com", 0, "cluster", "Enter “ap1”" },
  { "cluster-space", C, "cluster", "e u", 0, "cluster", "not a cluster's name" },
  { "cluster-slash", C, "cluster", "eu/../x", 0, "cluster", "not a cluster's name" },
  { "cluster-long", C, "cluster", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0, "cluster",
    "not a cluster's name" },
  { "cluster-of-no-matter", S, "cluster", "E U", 0, NULL, NULL },

  { "host-empty", S, "ws-host", "", 0, "ws-host", "no host" },
  { "host-sandbox-empty", X, "ws-host", "", 0, NULL, NULL },
  { "host-sandbox-bad", X, "ws-host", "a b", 0, "ws-host", "neither" },
  { "host-of-no-matter", C, "ws-host", "a b", 0, NULL, NULL },
  { "host-name", S, "ws-host", "ws.example.com", 0, NULL, NULL },
  { "host-root", S, "ws-host", "ws.example.com.", 0, NULL, NULL },
  { "host-short", S, "ws-host", "soketi_1", 0, NULL, NULL },
  { "host-idn", S, "ws-host", "bücher.example", 0, NULL, NULL },
  { "host-ipv4", S, "ws-host", "192.168.1.20", 0, NULL, NULL },
  { "host-ipv6", S, "ws-host", "::1", 0, NULL, NULL },
  { "host-ipv6-brackets", S, "ws-host", "[fe80::1]", 0, NULL, NULL },
  { "host-ipv6-zone", S, "ws-host", "fe80::1%eth0", 0, "ws-host", "Enter" },
  { "host-scheme", S, "ws-host", "wss://ws.example.com", 0, "ws-host", "Enter “ws.example.com” alone" },
  { "host-scheme-port", S, "ws-host", "wss://ws.example.com:6001/app/KEY", 0, "ws-host",
    "“ws.example.com” as the host and 6001 as the port" },
  { "host-scheme-only", S, "ws-host", "https://", 0, "ws-host", "alone" },
  { "host-scheme-ipv6", S, "ws-host", "http://[::1]:6001", 0, "ws-host", "“::1” as the host and 6001" },
  { "host-port", S, "ws-host", "localhost:6001", 0, "ws-host", "“localhost” as the host and 6001" },
  { "host-ipv6-port", S, "ws-host", "[::1]:6001", 0, "ws-host", "“::1” as the host and 6001" },
  { "host-port-huge", S, "ws-host", "localhost:99999", 0, "ws-host", "“localhost” alone" },
  { "host-path", S, "ws-host", "ws.example.com/soketi", 0, "ws-host", "“ws.example.com” alone" },
  { "host-space", S, "ws-host", " ws.example.com", 0, "ws-host", "no spaces" },
  { "host-dots", S, "ws-host", "ws..example.com", 0, "ws-host", "neither" },
  { "host-dash", S, "ws-host", "-ws.example.com", 0, "ws-host", "neither" },
  { "host-bad-ipv4", S, "ws-host", "192.168.1.300", 0, "ws-host", "neither" },
  { "host-label-long", S, "ws-host",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example", 0, "ws-host", "neither" },
  { "host-api", S, "ws-host", "api-eu.pusher.com", 0, "ws-host", "“eu” as the cluster" },
  { "host-hosted", S, "ws-host", "ws-eu.pusher.com", 0, NULL, NULL },

  { "http-host-empty", S, "http-host", "", 0, NULL, NULL },
  { "http-host-scheme", S, "http-host", "https://api.example.com", 0, "http-host", "“api.example.com” alone" },
  { "http-host-ws", S, "http-host", "ws-eu.pusher.com", 0, "http-host", "“eu” as the cluster" },

  { "port-zero", S, "ws-port", NULL, 0, NULL, NULL },
  { "port-last", S, "ws-port", NULL, 65535, NULL, NULL },
  { "port-beyond", S, "ws-port", NULL, 65536, "ws-port", "65536 is not a port" },
  { "port-http-beyond", S, "http-port", NULL, G_MAXUINT, "http-port", "is not a port" },
  { "port-of-no-matter", C, "ws-port", NULL, 65536, NULL, NULL },

  { "path-empty", S, "path", "", 0, NULL, NULL },
  { "path-good", S, "path", "/soketi/v1", 0, NULL, NULL },
  { "path-no-slash", S, "path", "soketi", 0, "path", "begin with a slash" },
  { "path-query", S, "path", "/soketi?x", 0, "path", "question marks" },
  { "path-space", S, "path", "/so keti", 0, "path", "spaces" },
  { "path-app", S, "path", "/soketi/app/KEY", 0, "path", "before /app" },

  { "ca-file-empty", S, "ca-file", "", 0, NULL, NULL },
  { "ca-file", C, "ca-file", "/etc/ssl/own ca.pem", 0, NULL, NULL },
  { "ca-file-relative", S, "ca-file", "ca.pem", 0, "ca-file", "no whole path" },
  { "ca-file-home", X, "ca-file", "~/ca.pem", 0, "ca-file", "no whole path" },

  { "timeout-short", S, "miss-timeout-ms", NULL, 99, "miss-timeout-ms", "between" },
  { "timeout-long", S, "miss-timeout-ms", NULL, 600001, "miss-timeout-ms", "10 minutes" },
  { "timeout-good", S, "miss-timeout-ms", NULL, 100, NULL, NULL },
};

/* What holds when the user's app signs; when it does not, none of it is looked at. */
static const Vector app_vectors[] = {
  { "endpoint", S, "auth-endpoint", "http://localhost:8000/broadcasting/auth", 0, NULL, NULL },
  { "endpoint-sandbox", X, "auth-endpoint", "https://app.test/auth", 0, NULL, NULL },
  { "endpoint-empty", C, "auth-endpoint", "", 0, "auth-endpoint", "channel endpoint is missing" },
  { "endpoint-path", S, "auth-endpoint", "/broadcasting/auth", 0, "auth-endpoint", "http:// or https://" },
  { "endpoint-password", S, "auth-endpoint", "http://me:hunter2@app.test/", 0, "auth-endpoint", "kept secret" },
  { "user-endpoint", S, "user-auth-endpoint", "http://app.test/user", 0, NULL, NULL },
  { "user-endpoint-empty", S, "user-auth-endpoint", "", 0, NULL, NULL },
  { "user-endpoint-bad", S, "user-auth-endpoint", "app.test", 0, "user-auth-endpoint", "The user endpoint cannot" },
  { "csrf-cookie", S, "csrf-cookie", "XSRF-TOKEN", 0, NULL, NULL },
  { "csrf-cookie-value", S, "csrf-cookie", "XSRF-TOKEN=hunter2", 0, "csrf-cookie", "the name alone" },
  { "csrf-header", S, "csrf-header", "X-CSRF-TOKEN", 0, NULL, NULL },
  { "csrf-header-value", S, "csrf-header", "X-CSRF: hunter2", 0, "csrf-header", "the name alone" },
  { "csrf-header-taken", S, "csrf-header", "Content-Length", 0, "csrf-header", "the name alone" },
};

static BcastProfile *
new_good (BcastProfileKind kind)
{
  BcastProfile *profile = bcast_profile_new (NULL, kind);

  g_object_set (profile, "name", "Shop", "key", "app-key", "app-id", "3", NULL);
  if (kind == BCAST_PROFILE_CLUSTER)
    g_object_set (profile, "cluster", "eu", NULL);
  else
    g_object_set (profile, "ws-host", "ws.example.com", NULL);
  return profile;
}

static void
check_vector (const Vector *vector,
              BcastProfile *profile)
{
  g_autoptr(GError) error = NULL;
  const char *field = "unset";
  gboolean is_good;

  if (vector->text != NULL)
    g_object_set (profile, vector->property, vector->text, NULL);
  else
    g_object_set (profile, vector->property, vector->number, NULL);

  is_good = bcast_profile_check (profile, &field, &error);
  g_assert_cmpstr (field, ==, vector->field);
  if (vector->field == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (is_good);
      return;
    }

  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_false (is_good);
  if (strstr (error->message, vector->says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, vector->says);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr(BcastProfile) profile = new_good (vector->kind);

  check_vector (vector, profile);
}

static void
test_app_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr(BcastProfile) profile = new_good (vector->kind);

  g_object_set (profile, vector->property, vector->text, NULL);
  g_assert_true (bcast_profile_check (profile, NULL, NULL));
  g_object_set (profile, "authorizer", BCAST_PROFILE_AUTHORIZER_ENDPOINT,
                "auth-endpoint", "http://localhost:8000/auth", NULL);
  check_vector (vector, profile);
}

/* What was pasted into the wrong field may be a password: no sentence repeats it. */
static void
test_no_credentials (void)
{
  static const char * const pasted[] = {
    "https://user:hunter2@ws.example.com", "user:hunter2@ws.example.com",
    "wss://ws.example.com/app/x?secret=hunter2", "ws.example.com/hunter2", "hunter2 hunter2",
  };
  static const char * const fields[] = {
    "ws-host", "key", "path", "app-id", "auth-endpoint", "user-auth-endpoint", "csrf-cookie", "csrf-header",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pasted); i++)
    for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
      {
        g_autoptr(BcastProfile) profile = new_good (BCAST_PROFILE_SERVER);
        g_autoptr(GError) error = NULL;

        g_object_set (profile, "authorizer", BCAST_PROFILE_AUTHORIZER_ENDPOINT,
                      "auth-endpoint", "http://localhost:8000/auth", NULL);
        g_object_set (profile, fields[k], pasted[i], NULL);
        g_assert_false (bcast_profile_check (profile, NULL, &error));
        g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
        g_assert_null (strstr (error->message, "hunter2"));
      }
}

typedef struct
{
  const char       *what;
  BcastProfileKind  kind;
  const char       *cluster, *ws_host, *http_host, *path;
  guint             ws_port, http_port;
  gboolean          tls;
  const char       *address, *ws_uri, *http_uri;
} Address;

#define MASTER_KEY "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

#define QUERY "?protocol=7&client=broadcast&version="

static const Address addresses[] = {
  { "sandbox", X, "", "127.0.0.1", "", "", 6001, 0, FALSE,
    "127.0.0.1:6001", "ws://127.0.0.1:6001/app/app-key", "http://127.0.0.1:6001/apps" },
  { "sandbox-emptied", X, "", "", "", "", 0, 0, TRUE,
    "127.0.0.1:6001", "ws://127.0.0.1:6001/app/app-key", "http://127.0.0.1:6001/apps" },
  { "cluster", C, "eu", "", "", "", 0, 0, TRUE,
    "cluster eu", "wss://ws-eu.pusher.com:443/app/app-key", "https://api-eu.pusher.com:443/apps" },
  { "cluster-plain", C, "us2", "", "", "", 0, 0, FALSE,
    "cluster us2", "ws://ws-us2.pusher.com:80/app/app-key", "http://api-us2.pusher.com:80/apps" },
  { "cluster-stale-host", C, "eu", "ws.example.com", "h.example.com", "/x", 6001, 6002, TRUE,
    "cluster eu", "wss://ws-eu.pusher.com:443/app/app-key", "https://api-eu.pusher.com:443/apps" },
  { "server-tls", S, "", "ws.example.com", "", "", 0, 0, TRUE,
    "ws.example.com:443", "wss://ws.example.com:443/app/app-key", "https://ws.example.com:443/apps" },
  { "server-plain", S, "", "ws.example.com", "", "", 0, 0, FALSE,
    "ws.example.com:80", "ws://ws.example.com:80/app/app-key", "http://ws.example.com:80/apps" },
  { "server-port", S, "", "ws.example.com", "", "/soketi/", 6001, 0, FALSE,
    "ws.example.com:6001", "ws://ws.example.com:6001/soketi/app/app-key",
    "http://ws.example.com:6001/soketi/apps" },
  { "server-http", S, "", "ws.example.com", "api.example.com", "", 6001, 8080, TRUE,
    "ws.example.com:6001", "wss://ws.example.com:6001/app/app-key", "https://api.example.com:8080/apps" },
  { "server-http-host", S, "", "ws.example.com", "api.example.com", "", 6001, 0, TRUE,
    "ws.example.com:6001", "wss://ws.example.com:6001/app/app-key", "https://api.example.com:6001/apps" },
  { "server-ipv6", S, "", "::1", "", "", 6001, 0, FALSE,
    "[::1]:6001", "ws://[::1]:6001/app/app-key", "http://[::1]:6001/apps" },
  { "server-ipv6-brackets", S, "", "[::1]", "", "", 6001, 0, FALSE,
    "[::1]:6001", "ws://[::1]:6001/app/app-key", "http://[::1]:6001/apps" },
  { "server-idn", S, "", "bücher.example", "", "", 0, 0, TRUE,
    "bücher.example:443", "wss://xn--bcher-kva.example:443/app/app-key", "https://xn--bcher-kva.example:443/apps" },
};

static void
test_address (gconstpointer data)
{
  const Address *vector = data;
  g_autoptr(BcastProfile) profile = bcast_profile_new ("x", vector->kind);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastApp) app = NULL;
  g_autofree char *address = NULL, *ws_uri = NULL, *http_uri = NULL;

  g_object_set (profile, "name", "Shop", "key", "app-key", "app-id", "3", "cluster", vector->cluster,
                "ws-host", vector->ws_host, "http-host", vector->http_host, "path", vector->path,
                "ws-port", vector->ws_port, "http-port", vector->http_port, "tls", vector->tls,
                "accept-any-certificate", TRUE, "ca-file", "/etc/ca.pem", NULL);

  address = bcast_profile_dup_address (profile);
  g_assert_cmpstr (address, ==, vector->address);

  app = bcast_profile_dup_app (profile, "7ad3773142a6692b25b8", MASTER_KEY, &error);
  g_assert_no_error (error);
  g_assert_nonnull (app);
  ws_uri = bcast_app_dup_ws_uri (app);
  http_uri = bcast_app_dup_http_uri (app, "/apps", NULL);
  g_assert_true (g_str_has_prefix (ws_uri, vector->ws_uri));
  g_assert_true (g_str_has_prefix (ws_uri + strlen (vector->ws_uri), QUERY));
  g_assert_cmpstr (http_uri, ==, vector->http_uri);

  g_assert_cmpstr (bcast_app_get_key (app), ==, "app-key");
  g_assert_cmpstr (bcast_app_get_app_id (app), ==, "3");
  g_assert_cmpstr (bcast_app_get_secret (app), ==, "7ad3773142a6692b25b8");
  g_assert_cmpstr (bcast_app_get_master_key (app), ==, MASTER_KEY);
  g_assert_cmpstr (bcast_app_get_ca_file (app), ==, "/etc/ca.pem");
  g_assert_true (bcast_app_get_accept_any_certificate (app));
}

static void
test_address_incomplete (void)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("x", BCAST_PROFILE_SERVER);
  g_autofree char *of_server = bcast_profile_dup_address (profile);
  g_autofree char *of_cluster = NULL;

  g_assert_cmpstr (of_server, ==, "no host yet");
  g_object_set (profile, "kind", BCAST_PROFILE_CLUSTER, NULL);
  of_cluster = bcast_profile_dup_address (profile);
  g_assert_cmpstr (of_cluster, ==, "no cluster yet");
}

/* Subscribing needs neither a name nor an app id nor a secret; but it needs a place to go to. */
static void
test_app_without (void)
{
  g_autoptr(BcastProfile) profile = new_good (BCAST_PROFILE_SERVER);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastApp) app = NULL;

  g_object_set (profile, "name", "", "app-id", "", NULL);
  app = bcast_profile_dup_app (profile, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (app);
  g_assert_null (bcast_app_get_app_id (app));
  g_assert_null (bcast_app_get_secret (app));
  g_assert_null (bcast_app_get_master_key (app));
  g_assert_null (bcast_app_get_ca_file (app));
  g_assert_null (bcast_profile_dup_app (profile, NULL, "short", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_clear_error (&error);

  g_object_set (profile, "ws-host", "a b", NULL);
  g_assert_null (bcast_profile_dup_app (profile, NULL, NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_clear_error (&error);

  g_object_set (profile, "ws-host", "ws.example.com", "ws-port", 70000u, NULL);
  g_assert_null (bcast_profile_dup_app (profile, NULL, NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/profile/check/", vectors[i].what, NULL);
      g_test_add_data_func (path, &vectors[i], test_vector);
    }
  for (guint i = 0; i < G_N_ELEMENTS (app_vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/profile/check/app/", app_vectors[i].what, NULL);
      g_test_add_data_func (path, &app_vectors[i], test_app_vector);
    }
  g_test_add_func ("/profile/check/no-credentials", test_no_credentials);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *path = g_strconcat ("/profile/address/", addresses[i].what, NULL);
      g_test_add_data_func (path, &addresses[i], test_address);
    }
  g_test_add_func ("/profile/address/incomplete", test_address_incomplete);
  g_test_add_func ("/profile/app/without", test_app_without);

  return g_test_run ();
}
