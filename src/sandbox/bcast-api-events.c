/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-api-request-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-api-params-private.h"
#include "bcast-channel-info-private.h"
#include "bcast-error.h"
#include "bcast-json-fields-private.h"
#include "bcast-json.h"
#include "bcast-limits.h"
#include "bcast-request-signature.h"
#include "bcast-trigger.h"

/* What an event can ask about its channel.
 * Source: Channels documentation, “HTTP API”, section “POST event”. */
#define INFO_OF_EVENTS (BCAST_CHANNEL_INFO_USER_COUNT | BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT)

/* As the trigger takes its data: the text of a string, the JSON of anything else. */
static gboolean
measure_data (const BcastJsonSpan *key,
              const BcastJsonSpan *value,
              gpointer             user_data)
{
  gsize *size = user_data;

  if (!bcast_json_span_equals (key, "data"))
    return TRUE;

  *size = value->length;
  if (value->type == BCAST_JSON_STRING)
    g_free (bcast_json_span_dup_string (value, size));
  return TRUE;
}

/* 413 is for data alone; any other limit is a 400.
 * Source: Channels documentation, “HTTP API”, section “POST event”. */
static gboolean
is_data_too_large (const char *text,
                   gsize       length)
{
  gsize size = 0;

  return bcast_json_scan_object (text, length, measure_data, &size, NULL, NULL)
         && size > BCAST_LIMIT_DATA_BYTES;
}

static BcastTrigger *
parse_trigger (const char  *text,
               gsize        length,
               GError     **error)
{
  g_autoptr(GError) problem = NULL;
  BcastTrigger *trigger = bcast_trigger_parse (text, length, &problem);

  if (trigger != NULL)
    return trigger;

  if (g_error_matches (problem, BCAST_ERROR, BCAST_ERROR_TOO_LARGE) && !is_data_too_large (text, length))
    problem->code = BCAST_ERROR_INVALID;
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gboolean
read_info (BcastTrigger      *trigger,
           BcastChannelInfo  *info,
           GError           **error)
{
  return bcast_channel_info_parse (bcast_trigger_get_info (trigger), INFO_OF_EVENTS, info, error)
         && bcast_channel_info_check (*info, bcast_trigger_get_channels (trigger), error);
}

/* A channel that is named twice gets the event once. */
static gboolean
is_first (const char * const *channels,
          guint               index)
{
  for (guint i = 0; i < index; i++)
    if (strcmp (channels[i], channels[index]) == 0)
      return FALSE;
  return TRUE;
}

static void
publish (BcastHub     *hub,
         BcastTrigger *trigger)
{
  const char * const *channels = bcast_trigger_get_channels (trigger);

  for (guint i = 0; channels[i] != NULL; i++)
    if (is_first (channels, i))
      bcast_hub_publish (hub, channels[i], bcast_trigger_get_name (trigger),
                         bcast_trigger_get_data (trigger), bcast_trigger_get_socket_id (trigger));
}

static char *
format_trigger_info (BcastHub           *hub,
                     const char * const *channels,
                     BcastChannelInfo    info)
{
  GString *buffer = g_string_new ("{\"channels\":{");

  for (guint i = 0; channels[i] != NULL; i++)
    {
      if (!is_first (channels, i))
        continue;

      g_autofree char *attributes = bcast_channel_info_format (hub, channels[i], info, FALSE);

      if (i > 0)
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, channels[i], -1);
      g_string_append_printf (buffer, ":%s", attributes);
    }
  g_string_append (buffer, "}}");
  return g_string_free (buffer, FALSE);
}

/**
 * bcast_api_handle_events:
 * @request: a `POST /apps/{id}/events`
 * @error: %BCAST_ERROR_TOO_LARGE for the data, %BCAST_ERROR_INVALID for anything else
 *
 * Sends one event to all of its channels.
 *
 * Returns: (transfer full) (nullable): the answer, with what was asked about the channels
 */
char *
bcast_api_handle_events (const BcastApiRequest  *request,
                         GError                **error)
{
  g_return_val_if_fail (request != NULL, NULL);

  g_autofree char *completed = bcast_api_params_complete_body (request);
  g_autoptr(BcastTrigger) trigger = completed != NULL
                                    ? parse_trigger (completed, strlen (completed), error)
                                    : parse_trigger (request->body, request->body_length, error);
  BcastChannelInfo info;

  if (trigger == NULL || !read_info (trigger, &info, error))
    return NULL;

  publish (request->hub, trigger);
  return info != 0 ? format_trigger_info (request->hub, bcast_trigger_get_channels (trigger), info)
                   : g_strdup ("{}");
}

static void
append_param (GString               *buffer,
              const BcastApiRequest *request,
              const char            *name)
{
  const char *value = bcast_query_find (request->params, name);

  if (value == NULL)
    return;

  g_string_append_printf (buffer, ",\"%s\":", name);
  bcast_json_append_quoted (buffer, value, -1);
}

/**
 * bcast_api_handle_old_events:
 * @request: a `POST /apps/{id}/channels/{name}/events`
 * @error: as with bcast_api_handle_events()
 *
 * Sends the body, as it is, to one channel; the query has the rest. It is deprecated, and old programs use it.
 * Source: Channels documentation, “HTTP API (deprecated)”.
 *
 * Returns: (transfer full) (nullable): the answer, which is empty
 */
