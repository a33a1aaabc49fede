/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-refusal-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "bcast-error.h"
#include "bcast-webhook.h"

/* What GIO and libsoup report, and the sentence it deserves. {url} and {words} stand for the receiver and for
 * what was reported. */
static const struct
{
  GQuark      (*domain) (void);
  int           code; /* -1: any */
  BcastError    error;
  const char   *sentence;
} causes[] = {
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, BCAST_ERROR_UNREACHABLE,
    N_("Nothing listens at {url}. Is the app that receives the webhook running, and is the port right?") },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, BCAST_ERROR_TIMED_OUT,
    N_("{url} did not answer in time. Is a firewall in the way?") },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, BCAST_ERROR_PROTOCOL,
    N_("{url} hung up without an answer. Did the app crash, or does it want https rather than http?") },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, BCAST_ERROR_PROTOCOL,
    N_("{url} hung up without an answer. Did the app crash, or does it want https rather than http?") },
  { g_resolver_error_quark, -1, BCAST_ERROR_UNREACHABLE,
    N_("The host of {url} cannot be found. Check the address of the webhook, and the network.") },
  { g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, BCAST_ERROR_UNREACHABLE,
    N_("The certificate of {url} was not accepted. Let this computer trust it, or use http for an app that runs on "
       "this computer.") },
  { g_tls_error_quark, -1, BCAST_ERROR_UNREACHABLE,
    N_("TLS could not be set up with {url}: {words}. If the app has no TLS, use http.") },
  { soup_session_error_quark, -1, BCAST_ERROR_PROTOCOL,
    N_("What answers at {url} does not speak HTTP, or broke off. Is the port right, and does it want https rather than "
       "http?") },
};

static GError *
make_error (BcastError  code,
            const char *sentence,
            const char *url,
            const char *words)
{
  g_autoptr(GString) message = g_string_new (sentence);
  g_autofree char *shown = bcast_webhook_dup_shown_url (url);
  gsize length = strlen (words);

  /* Some libraries end their sentences with a full stop and some do not. */
  while (length > 0 && strchr (". ", words[length - 1]) != NULL)
    length--;

  g_autofree char *trimmed = g_strndup (words, length);

  g_string_replace (message, "{words}", trimmed, 1);
  g_string_replace (message, "{url}", shown, 1);
  return g_error_new_literal (BCAST_ERROR, (int) code, message->str);
}

/**
 * bcast_webhook_refusal_new:
 * @url: the receiver
 * @status: what it answered with; none from 200 to 299
 * @words: (nullable): what it said
 *
 * Source: Channels documentation, “Webhooks”: what is not answered with 2xx counts as not received.
 *
 * Returns: (transfer full): %BCAST_ERROR_REFUSED with a sentence that says what to do
 */
GError *
bcast_webhook_refusal_new (const char *url,
                           guint       status,
                           const char *words)
{
  g_return_val_if_fail (url != NULL, NULL);

  g_autofree char *shown = bcast_webhook_dup_shown_url (url);
  g_autofree char *answer = words != NULL
    ? g_strdup_printf (_("%s answered with status %u: “%s”."), shown, status, words)
    : g_strdup_printf (_("%s answered with status %u."), shown, status);
  const char *advice = _("A webhook counts as received when its answer is from 200 to 299.");

  if (status >= 300 && status <= 399)
    advice = _("Redirects are not followed: enter the address that it leads to.");
  else if (status == 401 || status == 403)
    advice = _("If the app checks X-Pusher-Signature, it needs this app's secret, and the body's bytes as they came.");
  else if (status == 404 || status == 405)
    advice = _("Check the path of the webhook, and that the app takes POST there.");
  else if (status == 419)
    advice = _("Exempt the path from the app's protection against forged requests (CSRF).");
  return g_error_new (BCAST_ERROR, BCAST_ERROR_REFUSED, "%s %s", answer, advice);
}

/**
 * bcast_webhook_refusal_new_failed:
 * @url: the receiver
 * @cause: what GIO or libsoup reported; not a cancellation
 *
 * Returns: (transfer full): a %BCAST_ERROR with a sentence that says what happened and what to do
 */
GError *
bcast_webhook_refusal_new_failed (const char   *url,
                                  const GError *cause)
{
  g_return_val_if_fail (url != NULL && cause != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (cause->domain == causes[i].domain () && (causes[i].code == -1 || causes[i].code == cause->code))
      return make_error (causes[i].error, _(causes[i].sentence), url, cause->message);

  return make_error (BCAST_ERROR_UNREACHABLE, _("The request to {url} failed: {words}."), url, cause->message);
}

/**
 * bcast_webhook_refusal_new_timeout:
 * @url: the receiver
 * @waited_ms: for how long
 *
 * Returns: (transfer full): %BCAST_ERROR_TIMED_OUT
 */
GError *
bcast_webhook_refusal_new_timeout (const char *url,
                                   guint       waited_ms)
{
  g_return_val_if_fail (url != NULL, NULL);

  g_autofree char *shown = bcast_webhook_dup_shown_url (url);

  return g_error_new (BCAST_ERROR, BCAST_ERROR_TIMED_OUT,
                      _("%s did not answer within %.3g seconds. Let the app answer first, and do its work behind "
                        "that."), shown, waited_ms / 1000.0);
}
