/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-routes.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-authorize-refusal-private.h"
#include "bcast-error.h"

#define MAX_PATHS       32
#define MAX_PATH_BYTES  200
#define MAX_NAME_BYTES  100

#define LETTERS_AND_DIGITS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS

/* Source: RFC 3986, section 3.3; RFC 9110, section 5.6.2. */
#define PATH_CHARACTERS   LETTERS_AND_DIGITS "-._~!$&'()*+,;=:@%/"
#define HEADER_CHARACTERS LETTERS_AND_DIGITS "!#$%&'*+-.^_`|~"
#define PARAM_CHARACTERS  LETTERS_AND_DIGITS "_-.[]"

/* Masonite's route, Laravel's two, and the two that pusher-js asks by itself. All do the same: with
 * a channel they sign a subscription, without one a sign-in. */
static const char * const usual_paths[] = {
  "/broadcasting/authorize",
  "/broadcasting/auth",
  "/broadcasting/user-auth",
  "/pusher/auth",
  "/pusher/user-auth",
  NULL
};

/* What is below these is served otherwise. */
static const char * const taken_paths[] = { "/app", "/apps", "/metrics" };

/* What these tell is no user. */
static const char * const taken_params[] = { "socket_id", "channel_name", "user_info", "watchlist", "callback", "app_key" };

static const char * const kind_names[BCAST_N_REFUSAL_KINDS] = {
  [BCAST_REFUSAL_NONE] = "none",
  [BCAST_REFUSAL_STATUS] = "status",
  [BCAST_REFUSAL_HTML_LOGIN] = "html-login",
  [BCAST_REFUSAL_REDIRECT] = "redirect",
  [BCAST_REFUSAL_EMPTY] = "empty",
  [BCAST_REFUSAL_NOT_JSON] = "not-json",
};

/**
 * bcast_refusal_kind_to_string:
 * @kind: a kind
 *
 * Returns: its name in configurations
 */
const char *
bcast_refusal_kind_to_string (BcastRefusalKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_REFUSAL_KINDS, NULL);

  return kind_names[kind];
}

/**
 * bcast_refusal_kind_parse:
 * @text: a name
 * @kind: (out): the kind that is called so
 * @error: %BCAST_ERROR_INVALID for a name that there is not
 *
 * Returns: whether there is one
 */
gboolean
bcast_refusal_kind_parse (const char        *text,
                          BcastRefusalKind  *kind,
                          GError           **error)
{
  g_return_val_if_fail (text != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < BCAST_N_REFUSAL_KINDS; i++)
    if (strcmp (text, kind_names[i]) == 0)
      {
        *kind = (BcastRefusalKind) i;
        return TRUE;
      }

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%.*s” is no way to refuse. Choose none, status, html-login, redirect, empty or not-json."),
               bcast_error_clip (text, 64), text);
  return FALSE;
}

/**
 * bcast_sandbox_routes_new:
 *
 * Returns: (transfer full): routes at the usual paths that refuse nobody
 */
BcastSandboxRoutes *
bcast_sandbox_routes_new (void)
{
  return g_new0 (BcastSandboxRoutes, 1);
}

/**
 * bcast_sandbox_routes_copy:
 * @self: routes
 *
 * Returns: (transfer full): the same again
 */
BcastSandboxRoutes *
bcast_sandbox_routes_copy (const BcastSandboxRoutes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastSandboxRoutes *copy = bcast_sandbox_routes_new ();

  *copy = *self;
  copy->authorize_paths = g_strdupv (self->authorize_paths);
  copy->user_header = g_strdup (self->user_header);
  copy->user_param = g_strdup (self->user_param);
  return copy;
}

/**
 * bcast_sandbox_routes_free:
 * @self: (transfer full) (nullable): routes
 */
void
bcast_sandbox_routes_free (BcastSandboxRoutes *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->authorize_paths);
  g_free (self->user_header);
  g_free (self->user_param);
  g_free (self);
}

/**
 * bcast_sandbox_routes_get_default:
 *
 * Returns: (transfer none): what holds when nothing is set
 */
const BcastSandboxRoutes *
bcast_sandbox_routes_get_default (void)
{
  static const BcastSandboxRoutes routes = { NULL, };

  return &routes;
}

