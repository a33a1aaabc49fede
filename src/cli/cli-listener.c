/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-listener.h"

#include "cli-listener-lines.h"

#include "bcast-event-name.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>

struct _CliListener
{
  BcastWorkspace    *workspace;
  BcastClientMirror *client;
  CliOutput         *output;
  guint              n_wanted;      /* 0 for no end */
  guint              n_counted;     /* events printed that somebody sent */
  guint              next_position; /* in the timeline: what is before was printed or is older */
  gboolean           was_connected;
  BcastSignInState   sign_in_state; /* as it was told last */
  char             **online;        /* likewise */
  CliExit            failure;       /* CLI_EXIT_OK before */
  guint              reader_id;
};

/* A row opens when its first delivery is taken; both may be read apart. */
static gboolean
print_row (CliListener *self,
           BcastEvent  *event)
{
  const BcastDelivery *delivery = bcast_event_find_delivery (event,
                                                             bcast_client_mirror_get_name (self->client));

  if (delivery == NULL)
    return FALSE;
  cli_listener_print_event (self->output, bcast_event_get_record (event), delivery);
  /* The server's own bookkeeping, such as pusher:member_added, is no event that anybody waits for. */
  if (!bcast_event_name_is_reserved (bcast_event_get_record (event)->name))
    self->n_counted++;
  return TRUE;
}

static void
print_news (CliListener *self)
{
  GListModel *timeline;

  bcast_workspace_refresh (self->workspace);
  timeline = G_LIST_MODEL (bcast_workspace_get_timeline (self->workspace));

  while (!cli_listener_has_all (self) && self->next_position < g_list_model_get_n_items (timeline))
    {
      g_autoptr(BcastEvent) event = g_list_model_get_item (timeline, self->next_position);

      if (event == NULL || !print_row (self, event))
        break;
      self->next_position++;
    }
  cli_output_flush (self->output);
}

static void
history_changed_cb (GListModel *history,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    gpointer    user_data)
{
  CliListener *self = user_data;

  for (guint i = 0; self->output->json && i < n_added; i++)
    {
      g_autoptr(BcastConnectionStep) step = g_list_model_get_item (history, position + i);

      cli_listener_print_step (self->output, step);
    }
  cli_output_flush (self->output);
}

static void
fail (CliListener *self,
      CliExit      code,
      const char  *message)
{
  if (self->failure != CLI_EXIT_OK)
    return;

  self->failure = code;
  if (self->output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_string (builder, "type", "error");
      cli_json_add_string (builder, "message", message);
      cli_output_end_json (self->output, builder);
    }
  cli_output_note (self->output, "%s", message);
}

static void
state_changed_cb (CliListener *self)
{
  BcastClientState state = bcast_client_mirror_get_state (self->client);

  if (state == BCAST_CLIENT_CONNECTED)
    self->was_connected = TRUE;
  if (state == BCAST_CLIENT_CONNECTED && !self->output->json)
    cli_output_note (self->output, _("Connected as %s."), bcast_client_mirror_get_socket_id (self->client));
}

static void
error_changed_cb (CliListener *self)
{
  const char *error = bcast_client_mirror_get_error (self->client);

  if (self->was_connected && error != NULL && !self->output->json)
    cli_output_note (self->output, "%s", error);
}

/* Who was connected once is reconnected by the client; who never was has no reason to hope. Looked at
 * between two rounds of the main loop, when state and error belong together. */
static void
check_client (CliListener *self)
{
  BcastClientState state = bcast_client_mirror_get_state (self->client);
  const char *error = bcast_client_mirror_get_error (self->client);

  if (state == BCAST_CLIENT_FAILED || (state == BCAST_CLIENT_DISCONNECTED && error != NULL))
    fail (self, CLI_EXIT_REFUSED, error != NULL ? error : _("The server refused the connection."));
  else if (!self->was_connected && error != NULL)
    fail (self, CLI_EXIT_UNREACHABLE, error);
}

