/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _BcastJournalPositions BcastJournalPositions;

BcastJournalPositions *_bcast_journal_positions_new          (gint64                       first_id,
                                                              gint64                       last_id) G_GNUC_WARN_UNUSED_RESULT;
BcastJournalPositions *_bcast_journal_positions_load         (sqlite3                     *db,
                                                              const char                  *path,
                                                              GError                     **error) G_GNUC_WARN_UNUSED_RESULT;
void                   _bcast_journal_positions_free         (BcastJournalPositions       *self);

void                   _bcast_journal_positions_add_gap      (BcastJournalPositions       *self,
                                                              gint64                       first_id,
                                                              gint64                       last_id);
gint64                 _bcast_journal_positions_get_n_events (const BcastJournalPositions *self);
gint64                 _bcast_journal_positions_get_last_id  (const BcastJournalPositions *self);
gint64                 _bcast_journal_positions_get_id       (const BcastJournalPositions *self,
                                                              gint64                       position);
gint64                 _bcast_journal_positions_find         (const BcastJournalPositions *self,
                                                              gint64                       id);
gboolean               _bcast_journal_positions_is_prefix    (const BcastJournalPositions *self,
                                                              const BcastJournalPositions *longer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastJournalPositions, _bcast_journal_positions_free)

G_END_DECLS
