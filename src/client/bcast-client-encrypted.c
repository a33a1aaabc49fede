/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-secret-box.h"
#include "bcast-subscription-private.h"

#define MOST_SEALED_BYTES (4 * 1024 * 1024)      /* of frames that wait for another key */
#define REKEY_EVERY_US    (10 * G_USEC_PER_SEC)  /* nonsense must not make us ask for keys all the time */

/* A frame that waits for a key. */
typedef struct
{
  BcastFrame *frame;
  gint64      received_us;
} Sealed;

static void
sealed_free (gpointer data)
{
  Sealed *sealed = data;

  bcast_frame_unref (sealed->frame);
  g_free (sealed);
}

static void
sealed_queue_free (GQueue *queue)
{
  g_queue_free_full (queue, sealed_free);
}

/* Takes the key of an encrypted channel from what the authorizer answered. Source: Channels
 * documentation, “Encrypted channels”. */
gboolean
bcast_hold_take_key (BcastHold   *hold,
                     const char  *shared_secret,
                     GError     **error)
{
  g_autoptr(GBytes) key = NULL;
  g_autoptr(GError) problem = NULL;

  if (shared_secret == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                   _("“%s” was signed without shared_secret, the key of an encrypted channel. Have the "
                     "authorizer add it: the server library makes it from the encryption master key."),
                   hold->channel);
      return FALSE;
    }

  key = bcast_secret_box_parse_key (shared_secret, &problem);
  if (key == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                   _("The shared_secret for “%s” is no key: it must be 32 bytes in base64."), hold->channel);
      return FALSE;
    }

  g_clear_pointer (&hold->key, g_bytes_unref);
  hold->key = g_steal_pointer (&key);
  return TRUE;
}

/* The subscription is over, and its key with it: the next one is signed anew. */
void
bcast_hold_forget_key (BcastHold *hold)
{
  g_clear_pointer (&hold->key, g_bytes_unref);
  g_clear_pointer (&hold->sealed, sealed_queue_free);
  hold->sealed_bytes = 0;
  hold->rekeyed_us = 0;
  hold->sealed_told = FALSE;
}

static gboolean
is_subscribed (BcastHold *hold)
{
  return hold->subscription != NULL
         && bcast_subscription_get_state (hold->subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED;
}

static void
set_problem (BcastHold    *hold,
             const GError *problem)
{
  g_autoptr(BcastSubscription) subscription = g_object_ref (hold->subscription);

  bcast_subscription_set_problem (subscription, problem);
  bcast_client_emit_subscription_changed (hold->client, subscription);
}

/* Shows what came although it cannot be read, and says why once. */
static void
deliver_sealed (BcastHold    *hold,
                BcastFrame   *frame,
                gint64        received_us,
                const GError *cause)
{
  BcastClient *self = hold->client;
  g_autofree char *channel = g_strdup (hold->channel);
  gboolean is_told = hold->sealed_told;
  g_autoptr(GError) error = g_error_new (BCAST_ERROR, cause->code, _("An event on “%s” stays encrypted. %s"),
                                         channel, cause->message);

  hold->sealed_told = TRUE;
  bcast_client_emit_event (self, frame, received_us);
  if (is_told)
    return;

  hold = bcast_client_find_hold (self, channel);
  if (hold != NULL && is_subscribed (hold))
    set_problem (hold, error);
  bcast_client_report (self, error);
}

static void
deliver_open (BcastHold  *hold,
              BcastFrame *frame,
              gint64      received_us,
              const char *plain)
{
  g_autoptr(BcastFrame) opened = bcast_frame_new_with_data (frame, plain);
  BcastClient *self = hold->client;

  if (hold->sealed_told)
    {
      g_autofree char *channel = g_strdup (hold->channel);

      hold->sealed_told = FALSE;
      if (is_subscribed (hold))
        set_problem (hold, NULL);
      if (bcast_client_find_hold (self, channel) != hold)
        return;
    }
  bcast_client_emit_event (self, opened, received_us);
}

typedef struct
{
  BcastHold    *hold; /* gone once @cancellable is cancelled */
  GCancellable *cancellable;
} Rekeying;

static void open_frame (BcastHold  *hold,
                        BcastFrame *frame,
                        gint64      received_us,
                        gboolean    may_ask);

/* With a new key, or without one, what waited is told at last. No frame is asked for twice, however long
 * the answer took. */
static void
release_sealed (BcastHold    *hold,
                const GError *error)
{
  g_autoptr(BcastClient) self = g_object_ref (hold->client);
  g_autofree char *channel = g_strdup (hold->channel);
  GQueue *queue = g_steal_pointer (&hold->sealed);
  guint epoch = self->epoch;
  Sealed *sealed;

  hold->sealed_bytes = 0;
  while (epoch == self->epoch && (sealed = g_queue_pop_head (queue)) != NULL)
    {
      hold = bcast_client_find_hold (self, channel);
      if (hold != NULL && is_subscribed (hold) && error != NULL)
        deliver_sealed (hold, sealed->frame, sealed->received_us, error);
      else if (hold != NULL && is_subscribed (hold))
        open_frame (hold, sealed->frame, sealed->received_us, FALSE);
      sealed_free (sealed);
    }
  sealed_queue_free (queue);
}

static void
rekeyed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Rekeying *rekeying = user_data;
  g_autoptr(GCancellable) cancellable = rekeying->cancellable;
  BcastHold *hold = rekeying->hold;
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastAuthorization) authorization = NULL;

  authorization = bcast_authorizer_authorize_finish (BCAST_AUTHORIZER (object), result, &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;

  g_clear_object (&hold->authorizing);
  if (authorization != NULL)
    bcast_hold_take_key (hold, authorization->shared_secret, &error);
  release_sealed (hold, error);
}

