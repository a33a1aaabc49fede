/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connection-text.h"

#include <glib/gi18n.h>

#include "bcast-format.h"

/* What a connection became, as people say it afterwards. */
static const char * const words[] = {
  [BCAST_CLIENT_INITIALIZED]  = N_("Not connected yet"),
  [BCAST_CLIENT_CONNECTING]   = N_("Connecting"),
  [BCAST_CLIENT_CONNECTED]    = N_("Connected"),
  [BCAST_CLIENT_UNAVAILABLE]  = N_("Unavailable"),
  [BCAST_CLIENT_FAILED]       = N_("Failed"),
  [BCAST_CLIENT_DISCONNECTED] = N_("Disconnected"),
};

/**
 * bcast_connection_text_describe:
 * @step: a step in the life of a connection
 *
 * Returns: (transfer full): what happened, in a word or two, translated
 */
char *
bcast_connection_text_describe (BcastConnectionStep *step)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (step), NULL);

  if (!bcast_connection_step_is_retry (step))
    return g_strdup (_(words[bcast_connection_step_get_state (step)]));

  g_autofree char *delay = bcast_format_duration ((gint64) bcast_connection_step_get_delay_ms (step) * 1000);

  return g_strdup_printf (_("Tries again in %s"), delay);
}

static void
append_step (GString             *text,
             BcastConnectionStep *step)
{
  g_autofree char *time = bcast_format_time (bcast_connection_step_get_time_us (step));
  g_autofree char *words_of_step = bcast_connection_text_describe (step);
  const char *socket_id = bcast_connection_step_get_socket_id (step);
  const char *reason = bcast_connection_step_get_reason (step);

  g_string_append_printf (text, "%s  %s", time, words_of_step);
  if (socket_id != NULL)
    g_string_append_printf (text, "  %s", socket_id);
  if (reason != NULL)
    g_string_append_printf (text, "  %s", reason);
  g_string_append_c (text, '\n');
}

/**
 * bcast_connection_text_format:
 * @history: (element-type BcastConnectionStep): what became of a connection
 *
 * Returns: (transfer full): a line for each step, to paste somewhere
 */
char *
bcast_connection_text_format (GListModel *history)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (history), NULL);

  GString *text = g_string_new (NULL);
  guint n_steps = g_list_model_get_n_items (history);

  for (guint i = 0; i < n_steps; i++)
    {
      g_autoptr(BcastConnectionStep) step = g_list_model_get_item (history, i);

      append_step (text, step);
    }
  return g_string_free (text, FALSE);
}
