/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A config file of the sandbox. */

#include "fuzz.h"

#include "bcast-sandbox-config.h"

#include <string.h>

static char *
load (const char  *file,
      gpointer     user_data,
      GError     **error)
{
  return g_strdup ("secret");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSandboxConfig) config = bcast_sandbox_config_parse (text, load, NULL, &error);

  if (config == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }

  /* What was found good can be served. */
  g_assert_true (bcast_sandbox_apps_check (config->apps, NULL));
  g_assert_cmpint (config->port, <=, G_MAXUINT16);
  for (guint i = 0; i < config->apps->len; i++)
    {
      const BcastSandboxApp *app = config->apps->pdata[i];

      g_assert_cmpuint (app->options.activity_timeout_s, >, 0);
      g_assert_nonnull (app->user_id);
    }
  return 0;
}
