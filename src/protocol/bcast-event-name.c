/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-name.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-limits.h"

/**
 * bcast_event_name_check:
 * @name: an event name
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE
 *
 * The documented alphabet is narrower, but frameworks publish class names with dots and
 * backslashes, so that anything printable passes.
 * Source: Channels documentation, “HTTP API”, section “POST event”.
 *
 * Returns: whether an app may publish under @name
 */
gboolean
bcast_event_name_check (const char  *name,
                        GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The event name is empty. Enter a name such as “OrderShipped”."));
      return FALSE;
    }

  if (!g_utf8_validate (name, -1, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The event name is no valid UTF-8 text. Type it again."));
      return FALSE;
    }

  if (g_utf8_strlen (name, -1) > BCAST_LIMIT_EVENT_NAME)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The event name has %ld characters, and %d are allowed. Shorten it."),
                   g_utf8_strlen (name, -1), BCAST_LIMIT_EVENT_NAME);
      return FALSE;
    }

  if (bcast_event_name_is_reserved (name))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("Event names that begin with “pusher:” or “pusher_internal:” are reserved "
                             "for the server. Choose another name."));
      return FALSE;
    }

  return TRUE;
}

/**
 * bcast_event_name_is_client:
 * @name: an event name
 *
 * Returns: whether @name is that of a client event
 */
gboolean
bcast_event_name_is_client (const char *name)
{
  return name != NULL && g_str_has_prefix (name, "client-");
}

/**
 * bcast_event_name_is_reserved:
 * @name: an event name
 *
 * Returns: whether only the server may send under @name
 */
gboolean
bcast_event_name_is_reserved (const char *name)
{
  return name != NULL
         && (g_str_has_prefix (name, "pusher:") || g_str_has_prefix (name, "pusher_internal:"));
}
