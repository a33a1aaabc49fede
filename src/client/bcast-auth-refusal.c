/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-auth-reply-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "bcast-error.h"

#define CSRF_SENTENCE \
  N_("Your app's guard against forged requests (CSRF) stopped the request (status {status}). Take {endpoint} out " \
     "of that guard, or send its token: enter the cookies of a page that your app just delivered, and the name of " \
     "the cookie that has the token, in Laravel XSRF-TOKEN.")

/* What the status of an answer mostly means. Source: what Laravel, Masonite and their guards do, and
 * that pusher-js takes no other status than 200 for a yes. {endpoint}, {status} and {location} stand
 * for what was asked and what came. */
static const struct
{
  guint       first;
  guint       last;
  BcastError  code;
  const char *sentence;
} refusals[] = {
  { 201, 299, BCAST_ERROR_PROTOCOL,
    N_("Your app answered with status {status}, and clients take only 200 for a yes. Have {endpoint} answer with "
       "status 200 and the signature as JSON.") },
  { 300, 399, BCAST_ERROR_REFUSED,
    N_("Your app sent the request elsewhere (status {status}, to {location}) instead of answering, as many do with "
       "somebody who is not signed in. Enter the cookies or the token of a user who is, or the address that it "
       "leads to if that is the right one.") },
  { 401, 401, BCAST_ERROR_UNAUTHORIZED,
    N_("Your app does not accept who asks (status 401): the token or cookie that {endpoint} wants is missing, wrong "
       "or expired. Enter the bearer token or the cookies of a user who is signed in.") },
  { 403, 403, BCAST_ERROR_FORBIDDEN,
    N_("Your app said no (status 403). Either no user is signed in for it, because cookies or a token are missing, "
       "or its rule for this channel refuses the user, or there is no such rule.") },
  { 404, 404, BCAST_ERROR_NOT_FOUND,
    N_("Your app has nothing at {endpoint} (status 404). Is the route registered, in Laravel by "
       "Broadcast::routes() and in Masonite by Broadcast.routes(), and is a prefix such as /api missing?") },
  { 405, 405, BCAST_ERROR_NOT_FOUND,
    N_("Your app takes no POST at {endpoint} (status 405). Check the address, and that the route is registered for "
       "POST.") },
  { 419, 419, BCAST_ERROR_FORBIDDEN, CSRF_SENTENCE },
  { 429, 429, BCAST_ERROR_BUSY, N_("Your app was asked too often (status 429). Wait a little and try again.") },
  { 500, 501, BCAST_ERROR_REFUSED,
    N_("Your app failed at {endpoint} (status {status}). Its log tells why.") },
  { 502, 504, BCAST_ERROR_BUSY,
    N_("Your app could not be reached behind its proxy (status {status}). Is it running?") },
  { 0, G_MAXUINT, BCAST_ERROR_REFUSED,
    N_("Your app answered {endpoint} with status {status} ({phrase}). Clients take only status 200 for a yes.") },
};

/* Masonite's guard raises an error that is none of HTTP, so that its answer has status 500. */
static gboolean
is_csrf_failure (const BcastAuthReply *reply)
{
  g_autofree char *lower = NULL;

  if (reply->status != 500 || reply->body == NULL)
    return FALSE;
  lower = g_ascii_strdown (reply->body, -1);
  return strstr (lower, "csrf") != NULL;
}

static void
find_refusal (const BcastAuthReply  *reply,
              BcastError            *code,
              const char           **sentence)
{
  guint i = 0;

  if (is_csrf_failure (reply))
    {
      *code = BCAST_ERROR_FORBIDDEN;
      *sentence = CSRF_SENTENCE;
      return;
    }

  while (reply->status < refusals[i].first || reply->status > refusals[i].last)
    i++;
  *code = refusals[i].code;
  *sentence = refusals[i].sentence;
}

static void
fill_in (GString    *sentence,
         const char *what,
         const char *with)
{
  g_string_replace (sentence, what, with, 1);
}

/* What is quoted comes last, so that nothing is filled into it. */
static void
append_details (GString              *sentence,
                const BcastAuthReply *reply,
                gboolean              is_csrf)
{
  g_autofree char *words = reply->body != NULL ? bcast_auth_quote_body (reply->secrets, reply->body) : NULL;

  if (is_csrf && reply->missing_cookie != NULL)
    {
      g_string_append_c (sentence, ' ');
      g_string_append_printf (sentence, _("There is no %s among the cookies now."), reply->missing_cookie);
    }
  if (words != NULL)
    {
      g_string_append_c (sentence, ' ');
      g_string_append_printf (sentence, _("Your app's words: “%s”"), words);
    }
}

/**
 * bcast_auth_refusal_new:
 * @reply: an answer whose status is not 200
 *
 * Returns: (transfer full): what it means and what to do about it
 */
GError *
bcast_auth_refusal_new (const BcastAuthReply *reply)
{
  g_return_val_if_fail (reply != NULL, NULL);

  g_autofree char *status = g_strdup_printf ("%u", reply->status);
  g_autofree char *location = bcast_auth_quote_text (reply->secrets, reply->location);
  g_autoptr(GString) sentence = NULL;
  const char *text;
  BcastError code;

  find_refusal (reply, &code, &text);
  sentence = g_string_new (_(text));
  fill_in (sentence, "{status}", status);
  fill_in (sentence, "{phrase}", soup_status_get_phrase (reply->status));
  fill_in (sentence, "{endpoint}", reply->endpoint);
  fill_in (sentence, "{location}", location != NULL ? location : _("no address"));
  append_details (sentence, reply, g_str_equal (text, CSRF_SENTENCE));
  return g_error_new_literal (BCAST_ERROR, (int) code, sentence->str);
}
