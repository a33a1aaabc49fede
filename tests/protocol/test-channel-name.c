/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-name.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-limits.h"

static void
test_types (void)
{
  static const struct { const char *name; BcastChannelType type; const char *bare; } cases[] = {
    { "orders", BCAST_CHANNEL_PUBLIC, "orders" },
    { "cache-orders", BCAST_CHANNEL_CACHE, "orders" },
    { "private-orders", BCAST_CHANNEL_PRIVATE, "orders" },
    { "private-cache-orders", BCAST_CHANNEL_PRIVATE_CACHE, "orders" },
    { "private-encrypted-orders", BCAST_CHANNEL_ENCRYPTED, "orders" },
    { "private-encrypted-cache-orders", BCAST_CHANNEL_ENCRYPTED_CACHE, "orders" },
    { "presence-orders", BCAST_CHANNEL_PRESENCE, "orders" },
    { "presence-cache-orders", BCAST_CHANNEL_PRESENCE_CACHE, "orders" },
    { "#server-to-user-42", BCAST_CHANNEL_SERVER_TO_USER, "42" },
    /* loose matching of prefixes is a known fault of some servers */
    { "privateorders", BCAST_CHANNEL_PUBLIC, "privateorders" },
    { "presence", BCAST_CHANNEL_PUBLIC, "presence" },
    { "my-cache-x", BCAST_CHANNEL_PUBLIC, "my-cache-x" },
    { "Private-orders", BCAST_CHANNEL_PUBLIC, "Private-orders" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (bcast_channel_name_find_type (cases[i].name), ==, cases[i].type);
      g_assert_cmpstr (bcast_channel_name_skip_prefix (cases[i].name), ==, cases[i].bare);
      g_assert_true (bcast_channel_name_check (cases[i].name, BCAST_LIMIT_CHANNEL_NAME, NULL));
    }
}

static void
test_traits (void)
{
  g_assert_true (bcast_channel_type_needs_auth (BCAST_CHANNEL_PRIVATE));
  g_assert_true (bcast_channel_type_needs_auth (BCAST_CHANNEL_ENCRYPTED_CACHE));
  g_assert_false (bcast_channel_type_needs_auth (BCAST_CHANNEL_CACHE));
  g_assert_false (bcast_channel_type_needs_auth (BCAST_CHANNEL_SERVER_TO_USER));
  g_assert_true (bcast_channel_type_is_presence (BCAST_CHANNEL_PRESENCE_CACHE));
  g_assert_false (bcast_channel_type_is_presence (BCAST_CHANNEL_PRIVATE));
  g_assert_true (bcast_channel_type_is_encrypted (BCAST_CHANNEL_ENCRYPTED));
  g_assert_true (bcast_channel_type_is_cache (BCAST_CHANNEL_CACHE));
  g_assert_true (bcast_channel_type_has_client_events (BCAST_CHANNEL_PRESENCE));
  g_assert_false (bcast_channel_type_has_client_events (BCAST_CHANNEL_PUBLIC));
  g_assert_false (bcast_channel_type_has_client_events (BCAST_CHANNEL_ENCRYPTED));
  g_assert_cmpstr (bcast_channel_type_get_prefix (BCAST_CHANNEL_PRESENCE), ==, "presence-");
}

static void
test_refuses (void)
{
  static const struct { const char *name, *words; } wrong[] = {
    { "", "empty" },
    { "private-", "prefix" },
    { "presence-cache-", "prefix" },
    { "#server-to-user-", "prefix" },
    { "a b", "space" },
    { "a/b", "“/”" },
    { "a:b", "“:”" },
    { "#a", "“#”" },
    { "a\nb", "position 2" },
    { "caf\xc3\xa9", "“é”" },
    { "bad\xff", "byte at position 4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_channel_name_check (wrong[i].name, BCAST_LIMIT_CHANNEL_NAME, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, wrong[i].words));
    }
}

static void
test_length (void)
{
  g_autofree char *longest = g_strnfill (164, 'a');
  g_autofree char *too_long = g_strnfill (165, 'a');
  g_autofree char *far_too_long = g_strnfill (201, 'a');
  g_autoptr(GError) error = NULL;

  g_assert_true (bcast_channel_name_check (longest, BCAST_LIMIT_CHANNEL_NAME, NULL));
  g_assert_false (bcast_channel_name_check (too_long, BCAST_LIMIT_CHANNEL_NAME, NULL));
  g_assert_true (bcast_channel_name_check (too_long, BCAST_LIMIT_CHANNEL_NAME_LENIENT, NULL));
  g_assert_false (bcast_channel_name_check (far_too_long, BCAST_LIMIT_CHANNEL_NAME_LENIENT, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "201"));
}

static void
test_user_ids (void)
{
  static const struct { const char *user_id, *words; } wrong[] = {
    { "", "empty" }, { "a b", "user id cannot have a space (position 2)" }, { "a/b", "“/”" }, { "caf\xc3\xa9", "“é”" }, { "#a", "“#”" },
  };
  g_autofree char *longest = g_strnfill (200, 'u');
  g_autofree char *too_long = g_strnfill (201, 'u');
  g_autofree char *channel = g_strconcat ("#server-to-user-", longest, NULL);
  g_autofree char *too_long_channel = g_strconcat ("#server-to-user-", too_long, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (bcast_user_id_check ("azAZ09_-=@,.;", NULL));
  g_assert_true (bcast_user_id_check (longest, NULL));
  g_assert_true (bcast_channel_name_check (channel, BCAST_LIMIT_CHANNEL_NAME, NULL));
  g_assert_false (bcast_channel_name_check (too_long_channel, BCAST_LIMIT_CHANNEL_NAME_LENIENT, NULL));
  g_assert_false (bcast_user_id_check (too_long, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "201"));

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) problem = NULL;

      g_assert_false (bcast_user_id_check (wrong[i].user_id, &problem));
      g_assert_error (problem, BCAST_ERROR, BCAST_ERROR_INVALID);
      g_assert_nonnull (strstr (problem->message, wrong[i].words));
    }
}

static void
test_every_allowed_character (void)
{
  g_assert_true (bcast_channel_name_check ("azAZ09_-=@,.;", BCAST_LIMIT_CHANNEL_NAME, NULL));
}

static void
test_socket_ids (void)
{
  static const char * const right[] = { "1.2", "1234.5678", "0.0", "98765432109876543210.12345678901234567890" };
  static const char * const wrong[] = { "", "1", "1.", ".1", "1.2.3", "1.2 ", " 1.2", "a.b", "1,2", "-1.2", "1.2\n" };
  g_autofree char *endless = g_strnfill (100, '1');

  endless[50] = '.';
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_true (bcast_socket_id_is_valid (right[i]));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (bcast_socket_id_is_valid (wrong[i]));
  g_assert_false (bcast_socket_id_is_valid (NULL));
  g_assert_false (bcast_socket_id_is_valid (endless));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channel-name/types", test_types);
  g_test_add_func ("/channel-name/traits", test_traits);
  g_test_add_func ("/channel-name/refuses", test_refuses);
  g_test_add_func ("/channel-name/length", test_length);
  g_test_add_func ("/channel-name/user-ids", test_user_ids);
  g_test_add_func ("/channel-name/every-allowed-character", test_every_allowed_character);
  g_test_add_func ("/channel-name/socket-ids", test_socket_ids);

  return g_test_run ();
}
