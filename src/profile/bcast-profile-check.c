/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-error.h"
#include "bcast-host-text-private.h"

#define MAX_NAME_CHARS      100
#define MAX_WORD_CHARS      200
#define MAX_CLUSTER_CHARS   40 /* "ws-" and the cluster share a label of 63 */
#define MAX_PATH_CHARS      200
#define MIN_MISS_TIMEOUT_MS 100
#define MAX_MISS_TIMEOUT_MS 600000

#define LOWER_CSET "abcdefghijklmnopqrstuvwxyz"
/* Keys and ids stand unescaped in the path of an address, and a key before the colon of a signature. */
#define WORD_CSET  G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_."
/* RFC 3986, 3.3: pchar and the slash, with the percent of what is escaped already */
#define PATH_CSET  G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~!$&'()*+,;=:@%/"

#define CLUSTER_KIND (1 << BCAST_PROFILE_CLUSTER)
#define HOST_KINDS   (1 << BCAST_PROFILE_SANDBOX | 1 << BCAST_PROFILE_SERVER)
#define ALL_KINDS    (CLUSTER_KIND | HOST_KINDS)

/**
 * Rule:
 * @field: the property it is about
 * @kinds: for which kinds it holds, a bit for each
 * @for_reach: whether nothing can be reached while it is broken
 * @check: sets the error when it is broken
 */
typedef struct
{
  const char *field;
  guint       kinds;
  gboolean    for_reach;
  gboolean  (*check) (BcastProfile  *self,
                      GError       **error);
} Rule;

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
check_name (BcastProfile  *self,
            GError       **error)
{
  const char *name = bcast_profile_get_name (self);
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (*stripped == '\0')
    return fail (error, _("The profile has no name. Give it one that tells it from the others."));
  if (g_utf8_strlen (name, -1) > MAX_NAME_CHARS)
    return fail (error, _("The profile's name is too long. Shorten it to 100 characters."));
  return TRUE;
}

/* The character is named, not the text: somebody may have pasted the secret into the wrong field. */
static char *
describe_character (const char *at)
{
  gunichar character = g_utf8_get_char (at);

  if (character == ' ' || character == '\t')
    return g_strdup (_("a space"));
  if (character == '\n' || character == '\r')
    return g_strdup (_("a line break"));
  if (!g_unichar_isgraph (character))
    return g_strdup (_("an invisible character"));
  return g_strdup_printf ("“%.*s”", (int) (g_utf8_next_char (at) - at), at);
}

static gboolean
check_key (BcastProfile  *self,
           GError       **error)
{
  const char *key = bcast_profile_get_key (self);
  const char *odd = key + strspn (key, WORD_CSET);
  g_autofree char *what = NULL;

  if (*key == '\0')
    return fail (error, _("The app key is missing. Copy it from the app's settings on the server."));
  if (strlen (key) > MAX_WORD_CHARS)
    return fail (error, _("The app key is too long to be one. Copy it again from the app's settings."));
  if (*odd == '\0')
    return TRUE;

  what = describe_character (odd);
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("The app key has %s in it, which no key has. Copy it again, without quotes or spaces "
                 "around it."), what);
  return FALSE;
}

static gboolean
check_app_id (BcastProfile  *self,
              GError       **error)
{
  const char *app_id = bcast_profile_get_app_id (self);
  const char *odd = app_id + strspn (app_id, WORD_CSET);
  g_autofree char *what = NULL;

  if (strlen (app_id) > MAX_WORD_CHARS)
    return fail (error, _("The app id is too long to be one. Copy it again from the app's settings."));
  if (*odd == '\0')
    return TRUE;

  what = describe_character (odd);
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("The app id has %s in it, which no app id has. Copy it again, without quotes or spaces "
                 "around it."), what);
  return FALSE;
}

