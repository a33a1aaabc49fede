/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-connection.h"
#include "cli-journal.h"
#include "cli-options.h"
#include "cli-secret.h"

#include "bcast-cast-file.h"
#include "bcast-error.h"
#include "bcast-journal.h"

#include <glib/gi18n.h>

typedef struct
{
  CliConnection  connection;
  char          *secret_place;
  gboolean       with_history;
  gboolean       is_whole; /* the file with the profiles */
} Options;

static void
options_clear (Options *self)
{
  cli_connection_clear (&self->connection);
  g_free (self->secret_place);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
get_kind_nick (BcastProfileKind kind)
{
  return kind == BCAST_PROFILE_SANDBOX ? "sandbox" : kind == BCAST_PROFILE_CLUSTER ? "cluster" : "server";
}

static const char *
get_authorizer_nick (BcastProfileAuthorizer authorizer)
{
  return authorizer == BCAST_PROFILE_AUTHORIZER_ENDPOINT ? "endpoint" : "local";
}

static void
print_profile (CliOutput    *output,
               BcastProfile *profile)
{
  g_autofree char *address = bcast_profile_dup_address (profile);

  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_string (builder, "id", bcast_profile_get_id (profile));
      cli_json_add_string (builder, "name", bcast_profile_get_name (profile));
      cli_json_add_string (builder, "kind", get_kind_nick (bcast_profile_get_kind (profile)));
      cli_json_add_string (builder, "address", address);
      cli_json_add_string (builder, "app_id", bcast_profile_get_app_id (profile));
      cli_json_add_string (builder, "key", bcast_profile_get_key (profile));
      cli_json_add_string (builder, "authorizer", get_authorizer_nick (bcast_profile_get_authorizer (profile)));
      cli_json_add_string (builder, "auth_endpoint", bcast_profile_get_auth_endpoint (profile));
      cli_json_add_string (builder, "user_auth_endpoint", bcast_profile_get_user_auth_endpoint (profile));
      cli_json_add_string (builder, "ca_file", bcast_profile_get_ca_file (profile));
      cli_json_add_boolean (builder, "production", bcast_profile_get_production (profile));
      cli_output_end_json (output, builder);
    }
  else
    {
      cli_output_line (output, "%s  %s  %s  %s", bcast_profile_get_id (profile),
                       bcast_profile_get_name (profile), get_kind_nick (bcast_profile_get_kind (profile)),
                       address);
    }
}

static CliExit
list (CliSession        *session,
      Options           *options,
      BcastProfileStore *store,
      const char        *name)
{
  GListModel *profiles = G_LIST_MODEL (store);

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr(BcastProfile) profile = g_list_model_get_item (profiles, i);

      print_profile (cli_session_get_output (session), profile);
    }
  /* A script must not take what is left for all there is. */
  return options->is_whole ? CLI_EXIT_OK : CLI_EXIT_LOCAL;
}

static BcastProfile *
describe (Options      *options,
          const char   *name,
          GError      **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(BcastProfile) profile = cli_connection_dup_described (&options->connection, id, error);

  if (profile == NULL)
    return NULL;
  g_object_set (profile, "name", name, NULL);
  if (!bcast_profile_check (profile, NULL, error))
    return NULL;
  return g_steal_pointer (&profile);
}

