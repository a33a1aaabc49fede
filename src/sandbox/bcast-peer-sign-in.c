/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-messages-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-error.h"
#include "bcast-hub-private.h"
#include "bcast-json.h"
#include "bcast-signature.h"
#include "bcast-watchlist.h"

typedef struct
{
  char  *id;
  char  *info;
  char **watchlist;
  guint  n_watched; /* how many the watchlist had before it was cut */
} User;

static void
user_clear (User *user)
{
  g_free (user->id);
  g_free (user->info);
  g_strfreev (user->watchlist);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (User, user_clear)

static gboolean
read_user (const char  *user_data,
           User        *user,
           GError     **error)
{
  g_autofree char *watchlist = NULL;
  const BcastJsonField fields[] = {
    { "id", BCAST_JSON_FIELD_TEXT, &user->id },
    { "user_info", BCAST_JSON_FIELD_RAW, &user->info },
    { "watchlist", BCAST_JSON_FIELD_RAW, &watchlist },
  };

  if (!bcast_json_fields_read (user_data, strlen (user_data), fields, G_N_ELEMENTS (fields), error))
    return FALSE;

  if (user->id == NULL || *user->id == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("user_data has no id: a user needs one, and it must be a text."));
      return FALSE;
    }

  user->watchlist = bcast_watchlist_parse (watchlist != NULL ? watchlist : "[]", &user->n_watched, error);
  return user->watchlist != NULL;
}

static gboolean
try_sign_in (BcastPeer   *self,
             const char  *auth,
             const char  *user_data,
             User        *user,
             GError     **error)
{
  BcastHub *hub = bcast_peer_get_hub (self);
  BcastApp *app = bcast_hub_get_app (hub);
  g_autofree char *string = bcast_signature_user_string (bcast_peer_get_socket_id (self), user_data);

  return bcast_signature_check_auth (bcast_app_get_key (app), bcast_app_get_secret (app), string,
                                     auth, error)
         && read_user (user_data, user, error)
         && bcast_hub_sign_in (hub, self, user->id, user->info, error);
}

static void
send_success (BcastPeer  *self,
              const char *user_data)
{
  g_autofree char *quoted = bcast_json_quote (user_data);
  g_autofree char *data = g_strdup_printf ("{\"user_data\":%s}", quoted);
  g_autofree char *text = bcast_frame_format ("pusher:signin_success", NULL, data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  bcast_peer_send_text (self, text);
}

/* Only a message: who is watched too much is signed in all the same. */
static void
warn_of_cut (BcastPeer *self,
             guint      n_watched)
{
  g_autofree char *message = NULL;

  if (n_watched <= BCAST_LIMIT_WATCHLIST)
    return;

  message = g_strdup_printf (_("The watchlist has %u users, %u more than the %d that it may have. "
                               "Those behind are not watched."),
                             n_watched, n_watched - BCAST_LIMIT_WATCHLIST, BCAST_LIMIT_WATCHLIST);
  bcast_peer_send_error (self, NULL, BCAST_CLOSE_WATCHLIST_TOO_LONG, message);
}

/**
 * bcast_peer_handle_sign_in:
 * @self: a peer
 * @frame: a `pusher:signin`
 * @now_us: the monotonic clock
 *
 * Binds the socket to a user, or says why not.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “pusher:signin”.
 */
void
bcast_peer_handle_sign_in (BcastPeer  *self,
                           BcastFrame *frame,
                           gint64      now_us)
{
  g_autofree char *auth = NULL;
  g_autofree char *user_data = NULL;
  g_auto(User) user = { NULL, NULL, NULL, 0 };
  g_autoptr(GError) error = NULL;
  const BcastJsonField fields[] = {
    { "auth", BCAST_JSON_FIELD_TEXT, &auth },
    { "user_data", BCAST_JSON_FIELD_TEXT, &user_data },
  };

  if (!bcast_peer_read_data (frame, fields, G_N_ELEMENTS (fields), &error)
      || !try_sign_in (self, auth, user_data != NULL ? user_data : "", &user, &error))
    {
      bcast_peer_send_error (self, NULL, BCAST_CLOSE_UNAUTHORIZED, error->message);
      return;
    }

  send_success (self, user_data);
  warn_of_cut (self, user.n_watched);
  bcast_hub_watch (bcast_peer_get_hub (self), self, (const char * const *) user.watchlist);
  bcast_hub_meet_faults (bcast_peer_get_hub (self), self);
}
