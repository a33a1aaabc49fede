/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-fault-row.h"

#include <glib/gi18n.h>

/* What can be set about a kind here; the sandbox checks it once more. */
typedef struct
{
  const char *hint; /* what the value is; %NULL where there is none */
  int         fallback;
  int         least;
  int         most;
  gboolean    has_client;
} Traits;

static const Traits traits[BCAST_N_FAULT_KINDS] = {
  [BCAST_FAULT_CLOSE] = { N_("Close code"), 4200, 1000, 4999, TRUE },
  [BCAST_FAULT_REJECT] = { N_("Error code"), 4100, 4000, 4999, FALSE },
  [BCAST_FAULT_REFUSE_HANDSHAKE] = { N_("HTTP status"), 503, 400, 599, FALSE },
  [BCAST_FAULT_NO_PONG] = { NULL, 0, 0, 0, TRUE },
  [BCAST_FAULT_DELAY] = { N_("Milliseconds"), 500, 1, 60000, TRUE },
  [BCAST_FAULT_DUPLICATE] = { N_("Every n-th"), 1, 1, 1000, TRUE },
  [BCAST_FAULT_REORDER] = { N_("How many in a row"), 2, 2, 100, TRUE },
  [BCAST_FAULT_DROP] = { N_("Every n-th"), 1, 1, 1000, TRUE },
  [BCAST_FAULT_API] = { N_("HTTP status"), 500, 400, 599, FALSE },
  [BCAST_FAULT_AUTHORIZE_DELAY] = { N_("Milliseconds"), 2000, 1, 60000, TRUE },
  [BCAST_FAULT_AUTHORIZE_REFUSE] = { N_("HTTP status"), 403, 400, 599, TRUE },
  [BCAST_FAULT_ERROR] = { N_("Error code"), 4301, 4000, 4999, TRUE },
  [BCAST_FAULT_CLOCK] = { N_("Seconds ahead"), 700, -86400, 86400, FALSE },
};

/**
 * BcastFaultRow:
 *
 * Switches one kind of fault, with its value, and tells for how long it is on.
 */
struct _BcastFaultRow
{
  AdwActionRow    parent_instance;

  GtkSpinButton  *value;
  GtkSwitch      *toggle;

  BcastFaultKind  kind;
  char           *client;   /* who has it, %NULL for everybody */
  gint64          ends_us;  /* on the monotonic clock; 0 for no end */
  gboolean        is_on;
};

G_DEFINE_FINAL_TYPE (BcastFaultRow, bcast_fault_row, ADW_TYPE_ACTION_ROW)

