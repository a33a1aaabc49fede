/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-trigger.h"

#include "bcast-json.h"
#include "bcast-limits.h"

static void
append_optional (GString    *buffer,
                 const char *key,
                 const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (buffer, ",\"%s\":", key);
  bcast_json_append_quoted (buffer, value, -1);
}

/**
 * bcast_trigger_format_body:
 * @self: a trigger
 *
 * Members stand in the order in which the official Node library sends them.
 *
 * Returns: (transfer full): the body of `POST /apps/{id}/events`
 */
char *
bcast_trigger_format_body (BcastTrigger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *buffer = g_string_new ("{\"name\":");
  const char * const *channels = bcast_trigger_get_channels (self);

  bcast_json_append_quoted (buffer, bcast_trigger_get_name (self), -1);
  append_optional (buffer, "data", bcast_trigger_get_data (self));
  g_string_append (buffer, ",\"channels\":[");
  for (guint i = 0; channels[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, channels[i], -1);
    }
  g_string_append_c (buffer, ']');
  append_optional (buffer, "socket_id", bcast_trigger_get_socket_id (self));
  append_optional (buffer, "info", bcast_trigger_get_info (self));
  g_string_append_c (buffer, '}');
  return g_string_free (buffer, FALSE);
}

static void
append_item (GString      *buffer,
             BcastTrigger *item)
{
  g_string_append (buffer, "{\"channel\":");
  bcast_json_append_quoted (buffer, bcast_trigger_get_channels (item)[0], -1);
  append_optional (buffer, "name", bcast_trigger_get_name (item));
  append_optional (buffer, "data", bcast_trigger_get_data (item));
  append_optional (buffer, "socket_id", bcast_trigger_get_socket_id (item));
  append_optional (buffer, "info", bcast_trigger_get_info (item));
  g_string_append_c (buffer, '}');
}

/**
 * bcast_trigger_format_batch:
 * @triggers: (element-type BcastTrigger): one to ten, each for exactly one channel
 *
 * Source: Channels documentation, “HTTP API”, section “POST batch events”.
 *
 * Returns: (transfer full): the body of `POST /apps/{id}/batch_events`
 */
char *
bcast_trigger_format_batch (GPtrArray *triggers)
{
  g_return_val_if_fail (triggers != NULL, NULL);
  g_return_val_if_fail (triggers->len > 0 && triggers->len <= BCAST_LIMIT_EVENTS_PER_BATCH, NULL);

  GString *buffer = g_string_new ("{\"batch\":[");

  for (guint i = 0; i < triggers->len; i++)
    {
      if (i > 0)
        g_string_append_c (buffer, ',');
      append_item (buffer, g_ptr_array_index (triggers, i));
    }
  g_string_append (buffer, "]}");
  return g_string_free (buffer, FALSE);
}
