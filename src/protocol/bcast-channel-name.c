/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-name.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-limits.h"

typedef struct
{
  const char *prefix;
  gboolean    needs_auth;
  gboolean    is_presence;
  gboolean    is_encrypted;
  gboolean    is_cache;
  gboolean    has_client_events;
} TypeInfo;

/* Indexed by BcastChannelType, which is the order in which the prefixes are tested. */
static const TypeInfo types[] = {
  [BCAST_CHANNEL_SERVER_TO_USER]  = { "#server-to-user-", },
  [BCAST_CHANNEL_ENCRYPTED_CACHE] = { "private-encrypted-cache-", TRUE, FALSE, TRUE, TRUE, },
  [BCAST_CHANNEL_ENCRYPTED]       = { "private-encrypted-", TRUE, FALSE, TRUE, FALSE, },
  [BCAST_CHANNEL_PRIVATE_CACHE]   = { "private-cache-", TRUE, FALSE, FALSE, TRUE, TRUE, },
  [BCAST_CHANNEL_PRIVATE]         = { "private-", TRUE, FALSE, FALSE, FALSE, TRUE, },
  [BCAST_CHANNEL_PRESENCE_CACHE]  = { "presence-cache-", TRUE, TRUE, FALSE, TRUE, TRUE, },
  [BCAST_CHANNEL_PRESENCE]        = { "presence-", TRUE, TRUE, FALSE, FALSE, TRUE, },
  [BCAST_CHANNEL_CACHE]           = { "cache-", FALSE, FALSE, FALSE, TRUE, },
  [BCAST_CHANNEL_PUBLIC]          = { "", },
};

/**
 * bcast_channel_name_find_type:
 * @name: a channel name
 *
 * Tells the type by the exact prefix, its dash included: `private-x` is private, `privatex` public.
 *
 * Returns: the type
 */
BcastChannelType
bcast_channel_name_find_type (const char *name)
{
  g_return_val_if_fail (name != NULL, BCAST_CHANNEL_PUBLIC);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (name, types[i].prefix))
      return (BcastChannelType) i;

  return BCAST_CHANNEL_PUBLIC;
}

static gboolean
is_channel_character (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("_-=@,.;", c) != NULL);
}

static void
set_character_error (const char  *name,
                     const char  *at,
                     GError     **error)
{
  gunichar c = g_utf8_get_char_validated (at, -1);
  glong position = at - name + 1;

  if (c == (gunichar) -1 || c == (gunichar) -2)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("A channel name cannot have the byte at position %ld: only letters, digits and "
                   "_ - = @ , . ; are allowed."), position);
  else if (c == ' ')
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("A channel name cannot have a space (position %ld). Use a dash or a dot instead."),
                 position);
  else
    {
      char character[7] = { 0, };

      g_unichar_to_utf8 (c, character);
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("A channel name cannot have “%s” (position %ld): only letters, digits and "
                     "_ - = @ , . ; are allowed."), character, position);
    }
}

/**
 * bcast_channel_name_check:
 * @name: a channel name, prefix included
 * @max_length: %BCAST_LIMIT_CHANNEL_NAME, or %BCAST_LIMIT_CHANNEL_NAME_LENIENT as the official
 *   libraries do
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, with the character or limit at fault
 *
 * The channel of a signed-in user has room for the longest id, whatever @max_length is.
 *
 * Source: Channels documentation, “Channels”, section “Channel naming conventions”.
 *
 * Returns: whether @name can be used
 */
gboolean
bcast_channel_name_check (const char  *name,
                          gsize        max_length,
                          GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  const char *rest = name;
  gsize length = strlen (name);

  if (g_str_has_prefix (name, types[BCAST_CHANNEL_SERVER_TO_USER].prefix))
    {
      rest += strlen (types[BCAST_CHANNEL_SERVER_TO_USER].prefix);
      max_length = MAX (max_length, (gsize) (rest - name) + BCAST_LIMIT_SIGN_IN_ID);
    }

  for (const char *c = rest; *c != '\0'; c++)
    if (!is_channel_character (*c))
      {
        set_character_error (name, c, error);
        return FALSE;
      }

  if (*rest == '\0' || *bcast_channel_name_skip_prefix (name) == '\0')
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   *name == '\0' ? _("The channel name is empty. Enter a name such as “orders”.")
                                 : _("The channel name ends after its prefix “%s”. "
                                     "Enter a name behind it."), name);
      return FALSE;
    }

  if (length > max_length)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The channel name has %zu characters, and %zu are allowed. Shorten it."),
                   length, max_length);
      return FALSE;
    }

  return TRUE;
}

