/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-transport-error-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "bcast-error.h"

/* Some libraries end their sentences with a full stop and some do not. */
static char *
dup_words (const GError *cause)
{
  gsize length = strlen (cause->message);

  while (length > 0 && strchr (". ", cause->message[length - 1]) != NULL)
    length--;
  return g_strndup (cause->message, length);
}

typedef GError *(*MakeError) (const GError     *cause,
                              const BcastPlace *place);

static GError *
make_refused (const GError     *cause,
              const BcastPlace *place)
{
  return g_error_new (BCAST_ERROR, BCAST_ERROR_UNREACHABLE,
                      _("Nothing listens on %s port %u. Is the server running, and is the port right?"),
                      place->host, place->port);
}

static GError *
make_timed_out (const GError     *cause,
                const BcastPlace *place)
{
  return g_error_new (BCAST_ERROR, BCAST_ERROR_TIMED_OUT,
                      _("%s port %u did not answer in time. Check host and port, and whether a "
                        "firewall is in the way."),
                      place->host, place->port);
}

static GError *
make_no_route (const GError     *cause,
               const BcastPlace *place)
{
  g_autofree char *words = dup_words (cause);

  return g_error_new (BCAST_ERROR, BCAST_ERROR_UNREACHABLE,
                      _("There is no way to %s: %s. Is this computer on the network?"),
                      place->host, words);
}

static GError *
make_unknown_host (const GError     *cause,
                   const BcastPlace *place)
{
  return g_error_new (BCAST_ERROR, BCAST_ERROR_UNREACHABLE,
                      _("There is no host “%s”, or its name cannot be looked up now. Check the host "
                        "or cluster in the profile, and the network."),
                      place->host);
}

static GError *
make_hung_up (const GError     *cause,
              const BcastPlace *place)
{
  if (place->tls)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                        _("%s port %u hung up without an answer. Is a Pusher-compatible server there, "
                          "and does it speak TLS?"),
                        place->host, place->port);
  return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                      _("%s port %u hung up without an answer. Is a Pusher-compatible server there, or "
                        "does it want TLS?"),
                      place->host, place->port);
}

static GError *
make_not_http (const GError     *cause,
               const BcastPlace *place)
{
  return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                      _("What answers on %s port %u does not speak HTTP. Is the port right, or does it "
                        "want TLS?"),
                      place->host, place->port);
}

static GError *
make_not_tls (const GError     *cause,
              const BcastPlace *place)
{
  g_autofree char *words = dup_words (cause);

  return g_error_new (BCAST_ERROR, BCAST_ERROR_UNREACHABLE,
                      _("TLS could not be set up with %s port %u: %s. If the server has no TLS, turn it "
                        "off in the profile."),
                      place->host, place->port, words);
}

/* What GIO and libsoup report, and the sentence it deserves. */
static const struct
{
  GQuark    (*domain) (void);
  int         code; /* -1: any */
  MakeError   make;
} causes[] = {
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, make_refused },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, make_timed_out },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, make_no_route },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, make_no_route },
  { g_io_error_quark, G_IO_ERROR_HOST_NOT_FOUND, make_unknown_host },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, make_hung_up },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, make_hung_up },
  { g_resolver_error_quark, -1, make_unknown_host },
  { g_tls_error_quark, -1, make_not_tls },
  { soup_session_error_quark, -1, make_not_http },
};

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
      return causes[i].make (cause, place);

  g_autofree char *words = dup_words (cause);

  return g_error_new (BCAST_ERROR, BCAST_ERROR_UNREACHABLE,
                      _("The connection to %s port %u failed: %s."),
                      place->host, place->port, words);
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