static gboolean
check_app_id_there (BcastProfile  *self,
                    GError       **error)
{
  if (*bcast_profile_get_app_id (self) == '\0')
    return fail (error, _("The app id is missing, and events are sent with it. Copy it from the app's "
                          "settings on the server."));
  return TRUE;
}

/* The C of ws-C.pusher.com, when @prefix is "ws-" */
static char *
dup_cluster_of_host (const char *host,
                     const char *prefix)
{
  gsize length = strlen (host);

  if (!g_str_has_prefix (host, prefix) || !g_str_has_suffix (host, ".pusher.com")
      || length <= strlen (prefix) + strlen (".pusher.com"))
    return NULL;
  return g_strndup (host + strlen (prefix), length - strlen (prefix) - strlen (".pusher.com"));
}

static char *
dup_cluster_of_any_host (const char *host)
{
  char *cluster = dup_cluster_of_host (host, "ws-");

  return cluster != NULL ? cluster : dup_cluster_of_host (host, "api-");
}

static gboolean
check_cluster (BcastProfile  *self,
               GError       **error)
{
  const char *cluster = bcast_profile_get_cluster (self);
  g_autofree char *lower = g_ascii_strdown (cluster, -1);
  g_autofree char *of_host = dup_cluster_of_any_host (lower);
  const char *shown = of_host != NULL ? of_host : lower;

  if (*cluster == '\0')
    return fail (error, _("The cluster is missing. It is in the app's settings, such as eu or us2; an app "
                          "without one is in mt1."));
  if (strspn (cluster, LOWER_CSET G_CSET_DIGITS "-") == strlen (cluster))
    {
      if (strlen (cluster) <= MAX_CLUSTER_CHARS)
        return TRUE;
    }
  else if (strspn (shown, LOWER_CSET G_CSET_DIGITS "-") == strlen (shown))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("The cluster is written in another way. Enter “%s”."), shown);
      return FALSE;
    }
  return fail (error, _("The cluster is not a cluster's name, which is short and has only small letters, digits "
                        "and dashes, such as eu or us2. For a server of your own choose that kind."));
}

static gboolean
check_ws_host (BcastProfile  *self,
               GError       **error)
{
  const char *host = bcast_profile_get_ws_host (self);
  gboolean is_sandbox = bcast_profile_get_kind (self) == BCAST_PROFILE_SANDBOX;
  g_autofree char *cluster = dup_cluster_of_host (host, "api-");

  if (*host == '\0' && is_sandbox)
    return TRUE;
  if (cluster == NULL)
    return bcast_host_text_check (host, error);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("%s answers the HTTP API and no WebSockets. Choose the kind for Pusher clusters and enter "
                 "“%s” as the cluster."), host, cluster);
  return FALSE;
}

static gboolean
check_http_host (BcastProfile  *self,
                 GError       **error)
{
  const char *host = bcast_profile_get_http_host (self);
  g_autofree char *cluster = dup_cluster_of_host (host, "ws-");

  if (*host == '\0')
    return TRUE;
  if (cluster == NULL)
    return bcast_host_text_check (host, error);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("%s answers WebSockets and no HTTP API. Choose the kind for Pusher clusters and enter "
                 "“%s” as the cluster."), host, cluster);
  return FALSE;
}

static gboolean
check_port (guint    port,
            GError **error)
{
  if (port <= G_MAXUINT16)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("%u is not a port. Enter a number up to 65535, or 0 for the usual one."), port);
  return FALSE;
}

static gboolean
check_ws_port (BcastProfile  *self,
               GError       **error)
{
  return check_port (bcast_profile_get_ws_port (self), error);
}

static gboolean
check_http_port (BcastProfile  *self,
                 GError       **error)
{
  return check_port (bcast_profile_get_http_port (self), error);
}

