/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-batch.h"

#include <glib/gi18n.h>

#include "bcast-draft-batch.h"
#include "bcast-limits.h"

/**
 * BcastComposerBatch:
 *
 * The events that are to go out together, ten in a request and each on one channel. They stay until the
 * server has taken them or the user takes them out.
 * Source: Channels documentation, “HTTP API”, section “POST batch events”.
 */
struct _BcastComposerBatch
{
  GtkPopover  parent_instance;

  GtkListBox *list;
  GtkWidget  *scroller;
  GtkLabel   *hint;
  GtkWidget  *add_button;
  GtkWidget  *clear_button;
  GtkWidget  *send_button;

  GPtrArray  *drafts; /* of BcastDraft */
  char       *lack;   /* why the server takes no batch, or NULL */
};

G_DEFINE_FINAL_TYPE (BcastComposerBatch, bcast_composer_batch, GTK_TYPE_POPOVER)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_hint (BcastComposerBatch *self)
{
  guint n_events = self->drafts->len;
  guint n_requests = (n_events + BCAST_LIMIT_EVENTS_PER_BATCH - 1) / BCAST_LIMIT_EVENTS_PER_BATCH;
  g_autofree char *events = g_strdup_printf (ngettext ("%u event", "%u events", n_events), n_events);
  g_autofree char *requests = g_strdup_printf (ngettext ("%u request", "%u requests", n_requests), n_requests);

  if (self->lack != NULL)
    return g_strdup (self->lack);
  if (n_events == 0)
    return g_strdup_printf (_("Collect events here and send them together, %d in a request."),
                            BCAST_LIMIT_EVENTS_PER_BATCH);
  return g_strdup_printf (_("%s, %s"), events, requests);
}

static void
update (BcastComposerBatch *self)
{
  g_autofree char *hint = dup_hint (self);
  gboolean is_empty = self->drafts->len == 0;

  gtk_label_set_text (self->hint, hint);
  if (self->lack != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "warning");
  gtk_widget_set_visible (self->scroller, !is_empty);
  gtk_widget_set_sensitive (self->clear_button, !is_empty);
  gtk_widget_set_sensitive (self->send_button, !is_empty && self->lack == NULL);
  gtk_widget_set_sensitive (self->add_button, self->lack == NULL);
}

static void
changed (BcastComposerBatch *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_cb (GtkButton *button,
           gpointer   user_data)
{
  BcastComposerBatch *self = BCAST_COMPOSER_BATCH (gtk_widget_get_ancestor (GTK_WIDGET (button),
                                                                            BCAST_TYPE_COMPOSER_BATCH));
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  g_ptr_array_remove_index (self->drafts, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  gtk_widget_grab_focus (self->add_button);
  gtk_list_box_remove (self->list, row);
  changed (self);
}

static GtkWidget *
line_new (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_row (BcastComposerBatch *self,
            const BcastDraft   *draft)
{
  const char *channel = draft->channels[0];
  g_autofree char *tooltip = g_strdup_printf (_("Take %s on %s out of the batch"), draft->name, channel);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_box_append (GTK_BOX (lines), line_new (draft->name, "event-name"));
  gtk_box_append (GTK_BOX (lines), line_new (channel, "caption"));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), NULL);

  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->list, row);
}

static void
bcast_composer_batch_finalize (GObject *object)
{
  BcastComposerBatch *self = BCAST_COMPOSER_BATCH (object);

  g_ptr_array_unref (self->drafts);
  g_free (self->lack);

  G_OBJECT_CLASS (bcast_composer_batch_parent_class)->finalize (object);
}

static void
bcast_composer_batch_class_init (BcastComposerBatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bcast_composer_batch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-composer-batch.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastComposerBatch, list);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerBatch, scroller);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerBatch, hint);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerBatch, add_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerBatch, clear_button);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerBatch, send_button);
}

static void
bcast_composer_batch_init (BcastComposerBatch *self)
{
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A button takes the state of its action when it is shown for the first time. */
  g_signal_connect (self, "map", G_CALLBACK (update), NULL);
  update (self);
}

/**
 * bcast_composer_batch_set_lack:
 * @self: the batch
 * @lack: (nullable): why the server takes no batch, a sentence; %NULL when it does
 *
 * Offers to send only what the server takes.
 */
void
bcast_composer_batch_set_lack (BcastComposerBatch *self,
                               const char         *lack)
{
  g_return_if_fail (BCAST_IS_COMPOSER_BATCH (self));

  g_free (self->lack);
  self->lack = g_strdup (lack);
  update (self);
}

/**
 * bcast_composer_batch_add:
 * @self: the batch
 * @drafts: (element-type BcastDraft): events for the HTTP API, each for one channel; copied
 * @error: why they cannot be added, see bcast_draft_batch_check()
 *
 * Adds events: all of them, or none.
 *
 * Returns: whether they were added
 */
gboolean
bcast_composer_batch_add (BcastComposerBatch  *self,
                          GPtrArray           *drafts,
                          GError             **error)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_BATCH (self), FALSE);
  g_return_val_if_fail (drafts != NULL, FALSE);

  if (!bcast_draft_batch_check (self->drafts, drafts, error))
    return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    {
      const BcastDraft *draft = g_ptr_array_index (drafts, i);

      g_ptr_array_add (self->drafts, bcast_draft_copy (draft));
      append_row (self, draft);
    }
  changed (self);
  return TRUE;
}

static void
remove_equal (BcastComposerBatch *self,
              const BcastDraft   *draft)
{
  for (guint i = 0; i < self->drafts->len; i++)
    if (bcast_draft_equal (g_ptr_array_index (self->drafts, i), draft))
      {
        g_ptr_array_remove_index (self->drafts, i);
        gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
        return;
      }
}

/**
 * bcast_composer_batch_remove:
 * @self: the batch
 * @drafts: (element-type BcastDraft): what bcast_composer_batch_dup_drafts() gave
 *
 * Takes events out that were sent. Those that were added since stay.
 */
void
bcast_composer_batch_remove (BcastComposerBatch *self,
                             GPtrArray          *drafts)
{
  g_return_if_fail (BCAST_IS_COMPOSER_BATCH (self));
  g_return_if_fail (drafts != NULL);

  for (guint i = 0; i < drafts->len; i++)
    remove_equal (self, g_ptr_array_index (drafts, i));
  changed (self);
}

/**
 * bcast_composer_batch_clear:
 * @self: the batch
 *
 * Takes all events out.
 */
void
bcast_composer_batch_clear (BcastComposerBatch *self)
{
  g_return_if_fail (BCAST_IS_COMPOSER_BATCH (self));

  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->drafts, 0);
  changed (self);
}

/**
 * bcast_composer_batch_dup_drafts:
 * @self: the batch
 *
 * Returns: (transfer full) (element-type BcastDraft): copies of its events
 */
GPtrArray *
bcast_composer_batch_dup_drafts (BcastComposerBatch *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_BATCH (self), NULL);

  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);

  for (guint i = 0; i < self->drafts->len; i++)
    g_ptr_array_add (drafts, bcast_draft_copy (g_ptr_array_index (self->drafts, i)));
  return drafts;
}

/**
 * bcast_composer_batch_get_n:
 * @self: the batch
 *
 * Returns: how many events wait
 */
guint
bcast_composer_batch_get_n (BcastComposerBatch *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_BATCH (self), 0);

  return self->drafts->len;
}
