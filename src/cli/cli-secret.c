/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-secret.h"

#include "cli-input.h"
#include "cli-variable.h"

#include "bcast-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_SECRET_BYTES 4096
#define MAX_TEXT_BYTES   (64 * 1024) /* of JSON that may have space between its parts */

static const BcastSecretPlace lasting_places[] = {
  BCAST_SECRET_PLACE_KEYRING,
  BCAST_SECRET_PLACE_FILE,
};

static BcastSecretStore *
new_store (BcastSecretPlace place)
{
  g_autofree char *path = bcast_secret_store_dup_default_file_path ();

  return bcast_secret_store_new (place, path);
}

static gboolean
check (const char  *secret,
       const char  *where,
       GError     **error)
{
  if (*secret != '\0' && strpbrk (secret, "\r\n") == NULL)
    return TRUE;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("%s holds no secret: it must be one line and not empty."), where);
  return FALSE;
}

static char *
load (const char  *path,
      gsize        max_bytes,
      CliOutput   *output,
      GError     **error)
{
  gboolean is_exposed = FALSE;
  char *text = cli_input_load (path, max_bytes, &is_exposed, error);

  if (is_exposed)
    cli_output_note (output, _("Warning: other users of this machine may read %s. "
                               "“chmod 600” keeps them out."), path);
  return text;
}

/**
 * cli_secret_load_file:
 * @path: a file that holds a secret, or `-` for the standard input
 * @output: where to warn when others can read the file
 * @error: why it cannot be read
 *
 * Returns: (transfer full) (nullable): the secret, for bcast_secret_free(), or %NULL with @error set
 */
char *
cli_secret_load_file (const char  *path,
                      CliOutput   *output,
                      GError     **error)
{
  char *secret = load (path, MAX_SECRET_BYTES, output, error);

  if (secret != NULL && !check (secret, g_str_equal (path, "-") ? _("The standard input") : path, error))
    g_clear_pointer (&secret, bcast_secret_free);
  return secret;
}

/**
 * cli_secret_load_text:
 * @path: a file that holds a text with secrets in it, or `-` for the standard input
 * @output: where to warn when others can read the file
 * @error: why it cannot be read
 *
 * Returns: (transfer full) (nullable): the text, for bcast_secret_free(), or %NULL with @error set
 */
char *
cli_secret_load_text (const char  *path,
                      CliOutput   *output,
                      GError     **error)
{
  return load (path, MAX_TEXT_BYTES, output, error);
}

/**
 * cli_secret_load:
 * @secret_file: (nullable): a file that holds the secret, or `-` for the standard input
 * @output: where to warn when others can read the file
 * @error: why it cannot be read
 *
 * Takes the secret from @secret_file, or else from the environment.
 *
 * Returns: (transfer full) (nullable): the secret, for bcast_secret_free(); %NULL without @error when
 *   neither was given
 */
char *
cli_secret_load (const char  *secret_file,
                 CliOutput   *output,
                 GError     **error)
{
  char *secret;

  if (secret_file != NULL)
    return cli_secret_load_file (secret_file, output, error);

  secret = g_strdup (cli_variable_get (CLI_VARIABLE_SECRET));
  if (secret != NULL && !check (secret, CLI_VARIABLE_SECRET, error))
    g_clear_pointer (&secret, bcast_secret_free);
  return secret;
}

static char *
look_up_in (CliSession        *session,
            BcastSecretPlace   place,
            const char        *profile_id,
            const char        *kind,
            GError           **error)
{
  g_autoptr(BcastSecretStore) store = new_store (place);
  g_autoptr(GAsyncResult) result = NULL;

  bcast_secret_store_lookup_async (store, profile_id, kind,
                                   cli_session_get_cancellable (session), cli_session_ready_cb, &result);
  return bcast_secret_store_lookup_finish (store, cli_session_await (session, &result), error);
}

/* A damaged file was kept aside by the look-up that found it so, and the next one finds what was rescued. */
static char *
look_up_in_file (CliSession  *session,
                 const char  *profile_id,
                 const char  *kind,
                 GError     **error)
{
  g_autoptr(GError) damage = NULL;
  char *secret = look_up_in (session, BCAST_SECRET_PLACE_FILE, profile_id, kind, &damage);

  if (!g_error_matches (damage, BCAST_ERROR, BCAST_ERROR_DAMAGED))
    {
      if (damage != NULL)
        g_propagate_error (error, g_steal_pointer (&damage));
      return secret;
    }

  secret = look_up_in (session, BCAST_SECRET_PLACE_FILE, profile_id, kind, NULL);
  if (secret != NULL)
    cli_output_note (cli_session_get_output (session), "%s", damage->message);
  else
    g_propagate_error (error, g_steal_pointer (&damage));
  return secret;
}

