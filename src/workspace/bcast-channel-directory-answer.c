/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-directory-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-info-answer-private.h"
#include "bcast-json.h"
#include "bcast-member.h"

/* Ours: more than a person can look through, and than hosted apps of the size that is worked with here have. */
#define MAX_CHANNELS 20000
#define MAX_USERS    20000

static gboolean
channel_member (const BcastJsonSpan *key,
                const BcastJsonSpan *value,
                gpointer             user_data)
{
  GHashTable *channels = user_data;
  g_autofree char *name = bcast_json_span_dup_string (key, NULL);
  BcastInfoCounts counts;

  if (name == NULL || !bcast_info_counts_read (value, &counts) || g_hash_table_size (channels) >= MAX_CHANNELS)
    return FALSE;

  BcastInfoCounts *known = g_hash_table_lookup (channels, name);

  if (known == NULL)
    {
      g_hash_table_insert (channels, g_steal_pointer (&name), g_memdup2 (&counts, sizeof counts));
      return TRUE;
    }
  if (counts.subscription_count >= 0)
    known->subscription_count = counts.subscription_count;
  if (counts.user_count >= 0)
    known->user_count = counts.user_count;
  return TRUE;
}

/* An app in PHP encodes a map without members as a list. */
static gboolean
is_empty_list (const BcastJsonSpan *value)
{
  return value->type == BCAST_JSON_ARRAY && value->length == strlen ("[]");
}

static gboolean
channels_answer_member (const BcastJsonSpan *key,
                        const BcastJsonSpan *value,
                        gpointer             user_data)
{
  if (!bcast_json_span_equals (key, "channels") || is_empty_list (value))
    return TRUE;
  return value->type == BCAST_JSON_OBJECT
         && bcast_json_scan_object (value->start, value->length, channel_member, user_data, NULL, NULL);
}

static gboolean
set_unreadable (GError **error)
{
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("The server's answer is not the list that was asked for. Check host, port and path in the "
                         "profile."));
  return FALSE;
}

/*
 * bcast_channel_directory_parse_channels:
 * @body: the answer to `GET /channels`
 * @channels: (inout): gets #BcastInfoCounts by name; those that it has already are completed
 * @error: %BCAST_ERROR_PROTOCOL for what is no such answer
 *
 * Source: Channels documentation, “HTTP API”, section “GET channels”.
 *
 * Returns: whether @body could be read
 */
gboolean
bcast_channel_directory_parse_channels (const char  *body,
                                        GHashTable  *channels,
                                        GError     **error)
{
  if (bcast_json_scan_object (body, strlen (body), channels_answer_member, channels, NULL, NULL))
    return TRUE;
  return set_unreadable (error);
}

/*
 * bcast_channel_directory_parse_counts:
 * @body: the answer to `GET /channels/{name}`
 * @counts: (inout): gets what the answer tells; stays as it is when that is nothing
 *
 * Source: Channels documentation, “HTTP API”, section “GET channel”.
 */
void
bcast_channel_directory_parse_counts (const char      *body,
                                      BcastInfoCounts *counts)
{
  BcastJsonSpan span;
  BcastInfoCounts told;

  if (bcast_json_scan (body, strlen (body), &span, NULL, NULL) && bcast_info_counts_read (&span, &told))
    *counts = told;
}

/* Servers give ids as texts or as numbers. */
static gboolean
user_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  char **id = user_data;

  if (!bcast_json_span_equals (key, "id") || *id != NULL)
    return TRUE;
  if (value->type == BCAST_JSON_STRING)
    *id = bcast_json_span_dup_string (value, NULL);
  else if (value->type == BCAST_JSON_NUMBER)
    *id = g_strndup (value->start, value->length);
  return *id != NULL;
}

static gboolean
user_item (const BcastJsonSpan *item,
           gpointer             user_data)
{
  GPtrArray *users = user_data;
  g_autofree char *id = NULL;

  if (item->type != BCAST_JSON_OBJECT || users->len >= MAX_USERS
      || !bcast_json_scan_object (item->start, item->length, user_member, &id, NULL, NULL) || id == NULL)
    return FALSE;
  g_ptr_array_add (users, bcast_member_new (id, NULL));
  return TRUE;
}

static gboolean
users_answer_member (const BcastJsonSpan *key,
                     const BcastJsonSpan *value,
                     gpointer             user_data)
{
  if (!bcast_json_span_equals (key, "users"))
    return TRUE;
  return value->type == BCAST_JSON_ARRAY
         && bcast_json_scan_array (value->start, value->length, user_item, user_data, NULL);
}

/*
 * bcast_channel_directory_parse_users:
 * @body: the answer to `GET /channels/{name}/users`
 * @error: %BCAST_ERROR_PROTOCOL for what is no such answer
 *
 * Source: Channels documentation, “HTTP API”, section “GET users”.
 *
 * Returns: (transfer full) (element-type BcastMember) (nullable): the users, in the order of the server
 */
GPtrArray *
bcast_channel_directory_parse_users (const char  *body,
                                     GError     **error)
{
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func (g_object_unref);

  if (bcast_json_scan_object (body, strlen (body), users_answer_member, users, NULL, NULL))
    return g_steal_pointer (&users);
  set_unreadable (error);
  return NULL;
}
