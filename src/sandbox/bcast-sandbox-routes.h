/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastRefusalKind:
 * @BCAST_REFUSAL_NONE: nobody is refused
 * @BCAST_REFUSAL_STATUS: an HTTP status with a sentence
 * @BCAST_REFUSAL_HTML_LOGIN: a login page with status 200, as an app has it whose session is over
 * @BCAST_REFUSAL_REDIRECT: a redirection to such a page
 * @BCAST_REFUSAL_EMPTY: an answer without a body
 * @BCAST_REFUSAL_NOT_JSON: an answer that is no JSON, as of a program that warns in front of it
 *
 * How the authorize routes refuse, so that it can be seen what an app makes of it.
 */
typedef enum
{
  BCAST_REFUSAL_NONE,
  BCAST_REFUSAL_STATUS,
  BCAST_REFUSAL_HTML_LOGIN,
  BCAST_REFUSAL_REDIRECT,
  BCAST_REFUSAL_EMPTY,
  BCAST_REFUSAL_NOT_JSON,
} BcastRefusalKind;

#define BCAST_N_REFUSAL_KINDS (BCAST_REFUSAL_NOT_JSON + 1)

const char *bcast_refusal_kind_to_string (BcastRefusalKind   kind);
gboolean    bcast_refusal_kind_parse     (const char        *text,
                                          BcastRefusalKind  *kind,
                                          GError           **error);

/**
 * BcastSandboxRoutes:
 * @authorize_paths: (nullable) (array zero-terminated=1): where to ask; %NULL for the usual paths
 * @user_header: (nullable): a header that names the user, besides `X-Broadcast-User`
 * @user_param: (nullable): a parameter that names the user, besides `user_id`
 * @refuse_kind: how everybody is refused
 * @refuse_status: the HTTP status of it; 0 for the usual one. Login pages and redirections have their own
 *
 * How the authorize routes of an app behave.
 */
typedef struct
{
  char             **authorize_paths;
  char              *user_header;
  char              *user_param;
  BcastRefusalKind   refuse_kind;
  guint              refuse_status;
} BcastSandboxRoutes;

BcastSandboxRoutes        *bcast_sandbox_routes_new         (void) G_GNUC_WARN_UNUSED_RESULT;
BcastSandboxRoutes        *bcast_sandbox_routes_copy        (const BcastSandboxRoutes  *self) G_GNUC_WARN_UNUSED_RESULT;
void                       bcast_sandbox_routes_free        (BcastSandboxRoutes        *self);

const BcastSandboxRoutes  *bcast_sandbox_routes_get_default (void);
gboolean                   bcast_sandbox_routes_check       (const BcastSandboxRoutes  *self,
                                                             GError                   **error);
const char * const        *bcast_sandbox_routes_list_paths  (const BcastSandboxRoutes  *self);
gboolean                   bcast_sandbox_routes_has_path    (const BcastSandboxRoutes  *self,
                                                             const char                *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSandboxRoutes, bcast_sandbox_routes_free)

G_END_DECLS