static gboolean
is_below (const char *path,
          const char *parent)
{
  gsize length = strlen (parent);

  return strncmp (path, parent, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static gboolean
is_taken (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (taken_paths); i++)
    if (is_below (path, taken_paths[i]))
      return TRUE;
  return strcmp (path, "/") == 0 || strcmp (path, BCAST_AUTHORIZE_LOGIN_PATH) == 0;
}

static gboolean
check_path (const char  *path,
            GError     **error)
{
  gsize length = strlen (path);

  if (*path != '/' || strspn (path, PATH_CHARACTERS) != length)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“%.*s” is no path for an authorize route: it must begin with a slash and have neither a query nor "
                   "spaces, such as /broadcasting/auth."), bcast_error_clip (path, 64), path);
  else if (length > MAX_PATH_BYTES)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The path “%.*s…” has %zu bytes, %zu more than the %d that it may have."),
                 bcast_error_clip (path, 64), path, length, length - MAX_PATH_BYTES, MAX_PATH_BYTES);
  else if (is_taken (path))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“%.*s” is served otherwise: authorize routes cannot be at / or /login, or below /app, /apps and "
                   "/metrics. Choose another path."), bcast_error_clip (path, 64), path);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_paths (char   **paths,
             GError **error)
{
  guint n_paths = paths != NULL ? g_strv_length (paths) : 0;

  if (paths != NULL && (n_paths == 0 || n_paths > MAX_PATHS))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("There are %u paths for authorize routes, and there can be 1 to %d."), n_paths, MAX_PATHS);
      return FALSE;
    }

  for (guint i = 0; i < n_paths; i++)
    if (!check_path (paths[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
is_name (const char *name,
         const char *characters)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_NAME_BYTES && strspn (name, characters) == length;
}

static gboolean
check_header (const char  *name,
              GError     **error)
{
  if (name == NULL || is_name (name, HEADER_CHARACTERS))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%.*s” cannot be the name of a header: it must be 1 to %d letters, digits and dashes, such as "
                 "X-User."), bcast_error_clip (name, 64), name, MAX_NAME_BYTES);
  return FALSE;
}

static gboolean
check_param (const char  *name,
             GError     **error)
{
  if (name == NULL)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (taken_params); i++)
    if (strcmp (name, taken_params[i]) == 0)
      {
        g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                     _("The parameter “%s” tells something else than the user. Choose another one."), name);
        return FALSE;
      }

  if (is_name (name, PARAM_CHARACTERS))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%.*s” cannot be the name of a parameter: it must be 1 to %d letters, digits, dots, dashes, "
                 "underscores and brackets."), bcast_error_clip (name, 64), name, MAX_NAME_BYTES);
  return FALSE;
}

static gboolean
check_refusal (const BcastSandboxRoutes  *self,
               GError                   **error)
{
  if ((guint) self->refuse_kind >= BCAST_N_REFUSAL_KINDS)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("This way to refuse is unknown."));
  else if (self->refuse_status != 0 && (self->refuse_status < 200 || self->refuse_status > 599))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("%u is no HTTP status to refuse with: it must be 200 to 599."), self->refuse_status);
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_sandbox_routes_check:
 * @self: routes
 * @error: %BCAST_ERROR_INVALID, telling what cannot be and what can
 *
 * Returns: whether the sandbox can serve them
 */
gboolean
bcast_sandbox_routes_check (const BcastSandboxRoutes  *self,
                            GError                   **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return check_paths (self->authorize_paths, error)
         && check_header (self->user_header, error)
         && check_param (self->user_param, error)
         && check_refusal (self, error);
}

/**
 * bcast_sandbox_routes_list_paths:
 * @self: routes
 *
 * Returns: (transfer none) (array zero-terminated=1): the paths at which they are
 */
const char * const *
bcast_sandbox_routes_list_paths (const BcastSandboxRoutes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->authorize_paths != NULL ? (const char * const *) self->authorize_paths : usual_paths;
}

/**
 * bcast_sandbox_routes_has_path:
 * @self: routes
 * @path: the path of a request
 *
 * Returns: whether bcast_sandbox_authorize_handle() answers there: at the authorize routes, and at the
 *   login page while they redirect to it
 */
gboolean
bcast_sandbox_routes_has_path (const BcastSandboxRoutes *self,
                               const char               *path)
{
  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  return g_strv_contains (bcast_sandbox_routes_list_paths (self), path)
         || (self->refuse_kind == BCAST_REFUSAL_REDIRECT && strcmp (path, BCAST_AUTHORIZE_LOGIN_PATH) == 0);
}
