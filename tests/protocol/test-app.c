/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-app.h"

#include <string.h>

#include "bcast-error.h"

static BcastApp *
make_app (BcastAppOptions options)
{
  g_autoptr(GError) error = NULL;
  BcastApp *app = bcast_app_new (&options, &error);

  g_assert_no_error (error);
  return app;
}

static void
test_defaults (void)
{
  g_autoptr(BcastApp) plain = make_app ((BcastAppOptions) { .key = "key", .ws_host = "ws.example.com" });
  g_autoptr(BcastApp) tls = make_app ((BcastAppOptions) { .key = "key", .ws_host = "ws.example.com", .tls = TRUE });

  g_assert_cmpuint (bcast_app_get_ws_port (plain), ==, 80);
  g_assert_cmpuint (bcast_app_get_http_port (plain), ==, 80);
  g_assert_cmpstr (bcast_app_get_http_host (plain), ==, "ws.example.com");
  g_assert_cmpstr (bcast_app_get_path (plain), ==, "");
  g_assert_null (bcast_app_get_secret (plain));
  g_assert_null (bcast_app_get_app_id (plain));
  g_assert_false (bcast_app_get_accept_any_certificate (plain));
  g_assert_cmpuint (bcast_app_get_ws_port (tls), ==, 443);
  g_assert_cmpuint (bcast_app_get_http_port (tls), ==, 443);
}

static void
test_uris (void)
{
  static const struct { BcastAppOptions options; const char *ws, *http; } cases[] = {
    { { .app_id = "3", .key = "k", .ws_host = "127.0.0.1", .ws_port = 6001, .http_port = 6001 },
      "ws://127.0.0.1:6001/app/k?protocol=7&client=broadcast&version=", "http://127.0.0.1:6001/apps/3/events?a=b" },
    { { .app_id = "3", .key = "k", .ws_host = "ws-eu.pusher.com", .http_host = "api-eu.pusher.com", .tls = TRUE },
      "wss://ws-eu.pusher.com:443/app/k?protocol=7&", "https://api-eu.pusher.com:443/apps/3/events?a=b" },
    { { .app_id = "3", .key = "k", .ws_host = "::1", .ws_port = 1, .http_port = 2, .path = "soketi/" },
      "ws://[::1]:1/soketi/app/k?protocol=7&", "http://[::1]:2/soketi/apps/3/events?a=b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BcastApp) app = make_app (cases[i].options);
      g_autofree char *ws = bcast_app_dup_ws_uri (app);
      g_autofree char *http = bcast_app_dup_http_uri (app, "/apps/3/events", "a=b");
      g_autofree char *bare = bcast_app_dup_http_uri (app, "/apps/3/events", NULL);

      g_assert_true (g_str_has_prefix (ws, cases[i].ws));
      g_assert_true (g_str_has_suffix (ws, "&flash=false"));
      g_assert_cmpstr (http, ==, cases[i].http);
      g_assert_null (strchr (bare, '?'));
    }
}

static void
test_refuses (void)
{
  static const BcastAppOptions wrong[] = {
    { .ws_host = "h" },
    { .key = "", .ws_host = "h" },
    { .key = "a/b", .ws_host = "h" },
    { .key = "a?b", .ws_host = "h" },
    { .key = "a b", .ws_host = "h" },
    { .key = "k" },
    { .key = "k", .ws_host = "" },
    { .key = "k", .app_id = "3/../4", .ws_host = "h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bcast_app_new (&wrong[i], &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
    }
}

static void
test_with_tls (void)
{
  g_autoptr(BcastApp) plain = make_app ((BcastAppOptions) {
    .app_id = "3", .key = "k", .secret = "s", .ws_host = "a.example", .http_host = "b.example", .http_port = 8080,
    .path = "/p", .ca_file = "/ca.pem", .accept_any_certificate = TRUE,
    .master_key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" });
  g_autoptr(BcastApp) app = bcast_app_new_with_tls (plain);

  g_assert_true (bcast_app_get_tls (app));
  g_assert_cmpuint (bcast_app_get_ws_port (app), ==, 443);
  g_assert_cmpuint (bcast_app_get_http_port (app), ==, 8080);
  g_assert_cmpstr (bcast_app_get_app_id (app), ==, "3");
  g_assert_cmpstr (bcast_app_get_key (app), ==, "k");
  g_assert_cmpstr (bcast_app_get_secret (app), ==, "s");
  g_assert_cmpstr (bcast_app_get_ws_host (app), ==, "a.example");
  g_assert_cmpstr (bcast_app_get_http_host (app), ==, "b.example");
  g_assert_cmpstr (bcast_app_get_path (app), ==, "/p");
  g_assert_true (bcast_app_get_accept_any_certificate (app));
  g_assert_cmpstr (bcast_app_get_ca_file (app), ==, "/ca.pem");
  g_assert_cmpstr (bcast_app_get_master_key (app), ==, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
}

static void
test_bad_master_key (void)
{
  g_autoptr(GError) error = NULL;
  BcastAppOptions options = { .key = "k", .ws_host = "h", .master_key = "too short" };

  g_assert_null (bcast_app_new (&options, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/defaults", test_defaults);
  g_test_add_func ("/app/uris", test_uris);
  g_test_add_func ("/app/refuses", test_refuses);
  g_test_add_func ("/app/with-tls", test_with_tls);
  g_test_add_func ("/app/bad-master-key", test_bad_master_key);

  return g_test_run ();
}
