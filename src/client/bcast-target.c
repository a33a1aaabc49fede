/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-target-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "bcast-ca-file-private.h"
#include "bcast-error.h"

/**
 * bcast_target_new:
 * @app: where to connect to
 * @error: %BCAST_ERROR_INVALID when host or path cannot stand in an address; what
 *   bcast_ca_file_load() has to say
 *
 * Returns: (transfer full) (nullable): a target, or %NULL with @error set
 */
BcastTarget *
bcast_target_new (BcastApp  *app,
                  GError   **error)
{
  g_return_val_if_fail (app != NULL, NULL);

  g_autofree char *text = bcast_app_dup_ws_uri (app);
  g_autoptr(GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GTlsDatabase) authorities = NULL;
  const char *ca_file = bcast_app_get_ca_file (app);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” is no address. Check host and path in the profile."), text);
      return NULL;
    }

  if (bcast_app_get_tls (app) && ca_file != NULL && !bcast_app_get_accept_any_certificate (app))
    {
      authorities = bcast_ca_file_load (ca_file, error);
      if (authorities == NULL)
        return NULL;
    }

  BcastTarget *self = g_new0 (BcastTarget, 1);

  g_atomic_ref_count_init (&self->refs);
  self->app = bcast_app_ref (app);
  self->uri = g_steal_pointer (&uri);
  self->authorities = g_steal_pointer (&authorities);
  return self;
}

/**
 * bcast_target_ref:
 * @self: a target
 *
 * Returns: (transfer full): @self
 */
BcastTarget *
bcast_target_ref (BcastTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * bcast_target_unref:
 * @self: (transfer full): a target
 */
void
bcast_target_unref (BcastTarget *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_object (&self->authorities);
  g_uri_unref (self->uri);
  bcast_app_unref (self->app);
  g_free (self);
}

/**
 * bcast_target_get_place:
 * @self: a target
 *
 * Returns: host and port for sentences, lent by the app
 */
BcastPlace
bcast_target_get_place (BcastTarget *self)
{
  return (BcastPlace) { bcast_app_get_ws_host (self->app), bcast_app_get_ws_port (self->app) };
}
