/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorize-refusal-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-sandbox-http-private.h"

#define HTML "text/html; charset=utf-8"

static void
answer_login_page (SoupServerMessage *message)
{
  g_autofree char *page = g_strdup_printf ("<!DOCTYPE html>\n<html><head><title>%s</title></head><body><p>%s</p></body></html>\n",
                                           _("Log in"),
                                           _("This stands for the login page of your app: the sandbox is set to refuse."));

  bcast_sandbox_http_answer (message, SOUP_STATUS_OK, HTML, page);
}

static void
redirect (SoupServerMessage *message)
{
  bcast_sandbox_http_set_header (message, "Location", BCAST_AUTHORIZE_LOGIN_PATH);
  bcast_sandbox_http_answer (message, SOUP_STATUS_FOUND, HTML, "");
}

/**
 * bcast_authorize_refusal_answer:
 * @routes: how to refuse
 * @message: a question to an authorize route, or for the login page
 *
 * Refuses as apps do that are not there for a question, or not any more.
 * Source: what pusher-js makes of each: protocol reference, “Channel authorization as pusher-js calls it”.
 *
 * Returns: whether @routes refuse
 */
gboolean
bcast_authorize_refusal_answer (const BcastSandboxRoutes *routes,
                                SoupServerMessage        *message)
{
  g_return_val_if_fail (routes != NULL && SOUP_IS_SERVER_MESSAGE (message), FALSE);

  guint status = routes->refuse_status;
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  switch (routes->refuse_kind)
    {
    case BCAST_REFUSAL_NONE:
      return FALSE;
    case BCAST_REFUSAL_HTML_LOGIN:
      answer_login_page (message);
      break;
    case BCAST_REFUSAL_REDIRECT:
      if (strcmp (path, BCAST_AUTHORIZE_LOGIN_PATH) == 0)
        answer_login_page (message);
      else
        redirect (message);
      break;
    case BCAST_REFUSAL_EMPTY:
      bcast_sandbox_http_answer (message, status != 0 ? status : SOUP_STATUS_OK, HTML, "");
      break;
    case BCAST_REFUSAL_NOT_JSON:
      bcast_sandbox_http_answer (message, status != 0 ? status : SOUP_STATUS_OK, HTML,
                                 "<br />\n<b>Warning</b>: this stands for what a program says in front of its JSON\n"
                                 "{\"auth\":\"\"}");
      break;
    case BCAST_REFUSAL_STATUS:
    default:
      bcast_sandbox_http_refuse (message, status != 0 ? status : SOUP_STATUS_FORBIDDEN,
                                 _("The sandbox is set to refuse whoever asks for authorization."));
      break;
    }
  return TRUE;
}
