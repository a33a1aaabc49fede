/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-app.h"
#include "bcast-transport-error-private.h"

G_BEGIN_DECLS

/**
 * BcastTarget:
 * @app: the app
 * @uri: the address of its WebSocket; scheme, host, port and path are there
 * @authorities: (nullable): who is trusted to sign certificates; %NULL means the system's authorities
 *
 * Where a WebSocket is to be opened: an app whose address and CA file were found to be good.
 */
typedef struct
{
  gatomicrefcount  refs;
  BcastApp        *app;
  GUri            *uri;
  GTlsDatabase    *authorities;
} BcastTarget;

BcastTarget *bcast_target_new       (BcastApp     *app,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;
BcastTarget *bcast_target_ref       (BcastTarget  *self);
void         bcast_target_unref     (BcastTarget  *self);
BcastPlace   bcast_target_get_place (BcastTarget  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastTarget, bcast_target_unref)

G_END_DECLS
