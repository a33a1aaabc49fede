/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BcastSleepWatch BcastSleepWatch;

/**
 * BcastSleepFunc:
 * @user_data: what the caller passed
 *
 * Called when the computer was asleep.
 */
typedef void   (*BcastSleepFunc)      (gpointer user_data);

/**
 * BcastSleptFunc:
 *
 * Returns: how long the computer was asleep since it was started, in microseconds
 */
typedef gint64 (*BcastSleptFunc)      (void);

BcastSleepWatch *bcast_sleep_watch_new  (GMainContext    *context,
                                         guint            every_ms,
                                         BcastSleptFunc   slept_func,
                                         BcastSleepFunc   func,
                                         gpointer         user_data) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_sleep_watch_free (BcastSleepWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSleepWatch, bcast_sleep_watch_free)

G_END_DECLS
