/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-routes.h"

#include <string.h>

static void
test_value (void)
{
  static const struct { const char *path, *header, *param; guint status; const char *problem; } cases[] = {
    { "/a", "X-User", "as", 403, NULL },
    { "/apples", NULL, "user[id]", 0, NULL },
    { "/a%20b/c", NULL, NULL, 599, NULL },
    { "", NULL, NULL, 0, "begin with a slash" },
    { "a", NULL, NULL, 0, "begin with a slash" },
    { "/a?b", NULL, NULL, 0, "neither a query" },
    { "/a b", NULL, NULL, 0, "nor spaces" },
    { "/a\n", NULL, NULL, 0, "nor spaces" },
    { "/\303\274", NULL, NULL, 0, "no path" },
    { "/", NULL, NULL, 0, "served otherwise" },
    { "/login", NULL, NULL, 0, "served otherwise" },
    { "/app", NULL, NULL, 0, "served otherwise" },
    { "/apps/1/auth", NULL, NULL, 0, "served otherwise" },
    { "/metrics", NULL, NULL, 0, "served otherwise" },
    { "/a", "X User", NULL, 0, "name of a header" },
    { "/a", "", NULL, 0, "name of a header" },
    { "/a", "X-\r\n", NULL, 0, "name of a header" },
    { "/a", NULL, "", 0, "name of a parameter" },
    { "/a", NULL, "a=b", 0, "name of a parameter" },
    { "/a", NULL, "socket_id", 0, "something else than the user" },
    { "/a", NULL, "callback", 0, "something else than the user" },
    { "/a", NULL, NULL, 199, "199 is no HTTP status" },
    { "/a", NULL, NULL, 600, "600 is no HTTP status" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char * const paths[] = { "/first", cases[i].path, NULL };
      const BcastSandboxRoutes routes = { (char **) paths, (char *) cases[i].header, (char *) cases[i].param, BCAST_REFUSAL_STATUS, cases[i].status };
      g_autoptr(BcastSandboxRoutes) copy = bcast_sandbox_routes_copy (&routes);
      g_autoptr(GError) error = NULL;

      g_assert_true (bcast_sandbox_routes_check (copy, &error) == (cases[i].problem == NULL));
      if (cases[i].problem != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].problem));
      g_assert_true (bcast_sandbox_routes_has_path (copy, cases[i].path));
    }
  g_assert_true (bcast_sandbox_routes_check (bcast_sandbox_routes_get_default (), NULL));
  g_assert_true (bcast_sandbox_routes_has_path (bcast_sandbox_routes_get_default (), "/pusher/user-auth"));
}

static void
test_value_limits (void)
{
  g_autofree char *fill = g_strnfill (200, 'a');
  const char *too_long[] = { fill, NULL };
  const char * const none[] = { NULL };
  const char *many[34] = { NULL, };
  BcastSandboxRoutes routes = { (char **) too_long, NULL, NULL, BCAST_REFUSAL_NONE, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) kind_error = NULL;
  BcastRefusalKind kind;

  fill[0] = '/';
  g_assert_true (bcast_sandbox_routes_check (&routes, NULL));
  g_autofree char *longer = g_strconcat (fill, "a", NULL);
  too_long[0] = longer;
  g_assert_false (bcast_sandbox_routes_check (&routes, &error));
  g_assert_nonnull (strstr (error->message, "201 bytes, 1 more than the 200"));

  routes.authorize_paths = (char **) none;
  g_assert_false (bcast_sandbox_routes_check (&routes, NULL));
  for (gsize i = 0; i < 33; i++)
    many[i] = "/a";
  routes.authorize_paths = (char **) many;
  g_assert_false (bcast_sandbox_routes_check (&routes, NULL));
  many[32] = NULL;
  g_assert_true (bcast_sandbox_routes_check (&routes, NULL));

  g_assert_false (bcast_refusal_kind_parse ("politely", &kind, &kind_error));
  g_assert_nonnull (strstr (kind_error->message, "“politely” is no way to refuse"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/routes-value/check", test_value);
  g_test_add_func ("/routes-value/limits", test_value_limits);

  return g_test_run ();
}
