/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile.h"

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  guint *n = user_data;

  (*n)++;
}

static void
test_defaults (void)
{
  g_autoptr(BcastProfile) sandbox = bcast_profile_new ("sandbox", BCAST_PROFILE_SANDBOX);
  g_autoptr(BcastProfile) cluster = bcast_profile_new (NULL, BCAST_PROFILE_CLUSTER);
  g_autoptr(BcastProfile) server = bcast_profile_new (NULL, BCAST_PROFILE_SERVER);

  g_assert_cmpstr (bcast_profile_get_id (sandbox), ==, "sandbox");
  g_assert_cmpint (bcast_profile_get_kind (sandbox), ==, BCAST_PROFILE_SANDBOX);
  g_assert_cmpstr (bcast_profile_get_ws_host (sandbox), ==, "127.0.0.1");
  g_assert_cmpuint (bcast_profile_get_ws_port (sandbox), ==, 6001);
  g_assert_false (bcast_profile_get_tls (sandbox));

  g_assert_true (bcast_profile_get_tls (cluster));
  g_assert_false (bcast_profile_get_tls (server));
  g_assert_true (g_uuid_string_is_valid (bcast_profile_get_id (cluster)));
  g_assert_cmpstr (bcast_profile_get_id (cluster), !=, bcast_profile_get_id (server));

  g_assert_cmpstr (bcast_profile_get_name (server), ==, "");
  g_assert_cmpstr (bcast_profile_get_key (server), ==, "");
  g_assert_cmpuint (bcast_profile_get_miss_timeout_ms (server), ==, 5000);
  g_assert_false (bcast_profile_get_production (server));
  g_assert_false (bcast_profile_get_accept_any_certificate (server));
  g_assert_cmpint (bcast_profile_get_authorizer (server), ==, BCAST_PROFILE_AUTHORIZER_LOCAL);
}

static void
set_all (BcastProfile *profile)
{
  g_object_set (profile,
                "name", "Shop", "kind", BCAST_PROFILE_SERVER, "app-id", "3", "key", "abc",
                "cluster", "eu", "ws-host", "ws.example.com", "ws-port", 6002u,
                "http-host", "api.example.com", "http-port", 8080u, "path", "/soketi",
                "tls", TRUE, "accept-any-certificate", TRUE, "production", TRUE,
                "miss-timeout-ms", 1500u, "ca-file", "/etc/ca.pem",
                "authorizer", BCAST_PROFILE_AUTHORIZER_ENDPOINT, "auth-endpoint", "http://app.test/auth",
                "user-auth-endpoint", "http://app.test/user", "csrf-cookie", "XSRF-TOKEN",
                "csrf-header", "X-CSRF", NULL);
}

static void
check_all (BcastProfile *profile)
{
  g_assert_cmpstr (bcast_profile_get_name (profile), ==, "Shop");
  g_assert_cmpint (bcast_profile_get_kind (profile), ==, BCAST_PROFILE_SERVER);
  g_assert_cmpstr (bcast_profile_get_app_id (profile), ==, "3");
  g_assert_cmpstr (bcast_profile_get_key (profile), ==, "abc");
  g_assert_cmpstr (bcast_profile_get_cluster (profile), ==, "eu");
  g_assert_cmpstr (bcast_profile_get_ws_host (profile), ==, "ws.example.com");
  g_assert_cmpuint (bcast_profile_get_ws_port (profile), ==, 6002);
  g_assert_cmpstr (bcast_profile_get_http_host (profile), ==, "api.example.com");
  g_assert_cmpuint (bcast_profile_get_http_port (profile), ==, 8080);
  g_assert_cmpstr (bcast_profile_get_path (profile), ==, "/soketi");
  g_assert_true (bcast_profile_get_tls (profile));
  g_assert_true (bcast_profile_get_accept_any_certificate (profile));
  g_assert_true (bcast_profile_get_production (profile));
  g_assert_cmpuint (bcast_profile_get_miss_timeout_ms (profile), ==, 1500);
  g_assert_cmpstr (bcast_profile_get_ca_file (profile), ==, "/etc/ca.pem");
  g_assert_cmpint (bcast_profile_get_authorizer (profile), ==, BCAST_PROFILE_AUTHORIZER_ENDPOINT);
  g_assert_cmpstr (bcast_profile_get_auth_endpoint (profile), ==, "http://app.test/auth");
  g_assert_cmpstr (bcast_profile_get_user_auth_endpoint (profile), ==, "http://app.test/user");
  g_assert_cmpstr (bcast_profile_get_csrf_cookie (profile), ==, "XSRF-TOKEN");
  g_assert_cmpstr (bcast_profile_get_csrf_header (profile), ==, "X-CSRF");
}

