/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-frame.h"
#include "bcast-hub-private.h"
#include "bcast-json.h"
#include "bcast-json-fields-private.h"
#include "bcast-presence-data.h"
#include "bcast-signature.h"

typedef struct
{
  char *channel;
  char *auth;
  char *channel_data;
} Subscribe;

typedef struct
{
  char *user_id;
  char *user_info;
} Identity;

typedef struct
{
  char *auth;
  char *user_data;
} SignIn;

static void
subscribe_clear (Subscribe *subscribe)
{
  g_free (subscribe->channel);
  g_free (subscribe->auth);
  g_free (subscribe->channel_data);
}

static void
identity_clear (Identity *identity)
{
  g_free (identity->user_id);
  g_free (identity->user_info);
}

static void
sign_in_clear (SignIn *sign_in)
{
  g_free (sign_in->auth);
  g_free (sign_in->user_data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subscribe, subscribe_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, sign_in_clear)

/* What a client sent can be as long as a message; in a sentence its beginning will do. */
static char *
dup_beginning (const char *text)
{
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), BCAST_LIMIT_EVENT_NAME));
}

static gboolean
read_data (BcastFrame            *frame,
           const BcastJsonField  *fields,
           gsize                  n_fields,
           GError               **error)
{
  const char *data = bcast_frame_get_data (frame);

  if (data != NULL)
    return bcast_json_fields_read (data, strlen (data), fields, n_fields, error);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%s” came without data."), bcast_frame_get_event (frame));
  return FALSE;
}

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
                                                            subscribe->channel, subscribe->channel_data);

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

/* Explicit channel_data wins over the user that the socket is signed in as.
 * Source: Channels documentation, “Presence channels”. */
static gboolean
identify (BcastPeer        *self,
          const Subscribe  *subscribe,
          Identity         *identity,
          GError          **error)
{
  gsize length = subscribe->channel_data != NULL ? strlen (subscribe->channel_data) : 0;

  if (length > BCAST_LIMIT_CHANNEL_DATA_BYTES)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("channel_data has %zu bytes, %zu more than the %d that a member may tell about "
                     "itself."), length, length - BCAST_LIMIT_CHANNEL_DATA_BYTES,
                   BCAST_LIMIT_CHANNEL_DATA_BYTES);
      return FALSE;
    }

  if (subscribe->channel_data != NULL)
    return bcast_presence_data_parse (subscribe->channel_data, &identity->user_id,
                                      &identity->user_info, error);

  if (bcast_peer_get_user_id (self) == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                           _("A presence channel must know who subscribes: channel_data is missing, and "
                             "the socket is not signed in."));
      return FALSE;
    }

  identity->user_id = g_strdup (bcast_peer_get_user_id (self));
  identity->user_info = g_strdup (bcast_peer_get_user_info (self));
  return TRUE;
}

static gboolean
try_subscribe (BcastPeer        *self,
               const Subscribe  *subscribe,
               GError          **error)
{
  g_auto(Identity) identity = { NULL, NULL };

  if (!bcast_channel_name_check (subscribe->channel, BCAST_LIMIT_CHANNEL_NAME, error))
    return FALSE;

  BcastChannelType type = bcast_channel_name_find_type (subscribe->channel);

  if (bcast_channel_type_needs_auth (type) && !check_auth (self, subscribe, error))
    return FALSE;
  if (type == BCAST_CHANNEL_SERVER_TO_USER && !check_server_to_user (self, subscribe->channel, error))
    return FALSE;
  if (bcast_channel_type_is_presence (type) && !identify (self, subscribe, &identity, error))
    return FALSE;

  return bcast_hub_subscribe (bcast_peer_get_hub (self), self, subscribe->channel,
                              identity.user_id, identity.user_info, error);
}

