/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-sandbox-app.h"

#include "cli-connection.h"
#include "cli-secret.h"

#include "bcast-error.h"

#include <glib/gi18n.h>

#define DEFAULT_APP_ID "1" /* digits alone: pusher-http-python refuses others */
#define SECRET_BYTES   16

/**
 * cli_sandbox_app_clear:
 * @self: an app
 *
 * Frees what it holds.
 */
void
cli_sandbox_app_clear (CliSandboxApp *self)
{
  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->secret, bcast_secret_free);
  g_clear_object (&self->store);
  g_clear_object (&self->profile);
}

static gboolean
load_profile (CliSandboxApp  *self,
              CliSession     *session,
              GError        **error)
{
  self->store = cli_connection_load_profiles (cli_session_get_output (session), NULL, error);
  if (self->store == NULL)
    return FALSE;

  self->profile = g_object_ref (bcast_profile_store_ensure_sandbox (self->store));
  if (!bcast_profile_store_save (self->store, error))
    return FALSE;
  if (self->key == NULL)
    self->key = g_strdup (bcast_profile_get_key (self->profile));
  if (self->app_id == NULL)
    self->app_id = g_strdup (bcast_profile_get_app_id (self->profile));
  return TRUE;
}

/* Without a keyring and without word from the user where else, nothing is written: the secret lasts as
 * long as the server. Why an older one was not found, when that is known, is the reason for it. */
static gboolean
make_secret (CliSandboxApp  *self,
             CliSession     *session,
             gboolean        is_chosen,
             const GError   *look_up_error,
             GError        **error)
{
  CliOutput *output = cli_session_get_output (session);
  g_autoptr(GError) keep_error = NULL;

  self->secret = bcast_secret_random_hex (SECRET_BYTES);
  if (self->place == BCAST_SECRET_PLACE_SESSION)
    return TRUE;

  self->is_kept = cli_secret_keep (session, self->place, bcast_profile_get_id (self->profile), BCAST_SECRET_KIND_SECRET,
                                   bcast_profile_get_name (self->profile), self->secret, &keep_error);
  if (self->is_kept)
    {
      if (look_up_error != NULL)
        cli_output_note (output, "%s", look_up_error->message);
      return TRUE;
    }
  if (is_chosen || cli_session_is_interrupted (session))
    {
      g_propagate_error (error, g_steal_pointer (&keep_error));
      return FALSE;
    }
  cli_output_note (output, _("%s The secret of this sandbox lasts until it stops; --secret-place file keeps it."),
                   look_up_error != NULL ? look_up_error->message : keep_error->message);
  self->place = BCAST_SECRET_PLACE_SESSION;
  return TRUE;
}

static gboolean
find_secret (CliSandboxApp  *self,
             CliSession     *session,
             gboolean        is_chosen,
             GError        **error)
{
  g_autoptr(GError) look_up_error = NULL;
  BcastSecretPlace found;

  self->secret = cli_secret_look_up (session, bcast_profile_get_id (self->profile), BCAST_SECRET_KIND_SECRET, &found,
                                     &look_up_error);
  if (self->secret == NULL)
    return make_secret (self, session, is_chosen, look_up_error, error);

  self->place = found;
  self->is_kept = TRUE;
  return TRUE;
}

/**
 * cli_sandbox_app_complete:
 * @self: what the user told of the app
 * @session: waits for the keyring
 * @place_nick: (nullable): where to keep a new secret; %NULL for the keyring if there is one
 * @error: why there can be no app
 *
 * Fills in what the user did not tell: from the Sandbox profile of this installation, whose random
 * credentials are made the first time. Told both key and secret it touches no file.
 *
 * Returns: whether the app is complete
 */
gboolean
cli_sandbox_app_complete (CliSandboxApp  *self,
                          CliSession     *session,
                          const char     *place_nick,
                          GError        **error)
{
  if (place_nick != NULL && !cli_secret_parse_place (place_nick, &self->place))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--secret-place is “%s”. It must be keyring, file or session."), place_nick);
      return FALSE;
    }
  if (self->key != NULL && self->secret == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("A key of yours needs its secret: give it with --secret-file or in the environment "
                     "variable BROADCAST_SECRET. Without a key the sandbox uses its own credentials."));
      return FALSE;
    }

  if (self->key == NULL && !load_profile (self, session, error))
    return FALSE;
  if (self->app_id == NULL)
    self->app_id = g_strdup (DEFAULT_APP_ID);
  return self->secret != NULL || find_secret (self, session, place_nick != NULL, error);
}

/**
 * cli_sandbox_app_follow_port:
 * @self: the app, being served
 * @port: where
 * @error: why the profile cannot be saved
 *
 * Lets the Sandbox profile point at the port, so that the other commands find this server.
 *
 * Returns: whether it does, or need not
 */
gboolean
cli_sandbox_app_follow_port (CliSandboxApp  *self,
                             guint           port,
                             GError        **error)
{
  if (self->profile == NULL || bcast_profile_get_ws_port (self->profile) == port)
    return TRUE;

  g_object_set (self->profile, "ws-port", port, NULL);
  return bcast_profile_store_save (self->store, error);
}
