/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-variable.h"

#include "bcast-error.h"
#include "bcast-number.h"

#include <glib/gi18n.h>

/**
 * cli_variable_get:
 * @name: an environment variable
 *
 * Returns: (transfer none) (nullable): its value, %NULL when it is unset or empty: `.env` files and
 *   container descriptions write an empty value for “none”
 */
const char *
cli_variable_get (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * cli_variable_parse_port:
 * @port: (inout): the port, left alone when the variable is not set
 * @error: %BCAST_ERROR_INVALID
 *
 * Reads BROADCAST_PORT.
 *
 * Returns: whether it makes sense
 */
gboolean
cli_variable_parse_port (guint   *port,
                         GError **error)
{
  const char *value = cli_variable_get (CLI_VARIABLE_PORT);
  guint64 number;

  if (value == NULL)
    return TRUE;
  if (!bcast_number_parse (value, 1, G_MAXUINT16, &number))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("%s is “%s”. A port is a number from 1 to 65535."), CLI_VARIABLE_PORT, value);
      return FALSE;
    }
  *port = number;
  return TRUE;
}
