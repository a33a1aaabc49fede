/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text of a fault, as it comes from a command line or a configuration. */

#include "fuzz.h"

#include "bcast-fault.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFault) fault = bcast_fault_parse (text, &error);

  if (fault == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }

  g_assert_no_error (error);
  g_assert_true (bcast_fault_check (fault, NULL));

  /* What was understood is written so that it is understood again. */
  g_autofree char *written = bcast_fault_format (fault);
  g_autoptr(BcastFault) again = bcast_fault_parse (written, &error);

  g_assert_no_error (error);
  g_assert_true (bcast_fault_equal (again, fault));
  return 0;
}