/* What the keyring says of its trouble advises places that this command does not have. */
static gboolean
keep_secret (CliSession        *session,
             BcastSecretPlace   place,
             BcastProfile      *profile,
             const char        *kind,
             const char        *secret,
             GError           **error)
{
  g_autoptr(GError) reason = NULL;

  if (secret == NULL
      || cli_secret_keep (session, place, bcast_profile_get_id (profile), kind, bcast_profile_get_name (profile),
                          secret, &reason))
    return TRUE;

  if (place == BCAST_SECRET_PLACE_KEYRING && g_error_matches (reason, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 _("“%s” was not added, for the keyring cannot be used and would have kept its secret. Unlock or "
                   "start the keyring, or say --secret-place file to keep it in a file that only you can read."),
                 bcast_profile_get_name (profile));
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
keep_secrets (CliSession        *session,
              BcastSecretPlace   place,
              CliConnection     *connection,
              BcastProfile      *profile,
              GError           **error)
{
  char *json = connection->authorizer_secrets != NULL
               ? bcast_authorizer_secrets_format (connection->authorizer_secrets) : NULL;
  gboolean is_kept =
    keep_secret (session, place, profile, BCAST_SECRET_KIND_SECRET, connection->secret, error)
    && keep_secret (session, place, profile, BCAST_SECRET_KIND_MASTER_KEY, connection->master_key, error)
    && keep_secret (session, place, profile, BCAST_SECRET_KIND_AUTHORIZER, json, error);

  bcast_secret_free (json);
  return is_kept;
}

/* The secrets first: a profile without one would have to be mended by hand. */
static gboolean
keep (CliSession        *session,
      Options           *options,
      BcastProfileStore *store,
      BcastProfile      *profile,
      GError           **error)
{
  BcastSecretPlace place = BCAST_SECRET_PLACE_KEYRING;

  if (options->secret_place != NULL
      && (!cli_secret_parse_place (options->secret_place, &place) || place == BCAST_SECRET_PLACE_SESSION))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--secret-place is “%s”. It must be keyring or file."), options->secret_place);
      return FALSE;
    }
  if (!keep_secrets (session, place, &options->connection, profile, error))
    {
      /* Nobody would ever find the ones that were kept before. */
      cli_secret_forget (session, bcast_profile_get_id (profile), NULL);
      return FALSE;
    }

  bcast_profile_store_add (store, profile);
  return bcast_profile_store_save (store, error);
}

static CliExit
add (CliSession        *session,
     Options           *options,
     BcastProfileStore *store,
     const char        *name)
{
  CliOutput *output = cli_session_get_output (session);
  g_autoptr(BcastProfile) profile = NULL;
  g_autoptr(GError) error = NULL;

  if (bcast_profile_store_find (store, name) != NULL)
    {
      g_set_error (&error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("There is a profile “%s” already. Take another name, or remove that one first."), name);
      return cli_session_fail (session, error);
    }

  options->connection.secret = cli_secret_load (options->connection.secret_file, output, &error);
  if (error != NULL || !cli_connection_load_authorizer (&options->connection, output, &error)
      || (profile = describe (options, name, &error)) == NULL
      || !keep (session, options, store, profile, &error))
    return cli_session_fail (session, error);

  if (options->connection.secret == NULL && bcast_profile_get_authorizer (profile) == BCAST_PROFILE_AUTHORIZER_LOCAL)
    cli_output_note (output, _("The profile has no secret: it can subscribe to public channels only. "
                               "--secret-file gives it one."));
  print_profile (output, profile);
  return CLI_EXIT_OK;
}

/* Before anything is removed, so that it is not done by halves. */
static gboolean
check_history (BcastProfile  *profile,
               const char    *journal_path,
               GError       **error)
{
  if (!g_file_test (journal_path, G_FILE_TEST_EXISTS) || !cli_journal_is_taken (journal_path))
    return TRUE;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("“%s” was not removed, for another running Broadcast writes its journal. Close it there, then "
                 "try again."), bcast_profile_get_name (profile));
  return FALSE;
}

static gboolean
remove_history (BcastProfile  *profile,
                const char    *journal_path,
                GError       **error)
{
  g_autofree char *shown = g_filename_display_name (journal_path);
  int code = cli_journal_remove (journal_path);

  if (code == 0)
    return TRUE;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("“%s” was removed, but its journal “%s” was not: %s. Look who may write to its folder, and "
                 "remove it by hand."), bcast_profile_get_name (profile), shown, g_strerror (code));
  return FALSE;
}

static void
tell_history (CliOutput    *output,
              BcastProfile *profile,
              const char   *journal_path)
{
  g_autofree char *shown = g_filename_display_name (journal_path);

  if (g_file_test (journal_path, G_FILE_TEST_EXISTS))
    cli_output_note (output, _("The journal of “%s” is still there: “%s”, with files beside it whose names "
                               "begin so. Remove them when nobody needs them; --with-history removes them "
                               "together with the profile."),
                     bcast_profile_get_name (profile), shown);
}

