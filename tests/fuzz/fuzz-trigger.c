/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The body of a publish, as anybody may post it to the sandbox. */

#include "fuzz.h"

#include "bcast-limits.h"
#include "bcast-trigger.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastTrigger) trigger = bcast_trigger_parse ((const char *) data, size, &error);
  g_autoptr(BcastTrigger) again = NULL;
  g_autofree char *body = NULL;
  const char * const *channels;

  if (trigger == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }

  channels = bcast_trigger_get_channels (trigger);
  g_assert_cmpuint (g_strv_length ((char **) channels), >, 0);
  g_assert_cmpuint (g_strv_length ((char **) channels), <=, BCAST_LIMIT_CHANNELS_PER_TRIGGER);
  g_assert_cmpuint (strlen (bcast_trigger_get_data (trigger)), <=, BCAST_LIMIT_DATA_BYTES);

  body = bcast_trigger_format_body (trigger);
  again = bcast_trigger_parse (body, strlen (body), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bcast_trigger_get_name (again), ==, bcast_trigger_get_name (trigger));
  g_assert_cmpstr (bcast_trigger_get_data (again), ==, bcast_trigger_get_data (trigger));
  g_assert_cmpstr (bcast_trigger_get_socket_id (again), ==, bcast_trigger_get_socket_id (trigger));
  g_assert_cmpstr (bcast_trigger_get_info (again), ==, bcast_trigger_get_info (trigger));
  g_assert_true (g_strv_equal (bcast_trigger_get_channels (again), channels));
  return 0;
}
