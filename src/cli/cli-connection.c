/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-connection.h"

#include "cli-pusher-url.h"
#include "cli-secret.h"
#include "cli-variable.h"

#include "bcast-error.h"
#include "bcast-journal.h"
#include "bcast-sandbox.h"

#include <glib/gi18n.h>
#include <string.h>

#define LOOPBACK_HOST "127.0.0.1"

/**
 * cli_connection_init:
 * @self: (out caller-allocates): the connection options of a command
 *
 * Sets the defaults.
 */
void
cli_connection_init (CliConnection *self)
{
  *self = (CliConnection) {
    .connect_timeout_s = 10,
    .nothing_yet = N_("There is no server to talk to yet. Start one with “broadcastctl serve” or open "
                      "Broadcast, or tell which one with --host and --key, or with --profile."),
  };
}

/**
 * cli_connection_clear:
 * @self: connection options
 *
 * Frees what it holds.
 */
void
cli_connection_clear (CliConnection *self)
{
  cli_authorizer_clear (&self->authorizer);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->http_host, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->cluster, g_free);
  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->secret_file, g_free);
  g_clear_pointer (&self->journal_path, g_free);
  g_clear_pointer (&self->secret, bcast_secret_free);
  g_clear_pointer (&self->master_key, bcast_secret_free);
  g_clear_pointer (&self->authorizer_secrets, bcast_authorizer_secrets_free);
  g_clear_error (&self->secret_error);
  g_clear_object (&self->target);
}

/**
 * cli_connection_add_options:
 * @self: connection options; must outlive the parsing
 * @context: the options of a command
 *
 * Lets the command line tell which app to talk to. There is no option for the secret: see
 * cli_options_new().
 */
void
cli_connection_add_options (CliConnection  *self,
                            GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "profile", 'p', 0, G_OPTION_ARG_STRING, &self->profile,
      N_("Use this profile, by id or name (default: sandbox)"), N_("PROFILE") },
    { "host", 0, 0, G_OPTION_ARG_STRING, &self->host,
      N_("Server for WebSockets, and for HTTP without --http-host"), N_("HOST") },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port,
      N_("Its port, and the HTTP port without --http-port"), N_("PORT") },
    { "http-host", 0, 0, G_OPTION_ARG_STRING, &self->http_host, N_("Server for the HTTP API"), N_("HOST") },
    { "http-port", 0, 0, G_OPTION_ARG_INT, &self->http_port, N_("Its port"), N_("PORT") },
    { "tls", 0, 0, G_OPTION_ARG_NONE, &self->tls, N_("Use wss and https"), NULL },
    { "accept-any-certificate", 0, 0, G_OPTION_ARG_NONE, &self->accept_any_certificate,
      N_("Do not verify the server's certificate"), NULL },
    { "path", 0, 0, G_OPTION_ARG_STRING, &self->path, N_("Prefix before /app and /apps"), N_("PATH") },
    { "cluster", 0, 0, G_OPTION_ARG_STRING, &self->cluster,
      N_("Hosted Pusher: the cluster's name, such as eu"), N_("CLUSTER") },
    { "app-id", 0, 0, G_OPTION_ARG_STRING, &self->app_id, N_("The app's id"), N_("ID") },
    { "key", 0, 0, G_OPTION_ARG_STRING, &self->key, N_("The app's key"), N_("KEY") },
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &self->secret_file,
      N_("Read the app's secret from FILE, - for the standard input"), N_("FILE") },
    { "connect-timeout", 0, 0, G_OPTION_ARG_INT, &self->connect_timeout_s,
      N_("Give up when the server does not answer within S seconds (default: 10)"), N_("S") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_authorizer_add_options (&self->authorizer, context);
}

static void
take_variable (char       **option,
               const char  *name)
{
  if (*option == NULL)
    *option = g_strdup (cli_variable_get (name));
}

/* A cluster's servers have ports of their own; what a variable says of one is meant for another server. */
static gboolean
take_port_variable (CliConnection  *self,
                    GError        **error)
{
  guint port = 0;

  if (self->port != 0 || (self->cluster != NULL && self->host == NULL))
    return TRUE;
  if (!cli_variable_parse_port (&port, error))
    return FALSE;
  self->port = port;
  return TRUE;
}

/* Lets the environment stand in for options that were not given. Which server it is, host or cluster, is
 * one option; a profile tells all of them. */
static gboolean
apply_variables (CliConnection  *self,
                 GError        **error)
{
  if (self->host == NULL && self->cluster == NULL)
    {
      take_variable (&self->host, CLI_VARIABLE_HOST);
      if (self->host == NULL)
        take_variable (&self->cluster, CLI_VARIABLE_CLUSTER);
    }
  take_variable (&self->app_id, CLI_VARIABLE_APP_ID);
  take_variable (&self->key, CLI_VARIABLE_KEY);
  return take_port_variable (self, error);
}