static CliExit
remove_profile (CliSession        *session,
                Options           *options,
                BcastProfileStore *store,
                const char        *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastProfile) profile = cli_connection_find_profile (store, name, NULL, &error);
  g_autofree char *journal_path = NULL;
  g_autofree char *cast_path = NULL;

  if (profile == NULL)
    return cli_session_fail (session, error);
  cast_path = bcast_cast_file_dup_default_path (bcast_profile_get_id (profile));
  journal_path = bcast_journal_dup_default_path (bcast_profile_get_id (profile));
  if ((options->with_history && !check_history (profile, journal_path, &error))
      || !cli_secret_forget (session, bcast_profile_get_id (profile), &error))
    return cli_session_fail (session, error);

  bcast_profile_store_remove (store, profile, NULL);
  if (!bcast_profile_store_save (store, &error)
      || !bcast_cast_file_remove (cast_path, &error)
      || (options->with_history && !remove_history (profile, journal_path, &error)))
    return cli_session_fail (session, error);
  tell_history (cli_session_get_output (session), profile, journal_path);
  return CLI_EXIT_OK;
}

static const struct
{
  const char *verb;
  guint       n_arguments;
  CliExit   (*run) (CliSession        *session,
                    Options           *options,
                    BcastProfileStore *store,
                    const char        *name);
} verbs[] = {
  { "list",   0, list },
  { "add",    1, add },
  { "remove", 1, remove_profile },
};

static CliExit
run_verb (CliOutput           *output,
          Options             *options,
          guint                verb,
          const char          *name)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastProfileStore) store = NULL;
  g_autoptr(GError) error = NULL;

  store = cli_connection_load_profiles (output, &options->is_whole, &error);
  if (store == NULL)
    return cli_session_fail (session, error);
  return verbs[verb].run (session, options, store, name);
}

static GOptionContext *
new_context (CliOutput *output,
             Options   *options)
{
  const GOptionEntry entries[] = {
    { "secret-place", 0, 0, G_OPTION_ARG_STRING, &options->secret_place,
      N_("add: where to keep the secret (default: keyring)"), "keyring|file" },
    { "with-history", 0, 0, G_OPTION_ARG_NONE, &options->with_history,
      N_("remove: remove the profile's journal too"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write JSON, one profile a line"), NULL },
    { NULL },
  };
  GOptionContext *context;

  context = cli_options_new ("profiles", _("[list|add NAME|remove NAME]"),
                             _("Lists the profiles, adds one from the options, or removes one with its secrets "
                               "and clients."),
                             _("Examples:\n"
                               "  broadcastctl profiles\n"
                               "  broadcastctl profiles add Shop --cluster eu --app-id 9876543 --key 0f1e2d3c "
                               "--secret-file FILE\n"
                               "  broadcastctl profiles add Shop --host localhost --port 6001 --app-id 1 --key app "
                               "--auth-endpoint http://localhost:8000/broadcasting/auth --auth-file FILE\n"
                               "  broadcastctl profiles remove Shop"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_connection_add_options (&options->connection, context);
  return context;
}

/**
 * cmd_profiles_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl profiles`
 *
 * Returns: the exit code
 */
CliExit
cmd_profiles_run (CliOutput   *output,
                  char      ***argv)
{
  g_auto(Options) options = { 0 };
  g_autoptr(GOptionContext) context = NULL;
  const char *verb;

  cli_connection_init (&options.connection);
  context = new_context (output, &options);
  if (!cli_options_parse (context, argv, 0, 2, output))
    return CLI_EXIT_USAGE;

  verb = (*argv)[1] != NULL ? (*argv)[1] : verbs[0].verb;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      guint n_arguments = (*argv)[1] != NULL ? g_strv_length (*argv + 2) : 0;

      if (!g_str_equal (verb, verbs[i].verb))
        continue;
      if (n_arguments != verbs[i].n_arguments)
        return cli_options_fail_usage (output, n_arguments == 0 ? _("Tell the profile's name.")
                                                                : _("That is one argument too many."));
      if (options.with_history && verbs[i].run != remove_profile)
        return cli_options_fail_usage (output, _("--with-history is for “remove” alone."));
      return run_verb (output, &options, i, n_arguments > 0 ? (*argv)[2] : NULL);
    }
  return cli_options_fail_usage (output, _("“%s” is none of list, add and remove."), verb);
}
