/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-messages-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-error.h"
#include "bcast-hub-private.h"
#include "bcast-json.h"
#include "bcast-signature.h"

static gboolean
try_sign_in (BcastPeer   *self,
             const char  *auth,
             const char  *user_data,
             GError     **error)
{
  BcastHub *hub = bcast_peer_get_hub (self);
  BcastApp *app = bcast_hub_get_app (hub);
  g_autofree char *string = bcast_signature_user_string (bcast_peer_get_socket_id (self), user_data);
  g_autofree char *user_id = NULL;
  g_autofree char *user_info = NULL;
  const BcastJsonField fields[] = {
    { "id", BCAST_JSON_FIELD_TEXT, &user_id },
    { "user_info", BCAST_JSON_FIELD_RAW, &user_info },
  };

  if (!bcast_signature_check_auth (bcast_app_get_key (app), bcast_app_get_secret (app), string,
                                   auth, error)
      || !bcast_json_fields_read (user_data, strlen (user_data), fields, G_N_ELEMENTS (fields), error))
    return FALSE;

  if (user_id == NULL || *user_id == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("user_data has no id: a user needs one, and it must be a text."));
      return FALSE;
    }

  return bcast_hub_sign_in (hub, self, user_id, user_info, error);
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
  g_autoptr(GError) error = NULL;
  const BcastJsonField fields[] = {
    { "auth", BCAST_JSON_FIELD_TEXT, &auth },
    { "user_data", BCAST_JSON_FIELD_TEXT, &user_data },
  };

  if (!bcast_peer_read_data (frame, fields, G_N_ELEMENTS (fields), &error)
      || !try_sign_in (self, auth, user_data != NULL ? user_data : "", &error))
    {
      bcast_peer_send_error (self, NULL, BCAST_CLOSE_UNAUTHORIZED, error->message);
      return;
    }

  g_autofree char *quoted = bcast_json_quote (user_data);
  g_autofree char *data = g_strdup_printf ("{\"user_data\":%s}", quoted);
  g_autofree char *text = bcast_frame_format ("pusher:signin_success", NULL, data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  bcast_peer_send_text (self, text);
}
