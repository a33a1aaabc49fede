/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "bcast-error.h"

void
fuzz_check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == BCAST_ERROR);
  g_assert_true (*error->message != '\0');
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}
