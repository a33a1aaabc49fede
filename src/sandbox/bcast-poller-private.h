/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BcastPoller BcastPoller;
typedef struct _BcastPollerWatch BcastPollerWatch;

/**
 * BcastPollerFunc:
 * @object: what the watch was made with
 * @is_readable: whether something can be read, the end of all or a failure among it
 * @is_writable: whether something can be written again, if that was waited for
 *
 * Called when a file is ready; may remove the watch.
 */
typedef void (*BcastPollerFunc) (gpointer object,
                                 gboolean is_readable,
                                 gboolean is_writable);

BcastPoller      *bcast_poller_new           (GMainContext     *context) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_poller_free          (BcastPoller      *self);

BcastPollerWatch *bcast_poller_add           (BcastPoller      *self,
                                              int               fd,
                                              BcastPollerFunc   func,
                                              gpointer          object) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_poller_watch_free    (BcastPollerWatch *watch);
void              bcast_poller_watch_writing (BcastPollerWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastPoller, bcast_poller_free)

G_END_DECLS