char *
bcast_api_handle_old_events (const BcastApiRequest  *request,
                             GError                **error)
{
  g_return_val_if_fail (request != NULL, NULL);

  g_autoptr(GString) text = g_string_new ("{\"channel\":");
  g_autoptr(BcastTrigger) trigger = NULL;

  if (!g_utf8_validate (request->body, request->body_length, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The body is the data of the event, and is no UTF-8 text without NUL characters. Send "
                             "it encoded, for instance as base64."));
      return NULL;
    }

  bcast_json_append_quoted (text, request->name, -1);
  append_param (text, request, "name");
  append_param (text, request, "socket_id");
  g_string_append (text, ",\"data\":");
  bcast_json_append_quoted (text, request->body, request->body_length);
  g_string_append_c (text, '}');

  trigger = parse_trigger (text->str, text->len, error);
  if (trigger == NULL)
    return NULL;

  publish (request->hub, trigger);
  return g_strdup ("");
}

typedef struct
{
  BcastTrigger     *trigger;
  BcastChannelInfo  info;
} BatchItem;

static void
clear_item (gpointer data)
{
  BatchItem *item = data;

  g_clear_pointer (&item->trigger, bcast_trigger_unref);
}

static gboolean
check_single (BcastTrigger  *trigger,
              GError       **error)
{
  guint n_channels = g_strv_length ((char **) bcast_trigger_get_channels (trigger));

  if (n_channels == 1)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("It goes to %u channels, and an event of a batch goes to one. Send one for each channel."),
               n_channels);
  return FALSE;
}

static gboolean
parse_item (const BcastJsonSpan  *element,
            BatchItem            *item,
            GError              **error)
{
  item->trigger = parse_trigger (element->start, element->length, error);

  return item->trigger != NULL
         && check_single (item->trigger, error)
         && read_info (item->trigger, &item->info, error);
}

static gboolean
check_length (guint    n_items,
              GError **error)
{
  if (n_items == 0)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The batch is empty. Send 1 to 10 events."));
  else if (n_items > BCAST_LIMIT_EVENTS_PER_BATCH)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The batch has %u events, %u more than the %d that it may have. Send it in parts."),
                 n_items, n_items - BCAST_LIMIT_EVENTS_PER_BATCH, BCAST_LIMIT_EVENTS_PER_BATCH);
  else
    return TRUE;
  return FALSE;
}

static gboolean
collect (const BcastJsonSpan *element,
         gpointer             user_data)
{
  g_array_append_vals (user_data, element, 1);
  return TRUE;
}

static gboolean
parse_items (const char  *batch,
             GArray      *items,
             GError     **error)
{
  g_autoptr(GArray) elements = g_array_new (FALSE, FALSE, sizeof (BcastJsonSpan));

  bcast_json_scan_array (batch, strlen (batch), collect, elements, NULL);
  if (!check_length (elements->len, error))
    return FALSE;

  for (guint i = 0; i < elements->len; i++)
    {
      BatchItem item = { NULL, 0 };
      g_autoptr(GError) problem = NULL;
      gboolean is_good = parse_item (&g_array_index (elements, BcastJsonSpan, i), &item, &problem);

      g_array_append_val (items, item);
      if (is_good)
        continue;
      g_set_error (error, BCAST_ERROR, problem->code,
                   _("Event %u of the batch: %s"), items->len, problem->message);
      return FALSE;
    }
  return TRUE;
}

/* All of them are checked before the first is sent. */
static GArray *
parse_batch (const BcastApiRequest  *request,
             GError                **error)
{
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (BatchItem));
  g_autofree char *batch = NULL;
  const BcastJsonField fields[] = { { "batch", BCAST_JSON_FIELD_RAW, &batch }, };

  g_array_set_clear_func (items, clear_item);
  if (!bcast_json_fields_read (request->body, request->body_length, fields, G_N_ELEMENTS (fields), error))
    return NULL;

  if (batch == NULL || *batch != '[')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The body has no “batch”, or it is no list of events."));
      return NULL;
    }

  return parse_items (batch, items, error) ? g_steal_pointer (&items) : NULL;
}

static char *
format_batch_info (BcastHub *hub,
                   GArray   *items)
{
  GString *buffer = g_string_new ("{\"batch\":[");

  for (guint i = 0; i < items->len; i++)
    {
      const BatchItem *item = &g_array_index (items, BatchItem, i);
      const char *channel = bcast_trigger_get_channels (item->trigger)[0];
      g_autofree char *attributes = bcast_channel_info_format (hub, channel, item->info, FALSE);

      if (i > 0)
        g_string_append_c (buffer, ',');
      g_string_append (buffer, attributes);
    }
  g_string_append (buffer, "]}");
  return g_string_free (buffer, FALSE);
}

/**
 * bcast_api_handle_batch:
 * @request: a `POST /apps/{id}/batch_events`
 * @error: %BCAST_ERROR_TOO_LARGE for the data of an event, %BCAST_ERROR_INVALID for anything else
 *
 * Sends up to ten events, each to one channel: all of them, or none when one of them cannot be sent.
 * Source: Channels documentation, “HTTP API”, section “POST batch events”.
 *
 * Returns: (transfer full) (nullable): the answer; once any event asks about its channel, with an
 *   object for each of them
 */
char *
bcast_api_handle_batch (const BcastApiRequest  *request,
                        GError                **error)
{
  g_return_val_if_fail (request != NULL, NULL);

  g_autoptr(GArray) items = parse_batch (request, error);
  BcastChannelInfo asked = 0;

  if (items == NULL)
    return NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const BatchItem *item = &g_array_index (items, BatchItem, i);

      publish (request->hub, item->trigger);
      asked |= item->info;
    }
  return asked != 0 ? format_batch_info (request->hub, items) : g_strdup ("{}");
}
