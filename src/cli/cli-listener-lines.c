/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-listener-lines.h"

#include "cli-text.h"

#include "bcast-frame.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
dup_user_id (const BcastDelivery *delivery)
{
  g_autoptr(BcastFrame) frame = NULL;

  if (delivery->frame != NULL)
    frame = bcast_frame_parse (delivery->frame, strlen (delivery->frame), NULL);
  return frame != NULL ? g_strdup (bcast_frame_get_user_id (frame)) : NULL;
}

/**
 * cli_listener_print_event:
 * @output: where to write
 * @record: the event
 * @delivery: how it was received
 *
 * Prints a received event.
 */
void
cli_listener_print_event (CliOutput              *output,
                          const BcastEventRecord *record,
                          const BcastDelivery    *delivery)
{
  const char *data = delivery->data != NULL ? delivery->data : record->data;
  g_autofree char *user_id = dup_user_id (delivery);

  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_string (builder, "type", "event");
      cli_json_add_time (builder, delivery->received_us);
      cli_json_add_string (builder, "channel", record->channel);
      cli_json_add_string (builder, "event", record->name);
      cli_json_add_string (builder, "data", data);
      if (user_id != NULL)
        cli_json_add_string (builder, "user_id", user_id);
      cli_output_end_json (output, builder);
    }
  else
    {
      g_autofree char *time = cli_text_format_time (delivery->received_us);

      cli_output_line (output, "%s  %s  %s  %s", time, record->channel, record->name,
                       data != NULL ? data : "");
    }
}

/**
 * cli_listener_print_subscription:
 * @output: where to write JSON
 * @subscription: whose state changed
 *
 * Prints the state of a subscription.
 */
void
cli_listener_print_subscription (CliOutput               *output,
                                 BcastSubscriptionMirror *subscription)
{
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();
  const char *error = bcast_subscription_mirror_get_error (subscription);

  cli_json_add_string (builder, "type", "subscription");
  cli_json_add_time (builder, g_get_real_time ());
  cli_json_add_string (builder, "channel", bcast_subscription_mirror_get_channel (subscription));
  cli_json_add_string (builder, "state",
                       bcast_subscription_state_to_nick (bcast_subscription_mirror_get_state (subscription)));
  if (error != NULL)
    cli_json_add_string (builder, "error", error);
  cli_output_end_json (output, builder);
  cli_output_flush (output);
}

/**
 * cli_listener_print_step:
 * @output: where to write JSON
 * @step: a step of a connection's history
 *
 * Prints what became of the connection.
 */
void
cli_listener_print_step (CliOutput           *output,
                         BcastConnectionStep *step)
{
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();
  const char *reason = bcast_connection_step_get_reason (step);

  cli_json_add_string (builder, "type", bcast_connection_step_is_retry (step) ? "retry" : "state");
  cli_json_add_time (builder, bcast_connection_step_get_time_us (step));
  if (bcast_connection_step_is_retry (step))
    cli_json_add_int (builder, "in_ms", bcast_connection_step_get_delay_ms (step));
  else
    {
      cli_json_add_string (builder, "from", bcast_client_state_to_nick (bcast_connection_step_get_before (step)));
      cli_json_add_string (builder, "state", bcast_client_state_to_nick (bcast_connection_step_get_state (step)));
      cli_json_add_string (builder, "socket_id", bcast_connection_step_get_socket_id (step));
    }
  if (reason != NULL)
    cli_json_add_string (builder, "error", reason);
  cli_output_end_json (output, builder);
}

/**
 * cli_listener_print_sign_in:
 * @output: where to write
 * @client: whose sign-in changed
 *
 * Prints how far the sign-in is.
 */
void
cli_listener_print_sign_in (CliOutput         *output,
                            BcastClientMirror *client)
{
  const char *user_id = bcast_client_mirror_get_signed_in_id (client);
  const char *error = bcast_client_mirror_get_sign_in_error (client);

  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_string (builder, "type", "sign_in");
      cli_json_add_time (builder, g_get_real_time ());
      cli_json_add_string (builder, "state", bcast_sign_in_state_to_nick (bcast_client_mirror_get_sign_in_state (client)));
      if (user_id != NULL)
        cli_json_add_string (builder, "user_id", user_id);
      if (error != NULL)
        cli_json_add_string (builder, "error", error);
      cli_output_end_json (output, builder);
    }
  else if (user_id != NULL)
    cli_output_note (output, _("Signed in as %s."), user_id);
}

/**
 * cli_listener_print_online:
 * @output: where to write
 * @client: whose watchlist had news
 *
 * Prints who of the watchlist is online.
 */
void
cli_listener_print_online (CliOutput         *output,
                           BcastClientMirror *client)
{
  const char * const *ids = bcast_client_mirror_get_online (client);

  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_string (builder, "type", "watchlist");
      cli_json_add_time (builder, g_get_real_time ());
      cli_json_add_strings (builder, "online", ids);
      cli_output_end_json (output, builder);
    }
  else if (ids[0] == NULL)
    cli_output_note (output, _("Nobody of the watchlist is online."));
  else
    {
      g_autofree char *online = g_strjoinv (", ", (char **) ids);

      cli_output_note (output, _("Online: %s"), online);
    }
}
