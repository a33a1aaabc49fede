/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-serve-faults.h"

#include <glib/gi18n.h>

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

  self->faults = bcast_fault_array_new ();
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

/* Those of the command line and @more, or as many as there can be. */
static GPtrArray *
join (CliServeFaults *self,
      GPtrArray      *more)
{
  GPtrArray *all = bcast_fault_array_new ();

  for (guint i = 0; i < self->faults->len; i++)
    g_ptr_array_add (all, bcast_fault_copy (self->faults->pdata[i]));
  for (guint i = 0; more != NULL && i < more->len; i++)
    g_ptr_array_add (all, bcast_fault_copy (more->pdata[i]));
  return all;
}

/**
 * cli_serve_faults_start:
 * @self: faults that were checked
 * @more: (nullable) (element-type BcastFault): those of a config file
 * @sandbox: what is to have them
 * @output: where to say which there are, so that nobody wonders
 *
 * Their time begins now, or when @sandbox starts.
 */
void
cli_serve_faults_start (CliServeFaults *self,
                        GPtrArray      *more,
                        BcastSandbox   *sandbox,
                        CliOutput      *output)
{
  g_autoptr(GPtrArray) all = join (self, more);

  if (all->len > BCAST_SANDBOX_MAX_FAULTS)
    {
      cli_output_note (output, _("There are %u faults, and there can be %d at a time. The last ones are left out."),
                       all->len, BCAST_SANDBOX_MAX_FAULTS);
      g_ptr_array_set_size (all, BCAST_SANDBOX_MAX_FAULTS);
    }

  bcast_sandbox_set_faults (sandbox, all);
  for (guint i = 0; i < all->len; i++)
    {
      const BcastFault *fault = all->pdata[i];
      g_autofree char *text = bcast_fault_format (fault);

      cli_output_note (output, _("On purpose: %s (%s)."), bcast_fault_kind_get_title (fault->kind), text);
    }
}
