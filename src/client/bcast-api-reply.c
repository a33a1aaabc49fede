/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-api-reply-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-server-words-private.h"

/* Source: Channels documentation, “HTTP API”, section “HTTP status codes”; 422 is Reverb's, 429 that
 * of soketi and Sockudo. What the server found wrong with a request is not what was found here before
 * anything was sent: INVALID and TOO_LARGE are left to that. No Channels server has a use for 405 and 501. */
static const struct
{
  guint       status;
  BcastError  code;
  const char *hint;
  gboolean    by_proxy; /* one before the server may say so, in a page of its own */
} refusals[] = {
  { 400, BCAST_ERROR_REFUSED, N_("Check what was sent.") },
  { 401, BCAST_ERROR_UNAUTHORIZED, N_("Check app id, key and secret in the profile, and this "
    "computer's clock.") },
  { 403, BCAST_ERROR_FORBIDDEN, N_("The app may be disabled, over its quota, or not allowed to do this.") },
  { 404, BCAST_ERROR_NOT_FOUND, N_("Check app id, host, port and path in the profile.") },
  { 405, BCAST_ERROR_PROTOCOL, N_("Check host, port and path in the profile.") },
  { 408, BCAST_ERROR_TIMED_OUT, N_("Try again."), TRUE },
  { 413, BCAST_ERROR_REFUSED, N_("Make the data smaller."), TRUE },
  { 422, BCAST_ERROR_REFUSED, N_("Check what was sent.") },
  { 429, BCAST_ERROR_BUSY, N_("Wait a little and try again."), TRUE },
  { 501, BCAST_ERROR_PROTOCOL, N_("Check host, port and path in the profile.") },
  { 502, BCAST_ERROR_BUSY, N_("The server behind the proxy may be down. Try again later."), TRUE },
  { 503, BCAST_ERROR_BUSY, N_("Try again later."), TRUE },
  { 504, BCAST_ERROR_BUSY, N_("The server behind the proxy may be down. Try again later."), TRUE },
};

/**
 * bcast_api_reply_new:
 * @method: the request's method
 * @target: path and query as sent
 * @request_body: (nullable): the body as sent
 *
 * Returns: (transfer full): a reply without an answer yet
 */
BcastApiReply *
bcast_api_reply_new (const char *method,
                     const char *target,
                     const char *request_body)
{
  g_return_val_if_fail (method != NULL && target != NULL, NULL);

  BcastApiReply *self = g_new0 (BcastApiReply, 1);

  self->method = g_strdup (method);
  self->target = g_strdup (target);
  self->request_body = g_strdup (request_body);
  return self;
}

/**
 * bcast_api_reply_free:
 * @self: (transfer full) (nullable): a reply
 */
void
bcast_api_reply_free (BcastApiReply *self)
{
  if (self == NULL)
    return;

  g_free (self->method);
  g_free (self->target);
  g_free (self->request_body);
  g_free (self->body);
  g_free (self);
}

static gboolean
is_web_page (const BcastApiReply *self)
{
  return self->body != NULL && self->body[strspn (self->body, " \t\r\n")] == '<';
}

static GError *
make_refusal (const BcastApiReply *self)
{
  g_autofree char *words = bcast_server_words_find (self->body);
  const char *phrase = soup_status_get_phrase (self->status);
  BcastError code = BCAST_ERROR_REFUSED;
  gboolean by_proxy = FALSE;
  const char *hint = "";

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].status == self->status)
      {
        code = refusals[i].code;
        hint = _(refusals[i].hint);
        by_proxy = refusals[i].by_proxy;
      }
  if (self->status >= 300 && self->status < 400)
    {
      code = BCAST_ERROR_PROTOCOL;
      hint = _("Redirects are not followed. Check host, port, path and TLS in the profile.");
    }
  else if (is_web_page (self) && !by_proxy)
    {
      return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                          _("The answer has status %u (%s) and is a web page, so what answers is no "
                            "Pusher-compatible API. Check host, port, path and TLS in the profile."),
                          self->status, phrase);
    }

  if (words != NULL)
    return g_error_new (BCAST_ERROR, code, _("The server refused with status %u (%s): “%s” %s"),
                        self->status, phrase, words, hint);
  return g_error_new (BCAST_ERROR, code, _("The server refused with status %u (%s). %s"),
                      self->status, phrase, hint);
}

/**
 * bcast_api_reply_check:
 * @self: a complete reply
 * @error: what the server said against the request, with its status and words
 *
 * Any web server may answer a wrong address with a page and status 200, so a success must be a JSON
 * object; only the deprecated 202 has other bodies.
 *
 * Returns: whether the server did what was asked
 */
gboolean
bcast_api_reply_check (const BcastApiReply  *self,
                       GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const char *body = self->body != NULL ? self->body : "";
  BcastJsonSpan span;

  if (self->status == 202)
    return TRUE;

  if (self->status != 200)
    {
      g_autoptr(GError) refusal = make_refusal (self);

      g_strchomp (refusal->message);
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  if (bcast_json_scan (body, strlen (body), &span, NULL, NULL) && span.type == BCAST_JSON_OBJECT)
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("The answer has status 200 but is no JSON object, so what answers is no "
                         "Pusher-compatible API. Check host, port and path in the profile."));
  return FALSE;
}
