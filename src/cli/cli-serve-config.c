/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-serve-config.h"

#include "cli-input.h"
#include "cli-notify.h"
#include "cli-secret.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#define MAX_FILE_BYTES (1024 * 1024)
#define SETTLE_MS      100 /* editors write a file in several steps */

/**
 * CliServeConfig:
 *
 * The config file of `serve`. It is read again when it changes, and on SIGHUP; what is wrong in it then
 * is said, and what was there before goes on.
 */
struct _CliServeConfig
{
  char               *file;
  CliOutput          *output;
  BcastSandboxConfig *config;

  BcastSandbox       *sandbox; /* not owned; NULL until it is watched */
  CliServeFaults     *faults;  /* not owned: those of the command line */
  GFileMonitor       *monitor;
  guint               hangup_id;
  guint               settle_id;
};

/* Beside the config file, unless it is told absolutely. */
static char *
load_secret (const char  *file,
             gpointer     user_data,
             GError     **error)
{
  CliServeConfig *self = user_data;
  g_autofree char *folder = g_path_get_dirname (self->file);
  g_autofree char *path = g_path_is_absolute (file) ? g_strdup (file) : g_build_filename (folder, file, NULL);

  return cli_secret_load_file (path, self->output, error);
}

static BcastSandboxConfig *
read_file (CliServeConfig  *self,
           GError         **error)
{
  gboolean is_exposed = FALSE;
  char *text = cli_input_load (self->file, MAX_FILE_BYTES, &is_exposed, error);
  BcastSandboxConfig *config;

  if (text == NULL)
    return NULL;

  config = bcast_sandbox_config_parse (text, load_secret, self, error);
  if (is_exposed && strstr (text, "\"secret\"") != NULL)
    cli_output_note (self->output, _("Warning: other users of this machine may read %s, and there are secrets in "
                                     "it. “chmod 600” keeps them out."), self->file);
  bcast_secret_free (text);
  return config;
}

/**
 * cli_serve_config_load:
 * @file: a config file
 * @output: where to say what is to be said about it
 * @error: why it cannot be used
 *
 * Returns: (transfer full) (nullable): the config file
 */
CliServeConfig *
cli_serve_config_load (const char  *file,
                       CliOutput   *output,
                       GError     **error)
{
  g_autoptr(CliServeConfig) self = g_new0 (CliServeConfig, 1);

  self->file = g_canonicalize_filename (file, NULL);
  self->output = output;
  self->config = read_file (self, error);
  return self->config != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * cli_serve_config_free:
 * @self: (transfer full): a config file
 *
 * Watches it no longer.
 */
void
cli_serve_config_free (CliServeConfig *self)
{
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->hangup_id, g_source_remove);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_pointer (&self->config, bcast_sandbox_config_free);
  g_free (self->file);
  g_free (self);
}

/**
 * cli_serve_config_get:
 * @self: a config file
 *
 * Returns: (transfer none): what it said when it was read last and was good
 */
const BcastSandboxConfig *
cli_serve_config_get (CliServeConfig *self)
{
  return self->config;
}

static gboolean
needs_restart (const BcastSandboxConfig *old,
               const BcastSandboxConfig *config)
{
  return g_strcmp0 (old->host, config->host) != 0
         || old->port != config->port
         || old->max_sockets != config->max_sockets
         || old->has_metrics != config->has_metrics;
}

static gboolean
are_equal (GPtrArray *a,
           GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    if (!bcast_fault_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
take_over (CliServeConfig     *self,
           BcastSandboxConfig *config)
{
  guint n_apps = config->apps->len;

  if (needs_restart (self->config, config))
    cli_output_note (self->output, _("The address, the port, the limit of connections and the counters of %s count "
                                     "from the next start on."), self->file);

  /* The time of faults begins anew, so that they are let alone when others change. */
  if (!are_equal (self->config->faults, config->faults))
    cli_serve_faults_start (self->faults, config->faults, self->sandbox, self->output);

  bcast_sandbox_config_free (self->config);
  self->config = config;
  cli_output_note (self->output,
                   ngettext ("%s was read again: %u app is served.", "%s was read again: %u apps are served.", n_apps),
                   self->file, n_apps);
}

static void
reload (CliServeConfig *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *reloading = g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT,
                                                g_get_monotonic_time ());

  cli_notify_send (reloading, NULL);

  BcastSandboxConfig *config = read_file (self, &error);

  if (config != NULL && bcast_sandbox_set_apps (self->sandbox, config->apps, &error))
    take_over (self, config);
  else
    {
      g_clear_pointer (&config, bcast_sandbox_config_free);
      cli_output_note (self->output, _("%s cannot be used, and what was read before goes on: %s"), self->file,
                       error->message);
    }
  cli_notify_send ("READY=1", NULL);
}

static gboolean
settled_cb (gpointer user_data)
{
  CliServeConfig *self = user_data;

  self->settle_id = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GFileMonitor      *monitor,
            GFile             *file,
            GFile             *other,
            GFileMonitorEvent  event,
            CliServeConfig    *self)
{
  /* A file that is being exchanged is not there for a moment. */
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || !g_file_test (self->file, G_FILE_TEST_EXISTS))
    return;

  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static gboolean
hangup_cb (gpointer user_data)
{
  reload (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * cli_serve_config_watch:
 * @self: a config file
 * @sandbox: what serves its apps; must outlive this
 * @faults: those of the command line, which go on in any case; must outlive this
 *
 * Reads the file again whenever it changes, and on SIGHUP.
 */
void
cli_serve_config_watch (CliServeConfig *self,
                        BcastSandbox   *sandbox,
                        CliServeFaults *faults)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->file);
  g_autoptr(GError) error = NULL;

  self->sandbox = sandbox;
  self->faults = faults;
  self->hangup_id = g_unix_signal_add (SIGHUP, hangup_cb, self);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    cli_output_note (self->output, _("%s is not watched: %s. Send SIGHUP to have it read again."), self->file,
                     error->message);
  else
    g_signal_connect (self->monitor, "changed", G_CALLBACK (changed_cb), self);
}
