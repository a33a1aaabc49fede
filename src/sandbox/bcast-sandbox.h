/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-app.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SANDBOX (bcast_sandbox_get_type ())

#define BCAST_SANDBOX_PREFERRED_PORT 6001 /* what soketi and laravel-websockets listen on */

/* The embedded server. It runs in a thread and context of its own from start to stop; the functions
 * here may be called from the context it was made in. */
G_DECLARE_FINAL_TYPE (BcastSandbox, bcast_sandbox, BCAST, SANDBOX, GObject)

BcastSandbox *bcast_sandbox_new              (const char    *app_id,
                                              const char    *key,
                                              const char    *secret) G_GNUC_WARN_UNUSED_RESULT;

void          bcast_sandbox_set_host         (BcastSandbox  *self,
                                              const char    *host);
void          bcast_sandbox_set_user         (BcastSandbox  *self,
                                              const char    *user_id,
                                              const char    *user_info);
void          bcast_sandbox_set_master_key   (BcastSandbox  *self,
                                              const char    *master_key);
void          bcast_sandbox_set_activity_timeout (BcastSandbox *self,
                                              guint          timeout_s);
void          bcast_sandbox_set_max_sockets  (BcastSandbox  *self,
                                              guint          max_sockets);
void          bcast_sandbox_set_max_members  (BcastSandbox  *self,
                                              guint          max_members);
void          bcast_sandbox_set_subscription_counts (BcastSandbox *self,
                                              gboolean       is_on);

gboolean      bcast_sandbox_start            (BcastSandbox  *self,
                                              guint16        preferred_port,
                                              gboolean       any_port,
                                              GError       **error);
void          bcast_sandbox_stop             (BcastSandbox  *self);

gboolean      bcast_sandbox_is_running       (BcastSandbox  *self);
guint16       bcast_sandbox_get_port         (BcastSandbox  *self);
const char   *bcast_sandbox_get_host         (BcastSandbox  *self);
BcastApp     *bcast_sandbox_dup_app          (BcastSandbox  *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
