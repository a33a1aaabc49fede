/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clients of a profile as they are remembered, after whatever happened to the disk; behind a line with an
 * equals sign alone, what they send. */

#include "fuzz.h"

#include "bcast-cast.h"
#include "bcast-secret-store.h"

#include <string.h>

#define SEPARATOR "\n=\n"

/* What was understood is written so that it is understood again, whole. */
static void
check_settles (BcastCast *cast)
{
  g_autofree char *text = bcast_cast_format (cast);
  char *secrets = bcast_cast_format_secrets (cast);
  g_autofree char *left_out = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastCast) again = bcast_cast_parse (text, strlen (text), secrets, NULL, &left_out, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (left_out, ==, NULL);

  g_autofree char *text_again = bcast_cast_format (again);
  char *secrets_again = bcast_cast_format_secrets (again);

  g_assert_cmpstr (text_again, ==, text);
  g_assert_cmpstr (secrets_again, ==, secrets);
  bcast_secret_free (secrets);
  bcast_secret_free (secrets_again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *all = g_strndup ((const char *) data, size);
  char *secrets = strstr (all, SEPARATOR);
  gsize length = secrets != NULL ? (gsize) (secrets - all) : size;
  g_autofree char *left_out = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastCast) cast = bcast_cast_parse ((const char *) data, length,
                                                secrets != NULL ? secrets + strlen (SEPARATOR) : NULL, NULL,
                                                &left_out, &error);

  if (left_out != NULL)
    g_assert_true (g_utf8_validate (left_out, -1, NULL));
  if (cast != NULL)
    check_settles (cast);
  else
    fuzz_check_error (error);
  return 0;
}
