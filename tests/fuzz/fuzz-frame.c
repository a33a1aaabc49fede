/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message of the WebSocket: any bytes that the other end may send. */

#include "fuzz.h"

#include "bcast-frame.h"
#include "bcast-json.h"

#include <string.h>

static void
check_text (const char *text)
{
  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_handshake (BcastFrame *frame)
{
  g_autofree char *socket_id = NULL;
  g_autoptr(GError) error = NULL;
  guint timeout_s = 0;

  if (!bcast_frame_parse_established (frame, &socket_id, &timeout_s, &error))
    {
      fuzz_check_error (error);
      g_assert_null (socket_id);
      return;
    }
  check_text (socket_id);
  g_assert_cmpuint (timeout_s, >, 0);
}

static void
check_error_data (BcastFrame *frame)
{
  g_autofree char *message = NULL;
  int code = -1;

  bcast_frame_parse_error (frame, &code, &message);
  g_assert_cmpint (code, >=, 0);
  g_assert_nonnull (message);
  check_text (message);
}

/* What is sent on is what was understood. */
static void
check_format (BcastFrame *frame)
{
  g_autofree char *text =
    bcast_frame_format (bcast_frame_get_event (frame), bcast_frame_get_channel (frame),
                        bcast_frame_get_data (frame), bcast_frame_get_data_form (frame),
                        bcast_frame_get_user_id (frame));
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFrame) again = bcast_frame_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (bcast_frame_get_event (again), ==, bcast_frame_get_event (frame));
  g_assert_cmpstr (bcast_frame_get_channel (again), ==, bcast_frame_get_channel (frame));
  g_assert_cmpstr (bcast_frame_get_user_id (again), ==, bcast_frame_get_user_id (frame));
  g_assert_cmpstr (bcast_frame_get_data (again), ==, bcast_frame_get_data (frame));
  g_assert_cmpint (bcast_frame_get_data_form (again), ==, bcast_frame_get_data_form (frame));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFrame) frame = bcast_frame_parse ((const char *) data, size, &error);
  const char *raw;
  gsize length;

  if (frame == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }

  raw = bcast_frame_get_raw (frame, &length);
  g_assert_cmpmem (raw, length, data, size);
  g_assert_true (*bcast_frame_get_event (frame) != '\0');
  check_text (bcast_frame_get_event (frame));
  check_text (bcast_frame_get_channel (frame));
  check_text (bcast_frame_get_user_id (frame));
  check_text (bcast_frame_get_data (frame));
  if (bcast_frame_get_data_form (frame) == BCAST_FRAME_DATA_JSON)
    g_assert_true (bcast_json_scan (bcast_frame_get_data (frame), strlen (bcast_frame_get_data (frame)),
                                    NULL, NULL, NULL));

  check_handshake (frame);
  check_error_data (frame);
  check_format (frame);
  return 0;
}
