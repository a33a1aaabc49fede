/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BcastPlace:
 * @host: a host's name or address
 * @port: its port
 *
 * Where something was tried that failed.
 */
typedef struct
{
  const char *host;
  guint16     port;
} BcastPlace;

GError *bcast_transport_error_new         (const GError          *cause,
                                           const BcastPlace      *place,
                                           GTlsCertificateFlags   problems) G_GNUC_WARN_UNUSED_RESULT;
GError *bcast_transport_error_new_lost    (const GError          *cause,
                                           const BcastPlace      *place) G_GNUC_WARN_UNUSED_RESULT;
GError *bcast_transport_error_new_timeout (const BcastPlace      *place,
                                           guint                  waited_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