/* The key may have been changed since: another one is asked for before anything is given up.
 * Source: pusher-js, EncryptedChannel.handleEncryptedEvent. */
static void
ask_for_key (BcastHold *hold)
{
  BcastClient *self = hold->client;
  Rekeying *rekeying = g_new0 (Rekeying, 1);

  hold->sealed = g_queue_new ();
  hold->rekeyed_us = g_get_monotonic_time ();
  hold->authorizing = g_cancellable_new ();
  rekeying->hold = hold;
  rekeying->cancellable = g_object_ref (hold->authorizing);
  bcast_authorizer_authorize_async (self->authorizer, self->socket_id, hold->channel, self->user_id,
                                    self->user_info, hold->authorizing, rekeyed_cb, rekeying);
}

static gboolean
may_ask_for_key (BcastHold *hold)
{
  return is_subscribed (hold) && hold->authorizing == NULL && hold->client->authorizer != NULL
         && (hold->rekeyed_us == 0 || g_get_monotonic_time () - hold->rekeyed_us >= REKEY_EVERY_US);
}

static gboolean
keep_sealed (BcastHold  *hold,
             BcastFrame *frame,
             gint64      received_us)
{
  gsize length;

  bcast_frame_get_raw (frame, &length);
  if (hold->sealed_bytes + length > MOST_SEALED_BYTES)
    return FALSE;

  Sealed *sealed = g_new0 (Sealed, 1);

  sealed->frame = bcast_frame_ref (frame);
  sealed->received_us = received_us;
  hold->sealed_bytes += length;
  g_queue_push_tail (hold->sealed, sealed);
  return TRUE;
}

static void
open_frame (BcastHold  *hold,
            BcastFrame *frame,
            gint64      received_us,
            gboolean    may_ask)
{
  const char *data = bcast_frame_get_data (frame);
  g_autofree char *plain = NULL;
  g_autoptr(GError) error = NULL;

  if (hold->key == NULL)
    return;
  if (hold->sealed != NULL && keep_sealed (hold, frame, received_us))
    return;

  plain = bcast_secret_box_open (hold->key, data != NULL ? data : "", &error);
  if (plain != NULL)
    {
      deliver_open (hold, frame, received_us, plain);
      return;
    }

  if (may_ask && g_error_matches (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED) && may_ask_for_key (hold))
    {
      ask_for_key (hold);
      keep_sealed (hold, frame, received_us);
      return;
    }
  deliver_sealed (hold, frame, received_us, error);
}

/* An event came on an encrypted channel that is wanted: emits it with the plain data, and with the
 * exact bytes that came. Without a key there was no subscription, and the event is not for us. */
void
bcast_hold_open (BcastHold  *hold,
                 BcastFrame *frame,
                 gint64      received_us)
{
  open_frame (hold, frame, received_us, TRUE);
}
