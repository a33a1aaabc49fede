/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-watchlist-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-frame.h"
#include "bcast-json-list-private.h"

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

/**
 * bcast_watchlist_parse:
 * @json: the `watchlist` of a user, any JSON value
 * @n_ids: (out): how many ids it has
 * @error: %BCAST_ERROR_INVALID when it is no list of user ids
 *
 * The first %BCAST_WATCHLIST_MAX ids are kept, and the rest is not even looked at.
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

  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  BcastJsonSpan list, element;
  const char *at = NULL;

  if (!bcast_json_scan (json, strlen (json), &list, NULL, NULL) || list.type != BCAST_JSON_ARRAY)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The watchlist must be a list of user ids, such as [\"bob\",\"carol\"]."));
      return NULL;
    }

  for (*n_ids = 0; bcast_json_list_next (&list, &at, &element); (*n_ids)++)
    {
      if (*n_ids >= BCAST_WATCHLIST_MAX)
        continue;

      char *user_id = dup_id (&element, *n_ids + 1, error);

      if (user_id == NULL)
        return NULL;
      if (g_hash_table_add (seen, user_id))
        g_ptr_array_add (ids, user_id);
      else
        g_free (user_id);
    }

  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
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
 * bcast_watchlist_format:
 * @online: (array zero-terminated=1): users that are there, or have come
 * @offline: (array zero-terminated=1): users that are not there, or have gone
 *
 * Both go into one message; a list without users is left out.
 * Source: Channels documentation, “Pusher Channels Protocol”, and pusher-js, WatchlistFacade.
 *
 * Returns: (transfer full): the text of a `pusher_internal:watchlist_events`
 */
char *
bcast_watchlist_format (const char * const *online,
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
