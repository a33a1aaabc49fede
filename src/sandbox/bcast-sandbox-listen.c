/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-listen-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

#define ATTEMPTS_AT_A_FREE_PORT 16
#define BACKLOG                 128

static GSocket *
listen_on (const char  *address,
           guint16      port,
           GError     **error)
{
  g_autoptr(GSocketAddress) where = g_inet_socket_address_new_from_string (address, port);
  g_autoptr(GSocket) socket = g_socket_new (g_socket_address_get_family (where), G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, where, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static guint16
get_port (GSocket *socket)
{
  g_autoptr(GSocketAddress) where = g_socket_get_local_address (socket, NULL);

  return where != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (where)) : 0;
}

static gboolean
is_loopback_name (const char *host)
{
  return strcmp (host, BCAST_SANDBOX_LOOPBACK) == 0 || g_ascii_strcasecmp (host, "localhost") == 0;
}

/* Browsers and Node may take `localhost` for ::1, so loopback means both families at one port. A
 * machine without IPv6 does with the one. */
static GPtrArray *
listen_at (const char  *host,
           guint16      port,
           GError     **error)
{
  g_autoptr(GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) problem = NULL;
  gboolean is_loopback = is_loopback_name (host);
  GSocket *socket = listen_on (is_loopback ? BCAST_SANDBOX_LOOPBACK : host, port, error);

  if (socket == NULL)
    return NULL;

  g_ptr_array_add (sockets, socket);
  if (!is_loopback)
    return g_steal_pointer (&sockets);

  GSocket *second = listen_on ("::1", get_port (socket), &problem);

  if (second != NULL)
    g_ptr_array_add (sockets, second);
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&sockets);
}

static GPtrArray *
listen_at_any (const char  *host,
               GError     **error)
{
  GPtrArray *sockets = NULL;
  g_autoptr(GError) problem = NULL;

  for (guint i = 0; i < ATTEMPTS_AT_A_FREE_PORT && sockets == NULL; i++)
    {
      g_clear_error (&problem);
      sockets = listen_at (host, 0, &problem);
    }

  if (sockets == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return sockets;
}

static void
set_listen_error (const char   *host,
                  guint16       port,
                  const GError *problem,
                  GError      **error)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 _("Port %u is in use by another program. Stop that program, or choose another port."),
                 port);
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 _("Port %u is reserved for the system. Choose one from 1024 on."), port);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 _("The sandbox cannot listen at %s, port %u: %s"), host, port, problem->message);
}

/**
 * bcast_sandbox_listen:
 * @host: an IP address of this machine, `0.0.0.0` or `::` for all of them, or `localhost`
 * @preferred_port: which port; 0 for any
 * @any_port: whether another port will do when that one is taken
 * @port: (out): which port it is
 * @error: %BCAST_ERROR_INVALID for a host that is no address, %BCAST_ERROR_UNAVAILABLE with the
 *   port when it cannot be had
 *
 * Names are not looked up, since that may take long and is the caller's to wait for.
 *
 * Returns: (transfer full) (element-type GSocket) (nullable): sockets that listen
 */
GPtrArray *
bcast_sandbox_listen (const char  *host,
                      guint16      preferred_port,
                      gboolean     any_port,
                      guint16     *port,
                      GError     **error)
{
  g_return_val_if_fail (host != NULL && port != NULL, NULL);

  g_autoptr(GError) problem = NULL;

  if (!is_loopback_name (host) && !g_hostname_is_ip_address (host))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” is no IP address. Enter an address of this machine, 0.0.0.0 for all of "
                     "them, or 127.0.0.1 for this machine alone."), host);
      return NULL;
    }

  GPtrArray *sockets = listen_at (host, preferred_port, &problem);

  if (sockets == NULL && any_port)
    {
      g_clear_error (&problem);
      sockets = listen_at_any (host, &problem);
    }

  if (sockets == NULL)
    set_listen_error (host, preferred_port, problem, error);
  else
    *port = get_port (sockets->pdata[0]);
  return sockets;
}
