/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-serve-ready.h"

#include "cli-guide.h"
#include "cli-notify.h"

#include <glib/gi18n.h>

/* What a client enters: nobody connects to “any address”. */
static const char *
get_reachable_host (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_any (address) ? "127.0.0.1" : host;
}

static void
add_apps (JsonBuilder *builder,
          GPtrArray   *apps)
{
  json_builder_set_member_name (builder, "apps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < apps->len; i++)
    {
      const BcastSandboxApp *app = apps->pdata[i];

      json_builder_begin_object (builder);
      cli_json_add_string (builder, "app_id", app->app_id);
      cli_json_add_string (builder, "key", app->key);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const CliServeReady *self,
            CliOutput           *output)
{
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();
  GPtrArray *apps = bcast_sandbox_get_apps (self->sandbox);
  const BcastSandboxApp *first = apps->pdata[0];

  cli_json_add_boolean (builder, "ready", TRUE);
  cli_json_add_string (builder, "host", bcast_sandbox_get_host (self->sandbox));
  cli_json_add_int (builder, "port", bcast_sandbox_get_port (self->sandbox));
  cli_json_add_string (builder, "app_id", first->app_id);
  cli_json_add_string (builder, "key", first->key);
  if (self->show_secret)
    cli_json_add_string (builder, "secret", first->secret);
  cli_serve_tls_add_json (self->tls, self->sandbox, builder);
  if (self->app == NULL)
    add_apps (builder, apps);
  cli_output_end_json (output, builder);
}

static const char *
describe_secret (const CliServeReady *self)
{
  if (self->app->is_kept && self->app->place == BCAST_SECRET_PLACE_KEYRING)
    return _("in your keyring; --show-secret prints it");
  if (self->app->is_kept)
    return _("in a file that only you can read; --show-secret prints it");
  if (self->is_secret_given)
    return _("the one you gave");
  return _("random for this run; --show-secret prints it");
}

static void
print_app (const CliServeReady *self,
           CliOutput           *output)
{
  const char *host = get_reachable_host (bcast_sandbox_get_host (self->sandbox));
  gboolean is_shown = self->show_secret || cli_output_is_terminal (output);

  cli_output_line (output, "  app id  %s", self->app->app_id);
  cli_output_line (output, "  key     %s", self->app->key);
  cli_output_line (output, "  secret  %s", is_shown ? self->app->secret : describe_secret (self));
  cli_serve_tls_print (self->tls, self->sandbox, output);
  cli_guide_print (output, host, bcast_sandbox_get_port (self->sandbox), self->tls->is_only, self->app->app_id,
                   self->app->key);
}

static void
print_apps (const CliServeReady *self,
            CliOutput           *output)
{
  GPtrArray *apps = bcast_sandbox_get_apps (self->sandbox);

  for (guint i = 0; i < apps->len; i++)
    {
      const BcastSandboxApp *app = apps->pdata[i];

      cli_output_line (output, _("  app id  %s    key  %s%s"), app->app_id, app->key,
                       app->is_enabled ? "" : _("    (switched off)"));
    }
  cli_serve_tls_print (self->tls, self->sandbox, output);
}

static void
print_text (const CliServeReady *self,
            CliOutput           *output)
{
  cli_output_line (output, _("The sandbox listens on %s, port %u."), bcast_sandbox_get_host (self->sandbox),
                   bcast_sandbox_get_port (self->sandbox));
  if (self->app != NULL)
    print_app (self, output);
  else
    print_apps (self, output);
  cli_output_raw (output, _("\nCtrl+C stops it."));
}

/**
 * cli_serve_ready_print:
 * @self: what there is to tell
 * @output: where to write
 *
 * Tells who reads the output, and the service manager if there is one.
 */
void
cli_serve_ready_print (const CliServeReady *self,
                       CliOutput           *output)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *state = NULL;

  if (output->json)
    print_json (self, output);
  else
    print_text (self, output);
  cli_output_flush (output);

  state = g_strdup_printf ("READY=1\nSTATUS=Listening on %s, port %u", bcast_sandbox_get_host (self->sandbox),
                           bcast_sandbox_get_port (self->sandbox));
  if (!cli_notify_send (state, &error))
    cli_output_note (output, _("The service manager could not be told that the sandbox is ready: %s."), error->message);
}
