/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-session-notices.h"

#include <glib/gi18n.h>

/* Notices about the open profile begin with this; they go when another one is opened. */
#define OF_PROFILE "profile:"

static void
add_edit_choice (BcastNotice  *notice,
                 BcastProfile *profile)
{
  g_autofree char *action = g_strdup_printf ("win.edit-profile::%s", bcast_profile_get_id (profile));

  bcast_notice_add_choice (notice, _("Edit Profile"), action);
}

/**
 * bcast_session_notices_tell_damaged:
 * @notices: the notices of the window
 * @error: what is wrong with the file of profiles, and where it was kept
 */
void
bcast_session_notices_tell_damaged (GListStore   *notices,
                                    const GError *error)
{
  bcast_notices_put (notices, bcast_notice_new ("damaged", BCAST_NOTICE_ERROR, error->message));
}

/**
 * bcast_session_notices_tell_unsaved:
 * @notices: the notices of the window
 * @error: (nullable): why the profiles could not be saved; %NULL when they were
 */
void
bcast_session_notices_tell_unsaved (GListStore   *notices,
                                    const GError *error)
{
  if (error != NULL)
    bcast_notices_put (notices, bcast_notice_new ("unsaved", BCAST_NOTICE_ERROR, error->message));
  else
    bcast_notices_withdraw (notices, "unsaved");
}

/**
 * bcast_session_notices_tell_no_keyring:
 * @notices: the notices of the window
 *
 * Asks where secrets are to be kept when there is no keyring, or it is locked.
 */
void
bcast_session_notices_tell_no_keyring (GListStore *notices)
{
  BcastNotice *notice =
    bcast_notice_new ("keyring", BCAST_NOTICE_WARNING,
                      _("The desktop’s keyring cannot be used, so secrets are kept in memory and are gone when "
                        "you quit. A file that only your user can read would keep them, unencrypted."));

  bcast_notice_add_choice (notice, _("This Session Only"), "win.secret-place::session");
  bcast_notice_add_choice (notice, _("Keep in a File"), "win.secret-place::file");
  bcast_notice_set_lasting (notice, TRUE);
  bcast_notices_put (notices, notice);
}

/**
 * bcast_session_notices_tell_waiting:
 * @notices: the notices of the window
 * @waiting: whether the keyring has not answered for a while
 */
void
bcast_session_notices_tell_waiting (GListStore *notices,
                                    gboolean    waiting)
{
  if (waiting)
    bcast_notices_put (notices, bcast_notice_new ("waiting", BCAST_NOTICE_INFO,
                                                  _("Waiting for the keyring, which may be asking for its password in "
                                                    "another window.")));
  else
    bcast_notices_withdraw (notices, "waiting");
}

/**
 * bcast_session_notices_tell_secret_problem:
 * @notices: the notices of the window
 * @error: why a secret could not be read, kept or moved
 */
void
bcast_session_notices_tell_secret_problem (GListStore   *notices,
                                           const GError *error)
{
  bcast_notices_put (notices, bcast_notice_new ("secret", BCAST_NOTICE_WARNING, error->message));
}

/**
 * bcast_session_notices_tell_secret_missing:
 * @notices: the notices of the window
 * @profile: the open profile
 */
void
bcast_session_notices_tell_secret_missing (GListStore   *notices,
                                           BcastProfile *profile)
{
  g_autofree char *text =
    g_strdup_printf (_("No secret is kept for “%s”. Without it clients can join public channels, but nothing "
                       "can be sent or signed. Enter the secret in the profile."),
                     bcast_profile_get_name (profile));
  BcastNotice *notice = bcast_notice_new (OF_PROFILE "secret", BCAST_NOTICE_WARNING, text);

  add_edit_choice (notice, profile);
  bcast_notices_put (notices, notice);
}

/**
 * bcast_session_notices_tell_open_failed:
 * @notices: the notices of the window
 * @profile: the profile that was to be opened
 * @error: why it could not
 */
void
bcast_session_notices_tell_open_failed (GListStore   *notices,
                                        BcastProfile *profile,
                                        const GError *error)
{
  g_autofree char *text = g_strdup_printf (_("“%s” could not be opened. %s"),
                                           bcast_profile_get_name (profile), error->message);
  BcastNotice *notice = bcast_notice_new (OF_PROFILE "open", BCAST_NOTICE_ERROR, text);

  bcast_notice_add_choice (notice, _("Try Again"), "win.reopen");
  add_edit_choice (notice, profile);
  bcast_notice_set_lasting (notice, TRUE);
  bcast_notices_put (notices, notice);
}

/**
 * bcast_session_notices_tell_unknown_profile:
 * @notices: the notices of the window
 * @id_or_name: what was asked for, in vain
 */
void
bcast_session_notices_tell_unknown_profile (GListStore *notices,
                                            const char *id_or_name)
{
  g_autofree char *text =
    g_strdup_printf (_("There is no profile called “%s”, so the Sandbox was opened. Choose another profile on "
                       "the left of the header."), id_or_name);

  bcast_notices_put (notices, bcast_notice_new (OF_PROFILE "unknown", BCAST_NOTICE_WARNING, text));
}