static gboolean
check_path (BcastProfile  *self,
            GError       **error)
{
  const char *path = bcast_profile_get_path (self);

  if (*path == '\0')
    return TRUE;
  if (*path != '/')
    return fail (error, _("The path does not begin with a slash. Enter it as in /soketi, or leave it empty."));
  if (strlen (path) > MAX_PATH_CHARS || strspn (path, PATH_CSET) != strlen (path))
    return fail (error, _("The path is too long or has characters that cannot stand in an address, such as "
                          "spaces or question marks. Enter it as in /soketi."));
  if (strstr (path, "/app/") != NULL || strstr (path, "/apps/") != NULL)
    return fail (error, _("The path has more than the prefix. Enter only what stands before /app, or leave it "
                          "empty when nothing does."));
  return TRUE;
}

static gboolean
check_miss_timeout (BcastProfile  *self,
                    GError       **error)
{
  guint timeout_ms = bcast_profile_get_miss_timeout_ms (self);

  if (timeout_ms >= MIN_MISS_TIMEOUT_MS && timeout_ms <= MAX_MISS_TIMEOUT_MS)
    return TRUE;
  return fail (error, _("The time after which an event counts as missed must be between a tenth of a second "
                        "and 10 minutes."));
}

/* In the order of the editor's fields. What keeps nothing from being reached but sending comes last. */
static const Rule rules[] = {
  { "name", ALL_KINDS, FALSE, check_name },
  { "cluster", CLUSTER_KIND, TRUE, check_cluster },
  { "ws-host", HOST_KINDS, TRUE, check_ws_host },
  { "ws-port", HOST_KINDS, TRUE, check_ws_port },
  { "http-host", HOST_KINDS, TRUE, check_http_host },
  { "http-port", HOST_KINDS, TRUE, check_http_port },
  { "path", HOST_KINDS, TRUE, check_path },
  { "key", ALL_KINDS, TRUE, check_key },
  { "app-id", ALL_KINDS, TRUE, check_app_id },
  { "ca-file", ALL_KINDS, TRUE, bcast_profile_check_ca_file },
  { "auth-endpoint", ALL_KINDS, FALSE, bcast_profile_check_auth_endpoint },
  { "user-auth-endpoint", ALL_KINDS, FALSE, bcast_profile_check_user_auth_endpoint },
  { "csrf-cookie", ALL_KINDS, FALSE, bcast_profile_check_csrf_cookie },
  { "csrf-header", ALL_KINDS, FALSE, bcast_profile_check_csrf_header },
  { "miss-timeout-ms", ALL_KINDS, FALSE, check_miss_timeout },
  { "app-id", ALL_KINDS, FALSE, check_app_id_there },
};

static const Rule *
find_broken_rule (BcastProfile  *self,
                  gboolean       for_reach,
                  GError       **error)
{
  guint kind = 1 << bcast_profile_get_kind (self);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if ((rules[i].kinds & kind) != 0
        && (rules[i].for_reach || !for_reach)
        && !rules[i].check (self, error))
      return &rules[i];

  return NULL;
}

/* Whether the profile can be connected with, though perhaps not sent with. */
gboolean
bcast_profile_check_reach (BcastProfile  *self,
                           GError       **error)
{
  return find_broken_rule (self, TRUE, error) == NULL;
}

/**
 * bcast_profile_check:
 * @self: a profile
 * @field: (out) (optional) (transfer none): the property at fault, such as `ws-host`; %NULL when all
 *   is well
 * @error: %BCAST_ERROR_INVALID with a sentence that says what to enter instead
 *
 * Looks at the fields that matter for the kind of @self, in the order of the editor, and stops at the
 * first that is wrong. A missing app id comes last: with that alone one can still subscribe.
 *
 * Returns: whether the profile can be used for everything
 */
gboolean
bcast_profile_check (BcastProfile  *self,
                     const char   **field,
                     GError       **error)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), FALSE);

  const Rule *broken = find_broken_rule (self, FALSE, error);

  if (field != NULL)
    *field = broken != NULL ? broken->field : NULL;
  return broken == NULL;
}
