/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-watchlist.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"

typedef struct
{
  BcastWatchlistFunc func;
  gpointer           user_data;
  gboolean           is_online;
} Reader;

/* What one event of the list says. */
typedef struct
{
  BcastJsonSpan name;
  BcastJsonSpan user_ids;
} Event;

/* Numbers are what a server makes of ids that look like one. */
static gboolean
take_user_id (const BcastJsonSpan *item,
              gpointer             user_data)
{
  Reader *reader = user_data;
  g_autofree char *user_id = NULL;

  if (item->type == BCAST_JSON_NUMBER)
    user_id = g_strndup (item->start, item->length);
  else if (item->type == BCAST_JSON_STRING && bcast_json_span_is_text (item))
    user_id = bcast_json_span_dup_string (item, NULL);

  if (user_id != NULL && *user_id != '\0')
    reader->func (user_id, reader->is_online, reader->user_data);
  return TRUE;
}

static gboolean
take_field (const BcastJsonSpan *key,
            const BcastJsonSpan *value,
            gpointer             user_data)
{
  Event *event = user_data;

  if (bcast_json_span_equals (key, "name"))
    event->name = *value;
  else if (bcast_json_span_equals (key, "user_ids"))
    event->user_ids = *value;
  return TRUE;
}

static gboolean
take_event (const BcastJsonSpan *item,
            gpointer             user_data)
{
  Reader *reader = user_data;
  Event event = { { 0, }, { 0, } };

  if (!bcast_json_scan_object (item->start, item->length, take_field, &event, NULL, NULL)
      || event.name.start == NULL || event.user_ids.start == NULL)
    return FALSE;

  reader->is_online = bcast_json_span_equals (&event.name, "online");
  if (!reader->is_online && !bcast_json_span_equals (&event.name, "offline"))
    return TRUE;
  return bcast_json_scan_array (event.user_ids.start, event.user_ids.length, take_user_id, reader, NULL);
}

static gboolean
take_events (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  if (!bcast_json_span_equals (key, "events"))
    return TRUE;
  return bcast_json_scan_array (value->start, value->length, take_event, user_data, NULL);
}

/**
 * bcast_watchlist_parse_events:
 * @data: the data of `pusher_internal:watchlist_events`
 * @func: (scope call): called for each user that came or went
 * @user_data: for @func
 * @error: %BCAST_ERROR_PROTOCOL when the data is not what the protocol describes
 *
 * Events with other names than `online` and `offline` are passed over.
 * Source: Channels documentation, “Watchlist events”.
 *
 * Returns: whether all of it was understood; @func may have been called for a part of it before
 */
gboolean
bcast_watchlist_parse_events (const char          *data,
                              BcastWatchlistFunc   func,
                              gpointer             user_data,
                              GError             **error)
{
  g_return_val_if_fail (data != NULL && func != NULL, FALSE);

  Reader reader = { func, user_data, FALSE };
  g_autoptr(GError) problem = NULL;

  if (bcast_json_scan_object (data, strlen (data), take_events, &reader, NULL, &problem))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
               _("The server told who of the watchlist is online in a way that could not be understood: %s"),
               problem->message);
  return FALSE;
}
