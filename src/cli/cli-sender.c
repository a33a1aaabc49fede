/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-sender.h"

#include "cli-text.h"
#include "cli-workspace.h"

#include "bcast-error.h"
#include "bcast-info-answer.h"
#include "bcast-limits.h"

#include <glib/gi18n.h>

static guint
count_rows (GPtrArray *drafts)
{
  guint n_rows = 0;

  for (guint i = 0; i < drafts->len; i++)
    n_rows += g_strv_length (((BcastDraft *) g_ptr_array_index (drafts, i))->channels);
  return n_rows;
}

/**
 * cli_sender_send:
 * @workspace: an open workspace
 * @session: waits
 * @drafts: (element-type BcastDraft): what to send: one event, or those of a batch
 * @error: why it was not sent, or what the server said
 *
 * Sends through the HTTP API.
 *
 * Returns: (transfer full) (element-type BcastEvent) (nullable): an event for each channel, as the journal has
 *   it, or %NULL with @error set
 */
GPtrArray *
cli_sender_send (BcastWorkspace  *workspace,
                 CliSession      *session,
                 GPtrArray       *drafts,
                 GError         **error)
{
  g_autoptr(GPtrArray) sent = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) result = NULL;
  guint n_rows = count_rows (drafts);
  gint64 first_id;

  bcast_workspace_send_batch_async (workspace, (const BcastDraft * const *) drafts->pdata, drafts->len,
                                    cli_session_get_cancellable (session), cli_session_ready_cb, &result);
  if (!bcast_workspace_send_finish (workspace, cli_session_await (session, &result), &first_id, error))
    return NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      BcastEvent *event = cli_workspace_await_answer (workspace, session, first_id + i);

      if (event == NULL)
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                       _("The event was sent, but the journal could not be written. Look whether the disk is full."));
          return NULL;
        }
      g_ptr_array_add (sent, event);
    }
  return g_steal_pointer (&sent);
}

static void
add_response (JsonBuilder *builder,
              const char  *text)
{
  JsonNode *response = cli_json_parse_object (text);

  if (response == NULL)
    return;
  json_builder_set_member_name (builder, "response");
  json_builder_add_value (builder, response);
}

static void
print_json (CliOutput        *output,
            const BcastDraft *draft,
            GPtrArray        *sent)
{
  const BcastEventRecord *record = bcast_event_get_record (g_ptr_array_index (sent, 0));
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

  cli_json_add_boolean (builder, "ok", TRUE);
  cli_json_add_time (builder, record->time_us);
  cli_json_add_strings (builder, "channels", (const char * const *) draft->channels);
  cli_json_add_string (builder, "event", draft->name);
  cli_json_add_string (builder, "data", draft->data);
  cli_json_add_int (builder, "status", record->status);
  cli_json_add_int (builder, "answered_us", record->accepted_us);
  add_response (builder, record->response);
  cli_output_end_json (output, builder);
}

/* What the server told of the channel of @record, which is at @position of its request. */
static void
print_counts (CliOutput              *output,
              const BcastEventRecord *record,
              guint                   position)
{
  g_autoptr(BcastInfoAnswer) answer = record->response != NULL ? bcast_info_answer_parse (record->response) : NULL;
  const BcastInfoCounts *counts = answer != NULL ? bcast_info_answer_find (answer, record->channel, position) : NULL;
  g_autofree char *text = counts != NULL ? bcast_info_counts_format (counts) : NULL;

  if (text != NULL)
    cli_output_line (output, "  %s: %s", record->channel, text);
}

/**
 * cli_sender_print:
 * @output: where to write
 * @draft: what was sent
 * @sent: (element-type BcastEvent): what cli_sender_send() returned for it
 *
 * Tells how the server took one event, and what it said of the channels.
 */
void
cli_sender_print (CliOutput        *output,
                  const BcastDraft *draft,
                  GPtrArray        *sent)
{
  const BcastEventRecord *record = bcast_event_get_record (g_ptr_array_index (sent, 0));
  g_autofree char *channels = g_strjoinv (", ", draft->channels);
  g_autofree char *latency = cli_text_format_latency (record->accepted_us);

  if (output->json)
    {
      print_json (output, draft, sent);
      return;
    }

  cli_output_line (output, _("Sent %s to %s: HTTP %u in %s"), draft->name, channels, record->status, latency);
  for (guint i = 0; draft->info != NULL && i < sent->len; i++)
    print_counts (output, bcast_event_get_record (g_ptr_array_index (sent, i)), i);
}

static void
print_batch_row (CliOutput              *output,
                 const BcastEventRecord *record,
                 guint                   position)
{
  g_autofree char *latency = cli_text_format_latency (record->accepted_us);

  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_boolean (builder, "ok", TRUE);
      cli_json_add_time (builder, record->time_us);
      cli_json_add_string (builder, "channel", record->channel);
      cli_json_add_string (builder, "event", record->name);
      cli_json_add_string (builder, "data", record->data);
      cli_json_add_int (builder, "status", record->status);
      cli_json_add_int (builder, "answered_us", record->accepted_us);
      cli_output_end_json (output, builder);
      return;
    }

  cli_output_line (output, _("Sent %s to %s: HTTP %u in %s"), record->name, record->channel, record->status, latency);
  print_counts (output, record, position);
}

/**
 * cli_sender_print_batch:
 * @output: where to write
 * @sent: (element-type BcastEvent): what cli_sender_send() returned for a batch
 *
 * Tells how the server took each event.
 */
void
cli_sender_print_batch (CliOutput *output,
                        GPtrArray *sent)
{
  for (guint i = 0; i < sent->len; i++)
    print_batch_row (output, bcast_event_get_record (g_ptr_array_index (sent, i)), i % BCAST_LIMIT_EVENTS_PER_BATCH);
}