/* The rest, a port or an app's id, changes another description and is none. */
static gboolean
is_described (CliConnection *self)
{
  return self->host != NULL || self->cluster != NULL || self->key != NULL;
}

/* Without a host or cluster it is a server here, where sandbox, soketi and laravel-websockets listen. */
static BcastProfile *
new_local (const char *id)
{
  BcastProfile *profile = bcast_profile_new (id, BCAST_PROFILE_SERVER);

  g_object_set (profile, "ws-host", LOOPBACK_HOST, "ws-port", BCAST_SANDBOX_PREFERRED_PORT,
                "http-port", BCAST_SANDBOX_PREFERRED_PORT, NULL);
  return profile;
}

static gboolean
check_number (const char  *option,
              int          value,
              int          most,
              GError     **error)
{
  if (value >= 0 && value <= most)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("%s is %d. It must be a number from 1 to %d."), option, value, most);
  return FALSE;
}

/* What the command line says wins over the profile. A new host takes the profile's HTTP host with it:
 * half a server is never meant. */
static gboolean
apply_options (CliConnection  *self,
               BcastProfile   *profile,
               GError        **error)
{
  if (!check_number ("--port", self->port, G_MAXUINT16, error)
      || !check_number ("--http-port", self->http_port, G_MAXUINT16, error)
      || !check_number ("--connect-timeout", self->connect_timeout_s, G_MAXINT, error))
    return FALSE;

  if (self->cluster != NULL)
    g_object_set (profile, "kind", BCAST_PROFILE_CLUSTER, "cluster", self->cluster, "tls", TRUE, NULL);
  if (self->host != NULL)
    g_object_set (profile, "kind", BCAST_PROFILE_SERVER, "ws-host", self->host, "http-host", NULL,
                  "tls", self->port == 443, NULL);
  if (self->host != NULL || self->port > 0)
    g_object_set (profile, "ws-port", (guint) self->port, "http-port", (guint) self->port, NULL);
  if (self->http_host != NULL)
    g_object_set (profile, "http-host", self->http_host, NULL);
  if (self->http_port > 0)
    g_object_set (profile, "http-port", (guint) self->http_port, NULL);
  if (self->path != NULL)
    g_object_set (profile, "path", self->path, NULL);
  if (self->app_id != NULL)
    g_object_set (profile, "app-id", self->app_id, NULL);
  if (self->key != NULL)
    g_object_set (profile, "key", self->key, NULL);
  if (self->tls)
    g_object_set (profile, "tls", TRUE, NULL);
  if (self->accept_any_certificate)
    g_object_set (profile, "accept-any-certificate", TRUE, NULL);
  cli_authorizer_apply (&self->authorizer, profile);
  return TRUE;
}

/**
 * cli_connection_dup_described:
 * @self: connection options
 * @id: the new profile's id
 * @error: why they make no sense
 *
 * Makes a profile from the options and the environment alone.
 *
 * Returns: (transfer full) (nullable): a new profile, or %NULL with @error set
 */
BcastProfile *
cli_connection_dup_described (CliConnection  *self,
                              const char     *id,
                              GError        **error)
{
  g_autoptr(BcastProfile) profile = new_local (id);

  if (!apply_variables (self, error) || !apply_options (self, profile, error))
    return NULL;
  return g_steal_pointer (&profile);
}

/* The sandbox of a profile belongs to whoever runs it, the desktop program or `serve`; here it is a
 * server like any other. */
static BcastProfile *
dup_stored (CliConnection  *self,
            CliOutput      *output,
            char          **id,
            GError        **error)
{
  g_autoptr(BcastProfileStore) store = cli_connection_load_profiles (output, NULL, error);
  g_autoptr(BcastProfile) profile = NULL;
  g_autoptr(BcastProfile) copy = NULL;

  if (store == NULL || (profile = cli_connection_find_profile (store, self->profile, self->nothing_yet,
                                                                error)) == NULL)
    return NULL;

  *id = g_strdup (bcast_profile_get_id (profile));
  copy = bcast_profile_new_copy (profile);
  if (bcast_profile_get_kind (copy) == BCAST_PROFILE_SANDBOX)
    g_object_set (copy, "kind", BCAST_PROFILE_SERVER, "ws-host", LOOPBACK_HOST, "http-host", NULL,
                  "http-port", bcast_profile_get_ws_port (copy), NULL);
  return g_steal_pointer (&copy);
}

