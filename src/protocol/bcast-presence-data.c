/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-presence-data.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-limits.h"

/**
 * bcast_presence_data_format:
 * @user_id: the member's id
 * @user_info: (nullable): what others may know of the member, as JSON
 *
 * Source: Channels documentation, “Auth signatures”, section “Presence channels”.
 *
 * Returns: (transfer full): the `channel_data` to sign and to send
 */
char *
bcast_presence_data_format (const char *user_id,
                            const char *user_info)
{
  g_return_val_if_fail (user_id != NULL, NULL);

  GString *buffer = g_string_new ("{\"user_id\":");

  bcast_json_append_quoted (buffer, user_id, -1);
  if (user_info != NULL && *user_info != '\0')
    g_string_append_printf (buffer, ",\"user_info\":%s", user_info);
  g_string_append_c (buffer, '}');
  return g_string_free (buffer, FALSE);
}

/* An id is text or a number; a number becomes its decimal text, since ids are compared as text. */
static char *
dup_id (const BcastJsonSpan *value)
{
  if (value->type == BCAST_JSON_STRING)
    return bcast_json_span_dup_string (value, NULL);
  if (value->type == BCAST_JSON_NUMBER)
    return g_strndup (value->start, value->length);
  return NULL;
}

typedef struct
{
  char *user_id;
  char *user_info;
} PresenceData;

static gboolean
take_presence_data (const BcastJsonSpan *key,
                    const BcastJsonSpan *value,
                    gpointer             user_data)
{
  PresenceData *data = user_data;

  if (bcast_json_span_equals (key, "user_id"))
    {
      g_free (data->user_id);
      data->user_id = dup_id (value);
    }
  else if (bcast_json_span_equals (key, "user_info"))
    {
      g_free (data->user_info);
      data->user_info = value->type != BCAST_JSON_NULL ? g_strndup (value->start, value->length) : NULL;
    }
  return TRUE;
}

/**
 * bcast_presence_data_parse:
 * @channel_data: a `channel_data`, or the data of a member event
 * @user_id: (out) (transfer full): the member's id as text
 * @user_info: (out) (optional) (nullable) (transfer full): what is known of the member, as JSON
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE
 *
 * Returns: whether @channel_data names a member
 */
gboolean
bcast_presence_data_parse (const char  *channel_data,
                           char       **user_id,
                           char       **user_info,
                           GError     **error)
{
  g_return_val_if_fail (channel_data != NULL && user_id != NULL, FALSE);

  PresenceData data = { NULL, NULL };
  g_autoptr(GError) problem = NULL;

  if (!bcast_json_scan_object (channel_data, strlen (channel_data), take_presence_data, &data, NULL, &problem))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("channel_data is no JSON object: %s"), problem->message);
  else if (data.user_id == NULL || *data.user_id == '\0')
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("channel_data has no user_id: a member of a presence channel needs one."));
  else if (strlen (data.user_id) > BCAST_LIMIT_USER_ID)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The user_id has %zu characters, and %d are allowed."),
                 strlen (data.user_id), BCAST_LIMIT_USER_ID);
  else
    {
      *user_id = g_steal_pointer (&data.user_id);
      if (user_info != NULL)
        *user_info = g_steal_pointer (&data.user_info);
      g_free (data.user_info);
      return TRUE;
    }

  g_free (data.user_id);
  g_free (data.user_info);
  return FALSE;
}

typedef struct
{
  BcastPresenceFunc  func;
  gpointer           user_data;
  BcastJsonSpan      presence;
  BcastJsonSpan      hash;
} Roster;

static gboolean
take_presence (const BcastJsonSpan *key,
               const BcastJsonSpan *value,
               gpointer             user_data)
{
  Roster *roster = user_data;

  if (bcast_json_span_equals (key, "presence"))
    roster->presence = *value;
  return TRUE;
}

static gboolean
take_hash (const BcastJsonSpan *key,
           const BcastJsonSpan *value,
           gpointer             user_data)
{
  Roster *roster = user_data;

  if (bcast_json_span_equals (key, "hash"))
    roster->hash = *value;
  return TRUE;
}

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Roster *roster = user_data;
  g_autofree char *user_id = bcast_json_span_dup_string (key, NULL);
  g_autofree char *user_info = value->type != BCAST_JSON_NULL ? g_strndup (value->start, value->length)
                                                              : NULL;

  roster->func (user_id, user_info, roster->user_data);
  return TRUE;
}

/**
 * bcast_presence_roster_parse:
 * @data: the data of a presence channel's `subscription_succeeded`
 * @func: (scope call): called for each member
 * @user_data: for @func
 * @error: %BCAST_ERROR_PROTOCOL when the data is no roster
 *
 * Only `hash` is read: `ids` and `count` say the same, and some servers count sockets there. An
 * empty list in place of the hash, as PHP servers send it, is an empty roster.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Presence channel events”.
 *
 * Returns: whether @data was a roster
 */
gboolean
bcast_presence_roster_parse (const char         *data,
                             BcastPresenceFunc   func,
                             gpointer            user_data,
                             GError            **error)
{
  g_return_val_if_fail (data != NULL && func != NULL, FALSE);

  Roster roster = { .func = func, .user_data = user_data };

  if (bcast_json_scan_object (data, strlen (data), take_presence, &roster, NULL, NULL)
      && roster.presence.start != NULL
      && bcast_json_scan_object (roster.presence.start, roster.presence.length, take_hash, &roster, NULL, NULL)
      && roster.hash.start != NULL)
    {
      if (roster.hash.type == BCAST_JSON_ARRAY)
        return TRUE;
      if (bcast_json_scan_object (roster.hash.start, roster.hash.length, take_member, &roster, NULL, NULL))
        return TRUE;
    }

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("The server's list of members could not be understood."));
  return FALSE;
}
