/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-profile.h"

typedef struct
{
  char *profile_id;
  char *kind;
  char *label;
  char *secret; /* NULL until it was found, and where none is kept */
} Item;

/* Every item is looked up before the first is stored, and all are stored before the first is
 * cleared, so that no failure loses a secret. */
static const BcastSecretOp phases[] = {
  BCAST_SECRET_OP_LOOKUP,
  BCAST_SECRET_OP_STORE,
  BCAST_SECRET_OP_CLEAR,
};

typedef struct
{
  BcastSecretPlace  from;
  BcastSecretPlace  to;
  GPtrArray        *items;
  guint             phase;
  guint             next;
} Move;

static void
item_free (Item *item)
{
  g_free (item->profile_id);
  g_free (item->kind);
  g_free (item->label);
  bcast_secret_free (item->secret);
  g_free (item);
}

static void
move_free (Move *move)
{
  g_ptr_array_unref (move->items);
  g_free (move);
}

static GPtrArray *
list_items (GListModel *profiles)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    for (guint k = 0; k < BCAST_SECRET_N_KINDS; k++)
      {
        g_autoptr(BcastProfile) profile = g_list_model_get_item (profiles, i);
        Item *item = g_new0 (Item, 1);

        item->profile_id = g_strdup (bcast_profile_get_id (profile));
        item->kind = g_strdup (bcast_secret_kinds[k]);
        item->label = g_strdup_printf ("Broadcast: %s", bcast_profile_get_name (profile));
        g_ptr_array_add (items, item);
      }
  return items;
}

static void step (GTask *task);

static gboolean
finish_item (GTask         *task,
             Move          *move,
             Item          *item,
             GAsyncResult  *result,
             GError       **error)
{
  BcastSecretStore *self = g_task_get_source_object (task);
  g_autoptr(GError) local_error = NULL;

  if (phases[move->phase] != BCAST_SECRET_OP_LOOKUP)
    return bcast_secret_store_store_finish (self, result, error);

  item->secret = bcast_secret_store_lookup_finish (self, result, &local_error);

  /* Who leaves a keyring that does not answer must be able to; what is in it stays there. */
  if (local_error != NULL && (move->from != BCAST_SECRET_PLACE_KEYRING
                              || !g_error_matches (local_error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE)))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static void
item_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Move *move = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (finish_item (task, move, move->items->pdata[move->next], result, &error))
    {
      move->next++;
      step (g_steal_pointer (&task));
      return;
    }

  if (phases[move->phase] == BCAST_SECRET_OP_CLEAR)
    g_prefix_error (&error, "%s ", _("The secrets were moved, but copies stay behind in the old place."));
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
run_item (GTask *task,
          Move  *move,
          Item  *item)
{
  BcastSecretOp op = phases[move->phase];
  BcastSecretPlace place = op == BCAST_SECRET_OP_STORE ? move->to : move->from;
  BcastSecretRequest *request =
    bcast_secret_request_new (op, item->profile_id, op == BCAST_SECRET_OP_CLEAR ? NULL : item->kind);

  if (op == BCAST_SECRET_OP_STORE)
    {
      request->label = g_strdup (item->label);
      request->secret = g_strdup (item->secret);
    }
  bcast_secret_store_run (g_task_get_source_object (task), place, request,
                          g_task_get_cancellable (task), run_item, item_cb, task);
}

/* Goes on with the next item that has something to do in the phase; takes @task. */
static void
step (GTask *task)
{
  Move *move = g_task_get_task_data (task);

  for (; move->phase < G_N_ELEMENTS (phases); move->phase++, move->next = 0)
    {
      if (phases[move->phase] == BCAST_SECRET_OP_CLEAR)
        bcast_secret_store_set_place (g_task_get_source_object (task), move->to);

      for (; move->next < move->items->len; move->next++)
        {
          Item *item = move->items->pdata[move->next];

          if (phases[move->phase] == BCAST_SECRET_OP_LOOKUP || item->secret != NULL)
            {
              run_item (task, move, item);
              return;
            }
        }
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * bcast_secret_store_move_async:
 * @self: a store
 * @to: where secrets are to be kept from now on
 * @profiles: the #BcastProfile objects whose secrets they are
 * @cancellable: (nullable): stops it between two secrets
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Moves every secret of @profiles to @to and makes that the place of @self. When one cannot be read
 * or written, the place stays as it was and nothing is removed from it. A keyring that cannot be used
 * is left without its secrets, which stay in it.
 */
void
bcast_secret_store_move_async (BcastSecretStore    *self,
                               BcastSecretPlace     to,
                               GListModel          *profiles,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (self));
  g_return_if_fail (G_IS_LIST_MODEL (profiles));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Move *move = g_new0 (Move, 1);

  move->from = bcast_secret_store_get_place (self);
  move->to = to;
  move->items = list_items (profiles);
  if (move->from == to)
    move->phase = G_N_ELEMENTS (phases);
  g_task_set_source_tag (task, bcast_secret_store_move_async);
  g_task_set_task_data (task, move, (GDestroyNotify) move_free);
  step (task);
}

/**
 * bcast_secret_store_move_finish:
 * @self: a store
 * @result: what the callback received
 * @error: why one could not be moved; or, when bcast_secret_store_get_place() is the new place
 *   already, why a copy could not be removed from the old one
 *
 * Returns: whether all were moved
 */
gboolean
bcast_secret_store_move_finish (BcastSecretStore  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