static void
subscription_changed_cb (BcastSubscriptionMirror *subscription,
                         GParamSpec              *pspec,
                         gpointer                 user_data)
{
  CliListener *self = user_data;
  BcastSubscriptionState state = bcast_subscription_mirror_get_state (subscription);
  const char *channel = bcast_subscription_mirror_get_channel (subscription);
  const char *error = bcast_subscription_mirror_get_error (subscription);

  if (self->output->json)
    cli_listener_print_subscription (self->output, subscription);
  else if (state == BCAST_SUBSCRIPTION_SUBSCRIBED)
    cli_output_note (self->output, _("Subscribed to %s."), channel);

  if (state == BCAST_SUBSCRIPTION_REFUSED)
    fail (self, CLI_EXIT_REFUSED, error != NULL ? error : _("The server refused the subscription."));
}

static void
count_changed_cb (BcastSubscriptionMirror *subscription,
                  GParamSpec              *pspec,
                  gpointer                 user_data)
{
  CliListener *self = user_data;
  gint64 count = bcast_subscription_mirror_get_count (subscription);

  if (!self->output->json || count < 0)
    return;

  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

  cli_json_add_string (builder, "type", "subscription_count");
  cli_json_add_time (builder, g_get_real_time ());
  cli_json_add_string (builder, "channel", bcast_subscription_mirror_get_channel (subscription));
  cli_json_add_int (builder, "count", count);
  cli_output_end_json (self->output, builder);
  cli_output_flush (self->output);
}

/* What the encrypted data of a channel lacks is no state. */
static void
problem_changed_cb (BcastSubscriptionMirror *subscription,
                    GParamSpec              *pspec,
                    gpointer                 user_data)
{
  CliListener *self = user_data;
  const char *error = bcast_subscription_mirror_get_error (subscription);

  if (error == NULL || bcast_subscription_mirror_get_state (subscription) != BCAST_SUBSCRIPTION_SUBSCRIBED)
    return;
  if (self->output->json)
    cli_listener_print_subscription (self->output, subscription);
  else
    cli_output_note (self->output, "%s", error);
}

static void
watch_subscription (CliListener             *self,
                    BcastSubscriptionMirror *subscription)
{
  g_signal_connect (subscription, "notify::state", G_CALLBACK (subscription_changed_cb), self);
  g_signal_connect (subscription, "notify::count", G_CALLBACK (count_changed_cb), self);
  g_signal_connect (subscription, "notify::error", G_CALLBACK (problem_changed_cb), self);
}

/* Who signs in is subscribed to a channel of its own. */
static void
subscriptions_changed_cb (GListModel *subscriptions,
                          guint       position,
                          guint       n_removed,
                          guint       n_added,
                          gpointer    user_data)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, position + i);

      watch_subscription (user_data, subscription);
    }
}

static void
sign_in_changed_cb (CliListener *self)
{
  BcastSignInState state = bcast_client_mirror_get_sign_in_state (self->client);
  const char * const *online = bcast_client_mirror_get_online (self->client);
  const char *error = bcast_client_mirror_get_sign_in_error (self->client);
  gboolean is_new_state = state != self->sign_in_state;

  self->sign_in_state = state;
  if (is_new_state)
    cli_listener_print_sign_in (self->output, self->client);
  if (!g_strv_equal ((const char * const *) self->online, online))
    {
      g_strfreev (self->online);
      self->online = g_strdupv ((char **) online);
      cli_listener_print_online (self->output, self->client);
    }
  cli_output_flush (self->output);
  if (state == BCAST_SIGN_IN_REFUSED)
    fail (self, CLI_EXIT_REFUSED, error != NULL ? error : _("The server refused the sign-in."));
}

/* `subscribe | head -1` ends when head does, not at the next event, which may never come. */
static gboolean
reader_gone_cb (int          fd,
                GIOCondition condition,
                gpointer     user_data)
{
  CliListener *self = user_data;

  self->output->closed = TRUE;
  self->reader_id = 0;
  return G_SOURCE_REMOVE;
}

