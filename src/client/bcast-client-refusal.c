/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-refusal-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-server-words-private.h"

typedef struct
{
  int      number;
  gboolean is_limit; /* soketi's "LimitReached", which comes with 4009 as well */
} Reason;

static gboolean
take_reason (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Reason *reason = user_data;

  if (value->type == BCAST_JSON_NUMBER
      && (bcast_json_span_equals (key, "status") || bcast_json_span_equals (key, "code")))
    reason->number = (int) CLAMP (g_ascii_strtoll (value->start, NULL, 10), 0, 9999);
  else if (bcast_json_span_equals (key, "type"))
    reason->is_limit = bcast_json_span_equals (value, "LimitReached");
  return TRUE;
}

/* HTTP statuses are what soketi and pusher-js give, close codes what the others do. */
static BcastError
get_error_code (int number)
{
  if (number == 401)
    return BCAST_ERROR_UNAUTHORIZED;
  if (number == 403)
    return BCAST_ERROR_FORBIDDEN;
  return number >= 4000 ? bcast_close_code_get_error (number) : BCAST_ERROR_REFUSED;
}

/* The error of a pusher:subscription_error for @channel, or of a pusher:error that turned out to be
 * about it. */
GError *
bcast_refusal_new (const char *channel,
                   BcastFrame *frame)
{
  const char *data = bcast_frame_get_data (frame);
  g_autofree char *words = bcast_server_words_find (data);
  Reason reason = { 0 };

  if (data != NULL)
    bcast_json_scan_object (data, strlen (data), take_reason, &reason, NULL, NULL);
  if (words == NULL && reason.number == 0)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_REFUSED,
                        _("The server refused “%s” and gave no reason. Its own log may tell more."), channel);
  if (words == NULL)
    words = g_strdup (_("no reason given"));

  int number = reason.number;
  BcastError code = get_error_code (number);

  if (reason.is_limit)
    return g_error_new (BCAST_ERROR, code == BCAST_ERROR_UNAUTHORIZED ? BCAST_ERROR_TOO_LARGE : code,
                        _("“%s” is over a limit of the server: %s (code %d). Stay below it, or raise it where the "
                          "server is configured."), channel, words, number);
  if (code == BCAST_ERROR_UNAUTHORIZED)
    return g_error_new (BCAST_ERROR, code,
                        _("The server did not accept the signature for “%s”: %s (code %d). Check the "
                          "secret in the profile, or who signs."), channel, words, number);
  if (code == BCAST_ERROR_FORBIDDEN)
    return g_error_new (BCAST_ERROR, code,
                        _("The server refused “%s”: %s (code %d). This user may not join it: see the rules that "
                          "your app has for the channel."), channel, words, number);
  if (number == 0)
    return g_error_new (BCAST_ERROR, code,
                        _("The server refused “%s”: “%s”. Its own log may tell more."), channel, words);
  return g_error_new (BCAST_ERROR, code, _("The server refused “%s”: %s (code %d)"), channel, words, number);
}

static gboolean
is_about_authorization (int         code,
                        const char *words)
{
  if (code != 0)
    return code == BCAST_CLOSE_UNAUTHORIZED || code == 401 || code == 403;

  /* Hosted Pusher and its older kin give no code but name the signature. */
  g_autofree char *folded = g_utf8_casefold (words, (gssize) strnlen (words, 1000));

  return strstr (folded, "signature") != NULL || strstr (folded, "auth") != NULL;
}

static GPtrArray *
find_pending (BcastClient *self)
{
  GPtrArray *pending = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->holds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BcastHold *hold = value;

      if (bcast_channel_type_needs_auth (hold->type) && bcast_hold_is_pending (hold))
        g_ptr_array_add (pending, g_strdup (hold->channel));
    }
  return pending;
}

static GError *
make_sign_in_refusal (BcastFrame *frame)
{
  g_autofree char *words = bcast_server_words_find (bcast_frame_get_data (frame));

  if (words == NULL)
    return g_error_new_literal (BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                                _("The server refused the sign-in and gave no reason. Check the secret in the "
                                  "profile, or who signs."));
  return g_error_new (BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                      _("The server refused the sign-in: “%s”. Check the secret in the profile, or who signs."),
                      words);
}

