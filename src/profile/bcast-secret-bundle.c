/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-bundle.h"

#include <glib/gi18n-lib.h>

#include "bcast-secret-private.h"

/* The kinds in the order in which they are read and kept. */
static const struct
{
  const char *kind;
  gsize       offset;
} kinds[] = {
  { BCAST_SECRET_KIND_SECRET, G_STRUCT_OFFSET (BcastSecretBundle, secret) },
  { BCAST_SECRET_KIND_MASTER_KEY, G_STRUCT_OFFSET (BcastSecretBundle, master_key) },
  { BCAST_SECRET_KIND_AUTHORIZER, G_STRUCT_OFFSET (BcastSecretBundle, authorizer) },
  { BCAST_SECRET_KIND_CLIENTS, G_STRUCT_OFFSET (BcastSecretBundle, clients) },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == BCAST_SECRET_N_KINDS);

/* What is read or kept kind by kind; the task's data. */
typedef struct
{
  BcastSecretBundle *bundle;
  char              *profile_id;
  char              *name;
  gboolean           replace;
  guint              next;
} Work;

static char **
field (BcastSecretBundle *self,
       guint              kind)
{
  return &G_STRUCT_MEMBER (char *, self, kinds[kind].offset);
}

static const char *
get (const BcastSecretBundle *self,
     guint                    kind)
{
  return G_STRUCT_MEMBER (const char *, self, kinds[kind].offset);
}

static char *
dup_or_null (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * bcast_secret_bundle_new:
 * @secret: (nullable): the app's secret
 * @master_key: (nullable): its encryption master key
 * @authorizer: (nullable): what the user's app is sent
 *
 * An empty text counts as none. What the clients send is set afterwards, by whoever has any.
 *
 * Returns: (transfer full): a new bundle; it is wiped when it is freed
 */
BcastSecretBundle *
bcast_secret_bundle_new (const char *secret,
                         const char *master_key,
                         const char *authorizer)
{
  BcastSecretBundle *self = g_new0 (BcastSecretBundle, 1);

  self->secret = dup_or_null (secret);
  self->master_key = dup_or_null (master_key);
  self->authorizer = dup_or_null (authorizer);
  return self;
}

/**
 * bcast_secret_bundle_copy:
 * @self: a bundle
 *
 * Returns: (transfer full): a copy
 */
BcastSecretBundle *
bcast_secret_bundle_copy (const BcastSecretBundle *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastSecretBundle *copy = g_new0 (BcastSecretBundle, 1);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    *field (copy, i) = dup_or_null (get (self, i));
  return copy;
}

/**
 * bcast_secret_bundle_free:
 * @self: (transfer full) (nullable): a bundle
 */
void
bcast_secret_bundle_free (BcastSecretBundle *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    bcast_secret_free (*field (self, i));
  g_free (self);
}

/**
 * bcast_secret_bundle_is_empty:
 * @self: a bundle
 *
 * Returns: whether there is nothing in it
 */
gboolean
bcast_secret_bundle_is_empty (const BcastSecretBundle *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (get (self, i) != NULL)
      return FALSE;
  return TRUE;
}

/**
 * bcast_secret_bundle_equal:
 * @self: a bundle
 * @other: another
 *
 * Returns: whether both have the same secrets
 */
gboolean
bcast_secret_bundle_equal (const BcastSecretBundle *self,
                           const BcastSecretBundle *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (get (self, i), get (other, i)) != 0)
      return FALSE;
  return TRUE;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  bcast_secret_bundle_free (work->bundle);
  g_free (work->profile_id);
  g_free (work->name);
  g_free (work);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastSecretStore *store = BCAST_SECRET_STORE (object);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Work *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  *field (work->bundle, work->next) = bcast_secret_store_lookup_finish (store, result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (++work->next == G_N_ELEMENTS (kinds))
    g_task_return_pointer (task, g_steal_pointer (&work->bundle), (GDestroyNotify) bcast_secret_bundle_free);
  else
    bcast_secret_store_lookup_async (store, work->profile_id, kinds[work->next].kind, cancellable, looked_up_cb,
                                     g_steal_pointer (&task));
}

/**
 * bcast_secret_bundle_lookup_async:
 * @store: where secrets are kept
 * @profile_id: whose secrets
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Looks for every secret of a profile.
 */
void
bcast_secret_bundle_lookup_async (BcastSecretStore    *store,
                                  const char          *profile_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (store));
  g_return_if_fail (profile_id != NULL);

  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  g_task_set_source_tag (task, bcast_secret_bundle_lookup_async);
  work->bundle = bcast_secret_bundle_new (NULL, NULL, NULL);
  work->profile_id = g_strdup (profile_id);
  g_task_set_task_data (task, work, work_free);
  bcast_secret_store_lookup_async (store, profile_id, kinds[0].kind, cancellable, looked_up_cb, task);
}

