/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"

G_BEGIN_DECLS

/**
 * Fixture:
 * @folder: a temporary folder that goes with the test
 * @workspace: a workspace on the sandbox, open, with Alice and Bob connected
 *
 * What most tests of the workspace begin with: the real server, real sockets, a real journal.
 */
typedef struct
{
  char           *folder;
  char           *journal_path;
  BcastProfile   *profile;
  BcastWorkspace *workspace;
} Fixture;

typedef gboolean (*Condition) (gpointer data);

void        fixture_set_up        (Fixture        *fixture,
                                   gconstpointer   data);
void        fixture_tear_down     (Fixture        *fixture,
                                   gconstpointer   data);
void        fixture_wait          (Condition       condition,
                                   gpointer        data);
void        fixture_open          (BcastWorkspace *workspace,
                                   GError        **error);
gint64      fixture_send          (Fixture        *fixture,
                                   const BcastDraft *draft,
                                   GError        **error);
BcastEvent *fixture_wait_event    (Fixture        *fixture,
                                   gint64          event_id,
                                   BcastEventOutcome outcome);

G_END_DECLS
