/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-serve-faults.h"

#include <glib/gi18n.h>

static void
free_fault (gpointer fault)
{
  bcast_fault_free (fault);
}

/**
 * cli_serve_faults_clear:
 * @self: faults
 *
 * Frees what is in it.
 */
void
cli_serve_faults_clear (CliServeFaults *self)
{
  g_clear_pointer (&self->texts, g_strfreev);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
}

/**
 * cli_serve_faults_add_options:
 * @self: faults
 * @group: the options of the command
 *
 * Adds the option about faults.
 */
void
cli_serve_faults_add_options (CliServeFaults *self,
                              GOptionGroup   *group)
{
  const GOptionEntry entries[] = {
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->texts,
      N_("Let something go wrong on purpose, such as drop=10,client=alice,for=30s; may be repeated"), N_("FAULT") },
    { NULL },
  };

  g_option_group_add_entries (group, entries);
}

/**
 * cli_serve_faults_check:
 * @self: faults
 * @error: what is wrong with the first that there cannot be
 *
 * Returns: whether all are faults
 */
gboolean
cli_serve_faults_check (CliServeFaults  *self,
                        GError         **error)
{
  guint n_faults = self->texts != NULL ? g_strv_length (self->texts) : 0;

  if (n_faults > BCAST_SANDBOX_MAX_FAULTS)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--fault is given %u times. There can be %d faults at a time."), n_faults,
                   BCAST_SANDBOX_MAX_FAULTS);
      return FALSE;
    }

  self->faults = g_ptr_array_new_with_free_func (free_fault);
  for (guint i = 0; i < n_faults; i++)
    {
      g_autoptr(GError) problem = NULL;
      BcastFault *fault = bcast_fault_parse (self->texts[i], &problem);

      if (fault == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--fault cannot be used: %s"),
                       problem->message);
          return FALSE;
        }
      g_ptr_array_add (self->faults, fault);
    }
  return TRUE;
}

/**
 * cli_serve_faults_start:
 * @self: faults that were checked
 * @sandbox: what is to have them
 * @output: where to say which there are, so that nobody wonders
 *
 * Their time begins when @sandbox starts.
 */
void
cli_serve_faults_start (CliServeFaults *self,
                        BcastSandbox   *sandbox,
                        CliOutput      *output)
{
  bcast_sandbox_set_faults (sandbox, self->faults);
  for (guint i = 0; i < self->faults->len; i++)
    {
      const BcastFault *fault = self->faults->pdata[i];
      g_autofree char *text = bcast_fault_format (fault);

      cli_output_note (output, _("On purpose: %s (%s)."), bcast_fault_kind_get_title (fault->kind), text);
    }
}