static void
test_properties (void)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("x", BCAST_PROFILE_SANDBOX);
  guint n_pspecs;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (profile), &n_pspecs);
  guint n = 0;

  g_assert_cmpuint (n_pspecs, ==, 21);
  g_signal_connect (profile, "notify", G_CALLBACK (count_cb), &n);
  set_all (profile);
  check_all (profile);
  g_assert_cmpuint (n, ==, 20);

  set_all (profile);
  g_assert_cmpuint (n, ==, 20);

  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (profile), pspecs[i]->name, &value);
      if (G_VALUE_HOLDS_STRING (&value))
        g_assert_cmpstr (g_value_get_string (&value), !=, "");
      else if (G_VALUE_HOLDS_BOOLEAN (&value))
        g_assert_true (g_value_get_boolean (&value));
    }
}

static void
test_text (void)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("x", BCAST_PROFILE_SERVER);

  g_object_set (profile, "name", NULL, NULL);
  g_assert_cmpstr (bcast_profile_get_name (profile), ==, "");

  g_object_set (profile, "name", "bad \xff bytes", NULL);
  g_assert_true (g_utf8_validate (bcast_profile_get_name (profile), -1, NULL));
}

static void
test_kind_to_cluster (void)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("x", BCAST_PROFILE_SERVER);
  guint n = 0;

  g_signal_connect (profile, "notify::tls", G_CALLBACK (count_cb), &n);
  g_object_set (profile, "kind", BCAST_PROFILE_CLUSTER, NULL);
  g_assert_true (bcast_profile_get_tls (profile));
  g_assert_cmpuint (n, ==, 1);

  g_object_set (profile, "tls", FALSE, "kind", BCAST_PROFILE_CLUSTER, NULL);
  g_assert_false (bcast_profile_get_tls (profile));
}

static void
test_copy (void)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("x", BCAST_PROFILE_CLUSTER);
  g_autoptr(BcastProfile) plain = bcast_profile_new ("y", BCAST_PROFILE_CLUSTER);
  g_autoptr(BcastProfile) copy = NULL;
  guint n = 0;

  set_all (profile);
  copy = bcast_profile_new_copy (profile);
  check_all (copy);
  g_assert_cmpstr (bcast_profile_get_id (copy), !=, "x");
  g_assert_true (bcast_profile_equal (profile, copy));
  g_assert_false (bcast_profile_equal (profile, plain));

  /* A cluster without TLS stays one although the kind switches it on. */
  g_object_set (plain, "tls", FALSE, NULL);
  g_signal_connect (copy, "notify", G_CALLBACK (count_cb), &n);
  bcast_profile_assign (copy, plain);
  g_assert_true (bcast_profile_equal (copy, plain));
  g_assert_cmpuint (n, >, 0);

  n = 0;
  bcast_profile_assign (copy, plain);
  g_assert_cmpuint (n, ==, 0);

  g_object_set (copy, "production", TRUE, NULL);
  g_assert_false (bcast_profile_equal (copy, plain));
  bcast_profile_assign (copy, plain);
  g_object_set (copy, "http-port", 1u, NULL);
  g_assert_false (bcast_profile_equal (copy, plain));
  bcast_profile_assign (copy, plain);
  g_object_set (copy, "authorizer", BCAST_PROFILE_AUTHORIZER_ENDPOINT, NULL);
  g_assert_false (bcast_profile_equal (copy, plain));
}

static void
test_dies (void)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new (NULL, BCAST_PROFILE_SERVER);

  set_all (profile);
  g_assert_finalize_object (g_steal_pointer (&profile));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile/defaults", test_defaults);
  g_test_add_func ("/profile/properties", test_properties);
  g_test_add_func ("/profile/text", test_text);
  g_test_add_func ("/profile/kind-to-cluster", test_kind_to_cluster);
  g_test_add_func ("/profile/copy", test_copy);
  g_test_add_func ("/profile/dies", test_dies);

  return g_test_run ();
}
