/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-log.h"

/* Readers hear of new rows at most this often: about once a frame. */
#define FLUSH_MS 16

/**
 * BcastSandboxLog:
 *
 * The last rows of what the sandbox reported, and of them those that match. However fast reports come, the
 * list tells of them once a frame, and keeps no more than its bound.
 */
struct _BcastSandboxLog
{
  GObject    parent_instance;

  GPtrArray *kept;     /* of BcastLogEntry, the oldest first */
  GPtrArray *shown;    /* those of them that match, in the same order */
  GPtrArray *waiting;  /* not in the list yet: the frame is not over, or the list is paused */
  guint64    n_serials;
  guint      kinds;
  char      *filter;   /* %NULL for none */
  guint      flush_id;
  gboolean   paused;
};

enum
{
  CHANGED,
  REPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
bcast_sandbox_log_get_item_type (GListModel *model)
{
  return BCAST_TYPE_LOG_ENTRY;
}

static guint
bcast_sandbox_log_get_n_items (GListModel *model)
{
  return BCAST_SANDBOX_LOG (model)->shown->len;
}

static gpointer
bcast_sandbox_log_get_item (GListModel *model,
                            guint       position)
{
  BcastSandboxLog *self = BCAST_SANDBOX_LOG (model);

  return position < self->shown->len ? g_object_ref (self->shown->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bcast_sandbox_log_get_item_type;
  iface->get_n_items = bcast_sandbox_log_get_n_items;
  iface->get_item = bcast_sandbox_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastSandboxLog, bcast_sandbox_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
emit_changed (BcastSandboxLog *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bound (GPtrArray *entries)
{
  if (entries->len > BCAST_SANDBOX_LOG_MAX_ROWS)
    g_ptr_array_remove_range (entries, 0, entries->len - BCAST_SANDBOX_LOG_MAX_ROWS);
}

/* Makes room for @n_new rows. */
static void
drop_oldest (BcastSandboxLog *self,
             guint            n_new)
{
  guint n_all = self->kept->len + n_new;
  guint n_dropped = n_all > BCAST_SANDBOX_LOG_MAX_ROWS ? n_all - BCAST_SANDBOX_LOG_MAX_ROWS : 0;
  guint n_hidden = 0;
  guint64 first;

  if (n_dropped == 0)
    return;
  g_ptr_array_remove_range (self->kept, 0, MIN (n_dropped, self->kept->len));
  first = self->kept->len > 0 ? bcast_log_entry_get_serial (self->kept->pdata[0]) : G_MAXUINT64;
  while (n_hidden < self->shown->len && bcast_log_entry_get_serial (self->shown->pdata[n_hidden]) < first)
    n_hidden++;
  if (n_hidden == 0)
    return;
  g_ptr_array_remove_range (self->shown, 0, n_hidden);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_hidden, 0);
}

static void
flush (BcastSandboxLog *self)
{
  g_autoptr(GPtrArray) added = g_steal_pointer (&self->waiting);
  guint n_shown;

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  bound (added);
  drop_oldest (self, added->len);
  n_shown = self->shown->len;
  for (guint i = 0; i < added->len; i++)
    {
      g_ptr_array_add (self->kept, g_object_ref (added->pdata[i]));
      if (bcast_log_entry_matches (added->pdata[i], self->kinds, self->filter))
        g_ptr_array_add (self->shown, g_object_ref (added->pdata[i]));
    }
  if (self->shown->len > n_shown)
    g_list_model_items_changed (G_LIST_MODEL (self), n_shown, 0, self->shown->len - n_shown);
  emit_changed (self);
}

static gboolean
flush_cb (gpointer user_data)
{
  BcastSandboxLog *self = user_data;

  self->flush_id = 0;
  if (self->paused)
    emit_changed (self);
  else
    flush (self);
  return G_SOURCE_REMOVE;
}

static void
match_again (BcastSandboxLog *self)
{
  guint n_before = self->shown->len;

  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->kept->len; i++)
    if (bcast_log_entry_matches (self->kept->pdata[i], self->kinds, self->filter))
      g_ptr_array_add (self->shown, g_object_ref (self->kept->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->shown->len);
  emit_changed (self);
}

static void
bcast_sandbox_log_finalize (GObject *object)
{
  BcastSandboxLog *self = BCAST_SANDBOX_LOG (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->waiting);
  g_free (self->filter);

  G_OBJECT_CLASS (bcast_sandbox_log_parent_class)->finalize (object);
}

static void
bcast_sandbox_log_class_init (BcastSandboxLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_sandbox_log_finalize;

  /**
   * BcastSandboxLog::changed:
   *
   * How many rows there are, or wait, or what is shown of them, is another one.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * BcastSandboxLog::reported:
   * @kinds: bits of #BcastReportKind
   *
   * Something of these kinds happened, whether it is shown or not.
   */
  signals[REPORTED] = g_signal_new ("reported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
bcast_sandbox_log_init (BcastSandboxLog *self)
{
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->kinds = BCAST_REPORT_ALL;
}

/**
 * bcast_sandbox_log_new:
 *
 * Returns: (transfer full): an empty log that shows everything
 */
BcastSandboxLog *
bcast_sandbox_log_new (void)
{
  return g_object_new (BCAST_TYPE_SANDBOX_LOG, NULL);
}

/**
 * bcast_sandbox_log_take:
 * @self: a log
 * @reports: (element-type BcastReport): what happened, in order; the reports are taken out of it
 * @n_lost: how many reports before them were lost
 *
 * Appends rows. The list tells of them at the next frame, or once it is no longer paused.
 */
void
bcast_sandbox_log_take (BcastSandboxLog *self,
                        GPtrArray       *reports,
                        guint64          n_lost)
{
  g_return_if_fail (BCAST_IS_SANDBOX_LOG (self));
  g_return_if_fail (reports != NULL);

  guint kinds = 0;
  gsize n_reports;
  g_autofree gpointer *taken = g_ptr_array_steal (reports, &n_reports);

  if (n_lost > 0)
    g_ptr_array_add (self->waiting, bcast_log_entry_new_lost (n_lost, g_get_real_time (), self->n_serials++));
  for (gsize i = 0; i < n_reports; i++)
    {
      kinds |= 1u << ((BcastReport *) taken[i])->kind;
      g_ptr_array_add (self->waiting, bcast_log_entry_new (taken[i], self->n_serials++));
    }
  bound (self->waiting);
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add (FLUSH_MS, flush_cb, self);
  g_signal_emit (self, signals[REPORTED], 0, kinds);
}

/**
 * bcast_sandbox_log_clear:
 * @self: a log
 *
 * Forgets all rows, those that wait as well.
 */
void
bcast_sandbox_log_clear (BcastSandboxLog *self)
{
  g_return_if_fail (BCAST_IS_SANDBOX_LOG (self));

  g_ptr_array_set_size (self->waiting, 0);
  g_ptr_array_set_size (self->kept, 0);
  match_again (self);
}

/**
 * bcast_sandbox_log_set_kinds:
 * @self: a log
 * @kinds: bits of #BcastReportKind: which rows are shown
 */
void
bcast_sandbox_log_set_kinds (BcastSandboxLog *self,
                             guint            kinds)
{
  g_return_if_fail (BCAST_IS_SANDBOX_LOG (self));

  if (self->kinds == kinds)
    return;
  self->kinds = kinds;
  match_again (self);
}

/**
 * bcast_sandbox_log_set_filter:
 * @self: a log
 * @filter: (nullable): what rows must have in channel, event, user, socket, text or data
 */
void
bcast_sandbox_log_set_filter (BcastSandboxLog *self,
                              const char      *filter)
{
  g_return_if_fail (BCAST_IS_SANDBOX_LOG (self));

  const char *wanted = filter != NULL && *filter != '\0' ? filter : NULL;

  if (g_strcmp0 (self->filter, wanted) == 0)
    return;
  g_free (self->filter);
  self->filter = g_strdup (wanted);
  match_again (self);
}

/**
 * bcast_sandbox_log_set_paused:
 * @self: a log
 * @paused: whether what comes waits outside the list
 */
void
bcast_sandbox_log_set_paused (BcastSandboxLog *self,
                              gboolean         paused)
{
  g_return_if_fail (BCAST_IS_SANDBOX_LOG (self));

  if (self->paused == paused)
    return;
  self->paused = paused;
  if (paused)
    emit_changed (self);
  else
    flush (self);
}

/**
 * bcast_sandbox_log_get_paused:
 * @self: a log
 *
 * Returns: whether what comes waits outside the list
 */
gboolean
bcast_sandbox_log_get_paused (BcastSandboxLog *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX_LOG (self), FALSE);

  return self->paused;
}

/**
 * bcast_sandbox_log_get_n_kept:
 * @self: a log
 *
 * Returns: how many rows there are, shown or not
 */
guint
bcast_sandbox_log_get_n_kept (BcastSandboxLog *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX_LOG (self), 0);

  return self->kept->len;
}

/**
 * bcast_sandbox_log_get_n_waiting:
 * @self: a log
 *
 * Returns: how many rows came since the list is paused
 */
guint
bcast_sandbox_log_get_n_waiting (BcastSandboxLog *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX_LOG (self), 0);

  return self->paused ? self->waiting->len : 0;
}
