/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-private.h"

#include <string.h>

/* Neither profile ids nor kinds have this character. */
#define SEPARATOR "/"

static char *
make_key (BcastSecretRequest *request)
{
  return g_strconcat (request->profile_id, SEPARATOR, request->kind, NULL);
}

static gboolean
is_of_profile_cb (gpointer key,
                  gpointer value,
                  gpointer user_data)
{
  const char *profile_id = user_data;
  gsize length = strlen (profile_id);

  return strncmp (key, profile_id, length) == 0 && g_str_has_prefix ((char *) key + length, SEPARATOR);
}

/* Secrets for as long as the table lives; each is wiped when it goes. */
GHashTable *
bcast_secret_session_new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) bcast_secret_free);
}

void
bcast_secret_session_run (GTask *task)
{
  BcastSecretRequest *request = g_task_get_task_data (task);
  g_autofree char *key = NULL;

  switch (request->op)
    {
    case BCAST_SECRET_OP_LOOKUP:
      key = make_key (request);
      g_task_return_pointer (task, g_strdup (g_hash_table_lookup (request->table, key)),
                             (GDestroyNotify) bcast_secret_free);
      break;

    case BCAST_SECRET_OP_STORE:
      g_hash_table_replace (request->table, make_key (request), g_strdup (request->secret));
      g_task_return_boolean (task, TRUE);
      break;

    case BCAST_SECRET_OP_CLEAR:
      key = request->kind != NULL ? make_key (request) : NULL;
      if (key != NULL)
        g_hash_table_remove (request->table, key);
      else
        g_hash_table_foreach_remove (request->table, is_of_profile_cb, request->profile_id);
      g_task_return_boolean (task, TRUE);
      break;

    case BCAST_SECRET_OP_PROBE:
      g_task_return_boolean (task, TRUE);
      break;
    }
  g_object_unref (task);
}
