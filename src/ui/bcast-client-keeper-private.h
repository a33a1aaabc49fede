/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-keeper.h"
#include "bcast-client-restore.h"

G_BEGIN_DECLS

/* What was written, or was to be; bcast-client-keeper-save.c does it. */
typedef struct
{
  char *text;    /* NULL for nothing yet */
  char *secrets; /* NULL for none */
} BcastClientWritten;

struct _BcastClientKeeper
{
  GObject             parent_instance;

  BcastProfile       *profile;
  BcastSecretStore   *store;
  GListStore         *notices;
  char               *path;
  BcastClientRestore *restored;

  BcastWorkspace     *workspace;
  BcastClientWatch   *watch;
  char               *ready_text; /* what is not worth a file of its own; NULL when there is a file */
  gboolean            is_sure;    /* whether all secrets that are kept are known here */
  BcastClientWritten  saved;      /* as it is on the disk */
  BcastClientWritten  tried;      /* the same after a failure that was told: not tried each second */

  guint               timeout_id;
  gboolean            is_saving;
  gboolean            is_late;    /* there were changes while it was saving */
  BcastCast          *last;       /* at the close, when the workspace forgets its clients */
  GTask              *closing;
  GCancellable       *patience;   /* cancelled when the close takes too long */
  guint               patience_id;
};

void bcast_client_keeper_written_set (BcastClientWritten           *self,
                                      const char        *text,
                                      const char        *secrets);
void bcast_client_keeper_save        (BcastClientKeeper *self);

G_END_DECLS
