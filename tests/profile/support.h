/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-profile.h"
#include "bcast-secret-bundle.h"
#include "bcast-secret-store.h"

G_BEGIN_DECLS

/* A folder of its own for one test, removed with all that is in it. */
typedef struct
{
  char *folder;
  char *path; /* of a file in a folder that is not there yet */
} Place;

void           place_set_up         (Place              *place,
                                     gconstpointer       data);
void           place_tear_down      (Place              *place,
                                     gconstpointer       data);
guint          count_files          (const char         *folder,
                                     const char         *prefix);
guint          get_mode             (const char         *path);
char          *read_file            (const char         *path);
void           write_file           (const char         *path,
                                     const char         *contents,
                                     gssize              length);

GAsyncResult  *await                (GAsyncResult      **result);
void           keep_result_cb       (GObject            *object,
                                     GAsyncResult       *result,
                                     gpointer            user_data);

char          *look_up              (BcastSecretStore   *store,
                                     const char         *profile_id,
                                     const char         *kind,
                                     GError            **error);
gboolean       keep                 (BcastSecretStore   *store,
                                     const char         *profile_id,
                                     const char         *kind,
                                     const char         *secret,
                                     GError            **error);
gboolean       forget               (BcastSecretStore   *store,
                                     const char         *profile_id,
                                     GError            **error);
gboolean       probe                (BcastSecretStore   *store,
                                     GError            **error);
gboolean       move_secrets         (BcastSecretStore   *store,
                                     BcastSecretPlace    to,
                                     GListModel         *profiles,
                                     GError            **error);
void           check_kept           (BcastSecretStore   *store,
                                     const char         *profile_id,
                                     const char         *kind,
                                     const char         *secret);
void           check_round_trip     (BcastSecretStore   *store);

G_END_DECLS
