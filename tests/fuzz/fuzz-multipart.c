/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A body of multipart/form-data; its first line is the boundary. */

#include "fuzz.h"

#include <string.h>

#include "bcast-multipart-private.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *newline = strchr (text, '\n');
  g_autofree char *boundary = g_strndup (text, newline != NULL ? (gsize) (newline - text) : strlen (text));
  const char *body = newline != NULL ? newline + 1 : "";
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) params = bcast_multipart_parse (body, boundary, &error);

  if (params == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (params) % 2, ==, 0);
  for (guint i = 0; params[i] != NULL; i++)
    {
      g_assert_true (g_utf8_validate (params[i], -1, NULL));
      g_assert_nonnull (strstr (body, params[i]));
    }
  return 0;
}