static BcastProfile *
choose_profile (CliConnection  *self,
                CliOutput      *output,
                char          **stored_id,
                char          **url_secret,
                GError        **error)
{
  const char *url = cli_variable_get (CLI_VARIABLE_URL);

  if (self->profile != NULL)
    return dup_stored (self, output, stored_id, error);
  if (!apply_variables (self, error))
    return NULL;
  if (is_described (self))
    return new_local ("command-line");
  if (url != NULL)
    return cli_pusher_url_parse (url, url_secret, error);
  return dup_stored (self, output, stored_id, error);
}

static gboolean
choose_secret (CliConnection  *self,
               CliSession     *session,
               const char     *stored_id,
               GError        **error)
{
  g_autoptr(GError) load_error = NULL;
  char *given = cli_secret_load (self->secret_file, cli_session_get_output (session), &load_error);

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (given != NULL)
    {
      g_clear_pointer (&self->secret, bcast_secret_free);
      self->secret = given;
    }
  else if (stored_id != NULL)
    {
      self->secret = cli_secret_look_up (session, stored_id, BCAST_SECRET_KIND_SECRET, NULL, &self->secret_error);
    }
  return TRUE;
}

/**
 * cli_connection_load_authorizer:
 * @self: connection options
 * @output: where to warn when others can read a file
 * @error: why a file or header cannot be used
 *
 * Takes the encryption master key and what the user's app is sent from the options alone;
 * cli_connection_resolve() does that too.
 *
 * Returns: whether all that was told could be read
 */
gboolean
cli_connection_load_authorizer (CliConnection  *self,
                                CliOutput      *output,
                                GError        **error)
{
  return cli_authorizer_load (&self->authorizer, output, &self->master_key, &self->authorizer_secrets, error);
}

/**
 * cli_connection_resolve:
 * @self: connection options
 * @session: waits for the keyring
 * @error: why they do not lead to an app
 *
 * Finds out which app is meant: the profile named; or what the options describe, for which the variables
 * BROADCAST_HOST, BROADCAST_PORT, BROADCAST_CLUSTER, BROADCAST_APP_ID and BROADCAST_KEY stand in; or
 * PUSHER_URL; or the sandbox. Options win over all of them. The secret comes from --secret-file, else
 * BROADCAST_SECRET, else PUSHER_URL, else from where the profile's is kept; that there is none is an error
 * only for who needs one: see cli_connection_check_secret(). Master key and what the user's app is sent come
 * from their options, else from where the profile's are kept.
 *
 * Returns: whether the target is set
 */
gboolean
cli_connection_resolve (CliConnection  *self,
                        CliSession     *session,
                        GError        **error)
{
  g_autoptr(BcastProfile) profile = NULL;
  g_autofree char *stored_id = NULL;

  profile = choose_profile (self, cli_session_get_output (session), &stored_id, &self->secret, error);
  if (profile == NULL || !apply_options (self, profile, error)
      || !choose_secret (self, session, stored_id, error)
      || !cli_connection_load_authorizer (self, cli_session_get_output (session), error))
    return FALSE;

  if (stored_id != NULL)
    cli_authorizer_look_up (&self->authorizer, session, stored_id, &self->master_key, &self->authorizer_secrets);
  if (stored_id != NULL)
    self->journal_path = bcast_journal_dup_default_path (stored_id);
  self->target = g_steal_pointer (&profile);
  return TRUE;
}

/**
 * cli_connection_check_secret:
 * @self: resolved connection options
 * @error: that there is no secret, why, and where to give one
 *
 * Returns: whether there is a secret to sign with
 */
gboolean
cli_connection_check_secret (CliConnection  *self,
                             GError        **error)
{
  if (self->secret != NULL)
    return TRUE;

  if (self->secret_error != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 _("The secret of “%s” is not at hand: %s Give it with --secret-file, or in the environment "
                   "variable BROADCAST_SECRET."),
                 bcast_profile_get_name (self->target), self->secret_error->message);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("This needs the app's secret. Give it with --secret-file, or in the environment "
                   "variable BROADCAST_SECRET."));
  return FALSE;
}

/**
 * cli_connection_dup_secrets:
 * @self: options that were resolved
 *
 * Returns: (transfer full): all that is secret of the app, for a workspace
 */
BcastSecretBundle *
cli_connection_dup_secrets (CliConnection *self)
{
  char *authorizer = self->authorizer_secrets != NULL ? bcast_authorizer_secrets_format (self->authorizer_secrets)
                                                      : NULL;
  BcastSecretBundle *secrets = bcast_secret_bundle_new (self->secret, self->master_key, authorizer);

  bcast_secret_free (authorizer);
  return secrets;
}
