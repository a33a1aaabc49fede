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
  const char       *wrong_type; /* said when no channel that is asked about has it */
} attributes[] = {
  { "user_count", BCAST_CHANNEL_INFO_USER_COUNT,
    N_("user_count is only for presence channels: ask for one, or list channels with "
       "filter_by_prefix=presence-.") },
  { "subscription_count", BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT,
    N_("subscription_count is for all but presence channels: those have user_count.") },
  { "cache", BCAST_CHANNEL_INFO_CACHE,
    N_("cache is only for cache channels: their names begin with cache-, private-cache-, "
       "private-encrypted-cache- or presence-cache-.") },
};

static BcastChannelInfo
find_attribute (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (attributes); i++)
    if (strcmp (name, attributes[i].name) == 0)
      return attributes[i].info;
  return 0;
}

static gboolean
check_attribute (const char        *name,
                 BcastChannelInfo   attribute,
                 BcastChannelInfo   available,
                 GError           **error)
{
  if (attribute == 0)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("There is no attribute “%s”: info can be user_count, subscription_count or "
                   "cache."), name);
  else if ((attribute & available) == 0)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("This request cannot tell “%s”. Ask for it with GET /channels/{name}."), name);
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_channel_info_parse:
 * @text: (nullable): attributes, comma-separated
 * @available: those that the request can tell
 * @info: (out): the same as flags
 * @error: %BCAST_ERROR_INVALID for an attribute that does not exist, or not here
 *
 * Source: Channels documentation, “HTTP API”, section “GET channels”.
 *
 * Returns: whether all attributes of @text are @available
 */
gboolean
bcast_channel_info_parse (const char        *text,
                          BcastChannelInfo   available,
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

      if (*name != '\0' && !check_attribute (name, attribute, available, error))
        return FALSE;
      *info |= attribute;
    }
  return TRUE;
}

static BcastChannelInfo
get_info_of_type (BcastChannelType type)
{
  BcastChannelInfo counts = bcast_channel_type_is_presence (type) ? BCAST_CHANNEL_INFO_USER_COUNT
                                                                  : BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT;

  return counts | (bcast_channel_type_is_cache (type) ? BCAST_CHANNEL_INFO_CACHE : 0);
}

/**
 * bcast_channel_info_check:
 * @info: what is asked for
 * @channels: (array zero-terminated=1): of which channels; a prefix will do
 * @error: %BCAST_ERROR_INVALID for what none of them has
 *
 * An event for channels of several types may ask for what only some of them have.
 * Source: Channels documentation, “HTTP API”, sections “POST event” and “GET channels”.
 *
 * Returns: whether there is something to tell for each attribute
 */
gboolean
bcast_channel_info_check (BcastChannelInfo     info,
                          const char * const  *channels,
                          GError             **error)
{
  g_return_val_if_fail (channels != NULL, FALSE);

  BcastChannelInfo known = 0;

  for (guint i = 0; channels[i] != NULL; i++)
    known |= get_info_of_type (bcast_channel_name_find_type (channels[i]));

  for (gsize i = 0; i < G_N_ELEMENTS (attributes); i++)
    if ((attributes[i].info & info & ~known) != 0)
      {
        g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, _(attributes[i].wrong_type));
        return FALSE;
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
  GString *buffer = g_string_new ("{");

  info &= get_info_of_type (bcast_channel_name_find_type (channel));
  if (with_occupied)
    append_attribute (buffer, "occupied", occupied != NULL ? "true" : "false");
  if ((info & BCAST_CHANNEL_INFO_USER_COUNT) != 0)
    append_count (buffer, "user_count",
                  occupied != NULL ? bcast_hub_channel_get_members (occupied)->len : 0);
  if ((info & BCAST_CHANNEL_INFO_SUBSCRIPTION_COUNT) != 0)
    append_count (buffer, "subscription_count",
                  occupied != NULL ? bcast_hub_channel_count_peers (occupied) : 0);
  if ((info & BCAST_CHANNEL_INFO_CACHE) != 0)
    append_cache (buffer, hub, channel);

  g_string_append_c (buffer, '}');
  return g_string_free (buffer, FALSE);
}
