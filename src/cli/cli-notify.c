/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-notify.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#define VARIABLE "NOTIFY_SOCKET"

static GSocketAddress *
make_address (const char *place)
{
  if (*place == '@')
    return g_unix_socket_address_new_with_type (place + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
  return *place == '/' ? g_unix_socket_address_new (place) : NULL;
}

/**
 * cli_notify_send:
 * @state: lines such as `READY=1`
 * @error: why the service manager could not be told
 *
 * Tells the service manager that started this program, if there is one, how it goes.
 * Source: systemd, manual page sd_notify(3), section “Standalone implementations”.
 *
 * Returns: whether it was told, or there is nobody to tell
 */
gboolean
cli_notify_send (const char  *state,
                 GError     **error)
{
  const char *place = g_getenv (VARIABLE);
  g_autoptr(GSocketAddress) address = place != NULL ? make_address (place) : NULL;

  if (address == NULL)
    return TRUE;

  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM,
                                            G_SOCKET_PROTOCOL_DEFAULT, error);

  return socket != NULL && g_socket_send_to (socket, address, state, strlen (state), NULL, error) >= 0;
}