/**
 * cli_listener_new:
 * @workspace: an open workspace
 * @client: its one client, subscribed to what should be printed, not connected yet
 * @output: where to write; with JSON, states go there too
 * @n_wanted: after how many events that somebody sent to end, 0 for never
 *
 * Begins to print the events that @client receives from now on, states and errors.
 *
 * Returns: (transfer full): a new listener
 */
CliListener *
cli_listener_new (BcastWorkspace    *workspace,
                  BcastClientMirror *client,
                  CliOutput         *output,
                  guint              n_wanted)
{
  CliListener *self = g_new0 (CliListener, 1);
  GListModel *subscriptions = bcast_client_mirror_get_subscriptions (client);

  self->workspace = g_object_ref (workspace);
  self->client = g_object_ref (client);
  self->output = output;
  self->n_wanted = n_wanted;
  self->sign_in_state = bcast_client_mirror_get_sign_in_state (client);
  self->online = g_new0 (char *, 1);
  bcast_workspace_refresh (workspace);
  self->next_position = g_list_model_get_n_items (G_LIST_MODEL (bcast_workspace_get_timeline (workspace)));

  self->reader_id = g_unix_fd_add (fileno (output->stream), G_IO_ERR | G_IO_HUP, reader_gone_cb, self);
  g_signal_connect_swapped (workspace, "committed", G_CALLBACK (print_news), self);
  g_signal_connect_swapped (client, "notify::state", G_CALLBACK (state_changed_cb), self);
  g_signal_connect_swapped (client, "notify::error", G_CALLBACK (error_changed_cb), self);
  g_signal_connect_swapped (client, "sign-in-changed", G_CALLBACK (sign_in_changed_cb), self);
  g_signal_connect (bcast_client_mirror_get_history (client), "items-changed", G_CALLBACK (history_changed_cb), self);
  g_signal_connect (subscriptions, "items-changed", G_CALLBACK (subscriptions_changed_cb), self);
  subscriptions_changed_cb (subscriptions, 0, 0, g_list_model_get_n_items (subscriptions), self);
  return self;
}

/**
 * cli_listener_free:
 * @self: (transfer full): a listener
 *
 * Stops to print.
 */
void
cli_listener_free (CliListener *self)
{
  GListModel *subscriptions = bcast_client_mirror_get_subscriptions (self->client);

  g_clear_handle_id (&self->reader_id, g_source_remove);
  for (guint i = 0; i < g_list_model_get_n_items (subscriptions); i++)
    {
      g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, i);

      g_signal_handlers_disconnect_by_data (subscription, self);
    }
  g_signal_handlers_disconnect_by_data (subscriptions, self);
  g_signal_handlers_disconnect_by_data (bcast_client_mirror_get_history (self->client), self);
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_object_unref (self->client);
  g_object_unref (self->workspace);
  g_strfreev (self->online);
  g_free (self);
}

/**
 * cli_listener_is_subscribed:
 * @self: a listener
 *
 * Returns: whether the server confirmed all subscriptions, and the sign-in if one is wanted
 */
gboolean
cli_listener_is_subscribed (CliListener *self)
{
  GListModel *subscriptions = bcast_client_mirror_get_subscriptions (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (subscriptions); i++)
    {
      g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, i);

      if (bcast_subscription_mirror_get_state (subscription) != BCAST_SUBSCRIPTION_SUBSCRIBED)
        return FALSE;
    }
  return bcast_client_mirror_get_sign_in_state (self->client) == BCAST_SIGN_IN_OFF
         || bcast_client_mirror_get_sign_in_state (self->client) == BCAST_SIGN_IN_DONE;
}

/**
 * cli_listener_has_all:
 * @self: a listener
 *
 * Returns: whether there is nothing more to print: as many events as wanted came, or the reader of the
 *   output went away
 */
gboolean
cli_listener_has_all (CliListener *self)
{
  return self->output->closed || (self->n_wanted > 0 && self->n_counted >= self->n_wanted);
}

/**
 * cli_listener_get_failure:
 * @self: a listener
 *
 * Returns: the exit code for what ended it, which the user was told, or %CLI_EXIT_OK
 */
CliExit
cli_listener_get_failure (CliListener *self)
{
  check_client (self);
  return self->failure;
}