static void
handle_subscribe (BcastPeer  *self,
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

  if (!read_data (frame, fields, G_N_ELEMENTS (fields), &error))
    bcast_peer_send_error (self, NULL, 0, error->message);
  else if (subscribe.channel == NULL)
    bcast_peer_send_error (self, NULL, 0, _("“pusher:subscribe” came without a channel."));
  else if (!try_subscribe (self, &subscribe, &error))
    refuse_subscription (self, subscribe.channel, error);
}

static void
handle_unsubscribe (BcastPeer  *self,
                    BcastFrame *frame,
                    gint64      now_us)
{
  g_autofree char *channel = NULL;
  g_autoptr(GError) error = NULL;
  const BcastJsonField fields[] = { { "channel", BCAST_JSON_FIELD_TEXT, &channel }, };

  if (!read_data (frame, fields, G_N_ELEMENTS (fields), &error))
    bcast_peer_send_error (self, NULL, 0, error->message);
  else if (channel != NULL)
    bcast_hub_unsubscribe (bcast_peer_get_hub (self), self, channel);
}

static void
handle_ping (BcastPeer  *self,
             BcastFrame *frame,
             gint64      now_us)
{
  bcast_peer_send_text (self, "{\"event\":\"pusher:pong\",\"data\":\"{}\"}");
}

static void
handle_pong (BcastPeer  *self,
             BcastFrame *frame,
             gint64      now_us)
{
  /* That it came is all there is to know. */
}

static gboolean
try_sign_in (BcastPeer      *self,
             const SignIn   *sign_in,
             GError        **error)
{
  BcastHub *hub = bcast_peer_get_hub (self);
  BcastApp *app = bcast_hub_get_app (hub);
  const char *user_data = sign_in->user_data != NULL ? sign_in->user_data : "";
  g_autofree char *string = bcast_signature_user_string (bcast_peer_get_socket_id (self), user_data);
  g_auto(Identity) identity = { NULL, NULL };
  const BcastJsonField fields[] = {
    { "id", BCAST_JSON_FIELD_TEXT, &identity.user_id },
    { "user_info", BCAST_JSON_FIELD_RAW, &identity.user_info },
  };

  if (!bcast_signature_check_auth (bcast_app_get_key (app), bcast_app_get_secret (app), string,
                                   sign_in->auth, error)
      || !bcast_json_fields_read (user_data, strlen (user_data), fields, G_N_ELEMENTS (fields), error))
    return FALSE;

  if (identity.user_id == NULL || *identity.user_id == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("user_data has no id: a user needs one, and it must be a text."));
      return FALSE;
    }

  return bcast_hub_sign_in (hub, self, identity.user_id, identity.user_info, error);
}

/* Source: Channels documentation, “Pusher Channels Protocol”, section “pusher:signin”. */
static void
handle_sign_in (BcastPeer  *self,
                BcastFrame *frame,
                gint64      now_us)
{
  g_auto(SignIn) sign_in = { NULL, NULL };
  g_autoptr(GError) error = NULL;
  const BcastJsonField fields[] = {
    { "auth", BCAST_JSON_FIELD_TEXT, &sign_in.auth },
    { "user_data", BCAST_JSON_FIELD_TEXT, &sign_in.user_data },
  };

  if (!read_data (frame, fields, G_N_ELEMENTS (fields), &error)
      || !try_sign_in (self, &sign_in, &error))
    {
      bcast_peer_send_error (self, NULL, BCAST_CLOSE_UNAUTHORIZED, error->message);
      return;
    }

  g_autofree char *quoted = bcast_json_quote (sign_in.user_data);
  g_autofree char *data = g_strdup_printf ("{\"user_data\":%s}", quoted);
  g_autofree char *text = bcast_frame_format ("pusher:signin_success", NULL, data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  bcast_peer_send_text (self, text);
}

static gboolean
check_client_event (BcastPeer   *self,
                    BcastFrame  *frame,
                    gint64       now_us,
                    GError     **error)
{
  const char *channel = bcast_frame_get_channel (frame);
  const char *data = bcast_frame_get_data (frame);
  gsize size = data != NULL ? strlen (data) : 0;
  g_autofree char *shown = channel != NULL ? dup_beginning (channel) : NULL;

  if (channel == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("A client event came without a channel."));
  else if (!bcast_channel_type_has_client_events (bcast_channel_name_find_type (channel)))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("Client events are only for private and presence channels, and “%s” is neither."), shown);
  else if (!g_hash_table_contains (bcast_peer_get_subscriptions (self), channel))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                 _("A client event for “%s” was refused: this socket is not subscribed to it."), shown);
  else if (size > BCAST_LIMIT_DATA_BYTES)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The data of the client event has %zu bytes, %zu more than the %d that an event may "
                   "have."), size, size - BCAST_LIMIT_DATA_BYTES, BCAST_LIMIT_DATA_BYTES);
  else if (!bcast_event_name_check (bcast_frame_get_event (frame), error))
    return FALSE;
  else if (!bcast_peer_take_client_event (self, now_us))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_BUSY,
                 _("Client event rejected due to rate limit: a socket may send %d in a second."),
                 BCAST_LIMIT_CLIENT_EVENTS_PER_S);
  else
    return TRUE;

  return FALSE;
}

