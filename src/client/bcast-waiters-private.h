/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BcastWaiters BcastWaiters;

/**
 * BcastWaitersFunc:
 * @user_data: what the owner passed
 *
 * Called when the last task of a list was cancelled.
 */
typedef void (*BcastWaitersFunc) (gpointer user_data);

BcastWaiters *bcast_waiters_new      (GMainContext      *context,
                                      BcastWaitersFunc   deserted,
                                      gpointer           user_data) G_GNUC_WARN_UNUSED_RESULT;
void          bcast_waiters_free     (BcastWaiters      *self);
void          bcast_waiters_add      (BcastWaiters      *self,
                                      GTask             *task);
void          bcast_waiters_finish   (BcastWaiters      *self,
                                      const GError      *error);

G_END_DECLS
