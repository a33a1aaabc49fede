/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A signed request: the first line is its query, all behind it is its body. */

#include "fuzz.h"

#include "bcast-request-signature.h"

#include <string.h>

#define KEY    "278d425bdf160c739803"
#define SECRET "7ad3773142a6692b25b8"
#define PATH   "/apps/3/events"
#define NOW_S  1353088179

static gboolean
is_reserved (const char *name)
{
  return g_ascii_strncasecmp (name, "auth_", strlen ("auth_")) == 0
         || g_ascii_strcasecmp (name, "body_md5") == 0;
}

static gboolean
check_with (const char  *secret,
            const char  *query,
            const char  *body,
            gsize        length,
            GError     **error)
{
  return bcast_request_signature_check (KEY, secret, "POST", PATH, query, body, length, NOW_S, error);
}

/* Who reads a refusal learns nothing of the secret: with another one it reads the same. */
static void
check_refusal (const char *query,
               const char *body,
               gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) other_error = NULL;

  if (check_with (SECRET, query, body, length, &error))
    return;

  fuzz_check_error (error);
  g_assert_false (check_with ("other", query, body, length, &other_error));
  g_assert_cmpstr (error->message, ==, other_error->message);
}

/* Whatever parameters there are: what we sign ourselves, we accept. */
static void
check_signing (char       **params,
               const char  *body,
               gsize        length)
{
  g_autoptr(BcastRequestSignature) signature = NULL;
  g_autoptr(GError) error = NULL;

  /* Ours are four more, and the limit is 64. */
  if (g_strv_length (params) > 2 * 59)
    return;
  for (guint i = 0; params[i] != NULL; i += 2)
    if (is_reserved (params[i]))
      return;

  signature = bcast_request_signature_new (KEY, SECRET, "POST", PATH, (const char * const *) params,
                                           body, length, NOW_S);
  check_with (SECRET, signature->query, body, length, &error);
  g_assert_no_error (error);
  g_assert_false (check_with ("other", signature->query, body, length, &error));
  fuzz_check_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *newline = memchr (data, '\n', size);
  gsize query_length = newline != NULL ? (gsize) (newline - (const char *) data) : size;
  g_autofree char *query = g_strndup ((const char *) data, query_length);
  const char *body = newline != NULL ? newline + 1 : NULL;
  gsize length = newline != NULL ? size - query_length - 1 : 0;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) params = bcast_query_parse (query, &error);

  check_refusal (query, body, length);
  if (params == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }

  g_assert_cmpuint (g_strv_length (params) % 2, ==, 0);
  for (guint i = 0; params[i] != NULL; i++)
    g_assert_true (g_utf8_validate (params[i], -1, NULL));
  check_signing (params, body, length);
  return 0;
}
