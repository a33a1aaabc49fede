/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-auth-reply-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"
#include "bcast-secret-box.h"

#define DIGEST_DIGITS 64 /* SHA-256 in hex */

/* The members that mean something, in the order of the names below. */
enum { AUTH, CHANNEL_DATA, USER_DATA, SHARED_SECRET, N_MEMBERS };

static const char * const names[N_MEMBERS] = { "auth", "channel_data", "user_data", "shared_secret" };

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL, sentence);
  return FALSE;
}

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  BcastJsonSpan *members = user_data;

  for (guint i = 0; i < N_MEMBERS; i++)
    if (bcast_json_span_equals (key, names[i]))
      members[i] = *value;
  return TRUE;
}

static gboolean
explain_no_object (const BcastAuthReply  *reply,
                   GError               **error)
{
  const char *body = reply->body + strspn (reply->body, " \t\r\n");
  g_autofree char *words = NULL;
  BcastJsonSpan span;

  if (*body == '\0')
    return fail (error, _("Your app answered with status 200 and nothing else. Laravel does so when its broadcaster "
                          "is “null” or “log”: set BROADCAST_CONNECTION, or BROADCAST_DRIVER before Laravel 11, to "
                          "the one that your server is."));
  if (*body == '<')
    return fail (error, _("Your app answered with a web page instead of a signature, mostly the page to sign in. "
                          "Enter the cookies or the token of a user who is signed in, and check the address."));
  if (bcast_json_scan (body, strlen (body), &span, NULL, NULL))
    return fail (error, _("Your app's answer is JSON but no object. It must be as in {\"auth\":\"key:signature\"}."));

  words = bcast_auth_quote_text (reply->secrets, body);
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
               _("Your app answered with status 200, but what it says is no JSON: “%s” Warnings that are printed "
                 "into the answer do this too."), words != NULL ? words : "");
  return FALSE;
}

static gboolean
read_members (const BcastAuthReply  *reply,
              char                 **texts,
              GError               **error)
{
  BcastJsonSpan members[N_MEMBERS] = { 0 };

  if (reply->body == NULL)
    return fail (error, _("Your app's answer is no text in UTF-8, so it is no JSON either. Check the address."));
  if (!bcast_json_scan_object (reply->body, strlen (reply->body), take_member, members, NULL, NULL))
    return explain_no_object (reply, error);

  for (guint i = 0; i < N_MEMBERS; i++)
    {
      if (members[i].start == NULL || members[i].type == BCAST_JSON_NULL)
        continue;
      if (members[i].type != BCAST_JSON_STRING || !bcast_json_span_is_text (&members[i]))
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("“%s” in your app's answer is no text. It must be a string; where it holds JSON, that must "
                         "be encoded a second time."), names[i]);
          return FALSE;
        }
      texts[i] = bcast_json_span_dup_string (&members[i], NULL);
    }
  return TRUE;
}

static gboolean
check_auth (const BcastAuthReply  *reply,
            const char            *auth,
            GError               **error)
{
  const char *colon = auth != NULL ? strchr (auth, ':') : NULL;
  const char *key = reply->app != NULL ? bcast_app_get_key (reply->app) : NULL;

  if (auth == NULL)
    return fail (error, _("Your app's answer has no “auth”, which is the signature. It must be as in "
                          "{\"auth\":\"key:signature\"}."));
  if (colon == NULL || colon == auth || strlen (colon + 1) != DIGEST_DIGITS
      || strspn (colon + 1, "0123456789abcdef") != DIGEST_DIGITS)
    return fail (error, _("“auth” in your app's answer is no signature. It must be the app's key, a colon and 64 "
                          "hexadecimal digits in small letters. An empty key or secret in your app's settings does "
                          "this too."));
  if (key == NULL || (strlen (key) == (gsize) (colon - auth) && strncmp (key, auth, strlen (key)) == 0))
    return TRUE;

  g_autofree char *other = g_strndup (auth, colon - auth);
  g_autofree char *shown = bcast_auth_quote_text (reply->secrets, other);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
               _("Your app signed with the key “%s”, but the profile has “%s”. One of them is set up for another "
                 "app."), shown != NULL ? shown : "", key);
  return FALSE;
}

typedef struct
{
  BcastJsonSpan id;
} UserData;

