/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-event.h"

#include "cli-text.h"

static void
print_json (CliOutput  *output,
            BcastEvent *event)
{
  const BcastEventRecord *record = bcast_event_get_record (event);
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

  cli_json_add_int (builder, "id", record->id);
  cli_json_add_time (builder, record->time_us);
  cli_json_add_string (builder, "outcome", bcast_event_outcome_to_nick (record->outcome));
  cli_json_add_string (builder, "channel", record->channel);
  cli_json_add_string (builder, "event", record->name);
  cli_json_add_string (builder, "data", record->data);
  cli_json_add_string (builder, "sender", record->sender);
  cli_json_add_int (builder, "status", record->status);
  cli_json_add_string (builder, "error", record->error);
  json_builder_set_member_name (builder, "deliveries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < bcast_event_get_n_deliveries (event); i++)
    {
      const BcastDelivery *delivery = bcast_event_get_delivery (event, i);

      json_builder_begin_object (builder);
      cli_json_add_string (builder, "client", delivery->client);
      cli_json_add_time (builder, delivery->received_us);
      cli_json_add_int (builder, "latency_us", delivery->latency_us);
      cli_json_add_boolean (builder, "identical", delivery->identical);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cli_output_end_json (output, builder);
}

static char *
dup_deliveries (BcastEvent *event)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < bcast_event_get_n_deliveries (event); i++)
    {
      const BcastDelivery *delivery = bcast_event_get_delivery (event, i);
      g_autofree char *latency = cli_text_format_latency (delivery->latency_us);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "  ", delivery->client, latency);
    }
  return g_string_free (text, FALSE);
}

static void
print_text (CliOutput  *output,
            BcastEvent *event)
{
  const BcastEventRecord *record = bcast_event_get_record (event);
  g_autofree char *time = cli_text_format_time (record->time_us);
  g_autofree char *deliveries = dup_deliveries (event);

  cli_output_line (output, "%s  %-9s  %s  %s  %s%s", time, bcast_event_outcome_to_nick (record->outcome),
                   record->channel, record->name, record->data != NULL ? record->data : "", deliveries);
}

/**
 * cli_event_print:
 * @output: where to write
 * @event: an event of the journal
 *
 * Prints an event with its deliveries on one line.
 */
void
cli_event_print (CliOutput  *output,
                 BcastEvent *event)
{
  if (output->json)
    print_json (output, event);
  else
    print_text (output, event);
}
