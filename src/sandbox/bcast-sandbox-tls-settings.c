/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

/**
 * bcast_sandbox_ensure_tls:
 * @self: a sandbox
 *
 * Returns: (transfer none): TLS as the next start speaks it
 */
BcastSandboxTls *
bcast_sandbox_ensure_tls (BcastSandbox *self)
{
  if (self->tls == NULL)
    self->tls = bcast_sandbox_tls_new (self->certificate, self->host, self->is_tls_demanded);
  return self->tls;
}

/**
 * bcast_sandbox_set_tls_certificate:
 * @self: a sandbox
 * @certificate: (nullable): the server's certificate with its private key
 *
 * The sandbox speaks TLS at the same port as without. Unless it is given a certificate it makes one for
 * itself, which lasts as long as @self and its host do, and which clients have to be told to trust. Counts from
 * the next start on.
 */
void
bcast_sandbox_set_tls_certificate (BcastSandbox    *self,
                                   GTlsCertificate *certificate)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate)));

  g_set_object (&self->certificate, certificate);
  g_clear_pointer (&self->tls, bcast_sandbox_tls_unref);
}

/**
 * bcast_sandbox_set_tls_demanded:
 * @self: a sandbox
 * @is_demanded: whether plain connections are refused; %FALSE unless told
 *
 * A plain WebSocket is closed with 4000, so that official libraries come back with TLS, and a plain request
 * is answered with 400. Counts from the next start on.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Error codes”.
 */
void
bcast_sandbox_set_tls_demanded (BcastSandbox *self,
                                gboolean      is_demanded)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  self->is_tls_demanded = is_demanded;
  g_clear_pointer (&self->tls, bcast_sandbox_tls_unref);
}

/**
 * bcast_sandbox_dup_tls_certificate:
 * @self: a sandbox, running or not
 * @error: %BCAST_ERROR_UNAVAILABLE when it has none and none can be made
 *
 * Makes the sandbox's own certificate when it was not given one and nobody spoke TLS yet.
 *
 * Returns: (transfer full) (nullable): the certificate that clients are shown
 */
GTlsCertificate *
bcast_sandbox_dup_tls_certificate (BcastSandbox  *self,
                                   GError       **error)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self), NULL);

  return bcast_sandbox_tls_dup_certificate (bcast_sandbox_ensure_tls (self), error);
}