/**
 * bcast_secret_bundle_lookup_finish:
 * @store: where secrets are kept
 * @result: what the callback received
 * @error: as bcast_secret_store_lookup_finish() says it
 *
 * Returns: (transfer full) (nullable): all that is kept, which may be nothing; %NULL with @error set
 */
BcastSecretBundle *
bcast_secret_bundle_lookup_finish (BcastSecretStore  *store,
                                   GAsyncResult      *result,
                                   GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bcast_secret_kind_dup_label:
 * @kind: one of the kinds
 * @profile_name: the name of the profile whose secret it is
 *
 * Returns: (transfer full): what the keyring's own program calls the secret
 */
char *
bcast_secret_kind_dup_label (const char *kind,
                             const char *profile_name)
{
  if (g_str_equal (kind, BCAST_SECRET_KIND_MASTER_KEY))
    return g_strdup_printf (_("Broadcast: encryption key of the profile “%s”"), profile_name);
  if (g_str_equal (kind, BCAST_SECRET_KIND_AUTHORIZER))
    return g_strdup_printf (_("Broadcast: authorization of the profile “%s”"), profile_name);
  if (g_str_equal (kind, BCAST_SECRET_KIND_CLIENTS))
    return g_strdup_printf (_("Broadcast: clients of the profile “%s”"), profile_name);
  return g_strdup_printf (_("Broadcast: secret of the profile “%s”"), profile_name);
}

static void stored_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

/* What the clients send is not the profile's: whoever edits that must not take it away from them. */
static gboolean
is_replaced (Work  *work,
             guint  kind)
{
  return work->replace && !g_str_equal (kinds[kind].kind, BCAST_SECRET_KIND_CLIENTS);
}

/* Keeps the next kind, or sees to it that none is kept; takes @task. */
static void
store_next (BcastSecretStore *store,
            GTask            *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Work *work = g_task_get_task_data (task);
  g_autofree char *label = NULL;
  const char *kind, *secret;

  while (work->next < G_N_ELEMENTS (kinds) && *field (work->bundle, work->next) == NULL
         && !is_replaced (work, work->next))
    work->next++;
  if (work->next == G_N_ELEMENTS (kinds))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  kind = kinds[work->next].kind;
  secret = *field (work->bundle, work->next);
  label = bcast_secret_kind_dup_label (kind, work->name);
  if (secret != NULL)
    bcast_secret_store_store_async (store, work->profile_id, kind, label, secret, cancellable, stored_cb, task);
  else
    bcast_secret_store_clear_async (store, work->profile_id, kind, cancellable, stored_cb, task);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastSecretStore *store = BCAST_SECRET_STORE (object);
  Work *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gboolean done;

  done = *field (work->bundle, work->next) != NULL ? bcast_secret_store_store_finish (store, result, &error)
                                                   : bcast_secret_store_clear_finish (store, result, &error);
  work->next++;
  if (done)
    store_next (store, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * bcast_secret_bundle_store_async:
 * @store: where secrets are kept
 * @profile: whose secrets
 * @bundle: what is to be kept from now on; copied
 * @replace: whether a kind that is not in @bundle is removed, rather than left as it is; what the clients
 *   send is left in any case
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Keeps what is in @bundle for @profile.
 */
void
bcast_secret_bundle_store_async (BcastSecretStore        *store,
                                 BcastProfile            *profile,
                                 const BcastSecretBundle *bundle,
                                 gboolean                 replace,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (store));
  g_return_if_fail (BCAST_IS_PROFILE (profile));
  g_return_if_fail (bundle != NULL);

  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  g_task_set_source_tag (task, bcast_secret_bundle_store_async);
  work->bundle = bcast_secret_bundle_copy (bundle);
  work->profile_id = g_strdup (bcast_profile_get_id (profile));
  work->name = g_strdup (bcast_profile_get_name (profile));
  work->replace = replace;
  g_task_set_task_data (task, work, work_free);
  store_next (store, task);
}

/**
 * bcast_secret_bundle_store_finish:
 * @store: where secrets are kept
 * @result: what the callback received
 * @error: as bcast_secret_store_store_finish() says it
 *
 * Returns: whether all is kept
 */
gboolean
bcast_secret_bundle_store_finish (BcastSecretStore  *store,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