static gboolean
take_id (const BcastJsonSpan *key,
         const BcastJsonSpan *value,
         gpointer             user_data)
{
  UserData *data = user_data;

  if (bcast_json_span_equals (key, "id"))
    data->id = *value;
  return TRUE;
}

/* Source: pusher-js 8.6.0, src/core/user.ts: the id must be a string and not empty. */
static gboolean
check_user_data (const char  *user_data,
                 GError     **error)
{
  UserData data = { { 0 } };

  if (user_data == NULL)
    return fail (error, _("Your app's answer to the sign-in has no “user_data”, which tells who signs in. It must "
                          "hold JSON as in {\"id\":\"7\"}, encoded as a string."));
  if (!bcast_json_scan_object (user_data, strlen (user_data), take_id, &data, NULL, NULL))
    return fail (error, _("“user_data” in your app's answer is no JSON object. It must hold JSON as in "
                          "{\"id\":\"7\"}."));
  if (data.id.start == NULL || data.id.type != BCAST_JSON_STRING || data.id.length <= strlen ("\"\""))
    return fail (error, _("“user_data” in your app's answer has no “id”, or one that is empty or no string. Clients "
                          "take only a string."));
  return TRUE;
}

static gboolean
check_channel_data (BcastChannelType   type,
                    const char        *channel_data,
                    GError           **error)
{
  g_autoptr(GError) problem = NULL;
  g_autofree char *user_id = NULL;

  if (!bcast_channel_type_is_presence (type))
    return TRUE;
  if (channel_data == NULL)
    return fail (error, _("Your app's answer has no “channel_data”, which tells a presence channel who joins. Have "
                          "it sign with the user; Masonite's own route never does."));
  if (bcast_presence_data_parse (channel_data, &user_id, NULL, &problem))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL, _("Your app's answer cannot be used. %s"),
               problem->message);
  return FALSE;
}

static gboolean
check_shared_secret (BcastChannelType   type,
                     const char        *shared_secret,
                     GError           **error)
{
  g_autoptr(GBytes) key = NULL;

  if (!bcast_channel_type_is_encrypted (type))
    return TRUE;
  if (shared_secret == NULL)
    return fail (error, _("Your app's answer has no “shared_secret”, without which an encrypted channel cannot be "
                          "read. Give your app's library the encryption master key."));
  key = bcast_secret_box_parse_key (shared_secret, NULL);
  if (key == NULL)
    return fail (error, _("“shared_secret” in your app's answer is not 32 bytes in base64, which makes 44 "
                          "characters. It is the channel's key, not the master key's text in another form."));
  return TRUE;
}

/**
 * bcast_auth_answer_parse:
 * @reply: an answer with status 200
 * @error: %BCAST_ERROR_PROTOCOL with what is wrong with it, %BCAST_ERROR_UNAUTHORIZED when it was
 *   signed for another app
 *
 * Returns: (transfer full) (nullable): what the app answered; whether it is signed right is for
 *   bcast_auth_answer_verify()
 */
BcastAuthorization *
bcast_auth_answer_parse (const BcastAuthReply  *reply,
                         GError               **error)
{
  g_return_val_if_fail (reply != NULL, NULL);

  char *texts[N_MEMBERS] = { NULL };
  BcastAuthorization *answer = NULL;
  BcastChannelType type = reply->channel != NULL ? bcast_channel_name_find_type (reply->channel)
                                                 : BCAST_CHANNEL_PUBLIC;

  if (read_members (reply, texts, error) && check_auth (reply, texts[AUTH], error))
    {
      if (reply->channel == NULL && check_user_data (texts[USER_DATA], error))
        answer = bcast_authorization_new (texts[AUTH], NULL, texts[USER_DATA], NULL);
      else if (reply->channel != NULL
               && check_channel_data (type, texts[CHANNEL_DATA], error)
               && check_shared_secret (type, texts[SHARED_SECRET], error))
        answer = bcast_authorization_new (texts[AUTH], texts[CHANNEL_DATA], NULL,
                                          bcast_channel_type_is_encrypted (type) ? texts[SHARED_SECRET] : NULL);
    }

  for (guint i = 0; i < N_MEMBERS; i++)
    g_clear_pointer (&texts[i], bcast_auth_wipe);
  return answer;
}
