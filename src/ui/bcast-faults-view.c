/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-faults-view.h"

#include <glib/gi18n.h>

#include "bcast-client-choice.h"
#include "bcast-fault-row.h"
#include "bcast-placeholder.h"
#include "bcast-problem-line.h"
#include "bcast-workspace-sandbox.h"

/* In the order of the drop-down. */
static const guint limits_s[] = { 0, 10, 30, 60, 300 };

/**
 * BcastFaultsView:
 *
 * The fault lab: what goes wrong in the sandbox on purpose, for whom, and for how long.
 */
struct _BcastFaultsView
{
  AdwBin             parent_instance;

  GtkStack          *stack;
  BcastPlaceholder  *empty;
  BcastProblemLine  *problem;
  GtkDropDown       *clients;
  GtkEntry          *somebody;
  GtkDropDown       *limit;
  GtkWidget         *end_button;
  GtkListBox        *list;

  BcastFaultRow     *rows[BCAST_N_FAULT_KINDS];
  BcastClientChoice *choice;
  BcastWorkspace    *workspace;
  guint              n_faults;
  guint              timer_id;
};

enum
{
  PROP_0,
  PROP_N_FAULTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastFaultsView, bcast_faults_view, ADW_TYPE_BIN)

static gboolean timer_cb (gpointer user_data);

static void
count (BcastFaultsView *self)
{
  guint n_faults = 0;

  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    n_faults += bcast_fault_row_is_on (self->rows[i]);
  gtk_widget_set_sensitive (self->end_button, n_faults > 0);
  if (n_faults > 0 && self->timer_id == 0)
    self->timer_id = g_timeout_add (1000, timer_cb, self);
  else if (n_faults == 0)
    g_clear_handle_id (&self->timer_id, g_source_remove);
  if (n_faults == self->n_faults)
    return;
  self->n_faults = n_faults;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FAULTS]);
}

static gboolean
timer_cb (gpointer user_data)
{
  BcastFaultsView *self = user_data;

  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    bcast_fault_row_tick (self->rows[i]);
  /* May take the timer away. */
  count (self);
  return self->timer_id != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
apply (BcastFaultsView *self)
{
  g_autoptr(GPtrArray) faults = bcast_fault_array_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    {
      g_autoptr(BcastFault) fault = bcast_fault_row_dup_fault (self->rows[i]);

      if (fault == NULL)
        continue;
      if (bcast_fault_check (fault, error == NULL ? &error : NULL))
        g_ptr_array_add (faults, g_steal_pointer (&fault));
      else
        bcast_fault_row_end (self->rows[i]);
    }
  if (error != NULL)
    bcast_problem_line_show (self->problem, "fault", error->message, NULL, NULL);
  else
    bcast_problem_line_hide (self->problem);
  if (self->workspace != NULL)
    bcast_workspace_set_faults (self->workspace, faults);
  count (self);
}

/* What is typed goes before what is chosen. A client of ours is known by its connection. */
static const char *
get_client (BcastFaultsView *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->somebody));
  g_autofree char *name = bcast_client_choice_dup_name (self->choice);
  BcastClientMirror *client = name != NULL && self->workspace != NULL
                              ? bcast_workspace_find_client (self->workspace, name) : NULL;

  if (*typed != '\0')
    return typed;
  return client != NULL ? bcast_client_mirror_get_socket_id (client) : NULL;
}

static void
toggled_cb (BcastFaultsView *self,
            BcastFaultRow   *row)
{
  guint limit = gtk_drop_down_get_selected (self->limit);
  g_autofree char *chosen = bcast_client_choice_dup_name (self->choice);
  const char *client = get_client (self);

  if (!bcast_fault_row_is_on (row))
    bcast_fault_row_end (row);
  else if (chosen != NULL && client == NULL)
    {
      /* A fault that was meant for one must not hit everybody. */
      bcast_fault_row_end (row);
      bcast_problem_line_show (self->problem, "client", _("This client is not connected, so that it cannot be told from "
                               "the others. Connect it, or choose somebody else."), NULL, NULL);
      return;
    }
  else
    bcast_fault_row_start (row, client, limit < G_N_ELEMENTS (limits_s) ? limits_s[limit] * 1000 : 0);
  apply (self);
}

static void
bcast_faults_view_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_N_FAULTS:
      g_value_set_uint (value, BCAST_FAULTS_VIEW (object)->n_faults);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bcast_faults_view_dispose (GObject *object)
{
  BcastFaultsView *self = BCAST_FAULTS_VIEW (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->choice);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_faults_view_parent_class)->dispose (object);
}

static void
bcast_faults_view_class_init (BcastFaultsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = bcast_faults_view_get_property;
  G_OBJECT_CLASS (klass)->dispose = bcast_faults_view_dispose;

  properties[PROP_N_FAULTS] = g_param_spec_uint ("n-faults", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (BCAST_TYPE_PLACEHOLDER);
  g_type_ensure (BCAST_TYPE_PROBLEM_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-faults-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, empty);
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, clients);
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, somebody);
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, limit);
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, end_button);
  gtk_widget_class_bind_template_child (widget_class, BcastFaultsView, list);
  gtk_widget_class_bind_template_callback (widget_class, bcast_faults_view_end_all);
}

static void
bcast_faults_view_init (BcastFaultsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choice = bcast_client_choice_new (self->clients, _("Everybody"));
  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    {
      self->rows[i] = BCAST_FAULT_ROW (bcast_fault_row_new ((BcastFaultKind) i));
      g_signal_connect_object (self->rows[i], "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, GTK_WIDGET (self->rows[i]));
    }
  bcast_faults_view_set_workspace (self, NULL);
}

/**
 * bcast_faults_view_set_workspace:
 * @self: a view
 * @workspace: (nullable): whose sandbox to disturb
 *
 * A sandbox that has just started has no faults.
 */
void
bcast_faults_view_set_workspace (BcastFaultsView *self,
                                 BcastWorkspace  *workspace)
{
  g_return_if_fail (BCAST_IS_FAULTS_VIEW (self));

  gboolean has_sandbox = workspace != NULL && bcast_workspace_get_sandbox_log (workspace) != NULL;

  g_set_object (&self->workspace, workspace);
  bcast_client_choice_set_workspace (self->choice, workspace);
  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    bcast_fault_row_end (self->rows[i]);
  bcast_problem_line_hide (self->problem);
  count (self);
  gtk_stack_set_visible_child_name (self->stack, has_sandbox ? "faults" : "empty");
  if (!has_sandbox)
    bcast_placeholder_show_only_sandbox (self->empty, workspace != NULL,
                                         _("Only a server that belongs to nobody else can be told to go wrong."));
}

/**
 * bcast_faults_view_end_all:
 * @self: a view
 *
 * All is well again.
 */
void
bcast_faults_view_end_all (BcastFaultsView *self)
{
  g_return_if_fail (BCAST_IS_FAULTS_VIEW (self));

  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    bcast_fault_row_end (self->rows[i]);
  apply (self);
}

/**
 * bcast_faults_view_get_n_faults:
 * @self: a view
 *
 * Returns: how many faults are on
 */
guint
bcast_faults_view_get_n_faults (BcastFaultsView *self)
{
  g_return_val_if_fail (BCAST_IS_FAULTS_VIEW (self), 0);

  return self->n_faults;
}
