/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-dialog.h"

#include <glib/gi18n.h>

#include "bcast-client-form.h"
#include "bcast-problem-line.h"

/* Suggested one after the other, as the cast of a first start goes on. */
static const char * const suggestions[] = { "Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", };

/**
 * BcastClientDialog:
 *
 * Adds a client, or changes one. Nothing happens until it is saved.
 */
struct _BcastClientDialog
{
  AdwWindow          parent_instance;

  GtkButton         *save_button;
  BcastProblemLine  *problem;
  BcastClientForm   *form;

  BcastWorkspace    *workspace;
  BcastClientMirror *client; /* what is changed; %NULL to add one */
};

G_DEFINE_FINAL_TYPE (BcastClientDialog, bcast_client_dialog, ADW_TYPE_WINDOW)

static void
changed_cb (BcastClientDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), bcast_client_form_is_good (self->form));
}

static void
save_cb (BcastClientDialog *self)
{
  g_autoptr(BcastClientOptions) options = bcast_client_form_dup_options (self->form);
  g_autoptr(GError) error = NULL;
  BcastClientMirror *added = NULL;

  if (!bcast_client_form_is_good (self->form))
    return;
  if (self->client != NULL)
    bcast_workspace_change_client (self->workspace, self->client, options, &error);
  else
    added = bcast_workspace_add_client_with (self->workspace, options, &error);

  if (error != NULL)
    {
      bcast_problem_line_show (self->problem, "save", error->message, NULL, NULL);
      return;
    }
  if (added != NULL)
    bcast_workspace_connect (self->workspace, added);
  gtk_window_close (GTK_WINDOW (self));
}

static void
bcast_client_dialog_dispose (GObject *object)
{
  BcastClientDialog *self = BCAST_CLIENT_DIALOG (object);

  g_clear_object (&self->client);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_client_dialog_parent_class)->dispose (object);
}

static void
bcast_client_dialog_class_init (BcastClientDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_client_dialog_dispose;

  g_type_ensure (BCAST_TYPE_CLIENT_FORM);
  g_type_ensure (BCAST_TYPE_PROBLEM_LINE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-client-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastClientDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, BcastClientDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastClientDialog, form);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
bcast_client_dialog_init (BcastClientDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static BcastClientDialog *
create (BcastWorkspace           *workspace,
        BcastClientMirror        *client,
        const BcastClientOptions *options)
{
  BcastClientDialog *self = g_object_new (BCAST_TYPE_CLIENT_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  g_set_object (&self->client, client);
  gtk_window_set_title (GTK_WINDOW (self), client != NULL ? _("Edit Client") : _("New Client"));
  gtk_button_set_label (self->save_button, client != NULL ? _("Save") : _("Add"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->save_button),
                               client != NULL ? _("Save what was changed, and connect anew with it (Enter)")
                                              : _("Add the client and connect it (Enter)"));
  bcast_client_form_show (self->form, workspace, options, client == NULL);
  bcast_client_form_focus (self->form);
  return self;
}

/* The first name of the cast that nobody has, or an empty one. */
static BcastClientOptions *
suggest (BcastWorkspace *workspace)
{
  for (guint i = 0; i < G_N_ELEMENTS (suggestions); i++)
    if (bcast_workspace_find_client (workspace, suggestions[i]) == NULL)
      {
        BcastClientOptions *options = bcast_client_options_new (suggestions[i]);

        options->user_id = g_ascii_strdown (suggestions[i], -1);
        options->user_info = g_strdup_printf ("{\"name\":\"%s\"}", suggestions[i]);
        return options;
      }
  return bcast_client_options_new ("");
}

static BcastClientOptions *
copy_under_other_name (BcastWorkspace    *workspace,
                       BcastClientMirror *model)
{
  BcastClientOptions *options = bcast_client_options_copy (bcast_client_mirror_get_options (model));

  for (guint i = 2; bcast_workspace_find_client (workspace, options->name) != NULL; i++)
    {
      g_free (options->name);
      options->name = g_strdup_printf ("%s %u", bcast_client_mirror_get_name (model), i);
    }
  return options;
}

/**
 * bcast_client_dialog_new_add:
 * @workspace: an open workspace
 * @model: (nullable): a client to begin as a copy of
 *
 * Returns: (transfer none): a new window that adds a client, owned by GTK
 */
GtkWidget *
bcast_client_dialog_new_add (BcastWorkspace    *workspace,
                             BcastClientMirror *model)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (model == NULL || BCAST_IS_CLIENT_MIRROR (model), NULL);

  g_autoptr(BcastClientOptions) options = model != NULL ? copy_under_other_name (workspace, model)
                                                        : suggest (workspace);

  return GTK_WIDGET (create (workspace, NULL, options));
}

/**
 * bcast_client_dialog_new_edit:
 * @workspace: an open workspace
 * @client: one of its clients
 *
 * Returns: (transfer none): a new window that changes @client, owned by GTK
 */
GtkWidget *
bcast_client_dialog_new_edit (BcastWorkspace    *workspace,
                              BcastClientMirror *client)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (client), NULL);

  return GTK_WIDGET (create (workspace, client, bcast_client_mirror_get_options (client)));
}