/**
 * bcast_session_notices_tell_connection:
 * @notices: the notices of the window
 * @error: (nullable): why the connection does not stand; %NULL when it does
 */
void
bcast_session_notices_tell_connection (GListStore *notices,
                                       const char *error)
{
  if (error != NULL)
    bcast_notices_put (notices, bcast_notice_new (OF_PROFILE "connection", BCAST_NOTICE_ERROR, error));
  else
    bcast_notices_withdraw (notices, OF_PROFILE "connection");
}

/**
 * bcast_session_notices_tell_retry:
 * @notices: the notices of the window
 * @retry_us: the monotonic time at which the next client tries to connect, 0 when none does
 */
void
bcast_session_notices_tell_retry (GListStore *notices,
                                  gint64      retry_us)
{
  BcastNotice *notice = bcast_notices_find (notices, OF_PROFILE "connection");

  if (notice != NULL)
    bcast_notice_set_retry_us (notice, retry_us);
}

/**
 * bcast_session_notices_tell_journal:
 * @notices: the notices of the window
 * @error: (nullable): why what happens cannot be written down, %NULL when it can
 */
void
bcast_session_notices_tell_journal (GListStore *notices,
                                    const char *error)
{
  if (error != NULL)
    bcast_notices_put (notices, bcast_notice_new (OF_PROFILE "journal", BCAST_NOTICE_ERROR, error));
  else
    bcast_notices_withdraw (notices, OF_PROFILE "journal");
}

/**
 * bcast_session_notices_tell_clients:
 * @notices: the notices of the window
 * @error: (nullable): why clients cannot be remembered or forgotten, %NULL when they can
 */
void
bcast_session_notices_tell_clients (GListStore   *notices,
                                    const GError *error)
{
  if (error != NULL)
    bcast_notices_put (notices, bcast_notice_new ("clients", BCAST_NOTICE_ERROR, error->message));
  else
    bcast_notices_withdraw (notices, "clients");
}

/**
 * bcast_session_notices_tell_workspace:
 * @notices: the notices of the window
 * @text: a sentence from the workspace
 */
void
bcast_session_notices_tell_workspace (GListStore *notices,
                                      const char *text)
{
  g_autofree char *id = g_strconcat (OF_PROFILE, text, NULL);

  bcast_notices_put (notices, bcast_notice_new (id, BCAST_NOTICE_WARNING, text));
}

/**
 * bcast_session_notices_tell_any_certificate:
 * @notices: the notices of the window
 * @profile: the open profile, which does not verify certificates
 */
void
bcast_session_notices_tell_any_certificate (GListStore   *notices,
                                            BcastProfile *profile)
{
  g_autofree char *text =
    g_strdup_printf (_("“%s” accepts any certificate: whoever is between you and the server can read and change "
                       "everything."),
                     bcast_profile_get_name (profile));
  BcastNotice *notice = bcast_notice_new (OF_PROFILE "certificate", BCAST_NOTICE_WARNING, text);

  add_edit_choice (notice, profile);
  bcast_notice_set_lasting (notice, TRUE);
  bcast_notices_put (notices, notice);
}

/**
 * bcast_session_notices_tell_faults:
 * @notices: the notices of the window
 * @n_faults: how many faults are on in the sandbox; 0 for none
 */
void
bcast_session_notices_tell_faults (GListStore *notices,
                                   guint       n_faults)
{
  g_autofree char *text = NULL;
  BcastNotice *notice;

  if (n_faults == 0)
    {
      bcast_notices_withdraw (notices, OF_PROFILE "faults");
      return;
    }
  text = g_strdup_printf (ngettext ("The sandbox goes wrong on purpose: %u fault is on.",
                                    "The sandbox goes wrong on purpose: %u faults are on.", n_faults), n_faults);
  notice = bcast_notice_new (OF_PROFILE "faults", BCAST_NOTICE_WARNING, text);
  bcast_notice_set_lasting (notice, TRUE);
  bcast_notice_add_choice (notice, _("All Well"), "win.end-faults");
  bcast_notices_put (notices, notice);
}

/**
 * bcast_session_notices_forget_profile:
 * @notices: the notices of the window
 *
 * Takes away what was told about the open profile.
 */
void
bcast_session_notices_forget_profile (GListStore *notices)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (notices)); i > 0; i--)
    {
      g_autoptr(BcastNotice) notice = g_list_model_get_item (G_LIST_MODEL (notices), i - 1);

      if (g_str_has_prefix (bcast_notice_get_id (notice), OF_PROFILE))
        g_list_store_remove (notices, i - 1);
    }
}

/**
 * bcast_session_notices_forget_keyring:
 * @notices: the notices of the window
 *
 * Takes away what was told about keeping secrets.
 */
void
bcast_session_notices_forget_keyring (GListStore *notices)
{
  bcast_notices_withdraw (notices, "keyring");
  bcast_notices_withdraw (notices, "secret");
}
