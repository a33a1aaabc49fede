/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"
#include "bcast-journal-positions-private.h"

G_BEGIN_DECLS

/* One event as read. Owns what it points to. */
typedef struct
{
  BcastEventRecord *record;
  GPtrArray        *deliveries; /* of BcastDelivery, NULL when there are none */
} BcastEventRow;

typedef struct _BcastEventReader BcastEventReader;

BcastEventReader      *_bcast_event_reader_new            (const char        *path,
                                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void                   _bcast_event_reader_free           (BcastEventReader  *self);
BcastJournalPositions *_bcast_event_reader_read_positions (BcastEventReader  *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray             *_bcast_event_reader_read_rows      (BcastEventReader  *self,
                                                           gint64             first_id,
                                                           gint64             last_id,
                                                           guint              max_rows) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
