/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-private.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "bcast-error.h"

#define ATTRIBUTE_PROFILE "profile"
#define ATTRIBUTE_KIND    "kind"

/* The names are kept in every user's keyring: changing one loses the secrets stored under it. */
static const SecretSchema schema = {
  "org.example.Broadcast.Secret", SECRET_SCHEMA_NONE,
  {
    { ATTRIBUTE_PROFILE, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { ATTRIBUTE_KIND, SECRET_SCHEMA_ATTRIBUTE_STRING },
  }
};

/* The one sentence for all that can be wrong with a keyring, for the ways out are always the same. */
static void
return_unavailable (GTask      *task,
                    const char *why)
{
  g_task_return_new_error (task, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                           _("The keyring cannot be used: %s. Unlock or start it and try again, or keep "
                             "secrets for this session only, or in a file that nobody but you can read."),
                           why);
}

/* Takes @error. */
static void
return_error (GTask  *task,
              GError *error)
{
  g_autofree char *why = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }

  g_dbus_error_strip_remote_error (error);
  why = g_strdup (error->message);
  g_strchomp (why);
  if (g_str_has_suffix (why, "."))
    why[strlen (why) - 1] = '\0';
  return_unavailable (task, why);
  g_error_free (error);
}

static GHashTable *
build_attributes (BcastSecretRequest *request)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  if (request->profile_id != NULL)
    g_hash_table_insert (attributes, (char *) ATTRIBUTE_PROFILE, request->profile_id);
  if (request->kind != NULL)
    g_hash_table_insert (attributes, (char *) ATTRIBUTE_KIND, request->kind);
  return attributes;
}

static void
retrieved_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretValue) value =
    secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (object), result, &error);
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;

  if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_strdup (text), (GDestroyNotify) bcast_secret_free);
}

static gboolean
is_locked (gpointer retrievable)
{
  return SECRET_IS_ITEM (retrievable) && secret_item_get_locked (retrievable);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  g_autolist(SecretRetrievable) items = secret_password_search_finish (result, &error);

  if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else if (items == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else if (is_locked (items->data))
    return_unavailable (task, _("it is locked"));
  else
    secret_retrievable_retrieve_secret (items->data, cancellable, retrieved_cb,
                                        g_steal_pointer (&task));
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  g_list_free_full (items, g_object_unref);
  if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else
    return_unavailable (task, _("it is locked"));
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  /* FALSE without an error: there was nothing. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
bcast_secret_keyring_run (GTask *task)
{
  BcastSecretRequest *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GHashTable) attributes = build_attributes (request);

  switch (request->op)
    {
    case BCAST_SECRET_OP_PROBE:
      /* Any search will do; one that unlocks nothing asks the user nothing. */
      secret_password_searchv (&schema, attributes, SECRET_SEARCH_NONE, cancellable, probed_cb, task);
      break;

    case BCAST_SECRET_OP_LOOKUP:
      secret_password_searchv (&schema, attributes, SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS,
                               cancellable, found_cb, task);
      break;

    case BCAST_SECRET_OP_STORE:
      secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, request->label,
                              request->secret, cancellable, stored_cb, task);
      break;

    case BCAST_SECRET_OP_CLEAR:
      secret_password_clearv (&schema, attributes, cancellable, cleared_cb, task);
      break;
    }
}
