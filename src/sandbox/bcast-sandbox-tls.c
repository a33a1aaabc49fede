/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-tls-private.h"

#include "bcast-throwaway-certificate-private.h"

/**
 * BcastSandboxTls:
 *
 * What a sandbox says of itself over TLS: the certificate it was given, or one for this run that is made
 * when somebody asks for the first time. May be asked from any thread.
 */
struct _BcastSandboxTls
{
  GMutex           mutex;
  GTlsCertificate *certificate; /* NULL until it is made */
  char            *host;
  gboolean         is_demanded;
};

static void
clear (gpointer data)
{
  BcastSandboxTls *self = data;

  g_mutex_clear (&self->mutex);
  g_clear_object (&self->certificate);
  g_free (self->host);
}

/**
 * bcast_sandbox_tls_new:
 * @certificate: (nullable): the server's certificate with its private key
 * @host: where the server listens, for a certificate made here
 * @is_demanded: whether plain connections are refused
 *
 * Returns: (transfer full): TLS as the sandbox speaks it
 */
BcastSandboxTls *
bcast_sandbox_tls_new (GTlsCertificate *certificate,
                       const char      *host,
                       gboolean         is_demanded)
{
  g_return_val_if_fail (host != NULL, NULL);

  BcastSandboxTls *self = g_atomic_rc_box_new0 (BcastSandboxTls);

  g_mutex_init (&self->mutex);
  g_set_object (&self->certificate, certificate);
  self->host = g_strdup (host);
  self->is_demanded = is_demanded;
  return self;
}

/**
 * bcast_sandbox_tls_ref:
 * @self: TLS of a sandbox
 *
 * Returns: (transfer full): @self
 */
BcastSandboxTls *
bcast_sandbox_tls_ref (BcastSandboxTls *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bcast_sandbox_tls_unref:
 * @self: (transfer full): TLS of a sandbox
 */
void
bcast_sandbox_tls_unref (BcastSandboxTls *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * bcast_sandbox_tls_is_missing:
 * @self: TLS of a sandbox
 * @connections: knows how each connection is spoken over
 * @message: a request
 *
 * Returns: whether @message came without TLS to a sandbox that refuses that
 */
gboolean
bcast_sandbox_tls_is_missing (BcastSandboxTls   *self,
                              BcastConnections  *connections,
                              SoupServerMessage *message)
{
  g_return_val_if_fail (self != NULL && connections != NULL, FALSE);

  return self->is_demanded && !bcast_connections_is_tls (connections, message);
}

/**
 * bcast_sandbox_tls_dup_certificate:
 * @self: TLS of a sandbox
 * @error: %BCAST_ERROR_UNAVAILABLE when there is none and none can be made
 *
 * Makes one, which takes some milliseconds, when none was given and it is the first time.
 *
 * Returns: (transfer full) (nullable): the certificate with its private key
 */
GTlsCertificate *
bcast_sandbox_tls_dup_certificate (BcastSandboxTls  *self,
                                   GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->certificate == NULL)
    self->certificate = bcast_throwaway_certificate_new (self->host, error);
  return self->certificate != NULL ? g_object_ref (self->certificate) : NULL;
}
