/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-serve-log.h"

#include "cli-text.h"

#include "bcast-error.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * cli_serve_log_clear:
 * @self: a log
 *
 * Frees what it holds.
 */
void
cli_serve_log_clear (CliServeLog *self)
{
  g_free (self->format);
  g_free (self->kinds);
  g_free (self->channel);
  g_clear_pointer (&self->pattern, g_pattern_spec_free);
}

/**
 * cli_serve_log_add_options:
 * @self: a log
 * @group: the options of the command
 *
 * Adds the options about the log.
 */
void
cli_serve_log_add_options (CliServeLog  *self,
                           GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "log", 0, 0, G_OPTION_ARG_STRING, &self->format, N_("Tell what happens, a line for each thing"), "text|json" },
    { "log-kinds", 0, 0, G_OPTION_ARG_STRING, &self->kinds,
      N_("Tell only these kinds, comma-separated; -KIND,KIND for all but these"), N_("KINDS") },
    { "log-channel", 0, 0, G_OPTION_ARG_STRING, &self->channel,
      N_("Tell only what is about channels like this, such as “private-*”"), N_("PATTERN") },
    { NULL },
  };

  g_option_group_add_entries (group, entries);
}

static char *
list_kinds (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", bcast_report_kind_to_string (i));
  return g_string_free (names, FALSE);
}

static gboolean
parse_kinds (CliServeLog  *self,
             GError      **error)
{
  gboolean is_negative = self->kinds[0] == '-';
  g_auto(GStrv) names = g_strsplit (self->kinds + is_negative, ",", -1);
  guint bits = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      BcastReportKind kind;

      if (!bcast_report_kind_parse (g_strstrip (names[i]), &kind))
        {
          g_autofree char *known = list_kinds ();

          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("--log-kinds has “%s”, which is no kind. There are: %s."), names[i], known);
          return FALSE;
        }
      bits |= 1u << kind;
    }

  self->bits = is_negative ? BCAST_REPORT_ALL & ~bits : bits;
  return TRUE;
}

/**
 * cli_serve_log_check:
 * @self: a log as the command line has it
 * @error: what is wrong with an option
 *
 * Returns: whether its options can be understood
 */
gboolean
cli_serve_log_check (CliServeLog  *self,
                     GError      **error)
{
  if (self->format == NULL && (self->kinds != NULL || self->channel != NULL))
    self->format = g_strdup ("text");
  if (self->format == NULL)
    return TRUE;

  if (strcmp (self->format, "text") != 0 && strcmp (self->format, "json") != 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--log is “%s”. It must be text or json."), self->format);
      return FALSE;
    }

  self->bits = BCAST_REPORT_ALL;
  if (self->channel != NULL)
    self->pattern = g_pattern_spec_new (self->channel);
  return self->kinds == NULL || parse_kinds (self, error);
}

/**
 * cli_serve_log_is_json:
 * @self: a log that is good
 *
 * Returns: whether it is written for programs
 */
gboolean
cli_serve_log_is_json (CliServeLog *self)
{
  return g_strcmp0 (self->format, "json") == 0;
}

static void
add (JsonBuilder *builder,
     const char  *name,
     const char  *value)
{
  if (value != NULL)
    cli_json_add_string (builder, name, value);
}

static void
print_json (CliOutput         *output,
            const BcastReport *report)
{
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

  cli_json_add_time (builder, report->time_us);
  cli_json_add_string (builder, "kind", bcast_report_kind_to_string (report->kind));
  add (builder, "app_id", report->app_id);
  add (builder, "socket_id", report->socket_id);
  add (builder, "user_id", report->user_id);
  add (builder, "channel", report->channel);
  add (builder, "event", report->event);
  add (builder, "data", report->data);
  if (report->code != 0)
    cli_json_add_int (builder, report->kind == BCAST_REPORT_SUBSCRIPTION_COUNT ? "count" : "code", report->code);
  if (report->duration_us != 0)
    cli_json_add_int (builder, "duration_ms", report->duration_us / 1000);
  add (builder, "text", report->text);
  cli_output_end_json (output, builder);
}

static void
append (GString    *line,
        const char *name,
        const char *value)
{
  if (value != NULL)
    g_string_append_printf (line, "  %s=%s", name, value);
}

static void
print_text (CliOutput         *output,
            const BcastReport *report)
{
  g_autofree char *time = cli_text_format_time (report->time_us);
  g_autoptr(GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%s  %-18s", time, bcast_report_kind_to_string (report->kind));
  append (line, "app", report->app_id);
  append (line, "channel", report->channel);
  append (line, "event", report->event);
  append (line, "socket", report->socket_id);
  append (line, "user", report->user_id);
  if (report->code != 0)
    g_string_append_printf (line, "  %s=%u", report->kind == BCAST_REPORT_SUBSCRIPTION_COUNT ? "count" : "code",
                            report->code);
  if (report->duration_us != 0)
    g_string_append_printf (line, "  after=%.3fs", report->duration_us / (double) G_USEC_PER_SEC);
  append (line, "data", report->data);
  if (report->text != NULL)
    g_string_append_printf (line, "  %s", report->text);
  cli_output_line (output, "%s", line->str);
}

static gboolean
is_wanted (CliServeLog       *self,
           const BcastReport *report)
{
  return self->pattern == NULL
         || (report->channel != NULL && g_pattern_spec_match_string (self->pattern, report->channel));
}

static void
print_lost (CliOutput *output,
            gboolean   is_json,
            guint64    n_lost)
{
  if (!is_json)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, n_lost);

      cli_output_note (output, _("%s lines of the log are missing here: more happened than could be written."), number);
      return;
    }

  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

  cli_json_add_time (builder, g_get_real_time ());
  cli_json_add_string (builder, "kind", "lost");
  cli_json_add_int (builder, "count", (gint64) n_lost);
  cli_output_end_json (output, builder);
}

static void
reports_cb (GPtrArray *reports,
            guint64    n_lost,
            gpointer   user_data)
{
  CliServeLog *self = user_data;
  gboolean is_json = cli_serve_log_is_json (self);

  for (guint i = 0; i < reports->len; i++)
    {
      const BcastReport *report = reports->pdata[i];

      if (!is_wanted (self, report))
        continue;
      if (is_json)
        print_json (self->output, report);
      else
        print_text (self->output, report);
    }
  if (n_lost > 0)
    print_lost (self->output, is_json, n_lost);
  cli_output_flush (self->output);
}

/**
 * cli_serve_log_start:
 * @self: a log that is good; must outlive @sandbox
 * @sandbox: what to tell about
 * @output: where to write
 *
 * Tells from now on, if there is anything to tell.
 */
void
cli_serve_log_start (CliServeLog  *self,
                     BcastSandbox *sandbox,
                     CliOutput    *output)
{
  if (self->format == NULL)
    return;

  self->output = output;
  bcast_sandbox_watch_reports (sandbox, self->bits, reports_cb, self);
}
