/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-info-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"

static const struct
{
  const char       *name;
  BcastChannelInfo  info;
} attributes[] = {
  { "user_count", BCAST_CHANNEL_INFO_USER_COUNT },
  { "subscription_count", BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT },
  { "cache", BCAST_CHANNEL_INFO_CACHE },
};

static BcastChannelInfo
find_attribute (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (attributes); i++)
    if (strcmp (name, attributes[i].name) == 0)
      return attributes[i].info;
  return 0;
}

/**
 * bcast_channel_info_parse:
 * @text: (nullable): attributes, comma-separated
 * @info: (out): the same as flags
 * @error: %BCAST_ERROR_INVALID for an attribute that does not exist
 *
 * Source: Channels documentation, “HTTP API”, section “GET channels”.
 *
 * Returns: whether all attributes of @text are known
 */
gboolean
bcast_channel_info_parse (const char        *text,
                          BcastChannelInfo  *info,
                          GError           **error)
{
  g_return_val_if_fail (info != NULL, FALSE);

  g_auto(GStrv) names = g_strsplit (text != NULL ? text : "", ",", -1);

  *info = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      BcastChannelInfo attribute = find_attribute (name);

      if (attribute == 0 && *name != '\0')
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("There is no attribute “%s”: info can be user_count, subscription_count or "
                         "cache."), name);
          return FALSE;
        }
      *info |= attribute;
    }
  return TRUE;
}

static void
append_attribute (GString    *buffer,
                  const char *name,
                  const char *json)
{
  g_string_append_printf (buffer, "%s\"%s\":%s", buffer->len > 1 ? "," : "", name, json);
}

static void
append_count (GString    *buffer,
              const char *name,
              guint       count)
{
  g_autofree char *json = g_strdup_printf ("%u", count);

  append_attribute (buffer, name, json);
}

static void
append_cache (GString    *buffer,
              BcastHub   *hub,
              const char *channel)
{
  const BcastCachedEvent *cached = bcast_hub_find_cached (hub, channel);

  if (cached == NULL)
    {
      append_attribute (buffer, "cache", "null");
      return;
    }

  gint64 ttl_s = (cached->expires_us - g_get_monotonic_time ()) / G_USEC_PER_SEC;
  g_autofree char *quoted = bcast_json_quote (cached->data);
  g_autofree char *json = g_strdup_printf ("{\"data\":%s,\"ttl\":%" G_GINT64_FORMAT "}", quoted, ttl_s);

  append_attribute (buffer, "cache", json);
}

/**
 * bcast_channel_info_format:
 * @hub: an app
 * @channel: a full channel name, occupied or not
 * @info: what is asked for; what a channel of this type does not have is left out
 * @with_occupied: whether to tell that, too
 *
 * Source: Channels documentation, “HTTP API”, section “GET channel”.
 *
 * Returns: (transfer full): a JSON object
 */
char *
bcast_channel_info_format (BcastHub         *hub,
                           const char       *channel,
                           BcastChannelInfo  info,
                           gboolean          with_occupied)
{
  g_return_val_if_fail (BCAST_IS_HUB (hub) && channel != NULL, NULL);

  BcastHubChannel *occupied = bcast_hub_find_channel (hub, channel);
  BcastChannelType type = bcast_channel_name_find_type (channel);
  gboolean is_presence = bcast_channel_type_is_presence (type);
  GString *buffer = g_string_new ("{");

  if (with_occupied)
    append_attribute (buffer, "occupied", occupied != NULL ? "true" : "false");
  if ((info & BCAST_CHANNEL_INFO_USER_COUNT) != 0 && is_presence)
    append_count (buffer, "user_count",
                  occupied != NULL ? bcast_hub_channel_get_members (occupied)->len : 0);
  if ((info & BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT) != 0 && !is_presence)
    append_count (buffer, "subscription_count",
                  occupied != NULL ? bcast_hub_channel_count_peers (occupied) : 0);
  if ((info & BCAST_CHANNEL_INFO_CACHE) != 0 && bcast_channel_type_is_cache (type))
    append_cache (buffer, hub, channel);

  g_string_append_c (buffer, '}');
  return g_string_free (buffer, FALSE);
}
