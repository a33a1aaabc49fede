/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is on a presence channel: the roster from a server, and a member's data from a client. */

#include "fuzz.h"

#include "bcast-json.h"
#include "bcast-presence-data.h"

#include <string.h>

static void
check_member_cb (const char *user_id,
                 const char *user_info,
                 gpointer    user_data)
{
  guint *n_members = user_data;

  g_assert_true (g_utf8_validate (user_id, -1, NULL));
  if (user_info != NULL)
    g_assert_true (bcast_json_scan (user_info, strlen (user_info), NULL, NULL, NULL));
  (*n_members)++;
}

static void
check_channel_data (const char *text)
{
  g_autofree char *user_id = NULL, *user_info = NULL;
  g_autofree char *again_id = NULL, *again_info = NULL;
  g_autofree char *formatted = NULL;
  g_autoptr(GError) error = NULL;

  if (!bcast_presence_data_parse (text, &user_id, &user_info, &error))
    {
      fuzz_check_error (error);
      return;
    }

  formatted = bcast_presence_data_format (user_id, user_info);
  bcast_presence_data_parse (formatted, &again_id, &again_info, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again_id, ==, user_id);
  g_assert_cmpstr (again_info, ==, user_info);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  guint n_members = 0;

  if (!bcast_presence_roster_parse (text, check_member_cb, &n_members, &error))
    fuzz_check_error (error);
  else
    g_assert_cmpuint (n_members, <=, size);
  check_channel_data (text);
  return 0;
}
