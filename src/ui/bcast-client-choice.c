/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-choice.h"

/**
 * BcastClientChoice:
 *
 * Fills a drop-down with the clients of a workspace under a first line that stands for no single one
 * (“All clients”, “Nobody”). A chosen client stays chosen by name while clients come and go: what was
 * meant for Alice must not go out for everybody because Alice is not there yet.
 */
struct _BcastClientChoice
{
  GObject         parent_instance;

  GtkDropDown    *drop_down; /* not owned: its parent owns us */
  GtkStringList  *names;
  BcastWorkspace *workspace;
  char           *nobody;
  char           *wanted;    /* chosen, even while there is no such client */
  gboolean        filling;
};

G_DEFINE_FINAL_TYPE (BcastClientChoice, bcast_client_choice, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
find_position (BcastClientChoice *self)
{
  guint n_names = g_list_model_get_n_items (G_LIST_MODEL (self->names));

  for (guint i = 1; self->wanted != NULL && i < n_names; i++)
    if (g_str_equal (gtk_string_list_get_string (self->names, i), self->wanted))
      return i;
  return 0;
}

static void
fill (BcastClientChoice *self)
{
  GListModel *clients = self->workspace != NULL ? bcast_workspace_get_clients (self->workspace) : NULL;
  guint n_clients = clients != NULL ? g_list_model_get_n_items (clients) : 0;
  guint n_names = g_list_model_get_n_items (G_LIST_MODEL (self->names));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, self->nobody);
  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      g_strv_builder_add (builder, bcast_client_mirror_get_name (client));
    }
  if (self->wanted != NULL
      && (self->workspace == NULL || bcast_workspace_find_client (self->workspace, self->wanted) == NULL))
    g_strv_builder_add (builder, self->wanted);

  g_auto(GStrv) strings = g_strv_builder_end (builder);

  self->filling = TRUE;
  gtk_string_list_splice (self->names, 0, n_names, (const char * const *) strings);
  gtk_drop_down_set_selected (self->drop_down, find_position (self));
  self->filling = FALSE;
}

static void
selected_cb (BcastClientChoice *self)
{
  guint position = gtk_drop_down_get_selected (self->drop_down);

  if (self->filling || position == GTK_INVALID_LIST_POSITION)
    return;
  g_free (self->wanted);
  self->wanted = position > 0 ? g_strdup (gtk_string_list_get_string (self->names, position)) : NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bcast_client_choice_dispose (GObject *object)
{
  BcastClientChoice *self = BCAST_CLIENT_CHOICE (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (bcast_workspace_get_clients (self->workspace), self);
  g_clear_object (&self->workspace);
  g_clear_object (&self->names);

  G_OBJECT_CLASS (bcast_client_choice_parent_class)->dispose (object);
}

static void
bcast_client_choice_finalize (GObject *object)
{
  BcastClientChoice *self = BCAST_CLIENT_CHOICE (object);

  g_free (self->nobody);
  g_free (self->wanted);

  G_OBJECT_CLASS (bcast_client_choice_parent_class)->finalize (object);
}

static void
bcast_client_choice_class_init (BcastClientChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bcast_client_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = bcast_client_choice_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_client_choice_init (BcastClientChoice *self)
{
  self->names = gtk_string_list_new (NULL);
}

/**
 * bcast_client_choice_new:
 * @drop_down: what to fill; must outlive the choice
 * @nobody: the first line, translated
 *
 * Returns: (transfer full): a choice with the first line alone
 */
BcastClientChoice *
bcast_client_choice_new (GtkDropDown *drop_down,
                         const char  *nobody)
{
  g_return_val_if_fail (GTK_IS_DROP_DOWN (drop_down), NULL);
  g_return_val_if_fail (nobody != NULL, NULL);

  BcastClientChoice *self = g_object_new (BCAST_TYPE_CLIENT_CHOICE, NULL);

  self->drop_down = drop_down;
  self->nobody = g_strdup (nobody);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (self->names));
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  return self;
}

/**
 * bcast_client_choice_set_workspace:
 * @self: a choice
 * @workspace: (nullable): whose clients to offer
 *
 * Offers the clients of another workspace.
 */
void
bcast_client_choice_set_workspace (BcastClientChoice *self,
                                   BcastWorkspace    *workspace)
{
  g_return_if_fail (BCAST_IS_CLIENT_CHOICE (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (bcast_workspace_get_clients (self->workspace), self);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    g_signal_connect_object (bcast_workspace_get_clients (workspace), "items-changed", G_CALLBACK (fill),
                             self, G_CONNECT_SWAPPED);
  fill (self);
}

/**
 * bcast_client_choice_dup_name:
 * @self: a choice
 *
 * Returns: (transfer full) (nullable): the chosen client, which may be gone or yet to come; %NULL for the
 *   first line
 */
char *
bcast_client_choice_dup_name (BcastClientChoice *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_CHOICE (self), NULL);

  return g_strdup (self->wanted);
}

/**
 * bcast_client_choice_set_name:
 * @self: a choice
 * @name: (nullable): a client, or %NULL for the first line
 *
 * Chooses a client by its name, which the workspace may not have yet.
 */
void
bcast_client_choice_set_name (BcastClientChoice *self,
                              const char        *name)
{
  g_return_if_fail (BCAST_IS_CLIENT_CHOICE (self));

  if (g_strcmp0 (name, self->wanted) == 0)
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (name);
  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}
