/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-authorizer.h"

#include "cli-secret.h"

#include "bcast-error.h"
#include "bcast-secret-box.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * cli_authorizer_clear:
 * @self: the options
 *
 * Frees what it holds.
 */
void
cli_authorizer_clear (CliAuthorizer *self)
{
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->auth_endpoint, g_free);
  g_clear_pointer (&self->user_auth_endpoint, g_free);
  g_clear_pointer (&self->auth_headers, bcast_authorizer_pairs_free);
  g_clear_pointer (&self->auth_file, g_free);
  g_clear_pointer (&self->master_key_file, g_free);
}

/**
 * cli_authorizer_add_options:
 * @self: the options; must outlive the parsing
 * @context: the options of a command
 *
 * Lets the command line tell who signs. A header can be told there, for many are no secret; the help
 * says that others may read it.
 */
void
cli_authorizer_add_options (CliAuthorizer  *self,
                            GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_("Trust the certificates in FILE (PEM) instead of the system's"), N_("FILE") },
    { "master-key-file", 0, 0, G_OPTION_ARG_FILENAME, &self->master_key_file,
      N_("Read the encryption master key from FILE, - for the standard input"), N_("FILE") },
    { "auth-endpoint", 0, 0, G_OPTION_ARG_STRING, &self->auth_endpoint,
      N_("Let your app sign subscriptions, at URL"), N_("URL") },
    { "user-auth-endpoint", 0, 0, G_OPTION_ARG_STRING, &self->user_auth_endpoint,
      N_("Let your app sign users in, at URL"), N_("URL") },
    { "auth-header", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->auth_headers,
      N_("Send your app this header; other users can read it on the command line"), N_("'NAME: VALUE'") },
    { "auth-file", 0, 0, G_OPTION_ARG_FILENAME, &self->auth_file,
      N_("Send your app what FILE tells, JSON with headers, params, cookies and bearer"), N_("FILE") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/**
 * cli_authorizer_apply:
 * @self: the options
 * @profile: what takes them
 *
 * What the command line says wins over the profile.
 */
void
cli_authorizer_apply (CliAuthorizer *self,
                      BcastProfile  *profile)
{
  if (self->ca_file != NULL)
    {
      g_autofree char *path = g_canonicalize_filename (self->ca_file, NULL);

      g_object_set (profile, "ca-file", path, NULL);
    }
  if (self->auth_endpoint != NULL)
    g_object_set (profile, "authorizer", BCAST_PROFILE_AUTHORIZER_ENDPOINT,
                  "auth-endpoint", self->auth_endpoint, NULL);
  if (self->user_auth_endpoint != NULL)
    g_object_set (profile, "authorizer", BCAST_PROFILE_AUTHORIZER_ENDPOINT,
                  "user-auth-endpoint", self->user_auth_endpoint, NULL);
}

static gboolean
load_master_key (CliAuthorizer  *self,
                 CliOutput      *output,
                 char          **master_key,
                 GError        **error)
{
  g_autoptr(GBytes) key = NULL;

  if (self->master_key_file == NULL)
    return TRUE;
  *master_key = cli_secret_load_file (self->master_key_file, output, error);
  if (*master_key == NULL)
    return FALSE;

  key = bcast_secret_box_parse_key (*master_key, error);
  if (key == NULL)
    g_clear_pointer (master_key, bcast_secret_free);
  return key != NULL;
}

/* The headers of the command line behind those of the file. */
static gboolean
add_headers (CliAuthorizer           *self,
             BcastAuthorizerSecrets  *secrets,
             GError                 **error)
{
  g_autofree char *lines = self->auth_headers != NULL ? g_strjoinv ("\n", self->auth_headers) : NULL;
  char **pairs = lines != NULL ? bcast_authorizer_pairs_parse (lines, ':', error) : NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (lines == NULL)
    return TRUE;
  if (pairs == NULL)
    return FALSE;

  g_strv_builder_addv (builder, (const char **) secrets->headers);
  g_strv_builder_addv (builder, (const char **) pairs);
  bcast_authorizer_pairs_free (pairs);
  bcast_authorizer_pairs_free (secrets->headers);
  secrets->headers = g_strv_builder_end (builder);
  return bcast_authorizer_secrets_check (secrets, NULL, error);
}

static gboolean
load_secrets (CliAuthorizer           *self,
              CliOutput               *output,
              BcastAuthorizerSecrets **secrets,
              GError                 **error)
{
  g_autoptr(BcastAuthorizerSecrets) loaded = NULL;
  char *json = NULL;

  if (self->auth_file == NULL && self->auth_headers == NULL)
    return TRUE;
  if (self->auth_file != NULL)
    {
      json = cli_secret_load_text (self->auth_file, output, error);
      loaded = json != NULL ? bcast_authorizer_secrets_parse (json, error) : NULL;
      bcast_secret_free (json);
    }
  else
    loaded = bcast_authorizer_secrets_new (NULL, NULL, NULL, NULL);

  if (loaded == NULL || !add_headers (self, loaded, error))
    return FALSE;
  *secrets = g_steal_pointer (&loaded);
  return TRUE;
}

/**
 * cli_authorizer_load:
 * @self: the options
 * @output: where to warn when others can read a file
 * @master_key: (inout): takes the encryption master key, when one is told
 * @secrets: (inout): takes what the user's app is sent, when that is told
 * @error: why a file or header cannot be used
 *
 * Returns: whether all that was told could be read
 */
gboolean
cli_authorizer_load (CliAuthorizer           *self,
                     CliOutput               *output,
                     char                   **master_key,
                     BcastAuthorizerSecrets **secrets,
                     GError                 **error)
{
  return load_master_key (self, output, master_key, error) && load_secrets (self, output, secrets, error);
}

/* A keyring that is not there keeps nothing, and is told of where the app's secret is missed. */
static void
tell (CliSession   *session,
      const GError *problem)
{
  if (problem != NULL && !g_error_matches (problem, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE))
    cli_output_note (cli_session_get_output (session), "%s", problem->message);
}

static char *
look_up (CliSession *session,
         const char *profile_id,
         const char *kind)
{
  g_autoptr(GError) problem = NULL;
  char *secret = cli_secret_look_up (session, profile_id, kind, NULL, &problem);

  tell (session, problem);
  return secret;
}

/**
 * cli_authorizer_look_up:
 * @self: the options
 * @session: waits for the keyring
 * @profile_id: a stored profile
 * @master_key: (inout): takes the encryption master key that is kept, unless there is one already
 * @secrets: (inout): takes what is kept for the user's app, unless there is something already
 *
 * What is kept for the app at the profile's own address is not sent to another one that the command line
 * tells. What cannot be understood is told and left out: most commands go without.
 */
void
cli_authorizer_look_up (CliAuthorizer           *self,
                        CliSession              *session,
                        const char              *profile_id,
                        char                   **master_key,
                        BcastAuthorizerSecrets **secrets)
{
  g_autoptr(GError) problem = NULL;
  char *json;

  if (*master_key == NULL)
    *master_key = look_up (session, profile_id, BCAST_SECRET_KIND_MASTER_KEY);
  if (*secrets != NULL || self->auth_endpoint != NULL || self->user_auth_endpoint != NULL)
    return;

  json = look_up (session, profile_id, BCAST_SECRET_KIND_AUTHORIZER);
  if (json != NULL)
    *secrets = bcast_authorizer_secrets_parse (json, &problem);
  bcast_secret_free (json);
  tell (session, problem);
}
