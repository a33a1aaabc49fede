/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-journal.h"

G_BEGIN_DECLS

#define BCAST_TYPE_EVENT_LIST (bcast_event_list_get_type ())

/* A GListModel of BcastEvent over a read connection; oldest first. Reads only the rows asked for. */
G_DECLARE_FINAL_TYPE (BcastEventList, bcast_event_list, BCAST, EVENT_LIST, GObject)

BcastEventList *bcast_event_list_new     (BcastJournal    *journal,
                                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;
BcastEventList *bcast_event_list_new_for_path (const char *path,
                                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            bcast_event_list_refresh (BcastEventList  *self);
BcastEvent     *bcast_event_list_find    (BcastEventList  *self,
                                          gint64           event_id,
                                          guint           *position) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
