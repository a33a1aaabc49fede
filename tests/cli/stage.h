/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-process.h"

G_BEGIN_DECLS

/**
 * Stage:
 * @home: a user
 * @server: a sandbox of theirs
 * @port: its port
 *
 * What tests of messages begin with: `serve`, and a launcher whose environment points at it.
 */
typedef struct
{
  Home    *home;
  Process *server;
  char    *port;
} Stage;

Stage      *stage_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void        stage_free          (Stage      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

JsonObject *read_until          (Process    *process,
                                 const char *type,
                                 const char *state) G_GNUC_WARN_UNUSED_RESULT;
char       *await_subscriptions (Process    *process,
                                 guint       n_wanted) G_GNUC_WARN_UNUSED_RESULT;
void        assert_event        (Process    *process,
                                 const char *channel,
                                 const char *name,
                                 const char *data);

G_END_DECLS
