/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-api-request-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-channel-info-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-request-signature.h"

/* What each request can tell of a channel.
 * Source: Channels documentation, “HTTP API”. */
#define INFO_OF_CHANNELS BCAST_CHANNEL_INFO_USER_COUNT
#define INFO_OF_CHANNEL  (BCAST_CHANNEL_INFO_USER_COUNT | BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT \
                          | BCAST_CHANNEL_INFO_CACHE)

/**
 * bcast_api_handle_channels:
 * @request: a `GET /apps/{id}/channels`
 * @error: %BCAST_ERROR_INVALID for an attribute that cannot be told of the channels asked for
 *
 * Source: Channels documentation, “HTTP API”, section “GET channels”.
 *
 * Returns: (transfer full) (nullable): the occupied channels
 */
char *
bcast_api_handle_channels (const BcastApiRequest  *request,
                           GError                **error)
{
  g_return_val_if_fail (request != NULL, NULL);

  const char *prefix = bcast_query_find (request->params, "filter_by_prefix");
  const char * const prefixes[] = { prefix != NULL ? prefix : "", NULL };
  BcastChannelInfo info;

  if (!bcast_channel_info_parse (bcast_query_find (request->params, "info"), INFO_OF_CHANNELS, &info, error)
      || !bcast_channel_info_check (info, prefixes, error))
    return NULL;

  g_autoptr(GPtrArray) channels = bcast_hub_list_channels (request->hub, prefix);
  GString *buffer = g_string_new ("{\"channels\":{");

  for (guint i = 0; i < channels->len; i++)
    {
      const char *name = bcast_hub_channel_get_name (channels->pdata[i]);
      g_autofree char *attributes = bcast_channel_info_format (request->hub, name, info, FALSE);

      if (i > 0)
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, name, -1);
      g_string_append_printf (buffer, ":%s", attributes);
    }
  g_string_append (buffer, "}}");
  return g_string_free (buffer, FALSE);
}

/**
 * bcast_api_handle_channel:
 * @request: a `GET /apps/{id}/channels/{name}`
 * @error: %BCAST_ERROR_INVALID for an attribute that the channel does not have
 *
 * Source: Channels documentation, “HTTP API”, section “GET channel”.
 *
 * Returns: (transfer full) (nullable): what is known of the channel, occupied or not
 */
char *
bcast_api_handle_channel (const BcastApiRequest  *request,
                          GError                **error)
{
  g_return_val_if_fail (request != NULL, NULL);

  const char * const channels[] = { request->name, NULL };
  BcastChannelInfo info;

  if (!bcast_channel_info_parse (bcast_query_find (request->params, "info"), INFO_OF_CHANNEL, &info, error)
      || !bcast_channel_info_check (info, channels, error))
    return NULL;

  return bcast_channel_info_format (request->hub, request->name, info, TRUE);
}

/**
 * bcast_api_handle_users:
 * @request: a `GET /apps/{id}/channels/{name}/users`
 * @error: %BCAST_ERROR_INVALID when it is no presence channel
 *
 * Source: Channels documentation, “HTTP API”, section “GET users”.
 *
 * Returns: (transfer full) (nullable): the channel's members
 */
char *
bcast_api_handle_users (const BcastApiRequest  *request,
                        GError                **error)
{
  g_return_val_if_fail (request != NULL, NULL);

  if (!bcast_channel_type_is_presence (bcast_channel_name_find_type (request->name)))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("Only presence channels know their users, and “%s” is none."), request->name);
      return NULL;
    }

  BcastHubChannel *channel = bcast_hub_find_channel (request->hub, request->name);
  GPtrArray *members = channel != NULL ? bcast_hub_channel_get_members (channel) : NULL;
  GString *buffer = g_string_new ("{\"users\":[");

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      BcastHubMember *member = members->pdata[i];

      g_string_append (buffer, i > 0 ? ",{\"id\":" : "{\"id\":");
      bcast_json_append_quoted (buffer, member->user_id, -1);
      g_string_append_c (buffer, '}');
    }
  g_string_append (buffer, "]}");
  return g_string_free (buffer, FALSE);
}

/**
 * bcast_api_handle_stats:
 * @request: a `GET /apps/{id}/channels/{name}/stats`
 * @error: not set
 *
 * It is deprecated, and old programs use it.
 * Source: Channels documentation, “HTTP API (deprecated)”.
 *
 * Returns: (transfer full): whether the channel is occupied, and by how many
 */
char *
bcast_api_handle_stats (const BcastApiRequest  *request,
                        GError                **error)
{
  g_return_val_if_fail (request != NULL, NULL);

  BcastHubChannel *channel = bcast_hub_find_channel (request->hub, request->name);
  gboolean is_presence = bcast_channel_type_is_presence (bcast_channel_name_find_type (request->name));
  GString *buffer = g_string_new (NULL);

  g_string_append_printf (buffer, "{\"occupied\":%s", channel != NULL ? "true" : "false");
  if (is_presence)
    g_string_append_printf (buffer, ",\"user_count\":%u",
                            channel != NULL ? bcast_hub_channel_get_members (channel)->len : 0);
  g_string_append_printf (buffer, ",\"connection_count\":%u}",
                          channel != NULL ? bcast_hub_channel_count_peers (channel) : 0);
  return g_string_free (buffer, FALSE);
}
