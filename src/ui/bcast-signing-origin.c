/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing-origin.h"

#include <glib/gi18n.h>

/* Colours of the GNOME palette, darkened or lightened until each has a contrast of 4.5 to 1 or more on
 * a card. They repeat what the legend says in words. */
static const struct
{
  const char *label;
  const char *source;
  const char *light;
  const char *dark;
} origins[] = {
  [BCAST_SIGNING_FIXED] = { N_("Separators"), N_("put between the parts by the protocol"), "#5e5c64", "#c0bfbc" },
  [BCAST_SIGNING_SOCKET_ID] = { N_("Socket id"), N_("told by the server when the client connected"), "#1a5fb4", "#99c1f1" },
  [BCAST_SIGNING_CHANNEL] = { N_("Channel"), N_("the one to subscribe to, prefix included"), "#813d9c", "#dc8add" },
  [BCAST_SIGNING_CHANNEL_DATA] = { N_("Channel data"), N_("who joins; byte for byte as it is sent"), "#1b6e3c", "#8ff0a4" },
  [BCAST_SIGNING_USER_DATA] = { N_("User data"), N_("who signs in; byte for byte as it is sent"), "#1b6e3c", "#8ff0a4" },
  [BCAST_SIGNING_METHOD] = { N_("Method"), N_("of the request, in capitals"), "#a51d2d", "#ffa9a0" },
  [BCAST_SIGNING_PATH] = { N_("Path"), N_("of the request, without its query"), "#813d9c", "#dc8add" },
  [BCAST_SIGNING_PARAMETER] = { N_("Parameter"), N_("from your query"), "#1a5fb4", "#99c1f1" },
  [BCAST_SIGNING_BODY_MD5] = { N_("MD5 of the body"), N_("from step 1"), "#1b6e3c", "#8ff0a4" },
  [BCAST_SIGNING_BODY] = { N_("Body"), N_("byte for byte as it is sent"), "#1b6e3c", "#8ff0a4" },
};

/* Parameters that every signed request has. */
static const struct
{
  const char *prefix;
  const char *label;
  const char *source;
  const char *light;
  const char *dark;
} parameters[] = {
  { "auth_key=", N_("Key"), N_("of the app"), "#8a4b00", "#ffbe6f" },
  { "auth_timestamp=", N_("Timestamp"), N_("seconds since 1970, UTC"), "#0d6363", "#7fe0d8" },
  { "auth_version=", N_("Version"), N_("of the way to sign, always 1.0"), "#5e5c64", "#c0bfbc" },
};

static int
find_parameter (const BcastSigningPart *part)
{
  if (part->origin == BCAST_SIGNING_PARAMETER)
    for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
      if (g_str_has_prefix (part->text, parameters[i].prefix))
        return (int) i;
  return -1;
}

/**
 * bcast_signing_origin_get_label:
 * @part: a part of a string to sign
 *
 * Returns: (transfer none): what it is, translated
 */
const char *
bcast_signing_origin_get_label (const BcastSigningPart *part)
{
  int parameter = find_parameter (part);

  return parameter >= 0 ? _(parameters[parameter].label) : _(origins[part->origin].label);
}

/**
 * bcast_signing_origin_get_source:
 * @part: a part of a string to sign
 *
 * Returns: (transfer none): where it comes from, translated
 */
const char *
bcast_signing_origin_get_source (const BcastSigningPart *part)
{
  int parameter = find_parameter (part);

  return parameter >= 0 ? _(parameters[parameter].source) : _(origins[part->origin].source);
}

/**
 * bcast_signing_origin_get_color:
 * @part: a part of a string to sign
 * @dark: for a dark background
 *
 * Returns: (transfer none): its colour, `#rrggbb`
 */
const char *
bcast_signing_origin_get_color (const BcastSigningPart *part,
                                gboolean                dark)
{
  int parameter = find_parameter (part);

  if (parameter >= 0)
    return dark ? parameters[parameter].dark : parameters[parameter].light;
  return dark ? origins[part->origin].dark : origins[part->origin].light;
}
