/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-upgrade-error-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

/* The other end answered with HTTP instead of a WebSocket. */
static GError *
make_status_error (BcastApp *app,
                   guint     status)
{
  const char *host = bcast_app_get_ws_host (app);
  guint16 port = bcast_app_get_ws_port (app);

  if (status == 404)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                        _("The web server on %s port %u has no WebSocket for apps at “%s/app” (status "
                          "404). Check port and path in the profile."),
                        host, port, bcast_app_get_path (app));
  if (status == 401 || status == 403)
    return g_error_new (BCAST_ERROR, status == 401 ? BCAST_ERROR_UNAUTHORIZED : BCAST_ERROR_FORBIDDEN,
                        _("The server on %s port %u does not let this program connect (status %u). "
                          "Check the app key, and whether a proxy is in the way."),
                        host, port, status);
  if (status == 429 || status >= 500)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_BUSY,
                        _("The server on %s port %u cannot take connections now (status %u)."),
                        host, port, status);
  if (status >= 300 && status < 400)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                        _("The server on %s port %u sends WebSockets elsewhere (status %u), which is "
                          "not followed. Does it want TLS?"),
                        host, port, status);
  return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                      _("What answers on %s port %u is no Pusher-compatible server: it does not take "
                        "WebSockets (status %u). Check host, port and path in the profile."),
                      host, port, status);
}

/**
 * bcast_upgrade_error_new:
 * @app: where the WebSocket was to be opened
 * @result: what bcast_upgrade_parse() found instead
 * @answer: the answer
 *
 * Returns: (transfer full): a %BCAST_ERROR with a sentence that says what happened and what to do
 */
GError *
bcast_upgrade_error_new (BcastApp                 *app,
                         BcastUpgradeResult        result,
                         const BcastUpgradeAnswer *answer)
{
  g_return_val_if_fail (app != NULL && answer != NULL, NULL);

  const char *host = bcast_app_get_ws_host (app);
  guint16 port = bcast_app_get_ws_port (app);

  switch (result)
    {
    case BCAST_UPGRADE_REFUSED:
      return make_status_error (app, answer->status);
    case BCAST_UPGRADE_TOO_LONG:
      return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                          _("What answers on %s port %u is no Pusher-compatible server: its answer begins "
                            "with more than %d bytes of headers. Check host, port and path in the profile."),
                          host, port, BCAST_UPGRADE_MAX_HEAD_BYTES);
    case BCAST_UPGRADE_BAD_EXTENSION:
      return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                          _("The server on %s port %u answered with a WebSocket extension or subprotocol that "
                            "was not offered to it. Is a proxy in the way?"), host, port);
    case BCAST_UPGRADE_NO_HTTP:
    case BCAST_UPGRADE_NEEDS_MORE:
    case BCAST_UPGRADE_OPEN:
    default:
      return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                          _("What answers on %s port %u does not speak HTTP. Is the port right, and does the "
                            "server want TLS as the profile does?"), host, port);
    }
}
