/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-cast.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BcastClientRestore:
 * @cast: the clients; Alice and Bob when none are remembered
 * @text: (nullable): as they stand in the file; %NULL when nothing of it can be used
 * @problem: (nullable): a sentence about what could not be brought back
 * @may_save: whether nothing is lost when the file is written over
 *
 * What became of the clients of a profile.
 */
typedef struct
{
  BcastCast *cast;
  char      *text;
  char      *problem;
  gboolean   may_save;
} BcastClientRestore;

void                bcast_client_restore_free   (BcastClientRestore   *self);
void                bcast_client_restore_async  (const char           *path,
                                                 const char           *secrets,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
BcastClientRestore *bcast_client_restore_finish (GAsyncResult         *result,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastClientRestore, bcast_client_restore_free)

G_END_DECLS
