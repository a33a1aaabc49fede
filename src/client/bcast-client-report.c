/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

/* Tells of a mistake of the server that does not end the connection. A flood of them is told in part:
 * each once, and not more than anybody would read. */
void
bcast_client_report (BcastClient  *self,
                     const GError *error)
{
  g_autoptr(GError) last = NULL;

  switch (bcast_reports_add (self->reports, error->message, g_get_monotonic_time ()))
    {
    case BCAST_REPORTS_SAY:
      bcast_client_emit_error (self, error);
      break;
    case BCAST_REPORTS_SAY_LAST:
      last = g_error_new (BCAST_ERROR, error->code,
                          _("The server makes one mistake after the other, and what follows is not told for "
                            "some seconds. The last one: %s"), error->message);
      bcast_client_emit_error (self, last);
      break;
    case BCAST_REPORTS_PASS_OVER:
    default:
      break;
    }
}
