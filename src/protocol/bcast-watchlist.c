/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-watchlist.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-frame.h"
#include "bcast-json.h"
#include "bcast-limits.h"

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

static char *
dup_id (const BcastJsonSpan  *element,
        guint                 position,
        GError              **error)
{
  g_autoptr(GError) problem = NULL;
  g_autofree char *user_id = NULL;

  if (element->type == BCAST_JSON_STRING && bcast_json_span_is_text (element))
    user_id = bcast_json_span_dup_string (element, NULL);

  if (user_id == NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The watchlist has something other than a user id at position %u: each must be a text."),
                 position);
  else if (!bcast_user_id_check (user_id, &problem))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The watchlist names a user that there cannot be, at position %u. %s"),
                 position, problem->message);
  else
    return g_steal_pointer (&user_id);
  return NULL;
}

/* What a list gave so far. */
typedef struct
{
  GPtrArray  *ids;
  GHashTable *seen;
  guint       n_ids;
  GError     *error;
} Ids;

static gboolean
take_id (const BcastJsonSpan *element,
         gpointer             user_data)
{
  Ids *ids = user_data;

  if (++ids->n_ids > BCAST_LIMIT_WATCHLIST)
    return TRUE;

  char *user_id = dup_id (element, ids->n_ids, &ids->error);

  if (user_id == NULL)
    return FALSE;
  if (g_hash_table_add (ids->seen, user_id))
    g_ptr_array_add (ids->ids, user_id);
  else
    g_free (user_id);
  return TRUE;
}

/**
 * bcast_watchlist_parse:
 * @json: the `watchlist` of a user, any JSON value
 * @n_ids: (out): how many ids it has
 * @error: %BCAST_ERROR_INVALID when it is no list of user ids
 *
 * The first %BCAST_LIMIT_WATCHLIST ids are kept, and the rest is not even looked at.
 * Source: Channels documentation, “Watchlist events”.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the ids that are kept, once each
 */
char **
bcast_watchlist_parse (const char  *json,
                       guint       *n_ids,
                       GError     **error)
{
  g_return_val_if_fail (json != NULL && n_ids != NULL, NULL);

  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Ids ids = { list, seen, 0, NULL };
  gboolean is_list = bcast_json_scan_array (json, strlen (json), take_id, &ids, NULL);

  *n_ids = ids.n_ids;
  if (ids.error != NULL)
    {
      g_propagate_error (error, ids.error);
      return NULL;
    }
  if (!is_list)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The watchlist must be a list of user ids, such as [\"bob\",\"carol\"]."));
      return NULL;
    }

  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

static void
append_event (GString            *buffer,
              const char         *name,
              const char * const *user_ids)
{
  if (user_ids[0] == NULL)
    return;

  g_string_append_printf (buffer, "%s{\"name\":\"%s\",\"user_ids\":[",
                          g_str_has_suffix (buffer->str, "}") ? "," : "", name);
  for (guint i = 0; user_ids[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, user_ids[i], -1);
    }
  g_string_append (buffer, "]}");
}

/**
 * bcast_watchlist_format_events:
 * @online: (array zero-terminated=1): users that are there, or have come
 * @offline: (array zero-terminated=1): users that are not there, or have gone
 *
 * Both go into one message; a list without users is left out.
 * Source: Channels documentation, “Pusher Channels Protocol”, and pusher-js, WatchlistFacade.
 *
 * Returns: (transfer full): the text of a `pusher_internal:watchlist_events`
 */
char *
bcast_watchlist_format_events (const char * const *online,
                               const char * const *offline)
{
  g_return_val_if_fail (online != NULL && offline != NULL, NULL);

  g_autoptr(GString) data = g_string_new ("{\"events\":[");

  append_event (data, "online", online);
  append_event (data, "offline", offline);
  g_string_append (data, "]}");
  return bcast_frame_format ("pusher_internal:watchlist_events", NULL, data->str,
                             BCAST_FRAME_DATA_STRING, NULL);
}
