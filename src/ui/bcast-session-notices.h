/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-notice.h"
#include "bcast-profile.h"

G_BEGIN_DECLS

void bcast_session_notices_tell_damaged         (GListStore   *notices,
                                                 const GError *error);
void bcast_session_notices_tell_unsaved         (GListStore   *notices,
                                                 const GError *error);
void bcast_session_notices_tell_no_keyring      (GListStore   *notices);
void bcast_session_notices_tell_waiting         (GListStore   *notices,
                                                 gboolean      waiting);
void bcast_session_notices_tell_secret_problem  (GListStore   *notices,
                                                 const GError *error);
void bcast_session_notices_tell_secret_missing  (GListStore   *notices,
                                                 BcastProfile *profile);
void bcast_session_notices_tell_open_failed     (GListStore   *notices,
                                                 BcastProfile *profile,
                                                 const GError *error);
void bcast_session_notices_tell_unknown_profile (GListStore   *notices,
                                                 const char   *id_or_name);
void bcast_session_notices_tell_connection      (GListStore   *notices,
                                                 const char   *error);
void bcast_session_notices_tell_retry           (GListStore   *notices,
                                                 gint64        retry_us);
void bcast_session_notices_tell_journal         (GListStore   *notices,
                                                 const char   *error);
void bcast_session_notices_tell_clients         (GListStore   *notices,
                                                 const GError *error);
void bcast_session_notices_tell_workspace       (GListStore   *notices,
                                                 const char   *text);
void bcast_session_notices_tell_any_certificate (GListStore   *notices,
                                                 BcastProfile *profile);
void bcast_session_notices_tell_faults          (GListStore   *notices,
                                                 guint         n_faults);
void bcast_session_notices_forget_profile       (GListStore   *notices);
void bcast_session_notices_forget_keyring       (GListStore   *notices);

G_END_DECLS
