/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-settings.h"

#include "bcast-error.h"
#include "config.h"

#include <glib/gi18n.h>

/**
 * bcast_settings_new:
 * @error: %BCAST_ERROR_UNAVAILABLE when the schema is not installed
 *
 * Opens the settings of the desktop program. g_settings_new() would end the program without a
 * sentence when the schema is missing, so it is looked up first.
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL with @error set
 */
GSettings *
bcast_settings_new (GError **error)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, BCAST_APP_ID, TRUE);
  if (schema == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("The settings schema %s is not installed, so Broadcast cannot remember anything. "
                     "Install the program, or start it from its sources with ./build-aux/run."),
                   BCAST_APP_ID);
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}
