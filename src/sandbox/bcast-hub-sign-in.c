/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-error.h"
#include "bcast-frame.h"
#include "bcast-watchlist.h"

/* Tells those who watch @user_id that the user has come or gone. */
static void
tell_watchers (BcastHub   *self,
               const char *user_id,
               gboolean    is_online)
{
  g_autoptr(GPtrArray) watchers = bcast_hub_users_list_watchers (bcast_hub_get_users (self), user_id);
  const char * const changed[] = { user_id, NULL };
  const char * const none[] = { NULL };

  if (watchers->len == 0)
    return;

  g_autofree char *text = bcast_watchlist_format_events (is_online ? changed : none,
                                                  is_online ? none : changed);

  for (guint i = 0; i < watchers->len; i++)
    bcast_peer_send_text (watchers->pdata[i], text);
}

/**
 * bcast_hub_sign_in:
 * @self: a hub
 * @peer: whose user is known now
 * @user_id: who it is
 * @user_info: (nullable): what is known of the user, as JSON
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE for an id that no user can have,
 *   %BCAST_ERROR_FORBIDDEN when @peer is another user already
 *
 * From now on @peer gets what is sent to the user. Those who watch the user learn of the first socket.
 * Source: Channels documentation, “Authenticating users”, “Sending events to users” and “Watchlist
 * events”.
 *
 * Returns: whether @peer is signed in
 */
gboolean
bcast_hub_sign_in (BcastHub    *self,
                   BcastPeer   *peer,
                   const char  *user_id,
                   const char  *user_info,
                   GError     **error)
{
  g_return_val_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer) && user_id != NULL, FALSE);

  const char *present = bcast_peer_get_user_id (peer);

  if (present != NULL && strcmp (present, user_id) != 0)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN,
                   _("This socket is signed in as “%s” already. Connect anew to be somebody else."),
                   present);
      return FALSE;
    }

  if (!bcast_user_id_check (user_id, error))
    return FALSE;

  gboolean is_first = present == NULL
                      && bcast_hub_users_add (bcast_hub_get_users (self), user_id, peer);

  bcast_peer_set_user (peer, user_id, user_info);
  if (present == NULL)
    bcast_hub_join_user (self, peer, user_id);
  if (is_first)
    tell_watchers (self, user_id, TRUE);
  return TRUE;
}

/**
 * bcast_hub_watch:
 * @self: a hub
 * @peer: a socket that is signed in
 * @user_ids: (array zero-terminated=1): its watchlist, in place of the one it had
 *
 * Tells @peer who of them is online and who is not, and from now on who comes and goes.
 * Source: Channels documentation, “Watchlist events”.
 */
void
bcast_hub_watch (BcastHub           *self,
                 BcastPeer          *peer,
                 const char * const *user_ids)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer) && user_ids != NULL);

  BcastHubUsers *users = bcast_hub_get_users (self);
  g_autoptr(GPtrArray) online = g_ptr_array_new ();
  g_autoptr(GPtrArray) offline = g_ptr_array_new ();

  bcast_hub_users_watch (users, peer, user_ids);
  if (user_ids[0] == NULL)
    return;

  for (guint i = 0; user_ids[i] != NULL; i++)
    g_ptr_array_add (bcast_hub_users_is_online (users, user_ids[i]) ? online : offline,
                     (char *) user_ids[i]);
  g_ptr_array_add (online, NULL);
  g_ptr_array_add (offline, NULL);

  g_autofree char *text = bcast_watchlist_format_events ((const char * const *) online->pdata,
                                                  (const char * const *) offline->pdata);

  bcast_peer_send_text (peer, text);
}

/**
 * bcast_hub_sign_out:
 * @self: a hub
 * @peer: a socket that is gone, signed in or not
 *
 * Those who watch its user learn that the last socket is gone.
 */
void
bcast_hub_sign_out (BcastHub  *self,
                    BcastPeer *peer)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer));

  BcastHubUsers *users = bcast_hub_get_users (self);
  const char *user_id = bcast_peer_get_user_id (peer);

  bcast_hub_users_unwatch (users, peer);
  if (user_id != NULL && bcast_hub_users_remove (users, user_id, peer))
    tell_watchers (self, user_id, FALSE);
}

/**
 * bcast_hub_terminate_user:
 * @self: a hub
 * @user_id: a user
 *
 * Closes every socket that is signed in as @user_id. Members of presence channels who did not sign in
 * are none of them. Says it twice, as soketi does: in a message and with the close code.
 * Source: Channels documentation, “HTTP API”, section “Terminating user connections”.
 */
void
bcast_hub_terminate_user (BcastHub   *self,
                          const char *user_id)
{
  g_return_if_fail (BCAST_IS_HUB (self) && user_id != NULL);

  g_autoptr(GPtrArray) sockets = bcast_hub_users_list_sockets (bcast_hub_get_users (self), user_id);
  const char *reason = _("You got disconnected by the app.");
  g_autofree char *text = bcast_frame_format_error (BCAST_CLOSE_UNAUTHORIZED, reason);

  for (guint i = 0; i < sockets->len; i++)
    {
      bcast_peer_send_text (sockets->pdata[i], text);
      bcast_peer_close (sockets->pdata[i], BCAST_CLOSE_UNAUTHORIZED, reason);
    }
}
