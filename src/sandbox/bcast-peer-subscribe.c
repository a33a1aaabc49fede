/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-messages-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-error.h"
#include "bcast-hub-private.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"
#include "bcast-signature.h"

typedef struct
{
  char *channel;
  char *auth;
  char *channel_data;
} Subscribe;

static void
subscribe_clear (Subscribe *subscribe)
{
  g_free (subscribe->channel);
  g_free (subscribe->auth);
  g_free (subscribe->channel_data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subscribe, subscribe_clear)

/*
 * Says no twice, because pusher-js listens in two places and an app may look in either:
 * `pusher:subscription_error` (soketi's way) reaches what the app bound on the channel, with the
 * shape of the error that pusher-js makes itself when an authorize route refuses; `pusher:error`
 * (hosted Pusher's way) reaches the connection's `error` event, which pusher-js also logs when
 * nobody is bound. Neither of them lets pusher-js forget that the subscription is pending, so the
 * second does no harm. The channel's comes first, and the other names the channel as well, so that
 * a client does not take the two for the refusal of two subscriptions.
 */
static void
refuse_subscription (BcastPeer    *self,
                     const char   *channel,
                     const GError *error)
{
  g_autofree char *quoted = bcast_json_quote (error->message);
  g_autofree char *data = NULL;
  g_autofree char *text = NULL;
  const char *type = "InvalidSubscription";
  int status = 400;
  int code = 0;

  if (error->code == BCAST_ERROR_UNAUTHORIZED)
    {
      type = "AuthError";
      status = 401;
      code = BCAST_CLOSE_UNAUTHORIZED;
    }
  else if (error->code == BCAST_ERROR_BUSY || error->code == BCAST_ERROR_TOO_LARGE)
    {
      type = "LimitReached";
      status = code = BCAST_CLOSE_OVER_CAPACITY;
    }

  data = g_strdup_printf ("{\"type\":\"%s\",\"error\":%s,\"status\":%d}", type, quoted, status);
  text = bcast_frame_format ("pusher:subscription_error", channel, data, BCAST_FRAME_DATA_JSON, NULL);
  bcast_peer_send_text (self, text);
  bcast_peer_send_error (self, channel, code, error->message);
}

static gboolean
check_auth (BcastPeer        *self,
            const Subscribe  *subscribe,
            GError          **error)
{
  BcastApp *app = bcast_hub_get_app (bcast_peer_get_hub (self));
  g_autofree char *string = bcast_signature_channel_string (bcast_peer_get_socket_id (self),
                                                            subscribe->channel,
                                                            subscribe->channel_data);

  return bcast_signature_check_auth (bcast_app_get_key (app), bcast_app_get_secret (app),
                                     string, subscribe->auth, error);
}

static gboolean
check_server_to_user (BcastPeer   *self,
                      const char  *channel,
                      GError     **error)
{
  const char *user_id = bcast_peer_get_user_id (self);

  if (user_id != NULL && strcmp (user_id, bcast_channel_name_skip_prefix (channel)) == 0)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
               _("“%s” is only for a socket that is signed in as that user."), channel);
  return FALSE;
}

/* A member is known to the others by its id: to let in another one than was signed would mix them up. */
static gboolean
check_member_id (const char  *channel_data,
                 GError     **error)
{
  g_autofree char *user_id = NULL;
  const BcastJsonField fields[] = { { "user_id", BCAST_JSON_FIELD_ID, &user_id }, };

  return bcast_json_fields_read (channel_data, strlen (channel_data), fields, G_N_ELEMENTS (fields), error);
}

/* Explicit channel_data wins over the user that the socket is signed in as.
 * Source: Channels documentation, “Presence channels”. */