/* 4301 comes as a message and never closes: pusher-js would not reconnect after it.
 * Source: Channels documentation, “Events”, section “Triggering client events”. */
static void
handle_client_event (BcastPeer  *self,
                     BcastFrame *frame,
                     gint64      now_us)
{
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  const BcastJsonField fields[] = { { "data", BCAST_JSON_FIELD_RAW, &data }, };
  gsize length;
  const char *raw = bcast_frame_get_raw (frame, &length);

  if (!check_client_event (self, frame, now_us, &error)
      || !bcast_json_fields_read (raw, length, fields, G_N_ELEMENTS (fields), &error))
    {
      bcast_peer_send_error (self, bcast_frame_get_channel (frame),
                             error->code == BCAST_ERROR_UNAUTHORIZED
                             ? BCAST_CLOSE_UNAUTHORIZED : BCAST_CLOSE_CLIENT_EVENT_REFUSED,
                             error->message);
      return;
    }

  BcastHub *hub = bcast_peer_get_hub (self);

  bcast_hub_relay (hub, bcast_hub_find_channel (hub, bcast_frame_get_channel (frame)), self,
                   bcast_frame_get_event (frame), data);
}

static const struct
{
  const char *event;
  void      (*handle) (BcastPeer  *self,
                       BcastFrame *frame,
                       gint64      now_us);
} handlers[] = {
  { "pusher:subscribe", handle_subscribe },
  { "pusher:unsubscribe", handle_unsubscribe },
  { "pusher:ping", handle_ping },
  { "pusher:pong", handle_pong },
  { "pusher:signin", handle_sign_in },
};

/**
 * bcast_peer_handle_message:
 * @self: a peer
 * @text: (array length=length): a message from its client
 * @length: its length in bytes
 * @now_us: the monotonic clock
 *
 * Does what the message asks for, or says why not. Nothing that a client sends ends the connection.
 */
void
bcast_peer_handle_message (BcastPeer  *self,
                           const char *text,
                           gsize       length,
                           gint64      now_us)
{
  g_return_if_fail (BCAST_IS_PEER (self) && text != NULL);

  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFrame) frame = bcast_frame_parse (text, length, &error);

  if (frame == NULL)
    {
      bcast_peer_send_error (self, NULL, 0, error->message);
      return;
    }

  const char *event = bcast_frame_get_event (frame);

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (strcmp (event, handlers[i].event) == 0)
      {
        handlers[i].handle (self, frame, now_us);
        return;
      }

  if (bcast_event_name_is_client (event))
    {
      handle_client_event (self, frame, now_us);
      return;
    }

  g_autofree char *shown = dup_beginning (event);
  g_autofree char *message = g_strdup_printf (_("The event “%s” is not one that a client can send. "
                                                "Client events begin with “client-”."), shown);
  bcast_peer_send_error (self, NULL, 0, message);
}
