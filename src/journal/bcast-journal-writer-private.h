/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "bcast-journal-queue-private.h"

G_BEGIN_DECLS

typedef struct _BcastJournalWriter BcastJournalWriter;

/* Called in the writer's thread after each commit: how many events were added, and which older ones
 * changed (of gint64). Called with none of either when the error changed and nothing was committed. */
typedef void (*BcastJournalWriterFunc) (guint       n_added,
                                        GHashTable *changed_ids,
                                        gpointer    user_data);

BcastJournalWriter *_bcast_journal_writer_new        (sqlite3                 *db,
                                                      const char              *path,
                                                      gint64                   last_id,
                                                      BcastJournalQueue       *queue,
                                                      BcastJournalWriterFunc   func,
                                                      gpointer                 user_data,
                                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void                _bcast_journal_writer_start      (BcastJournalWriter      *self);
gboolean            _bcast_journal_writer_is_current (BcastJournalWriter      *self);
GError             *_bcast_journal_writer_dup_error  (BcastJournalWriter      *self) G_GNUC_WARN_UNUSED_RESULT;
void                _bcast_journal_writer_stop       (BcastJournalWriter      *self);
void                _bcast_journal_writer_free       (BcastJournalWriter      *self);

G_END_DECLS
