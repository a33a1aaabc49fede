/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-registry.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SESSION (bcast_session_get_type ())

/* Properties with notification: "profile" (the one that is chosen), "workspace" (NULL while it is
 * not open), "opening" (boolean). */
G_DECLARE_FINAL_TYPE (BcastSession, bcast_session, BCAST, SESSION, GObject)

BcastSession   *bcast_session_new           (GSettings    *settings) G_GNUC_WARN_UNUSED_RESULT;

void            bcast_session_start         (BcastSession *self,
                                             const char   *profile);
void            bcast_session_open          (BcastSession *self,
                                             BcastProfile *profile);
void            bcast_session_open_by_name  (BcastSession *self,
                                             const char   *id_or_name);
void            bcast_session_reopen        (BcastSession *self);
void            bcast_session_close         (BcastSession *self);

BcastRegistry  *bcast_session_get_registry  (BcastSession *self);
GListStore     *bcast_session_get_notices   (BcastSession *self);
BcastProfile   *bcast_session_get_profile   (BcastSession *self);
BcastWorkspace *bcast_session_get_workspace (BcastSession *self);
gboolean        bcast_session_get_opening   (BcastSession *self);

G_END_DECLS