/**
 * bcast_channel_name_skip_prefix:
 * @name: a channel name
 *
 * Returns: the part of @name behind the prefix of its type
 */
const char *
bcast_channel_name_skip_prefix (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return name + strlen (types[bcast_channel_name_find_type (name)].prefix);
}

/**
 * bcast_channel_type_get_prefix:
 * @type: a channel type
 *
 * Returns: what names of this type begin with, empty for public channels
 */
const char *
bcast_channel_type_get_prefix (BcastChannelType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), "");

  return types[type].prefix;
}

/**
 * bcast_channel_type_needs_auth:
 * @type: a channel type
 *
 * Returns: whether a subscription must be signed
 */
gboolean
bcast_channel_type_needs_auth (BcastChannelType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), FALSE);

  return types[type].needs_auth;
}

/**
 * bcast_channel_type_is_presence:
 * @type: a channel type
 *
 * Returns: whether the channel has members
 */
gboolean
bcast_channel_type_is_presence (BcastChannelType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), FALSE);

  return types[type].is_presence;
}

/**
 * bcast_channel_type_is_encrypted:
 * @type: a channel type
 *
 * Returns: whether data travels encrypted end to end
 */
gboolean
bcast_channel_type_is_encrypted (BcastChannelType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), FALSE);

  return types[type].is_encrypted;
}

/**
 * bcast_channel_type_is_cache:
 * @type: a channel type
 *
 * Returns: whether the server keeps the last event for new subscribers
 */
gboolean
bcast_channel_type_is_cache (BcastChannelType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), FALSE);

  return types[type].is_cache;
}

/**
 * bcast_channel_type_has_client_events:
 * @type: a channel type
 *
 * Source: Channels documentation, “Events”, section “Triggering client events”.
 *
 * Returns: whether clients may trigger events of their own there
 */
gboolean
bcast_channel_type_has_client_events (BcastChannelType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), FALSE);

  return types[type].has_client_events;
}

static void
set_id_character_error (const char  *user_id,
                        const char  *at,
                        GError     **error)
{
  glong position = at - user_id + 1;

  if (*at == ' ')
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("A user id cannot have a space (position %ld). Use a dash or a dot instead."), position);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("A user id cannot have “%.*s” (position %ld): only letters, digits and _ - = @ , . ; "
                   "are allowed."), (int) (g_utf8_next_char (at) - at), at, position);
}

/**
 * bcast_user_id_check:
 * @user_id: whom a socket signs in as; UTF-8 text
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, with the character or limit at fault
 *
 * Such an id is the rest of the name of a channel and has the letters of one, but a length of its own.
 * Source: Channels documentation, “Authenticating users”.
 *
 * Returns: whether @user_id can be used
 */
gboolean
bcast_user_id_check (const char  *user_id,
                     GError     **error)
{
  g_return_val_if_fail (user_id != NULL, FALSE);

  gsize length = strlen (user_id);

  for (const char *c = user_id; *c != '\0'; c++)
    if (!is_channel_character (*c))
      {
        set_id_character_error (user_id, c, error);
        return FALSE;
      }

  if (length == 0)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The user id is empty. Enter an id such as “12345”."));
  else if (length > BCAST_LIMIT_SIGN_IN_ID)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("The user id has %zu characters, and %d are allowed. Shorten it."),
                 length, BCAST_LIMIT_SIGN_IN_ID);
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_socket_id_is_valid:
 * @socket_id: (nullable): a socket id
 *
 * The shape that every official library demands: digits, a dot, digits.
 *
 * Returns: whether @socket_id has it
 */
gboolean
bcast_socket_id_is_valid (const char *socket_id)
{
  if (socket_id == NULL)
    return FALSE;

  gsize whole = strspn (socket_id, "0123456789");

  if (whole == 0 || socket_id[whole] != '.')
    return FALSE;

  gsize part = strspn (socket_id + whole + 1, "0123456789");

  return part > 0 && socket_id[whole + 1 + part] == '\0' && whole + part < 64;
}