/* Reverb, Sockudo and others refuse a signature without naming what it was for. Each such error belongs
 * to the sign-in or one of the subscriptions that wait for an answer; once there are as many errors as
 * wait, all of these are refused. Where none waits the errors are about something else. */
void
bcast_client_settle_refusals (BcastClient *self)
{
  if (self->refusals->len == 0)
    return;

  g_autoptr(GPtrArray) pending = find_pending (self);
  guint epoch = self->epoch;
  gboolean signs_in = bcast_client_sign_in_is_asked (self);

  if (self->refusals->len < pending->len + (signs_in ? 1 : 0))
    return;

  g_autoptr(GPtrArray) frames = g_steal_pointer (&self->refusals);

  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_frame_unref);
  for (guint i = 0; i < pending->len; i++)
    {
      const char *channel = g_ptr_array_index (pending, i);
      g_autoptr(GError) error = bcast_refusal_new (channel, g_ptr_array_index (frames, i));
      BcastHold *hold = bcast_client_find_hold (self, channel);

      if (hold != NULL && bcast_hold_is_pending (hold))
        bcast_hold_refuse (hold, error);
    }
  if (signs_in && epoch == self->epoch)
    {
      g_autoptr(GError) error = make_sign_in_refusal (g_ptr_array_index (frames, pending->len));

      bcast_client_sign_in_refuse (self, error);
    }
}

/* A server that knows no sign-in answers it as it does any message that it does not understand; Reverb
 * with code 4200. Source: laravel/reverb, Server.php. */
static gboolean
is_sign_in_unknown (BcastClient *self,
                    const char  *channel,
                    int          code)
{
  return channel == NULL && code == BCAST_CLOSE_RECONNECT && bcast_client_sign_in_is_asked (self);
}

static void
refuse_unknown_sign_in (BcastClient *self,
                        const char  *words)
{
  g_autofree char *clean = bcast_server_words_clean (words);
  g_autoptr(GError) error = g_error_new (BCAST_ERROR, BCAST_ERROR_REFUSED,
                                         _("The server does not know how to sign a user in. It says: %s"),
                                         clean != NULL ? clean : _("no reason given"));

  bcast_client_sign_in_refuse (self, error);
}

static GError *
make_report (int         code,
             const char *words)
{
  g_autofree char *clean = bcast_server_words_clean (words);

  if (code == 0)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_REFUSED, _("The server reports an error: %s"),
                        clean != NULL ? clean : _("no reason given"));
  return g_error_new (BCAST_ERROR, get_error_code (code), _("The server reports an error: %s (code %d)"),
                      clean != NULL ? clean : bcast_close_code_get_text (code), code);
}

/* A pusher:error on an established connection. It never ends the connection, whatever its code is:
 * some servers answer any frame they do not like with code 4200.
 * Source: pusher-js, Connection.bindListeners. */
void
bcast_client_take_error (BcastClient *self,
                         BcastFrame  *frame)
{
  const char *channel = bcast_frame_get_channel (frame);
  BcastHold *hold = channel != NULL ? bcast_client_find_hold (self, channel) : NULL;
  gboolean signs_in = bcast_client_sign_in_is_asked (self);
  g_autofree char *words = NULL;
  g_autoptr(GError) report = NULL;
  int code = 0;

  bcast_frame_parse_error (frame, &code, &words);

  if (is_sign_in_unknown (self, channel, code))
    refuse_unknown_sign_in (self, words);
  else if (hold != NULL && bcast_hold_is_pending (hold))
    {
      report = bcast_refusal_new (channel, frame);
      bcast_hold_refuse (hold, report);
    }
  else if (channel == NULL && is_about_authorization (code, words))
    g_ptr_array_add (self->refusals, bcast_frame_ref (frame));

  bcast_client_settle_refusals (self);
  if (report == NULL && signs_in && self->sign_in_error != NULL)
    report = g_error_copy (self->sign_in_error);
  else if (report == NULL)
    report = make_report (code, words);
  bcast_client_report (self, report);
}