enum
{
  TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
toggled_cb (BcastFaultRow *self)
{
  if (gtk_switch_get_active (self->toggle) != self->is_on)
    g_signal_emit (self, signals[TOGGLED], 0);
}

static void
value_changed_cb (BcastFaultRow *self)
{
  if (self->is_on)
    g_signal_emit (self, signals[TOGGLED], 0);
}

static void
bcast_fault_row_finalize (GObject *object)
{
  g_free (BCAST_FAULT_ROW (object)->client);

  G_OBJECT_CLASS (bcast_fault_row_parent_class)->finalize (object);
}

static void
bcast_fault_row_class_init (BcastFaultRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_fault_row_finalize;

  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_fault_row_init (BcastFaultRow *self)
{
}

static void
add_value (BcastFaultRow *self,
           const Traits  *own,
           const char    *title)
{
  GtkWidget *value = gtk_spin_button_new_with_range (own->least, own->most, 1);
  g_autofree char *label = g_strdup_printf ("%s: %s", title, _(own->hint));

  self->value = GTK_SPIN_BUTTON (value);
  gtk_spin_button_set_value (self->value, own->fallback);
  gtk_editable_set_width_chars (GTK_EDITABLE (value), 5);
  gtk_widget_set_valign (value, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (value, _(own->hint));
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (value, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), value);
}

/**
 * bcast_fault_row_new:
 * @kind: what goes wrong
 *
 * Returns: (transfer none): a row that is off
 */
GtkWidget *
bcast_fault_row_new (BcastFaultKind kind)
{
  g_return_val_if_fail ((guint) kind < BCAST_N_FAULT_KINDS, NULL);

  BcastFaultRow *self = g_object_new (BCAST_TYPE_FAULT_ROW, NULL);
  const char *title = bcast_fault_kind_get_title (kind);

  self->kind = kind;
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  if (traits[kind].hint != NULL)
    add_value (self, &traits[kind], title);
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  bcast_fault_row_tick (self);
  return GTK_WIDGET (self);
}

/**
 * bcast_fault_row_is_on:
 * @self: a row
 *
 * Returns: whether its switch is on
 */
gboolean
bcast_fault_row_is_on (BcastFaultRow *self)
{
  g_return_val_if_fail (BCAST_IS_FAULT_ROW (self), FALSE);

  return gtk_switch_get_active (self->toggle);
}

/**
 * bcast_fault_row_start:
 * @self: a row whose switch is on
 * @client: (nullable): who alone has it, where that can be said of the kind
 * @duration_ms: after how long it ends; 0 for never
 */
void
bcast_fault_row_start (BcastFaultRow *self,
                       const char    *client,
                       guint          duration_ms)
{
  g_return_if_fail (BCAST_IS_FAULT_ROW (self));

  self->is_on = TRUE;
  g_free (self->client);
  self->client = traits[self->kind].has_client ? g_strdup (client) : NULL;
  self->ends_us = duration_ms > 0 ? g_get_monotonic_time () + duration_ms * G_GINT64_CONSTANT (1000) : 0;
  bcast_fault_row_tick (self);
}

/**
 * bcast_fault_row_end:
 * @self: a row
 *
 * Switches it off, without a signal.
 */
void
bcast_fault_row_end (BcastFaultRow *self)
{
  g_return_if_fail (BCAST_IS_FAULT_ROW (self));

  self->is_on = FALSE;
  gtk_switch_set_active (self->toggle, FALSE);
  bcast_fault_row_tick (self);
}

static gint64
get_left_ms (BcastFaultRow *self)
{
  return (self->ends_us - g_get_monotonic_time () + 999) / 1000;
}

/**
 * bcast_fault_row_dup_fault:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): the fault as it is now, for the rest of its time; %NULL when it is off
 */
BcastFault *
bcast_fault_row_dup_fault (BcastFaultRow *self)
{
  g_return_val_if_fail (BCAST_IS_FAULT_ROW (self), NULL);

  BcastFault *fault;

  if (!self->is_on)
    return NULL;
  fault = bcast_fault_new (self->kind, self->value != NULL ? gtk_spin_button_get_value_as_int (self->value) : 0);
  fault->client = g_strdup (self->client);
  if (self->ends_us != 0)
    fault->duration_ms = (guint) MAX (get_left_ms (self), 1);
  return fault;
}

/**
 * bcast_fault_row_tick:
 * @self: a row
 *
 * Tells how long it is on still, and switches it off when its time is over.
 */
void
bcast_fault_row_tick (BcastFaultRow *self)
{
  g_return_if_fail (BCAST_IS_FAULT_ROW (self));

  g_autofree char *left = NULL;
  g_autofree char *text = NULL;

  if (self->is_on && self->ends_us != 0 && get_left_ms (self) <= 0)
    {
      bcast_fault_row_end (self);
      return;
    }
  if (!self->is_on)
    text = g_strdup (traits[self->kind].hint != NULL ? _(traits[self->kind].hint) : "");
  else
    {
      left = self->ends_us != 0 ? g_strdup_printf (_("ends in %d s"), (int) ((get_left_ms (self) + 999) / 1000))
                                : g_strdup (_("on"));
      text = g_strjoin (" · ", left, self->client, NULL);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
}
