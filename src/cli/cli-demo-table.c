/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-demo-table.h"

#include "cli-text.h"

#include "bcast-json.h"

#include <glib/gi18n.h>

/* Three columns, 100 wide with two spaces between them. */
#define SENT_COLUMNS     40
#define SERVER_COLUMNS   16
#define RECEIVED_COLUMNS 40
#define BADGE_COLUMNS    18

#define BOLD   "1"
#define DIM    "2"
#define RED    "31"
#define GREEN  "32"
#define YELLOW "33"

/* Takes the text over. */
static char *
paint (CliOutput  *output,
       const char *color,
       char       *text)
{
  g_autofree char *plain = text;

  if (!output->color)
    return g_steal_pointer (&plain);
  return g_strdup_printf ("\033[%sm%s\033[0m", color, plain);
}

static void
print_row (CliOutput  *output,
           const char *color,
           const char *sent,
           const char *server,
           const char *received)
{
  g_autofree char *left = paint (output, color, cli_text_fit (sent, SENT_COLUMNS));
  g_autofree char *middle = paint (output, color, cli_text_fit (server, SERVER_COLUMNS));
  g_autofree char *line = g_strjoin ("  ", left, middle, received, NULL);

  cli_output_raw (output, line);
}

static char *
dup_rule (guint columns)
{
  GString *rule = g_string_new (NULL);

  for (guint i = 0; i < columns; i++)
    g_string_append (rule, "─");
  return g_string_free (rule, FALSE);
}

/**
 * cli_demo_table_print_head:
 * @output: where to write
 * @workspace: an open workspace with its clients subscribed
 *
 * Prints where everything happens, and the heads of the columns.
 */
void
cli_demo_table_print_head (CliOutput      *output,
                           BcastWorkspace *workspace)
{
  BcastApp *app = bcast_workspace_get_app (workspace);
  g_autofree char *received = paint (output, BOLD, g_strdup (_("Received")));
  g_autofree char *sent_rule = dup_rule (SENT_COLUMNS);
  g_autofree char *server_rule = dup_rule (SERVER_COLUMNS);
  g_autofree char *received_rule = dup_rule (RECEIVED_COLUMNS);

  cli_output_line (output, _("A sandbox listens on %s, port %u. Its clients are subscribed."),
                   bcast_app_get_ws_host (app), bcast_app_get_ws_port (app));
  cli_output_raw (output, "");
  print_row (output, BOLD, _("Sent"), _("Server"), received);
  print_row (output, DIM, sent_rule, server_rule, received_rule);
}

static gboolean
is_expected (const BcastEventRecord *record,
             const char             *client)
{
  return record->expected != NULL && g_strv_contains ((const char * const *) record->expected, client);
}

/* All but the last are padded, so that they stand in columns. */
static char *
dup_badge (CliOutput  *output,
           BcastEvent *event,
           const char *client,
           gboolean    is_last)
{
  const BcastDelivery *delivery = bcast_event_find_delivery (event, client);
  gboolean is_missed = delivery == NULL && is_expected (bcast_event_get_record (event), client);
  g_autofree char *latency = delivery != NULL ? cli_text_format_latency (delivery->latency_us) : NULL;
  const char *mark = is_missed ? "✗" : delivery == NULL ? "–" : delivery->identical ? "✓" : "≠";
  const char *color = is_missed ? RED : delivery == NULL ? DIM : delivery->identical ? GREEN : YELLOW;
  g_autofree char *text = g_strjoin (" ", client, mark, latency, NULL);

  return paint (output, color, is_last ? g_steal_pointer (&text) : cli_text_fit (text, BADGE_COLUMNS));
}

static char *
dup_badges (CliOutput      *output,
            BcastWorkspace *workspace,
            BcastEvent     *event)
{
  GListModel *clients = bcast_workspace_get_clients (workspace);
  guint n = g_list_model_get_n_items (clients);
  GString *badges = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);
      g_autofree char *badge = dup_badge (output, event, bcast_client_mirror_get_name (client), i + 1 == n);

      g_string_append_printf (badges, "%s%s", i > 0 ? "  " : "", badge);
    }
  return g_string_free (badges, FALSE);
}

static char *
dup_data (const char *data)
{
  g_autofree char *minified = data != NULL ? bcast_json_minify (data, NULL) : NULL;

  return cli_text_dup_printable (minified != NULL ? minified : data != NULL ? data : "");
}

static char *
dup_received_data (BcastEvent *event)
{
  const BcastDelivery *first = bcast_event_get_n_deliveries (event) > 0
                               ? bcast_event_get_delivery (event, 0) : NULL;

  if (first == NULL)
    return g_strdup (_("nothing"));
  return dup_data (first->data != NULL ? first->data : bcast_event_get_record (event)->data);
}

static char *
dup_server (const BcastEventRecord *record)
{
  g_autofree char *latency = NULL;

  if (record->sender != NULL)
    return g_strdup_printf (_("from %s"), record->sender);
  latency = cli_text_format_latency (record->accepted_us);
  return g_strdup_printf ("%u  %s", record->status, latency);
}

/**
 * cli_demo_table_print_event:
 * @output: where to write
 * @workspace: the workspace
 * @event: what became of it
 *
 * Prints one event: what it was, how the server answered, who received it when, and below the data as
 * it was sent beside the data as it came.
 */
void
cli_demo_table_print_event (CliOutput      *output,
                            BcastWorkspace *workspace,
                            BcastEvent     *event)
{
  const BcastEventRecord *record = bcast_event_get_record (event);
  g_autofree char *title = g_strdup_printf ("%s  %s", record->channel, record->name);
  g_autofree char *server = dup_server (record);
  g_autofree char *badges = dup_badges (output, workspace, event);
  g_autofree char *sent = dup_data (record->data);
  g_autofree char *received = dup_received_data (event);
  g_autofree char *fitted = cli_text_fit (received, RECEIVED_COLUMNS);
  g_autofree char *painted = paint (output, DIM, g_strchomp (g_steal_pointer (&fitted)));

  print_row (output, BOLD, title, server, badges);
  print_row (output, DIM, sent, bcast_event_outcome_to_nick (record->outcome), painted);
}

/**
 * cli_demo_table_print_end:
 * @output: where to write
 * @n_matched: how many events came back as they were sent
 * @n_examples: of how many
 *
 * Prints what came out, and what to do next.
 */
void
cli_demo_table_print_end (CliOutput *output,
                          guint      n_matched,
                          guint      n_examples)
{
  g_autofree char *sum = paint (output, n_matched == n_examples ? GREEN : RED,
                                g_strdup_printf (_("%u of %u events reached everybody they should, unchanged."),
                                                 n_matched, n_examples));

  cli_output_raw (output, "");
  cli_output_raw (output, sum);
  if (n_matched == n_examples)
    cli_output_raw (output, _("“broadcastctl serve” runs the sandbox for an app of yours and tells how to point "
                              "it there."));
}
