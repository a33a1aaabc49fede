/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"

G_BEGIN_DECLS

#define BCAST_TYPE_JOURNAL (bcast_journal_get_type ())

/* The timeline on disk: SQLite in WAL mode, written by one thread of its own. */
G_DECLARE_FINAL_TYPE (BcastJournal, bcast_journal, BCAST, JOURNAL, GObject)

/**
 * BcastJournalFunc:
 * @journal: the journal
 * @user_data: what the caller passed
 *
 * Called in the journal's thread after each commit, and whenever bcast_journal_dup_error() has
 * something else to say than before; must return at once.
 */
typedef void (*BcastJournalFunc) (BcastJournal *journal,
                                  gpointer      user_data);

BcastJournal *bcast_journal_open            (const char        *path,
                                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char         *bcast_journal_dup_default_path (const char       *profile_id) G_GNUC_WARN_UNUSED_RESULT;
const char   *bcast_journal_get_path        (BcastJournal      *self);
const char   *bcast_journal_get_kept_aside  (BcastJournal      *self);
void          bcast_journal_set_commit_func (BcastJournal      *self,
                                             BcastJournalFunc   func,
                                             gpointer           user_data,
                                             GDestroyNotify     destroy);

/* From any one thread (the network context); what is passed is copied. */
gint64        bcast_journal_next_id         (BcastJournal      *self);
void          bcast_journal_append          (BcastJournal      *self,
                                             const BcastEventRecord *record);
void          bcast_journal_deliver         (BcastJournal      *self,
                                             gint64             event_id,
                                             const BcastDelivery *delivery,
                                             BcastEventOutcome  outcome);
void          bcast_journal_settle          (BcastJournal      *self,
                                             gint64             event_id,
                                             BcastEventOutcome  outcome,
                                             guint              status,
                                             gint64             accepted_us,
                                             const char        *request,
                                             const char        *response,
                                             const char        *error);
void          bcast_journal_set_outcome     (BcastJournal      *self,
                                             gint64             event_id,
                                             BcastEventOutcome  outcome);

/* From any thread. */
void          bcast_journal_flush           (BcastJournal      *self);
gint64        bcast_journal_get_n_events    (BcastJournal      *self);
GError       *bcast_journal_dup_error       (BcastJournal      *self) G_GNUC_WARN_UNUSED_RESULT;
void          bcast_journal_close           (BcastJournal      *self);

G_END_DECLS
