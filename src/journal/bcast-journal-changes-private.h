/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BcastJournalChanges BcastJournalChanges;

BcastJournalChanges *_bcast_journal_changes_new   (void) G_GNUC_WARN_UNUSED_RESULT;
BcastJournalChanges *_bcast_journal_changes_ref   (BcastJournalChanges *self) G_GNUC_WARN_UNUSED_RESULT;
void                 _bcast_journal_changes_unref (BcastJournalChanges *self);

gboolean             _bcast_journal_changes_is_forgotten (BcastJournalChanges *self);
void                 _bcast_journal_changes_add   (BcastJournalChanges *self,
                                                   GHashTable          *event_ids);
GHashTable          *_bcast_journal_changes_drain (BcastJournalChanges *self,
                                                   gboolean            *is_all) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