/* The newest file of secrets that an earlier run found damaged: who misses a secret should look there. */
static char *
find_damaged_file (void)
{
  g_autofree char *path = bcast_secret_store_dup_default_file_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ".damaged-", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *newest = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_prefix (name, prefix) || g_strcmp0 (name, newest) < 0)
        continue;
      g_free (newest);
      newest = g_strdup (name);
    }
  return newest != NULL ? g_build_filename (folder, newest, NULL) : NULL;
}

static gboolean
set_kept_aside (GError **error)
{
  g_autofree char *damaged = find_damaged_file ();
  g_autofree char *shown = damaged != NULL ? g_filename_display_name (damaged) : NULL;

  if (shown == NULL)
    return FALSE;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED,
               _("The file with the secrets was damaged and is kept as “%s”; the secret may have been in it."),
               shown);
  return TRUE;
}

/**
 * cli_secret_look_up:
 * @session: waits for the keyring
 * @profile_id: whose secret
 * @kind: %BCAST_SECRET_KIND_SECRET or another
 * @place: (out) (optional): where it was found
 * @error: what is wrong with the file, or else why the keyring gave none: who has a file there keeps
 *   secrets in it, while a keyring is missing on many machines
 *
 * Looks in the keyring and then in the file that stands in for one.
 *
 * Returns: (transfer full) (nullable): the secret, for bcast_secret_free(); %NULL without @error when
 *   none is kept
 */
char *
cli_secret_look_up (CliSession        *session,
                    const char        *profile_id,
                    const char        *kind,
                    BcastSecretPlace  *place,
                    GError           **error)
{
  g_autoptr(GError) keyring_error = NULL;
  g_autoptr(GError) file_error = NULL;
  BcastSecretPlace found = BCAST_SECRET_PLACE_KEYRING;
  char *secret = look_up_in (session, BCAST_SECRET_PLACE_KEYRING, profile_id, kind, &keyring_error);

  if (secret == NULL)
    {
      found = BCAST_SECRET_PLACE_FILE;
      secret = look_up_in_file (session, profile_id, kind, &file_error);
    }

  if (secret != NULL && place != NULL)
    *place = found;
  if (secret == NULL && file_error != NULL)
    g_propagate_error (error, g_steal_pointer (&file_error));
  else if (secret == NULL && !set_kept_aside (error) && keyring_error != NULL)
    g_propagate_error (error, g_steal_pointer (&keyring_error));
  return secret;
}

/**
 * cli_secret_parse_place:
 * @nick: `keyring`, `file` or `session`
 * @place: (out): what it means
 *
 * Returns: whether @nick means something
 */
gboolean
cli_secret_parse_place (const char       *nick,
                        BcastSecretPlace *place)
{
  static const struct { const char *nick; BcastSecretPlace place; } places[] = {
    { "keyring", BCAST_SECRET_PLACE_KEYRING },
    { "file",    BCAST_SECRET_PLACE_FILE },
    { "session", BCAST_SECRET_PLACE_SESSION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_str_equal (nick, places[i].nick))
        {
          *place = places[i].place;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * cli_secret_keep:
 * @session: waits for the keyring
 * @place: where to
 * @profile_id: whose secret
 * @kind: %BCAST_SECRET_KIND_SECRET or another
 * @label: what the keyring calls it for people
 * @secret: the secret
 * @error: why it cannot be kept there
 *
 * Returns: whether it is kept
 */
gboolean
cli_secret_keep (CliSession        *session,
                 BcastSecretPlace   place,
                 const char        *profile_id,
                 const char        *kind,
                 const char        *label,
                 const char        *secret,
                 GError           **error)
{
  g_autoptr(BcastSecretStore) store = new_store (place);
  g_autoptr(GAsyncResult) result = NULL;

  bcast_secret_store_store_async (store, profile_id, kind, label, secret,
                                  cli_session_get_cancellable (session), cli_session_ready_cb, &result);
  return bcast_secret_store_store_finish (store, cli_session_await (session, &result), error);
}

/**
 * cli_secret_forget:
 * @session: waits for the keyring
 * @profile_id: whose secrets
 * @error: why a place that answers did not give them up
 *
 * Removes the secrets of a profile wherever they are kept.
 *
 * Returns: whether none is left
 */
gboolean
cli_secret_forget (CliSession  *session,
                   const char  *profile_id,
                   GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (lasting_places); i++)
    {
      g_autoptr(BcastSecretStore) store = new_store (lasting_places[i]);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) place_error = NULL;

      bcast_secret_store_clear_async (store, profile_id, NULL, cli_session_get_cancellable (session),
                                      cli_session_ready_cb, &result);
      /* A keyring that is not there keeps nothing. */
      if (!bcast_secret_store_clear_finish (store, cli_session_await (session, &result), &place_error)
          && !g_error_matches (place_error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE))
        {
          g_propagate_error (error, g_steal_pointer (&place_error));
          return FALSE;
        }
    }
  return TRUE;
}
