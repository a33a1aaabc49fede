/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-secret-store.h"

G_BEGIN_DECLS

#define BCAST_SECRET_MAX_BYTES 16384 /* cookies of a signed-in user take some thousands */
#define BCAST_SECRET_MAX_CLIENTS_BYTES (8 * BCAST_SECRET_MAX_BYTES) /* the same of several clients */
#define BCAST_SECRET_N_KINDS   4

/* What a profile can have a secret for. */
extern const char * const bcast_secret_kinds[BCAST_SECRET_N_KINDS];

typedef enum
{
  BCAST_SECRET_OP_PROBE,
  BCAST_SECRET_OP_LOOKUP,
  BCAST_SECRET_OP_STORE,
  BCAST_SECRET_OP_CLEAR,
} BcastSecretOp;

/**
 * BcastSecretRequest:
 * @op: what to do; the fields that do not matter for it are %NULL
 * @profile_id: whose secret
 * @kind: which one of that profile's
 * @label: what the keyring's own program calls it
 * @secret: what to keep
 * @table: (nullable): where the session keeps secrets, key → secret
 * @path: the file of the place that is a file
 *
 * One task for a place where secrets are kept. It is the data of a #GTask, which returns a string
 * for a look-up and a boolean for all else.
 */
typedef struct
{
  BcastSecretOp  op;
  char          *profile_id;
  char          *kind;
  char          *label;
  char          *secret;
  GHashTable    *table;
  char          *path;
} BcastSecretRequest;

/* Each carries out the request of @task, now or later, and drops @task. */
void      bcast_secret_keyring_run       (GTask       *task);
void      bcast_secret_session_run       (GTask       *task);
void      bcast_secret_file_run          (GTask       *task);

GHashTable *bcast_secret_session_new_table (void);

void      bcast_secret_store_run         (BcastSecretStore    *self,
                                          BcastSecretPlace     place,
                                          BcastSecretRequest  *request,
                                          GCancellable        *cancellable,
                                          gpointer             source_tag,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
BcastSecretRequest *bcast_secret_request_new (BcastSecretOp     op,
                                              const char       *profile_id,
                                              const char       *kind);
void      bcast_secret_request_free      (BcastSecretRequest  *self);

gboolean  bcast_secret_check             (const char  *kind,
                                          const char  *secret,
                                          GError     **error);
void      bcast_secret_wipe              (char        *secret);

G_END_DECLS
