/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "cli-output.h"

G_BEGIN_DECLS

/**
 * CliDoneFunc:
 * @user_data: what the caller passed
 *
 * Returns: whether what is waited for has happened
 */
typedef gboolean (*CliDoneFunc) (gpointer user_data);

/**
 * CliSession:
 *
 * The time a command waits for others: its main loop, the signals that end it and its time limit.
 */
typedef struct _CliSession CliSession;

CliSession   *cli_session_new             (CliOutput           *output) G_GNUC_WARN_UNUSED_RESULT;
void          cli_session_free            (CliSession          *self);
CliOutput    *cli_session_get_output      (CliSession          *self);
GCancellable *cli_session_get_cancellable (CliSession          *self);
gboolean      cli_session_is_interrupted  (CliSession          *self);
CliExit       cli_session_get_interrupt   (CliSession          *self);

gboolean      cli_session_wait            (CliSession          *self,
                                           CliDoneFunc          is_done,
                                           gpointer             user_data,
                                           gint64               deadline_us);
void          cli_session_set_limit       (CliSession          *self,
                                           guint                limit_s);
void          cli_session_ready_cb        (GObject             *source,
                                           GAsyncResult        *result,
                                           gpointer             user_data);
GAsyncResult *cli_session_await           (CliSession          *self,
                                           GAsyncResult       **result);
CliExit       cli_session_fail            (CliSession          *self,
                                           const GError        *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSession, cli_session_free)

G_END_DECLS