static gboolean
identify (BcastPeer        *self,
          const Subscribe  *subscribe,
          char            **user_id,
          char            **user_info,
          GError          **error)
{
  const char *known_id = bcast_peer_get_user_id (self);
  const char *known_info = bcast_peer_get_user_info (self);
  g_autofree char *known = known_id != NULL ? bcast_presence_data_format (known_id, known_info) : NULL;
  const char *data = subscribe->channel_data != NULL ? subscribe->channel_data : known;
  gsize length = data != NULL ? strlen (data) : 0;

  if (data == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                           _("A presence channel must know who subscribes: channel_data is missing, "
                             "and the socket is not signed in."));
      return FALSE;
    }

  if (length > BCAST_LIMIT_CHANNEL_DATA_BYTES)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("channel_data has %zu bytes, %zu more than the %d that a member may tell about "
                     "itself."), length, length - BCAST_LIMIT_CHANNEL_DATA_BYTES,
                   BCAST_LIMIT_CHANNEL_DATA_BYTES);
      return FALSE;
    }

  return bcast_presence_data_parse (data, user_id, user_info, error) && check_member_id (data, error);
}

static gboolean
try_subscribe (BcastPeer        *self,
               const Subscribe  *subscribe,
               GError          **error)
{
  g_autofree char *user_id = NULL;
  g_autofree char *user_info = NULL;

  if (!bcast_channel_name_check (subscribe->channel, BCAST_LIMIT_CHANNEL_NAME, error))
    return FALSE;

  BcastChannelType type = bcast_channel_name_find_type (subscribe->channel);

  if (bcast_channel_type_needs_auth (type) && !check_auth (self, subscribe, error))
    return FALSE;
  if (type == BCAST_CHANNEL_SERVER_TO_USER && !check_server_to_user (self, subscribe->channel, error))
    return FALSE;
  if (bcast_channel_type_is_presence (type) && !identify (self, subscribe, &user_id, &user_info, error))
    return FALSE;

  return bcast_hub_subscribe (bcast_peer_get_hub (self), self, subscribe->channel,
                              user_id, user_info, error);
}

/**
 * bcast_peer_handle_subscribe:
 * @self: a peer
 * @frame: a `pusher:subscribe`
 * @now_us: the monotonic clock
 *
 * Subscribes, or says why not.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Subscription events”.
 */
void
bcast_peer_handle_subscribe (BcastPeer  *self,
                             BcastFrame *frame,
                             gint64      now_us)
{
  g_auto(Subscribe) subscribe = { NULL, NULL, NULL };
  g_autoptr(GError) error = NULL;
  const BcastJsonField fields[] = {
    { "channel", BCAST_JSON_FIELD_TEXT, &subscribe.channel },
    { "auth", BCAST_JSON_FIELD_TEXT, &subscribe.auth },
    { "channel_data", BCAST_JSON_FIELD_TEXT, &subscribe.channel_data },
  };

  if (!bcast_peer_read_data (frame, fields, G_N_ELEMENTS (fields), &error))
    bcast_peer_send_error (self, NULL, 0, error->message);
  else if (subscribe.channel == NULL)
    bcast_peer_send_error (self, NULL, 0, _("“pusher:subscribe” came without a channel."));
  else if (!try_subscribe (self, &subscribe, &error))
    refuse_subscription (self, subscribe.channel, error);
}

/**
 * bcast_peer_handle_unsubscribe:
 * @self: a peer
 * @frame: a `pusher:unsubscribe`
 * @now_us: the monotonic clock
 *
 * Nothing is answered, since the protocol has no answer.
 */
void
bcast_peer_handle_unsubscribe (BcastPeer  *self,
                               BcastFrame *frame,
                               gint64      now_us)
{
  g_autofree char *channel = NULL;
  g_autoptr(GError) error = NULL;
  const BcastJsonField fields[] = { { "channel", BCAST_JSON_FIELD_TEXT, &channel }, };

  if (!bcast_peer_read_data (frame, fields, G_N_ELEMENTS (fields), &error))
    bcast_peer_send_error (self, NULL, 0, error->message);
  else if (channel != NULL)
    bcast_hub_unsubscribe (bcast_peer_get_hub (self), self, channel);
}
