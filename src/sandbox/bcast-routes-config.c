/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-routes-config-private.h"

static gboolean
read_refusal (const BcastConfigReader  *reader,
              BcastSandboxRoutes       *routes,
              GError                  **error)
{
  gint64 status = 0;
  g_autofree char *kind = NULL;

  if (!bcast_config_reader_get_string (reader, "refuse", &kind, error)
      || !bcast_config_reader_get_number (reader, "refuse_status", 400, 599, &status, error))
    return FALSE;

  routes->refuse_status = (guint) status;
  if (kind != NULL)
    return bcast_refusal_kind_parse (kind, &routes->refuse_kind, error);
  if (status != 0)
    routes->refuse_kind = BCAST_REFUSAL_STATUS;
  return TRUE;
}

/**
 * bcast_routes_config_read:
 * @app: an app of a config file
 * @routes: gets what it says about its authorize routes
 * @error: %BCAST_ERROR_INVALID, naming the place and what is expected there
 *
 * Returns: whether they can be used
 */
gboolean
bcast_routes_config_read (const BcastConfigReader  *app,
                          BcastSandboxRoutes       *routes,
                          GError                  **error)
{
  static const char * const members[] = {
    "paths", "user_header", "user_param", "refuse", "refuse_status", NULL
  };
  g_auto(BcastConfigReader) reader = { NULL, NULL };
  JsonNode *node = json_object_get_member (app->object, "authorize");
  g_autofree char *place = bcast_config_reader_dup_place (app, "authorize");

  if (node == NULL)
    return TRUE;
  if (!bcast_config_reader_open (&reader, node, place, members, error)
      || !bcast_config_reader_get_strings (&reader, "paths", &routes->authorize_paths, error)
      || !bcast_config_reader_get_string (&reader, "user_header", &routes->user_header, error)
      || !bcast_config_reader_get_string (&reader, "user_param", &routes->user_param, error))
    return FALSE;

  if (read_refusal (&reader, routes, error) && bcast_sandbox_routes_check (routes, error))
    return TRUE;
  g_prefix_error (error, "%s: ", place);
  return FALSE;
}
