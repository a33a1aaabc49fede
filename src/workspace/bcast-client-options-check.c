/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-options.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-limits.h"

#define MOST_NAME_CHARACTERS 64 /* as the form has it */

static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (*name == '\0')
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The client has no name. Enter one, such as Carol."));
  else if (g_utf8_strlen (name, -1) > MOST_NAME_CHARACTERS)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The client's name has more than %d characters. Choose a shorter one."), MOST_NAME_CHARACTERS);
  else if (has_control (name))
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The client's name has a line break or another character that cannot be seen. Enter it "
                           "anew."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_user (const BcastClientOptions  *options,
            GError                   **error)
{
  const char *user_id = options->user_id;
  const char *user_info = options->user_info;
  g_autoptr(GError) problem = NULL;

  if (user_id != NULL && strlen (user_id) > BCAST_LIMIT_USER_ID)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The user id has %zu characters, and %d are allowed. Shorten it."),
                 strlen (user_id), BCAST_LIMIT_USER_ID);
  else if (user_info != NULL && *user_info != '\0'
           && !bcast_json_scan (user_info, strlen (user_info), NULL, NULL, &problem))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The user info is no JSON: %s"), problem->message);
  else
    return TRUE;
  return FALSE;
}

/* Who signs in is held to stricter rules, because the id becomes the name of a channel. */
static gboolean
check_sign_in (const BcastClientOptions  *options,
               GError                   **error)
{
  if (options->signs_in && !bcast_user_id_check (options->user_id, error))
    return FALSE;

  for (guint i = 0; options->watchlist != NULL && options->watchlist[i] != NULL; i++)
    {
      g_autoptr(GError) problem = NULL;

      if (!bcast_user_id_check (options->watchlist[i], &problem))
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("The watchlist has a user that cannot be: %s"),
                       problem->message);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_signer (const BcastClientOptions  *options,
              GError                   **error)
{
  g_autoptr(BcastAuthorizerSecrets) secrets = bcast_client_options_dup_secrets (options);
  const char *field;

  return bcast_authorizer_secrets_check (secrets, &field, error);
}

/**
 * bcast_client_options_complete:
 * @self: options as they were entered
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, with a sentence that repeats no secret
 *
 * Fills in what was left out, and checks all but whether the name is taken.
 *
 * Returns: (transfer full) (nullable): the options that count, or %NULL with @error set
 */
BcastClientOptions *
bcast_client_options_complete (const BcastClientOptions  *self,
                               GError                   **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(BcastClientOptions) complete = bcast_client_options_copy (self);

  if (complete->user_id == NULL || *complete->user_id == '\0')
    {
      g_free (complete->user_id);
      complete->user_id = g_utf8_strdown (complete->name, -1);
    }
  if (complete->user_info != NULL && *complete->user_info == '\0')
    g_clear_pointer (&complete->user_info, g_free);

  if (!check_name (complete->name, error)
      || !check_user (complete, error)
      || !check_sign_in (complete, error)
      || !check_signer (complete, error))
    return NULL;
  return g_steal_pointer (&complete);
}

/**
 * bcast_client_channel_check:
 * @channel: a channel's full name
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE
 *
 * Returns: whether a client can be told to subscribe to @channel
 */
gboolean
bcast_client_channel_check (const char  *channel,
                            GError     **error)
{
  g_return_val_if_fail (channel != NULL, FALSE);

  if (!bcast_channel_name_check (channel, BCAST_LIMIT_CHANNEL_NAME_LENIENT, error))
    return FALSE;
  if (bcast_channel_name_find_type (channel) != BCAST_CHANNEL_SERVER_TO_USER)
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("Channels that begin with “#” are the server's own; a client is subscribed to "
                         "its own one by signing in."));
  return FALSE;
}
