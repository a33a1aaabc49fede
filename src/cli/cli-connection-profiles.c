/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-connection.h"

#include "bcast-error.h"

#include <glib/gi18n.h>

#define DEFAULT_PROFILE "sandbox"

/**
 * cli_connection_load_profiles:
 * @output: where to tell about a damaged file
 * @is_whole: (out) (optional): whether all profiles could be read
 * @error: why the profiles cannot be read
 *
 * Of a damaged file the profiles that could be read are enough to go on with, once the user was told.
 *
 * Returns: (transfer full) (nullable): the user's profiles, or %NULL with @error set
 */
BcastProfileStore *
cli_connection_load_profiles (CliOutput  *output,
                              gboolean   *is_whole,
                              GError    **error)
{
  g_autofree char *path = bcast_profile_store_dup_default_path ();
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (path);
  g_autoptr(GError) load_error = NULL;
  gboolean is_loaded = bcast_profile_store_load (store, &load_error);

  if (!is_loaded && !g_error_matches (load_error, BCAST_ERROR, BCAST_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return NULL;
    }
  if (!is_loaded)
    cli_output_note (output, "%s", load_error->message);
  if (is_whole != NULL)
    *is_whole = is_loaded;
  return g_steal_pointer (&store);
}

/**
 * cli_connection_find_profile:
 * @store: the user's profiles
 * @wanted: (nullable): an id or name, %NULL for the sandbox: which profile the desktop program used last
 *   must not change what a script does
 * @nothing_yet: (nullable): the sentence for when there is no sandbox, marked for translation; %NULL when
 *   @wanted is told
 * @error: %BCAST_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with @error set
 */
BcastProfile *
cli_connection_find_profile (BcastProfileStore  *store,
                             const char         *wanted,
                             const char         *nothing_yet,
                             GError            **error)
{
  BcastProfile *profile = bcast_profile_store_find (store, wanted != NULL ? wanted : DEFAULT_PROFILE);

  if (profile != NULL)
    return g_object_ref (profile);

  if (wanted != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                 _("There is no profile “%s”. “broadcastctl profiles” lists them."), wanted);
  else
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND, _(nothing_yet));
  return NULL;
}
