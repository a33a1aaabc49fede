/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-transport-error-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "bcast-error.h"

/* What GIO and libsoup report, and the sentence it deserves. {host}, {port} and {words} stand for the
 * place and for what was reported. */
static const struct
{
  GQuark      (*domain) (void);
  int           code; /* -1: any */
  BcastError    error;
  const char   *sentence;
} causes[] = {
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, BCAST_ERROR_UNREACHABLE,
    N_("Nothing listens on {host} port {port}. Is the server running, and is the port right?") },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, BCAST_ERROR_TIMED_OUT,
    N_("{host} port {port} did not answer in time. Check host and port, and whether a firewall is in "
       "the way.") },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, BCAST_ERROR_UNREACHABLE,
    N_("There is no way to {host}: {words}. Is this computer on the network?") },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, BCAST_ERROR_UNREACHABLE,
    N_("There is no way to {host}: {words}. Is this computer on the network?") },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, BCAST_ERROR_PROTOCOL,
    N_("{host} port {port} hung up without an answer. Is a Pusher-compatible server there, and does it "
       "want TLS as the profile does?") },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, BCAST_ERROR_PROTOCOL,
    N_("{host} port {port} hung up without an answer. Is a Pusher-compatible server there, and does it "
       "want TLS as the profile does?") },
  { g_io_error_quark, G_IO_ERROR_PROXY_FAILED, BCAST_ERROR_UNREACHABLE,
    N_("The proxy on the way to {host} port {port} did not connect: {words}. Check the proxy in the "
       "settings of this computer.") },
  { g_io_error_quark, G_IO_ERROR_PROXY_NOT_ALLOWED, BCAST_ERROR_UNREACHABLE,
    N_("The proxy on the way to {host} port {port} does not let this connection through: {words}. Check "
       "the proxy in the settings of this computer.") },
  { g_io_error_quark, G_IO_ERROR_PROXY_NEED_AUTH, BCAST_ERROR_UNREACHABLE,
    N_("The proxy on the way to {host} port {port} wants a name and a password. Set them with the proxy "
       "in the settings of this computer.") },
  { g_io_error_quark, G_IO_ERROR_PROXY_AUTH_FAILED, BCAST_ERROR_UNREACHABLE,
    N_("The proxy on the way to {host} port {port} did not accept the name and password that are set for "
       "it. Check the proxy in the settings of this computer.") },
  { g_resolver_error_quark, -1, BCAST_ERROR_UNREACHABLE,
    N_("There is no host “{host}”, or its name cannot be looked up now. Check the host or cluster in the "
       "profile, and the network.") },
  { g_tls_error_quark, -1, BCAST_ERROR_UNREACHABLE,
    N_("TLS could not be set up with {host} port {port}: {words}. If the server has no TLS, turn it off "
       "in the profile.") },
  { soup_session_error_quark, -1, BCAST_ERROR_PROTOCOL,
    N_("What answers on {host} port {port} does not speak HTTP. Is the port right, and does the server "
       "want TLS as the profile does?") },
};

static GError *
make_error (BcastError        code,
            const char       *sentence,
            const BcastPlace *place,
            const char       *words)
{
  g_autoptr(GString) message = g_string_new (sentence);
  g_autofree char *port = g_strdup_printf ("%u", place->port);
  gsize length = strlen (words);

  /* Some libraries end their sentences with a full stop and some do not. */
  while (length > 0 && strchr (". ", words[length - 1]) != NULL)
    length--;

  g_autofree char *trimmed = g_strndup (words, length);

  g_string_replace (message, "{words}", trimmed, 1);
  g_string_replace (message, "{port}", port, 1);
  g_string_replace (message, "{host}", place->host, 1);
  return g_error_new_literal (BCAST_ERROR, (int) code, message->str);
}

/* The worst comes last: a certificate often has several problems, and one is told. */
static const struct
{
  GTlsCertificateFlags  flag;
  const char           *text;
} certificate_problems[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("it is signed by nobody this computer trusts") },
  { G_TLS_CERTIFICATE_INSECURE, N_("it is not secure enough") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("it is not valid yet") },
  { G_TLS_CERTIFICATE_EXPIRED, N_("it has expired") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("it belongs to another host") },
  { G_TLS_CERTIFICATE_REVOKED, N_("it was revoked") },
};

static GError *
make_bad_certificate (const BcastPlace     *place,
                      GTlsCertificateFlags  problems)
{
  const char *text = N_("it could not be verified");

  for (guint i = 0; i < G_N_ELEMENTS (certificate_problems); i++)
    if (problems & certificate_problems[i].flag)
      text = certificate_problems[i].text;

  return g_error_new (BCAST_ERROR, BCAST_ERROR_UNREACHABLE,
                      _("The certificate of %s was not accepted: %s. If this is your own server, you can "
                        "let the profile accept any certificate."),
                      place->host, _(text));
}

/**
 * bcast_transport_error_new:
 * @cause: what GIO or libsoup reported; not a cancellation
 * @place: where it happened
 * @problems: what is wrong with the server's certificate, 0 for nothing
 *
 * Returns: (transfer full): a %BCAST_ERROR with a sentence that says what happened and what to do
 */
GError *
bcast_transport_error_new (const GError         *cause,
                           const BcastPlace     *place,
                           GTlsCertificateFlags  problems)
{
  g_return_val_if_fail (cause != NULL && place != NULL, NULL);

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return make_bad_certificate (place, problems);

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (cause->domain == causes[i].domain ()
        && (causes[i].code == -1 || causes[i].code == cause->code))
      return make_error (causes[i].error, _(causes[i].sentence), place, cause->message);

  return make_error (BCAST_ERROR_UNREACHABLE, _("The connection to {host} port {port} failed: {words}."),
                     place, cause->message);
}

/**
 * bcast_transport_error_new_lost:
 * @cause: what GIO reported
 * @place: where it happened
 *
 * For a connection that was good until then.
 *
 * Returns: (transfer full): %BCAST_ERROR_UNREACHABLE
 */
GError *
bcast_transport_error_new_lost (const GError     *cause,
                                const BcastPlace *place)
{
  g_return_val_if_fail (cause != NULL && place != NULL, NULL);

  return make_error (BCAST_ERROR_UNREACHABLE, _("The connection to {host} port {port} broke: {words}."),
                     place, cause->message);
}

/**
 * bcast_transport_error_new_timeout:
 * @place: who did not answer
 * @waited_ms: for how long
 *
 * Returns: (transfer full): %BCAST_ERROR_TIMED_OUT
 */
GError *
bcast_transport_error_new_timeout (const BcastPlace *place,
                                   guint             waited_ms)
{
  g_return_val_if_fail (place != NULL, NULL);

  return g_error_new (BCAST_ERROR, BCAST_ERROR_TIMED_OUT,
                      _("%s port %u did not answer within %.3g seconds. Check host and port, and whether "
                        "the server is busy or a firewall is in the way."),
                      place->host, place->port, waited_ms / 1000.0);
}
