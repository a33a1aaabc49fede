/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-style.h"

#include <glib/gi18n.h>

#include "bcast-channel-name.h"

/* How a type of channel looks. Several types share a look: what differs stands in the name. */
typedef struct
{
  const char *icon_name;
  const char *css_class;
  const char *word;
} Style;

static const Style styles[] = {
  [BCAST_CHANNEL_SERVER_TO_USER] =
    { "avatar-default-symbolic", "private", N_("Events for one signed-in user") },
  [BCAST_CHANNEL_ENCRYPTED_CACHE] =
    { "broadcast-channel-encrypted-symbolic", "private", N_("Encrypted cache channel") },
  [BCAST_CHANNEL_ENCRYPTED] =
    { "broadcast-channel-encrypted-symbolic", "private", N_("Encrypted channel") },
  [BCAST_CHANNEL_PRIVATE_CACHE] =
    { "broadcast-channel-private-symbolic", "private", N_("Private cache channel") },
  [BCAST_CHANNEL_PRIVATE] =
    { "broadcast-channel-private-symbolic", "private", N_("Private channel") },
  [BCAST_CHANNEL_PRESENCE_CACHE] =
    { "broadcast-channel-presence-symbolic", "presence", N_("Presence cache channel") },
  [BCAST_CHANNEL_PRESENCE] =
    { "broadcast-channel-presence-symbolic", "presence", N_("Presence channel") },
  [BCAST_CHANNEL_CACHE] =
    { "broadcast-channel-cache-symbolic", "public", N_("Cache channel") },
  [BCAST_CHANNEL_PUBLIC] =
    { "broadcast-channel-public-symbolic", "public", N_("Public channel") },
};

static const Style *
find_style (const char *channel)
{
  return &styles[bcast_channel_name_find_type (channel)];
}

/**
 * bcast_channel_style_get_icon_name:
 * @channel: a full channel name
 *
 * Returns: the symbolic icon of the channel's type
 */
const char *
bcast_channel_style_get_icon_name (const char *channel)
{
  g_return_val_if_fail (channel != NULL, NULL);

  return find_style (channel)->icon_name;
}

/**
 * bcast_channel_style_get_word:
 * @channel: a full channel name
 *
 * Returns: what kind of channel it is, for tooltips and assistive technology
 */
const char *
bcast_channel_style_get_word (const char *channel)
{
  g_return_val_if_fail (channel != NULL, NULL);

  return _(find_style (channel)->word);
}

/**
 * bcast_channel_style_set_chip:
 * @chip: a label
 * @channel: a full channel name
 *
 * Shows the channel as a chip in the colour of its type.
 */
void
bcast_channel_style_set_chip (GtkLabel   *chip,
                              const char *channel)
{
  g_return_if_fail (GTK_IS_LABEL (chip));
  g_return_if_fail (channel != NULL);

  const Style *style = find_style (channel);
  const char *classes[] = { "chip", style->css_class, NULL };
  g_autofree char *tooltip = g_strdup_printf ("%s: %s", _(style->word), channel);

  gtk_label_set_text (chip, channel);
  gtk_widget_set_css_classes (GTK_WIDGET (chip), classes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (chip), tooltip);
}
