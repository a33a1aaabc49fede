/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorizer-secrets.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-secret-store.h"

/* How people enter headers and parameters: one a line. */

/**
 * bcast_authorizer_pairs_free:
 * @pairs: (transfer full) (nullable) (array zero-terminated=1): names and values by turns
 *
 * Wipes them, too.
 */
void
bcast_authorizer_pairs_free (char **pairs)
{
  for (gsize i = 0; pairs != NULL && pairs[i] != NULL; i++)
    bcast_secret_free (pairs[i]);
  g_free (pairs);
}

/**
 * bcast_authorizer_pairs_parse:
 * @lines: text with one pair a line; blank lines are skipped
 * @separator: what stands between name and value, `:` or `=`; spaces around a name, and around the value
 *   of a header, are dropped
 * @error: %BCAST_ERROR_INVALID with the line that has no @separator, but not what stands in it
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): names and values by turns, for
 *   bcast_authorizer_pairs_free()
 */
char **
bcast_authorizer_pairs_parse (const char  *lines,
                              char         separator,
                              GError     **error)
{
  g_return_val_if_fail (lines != NULL, NULL);

  char **split = g_strsplit (lines, "\n", -1);
  GPtrArray *pairs = g_ptr_array_new ();
  guint wrong = 0;

  for (guint i = 0; split[i] != NULL && wrong == 0; i++)
    {
      char *line = split[i];
      char *at;

      if (g_str_has_suffix (line, "\r"))
        line[strlen (line) - 1] = '\0';
      at = strchr (line, separator);
      if (line[strspn (line, " \t")] == '\0')
        continue;
      if (at == NULL)
        {
          wrong = i + 1;
          continue;
        }
      *at = '\0';
      g_ptr_array_add (pairs, g_strstrip (g_strdup (line)));
      g_ptr_array_add (pairs, separator == ':' ? g_strstrip (g_strdup (at + 1)) : g_strdup (at + 1));
      *at = separator;
    }
  bcast_authorizer_pairs_free (split);
  g_ptr_array_add (pairs, NULL);

  if (wrong == 0)
    return (char **) g_ptr_array_free (pairs, FALSE);

  bcast_authorizer_pairs_free ((char **) g_ptr_array_free (pairs, FALSE));
  if (separator == ':')
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("Line %u of the headers has no colon. Write each header as in “X-Tenant: acme”."), wrong);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("Line %u of the parameters has no equals sign. Write each as in “tenant=acme”."), wrong);
  return NULL;
}

/**
 * bcast_authorizer_pairs_format:
 * @pairs: (array zero-terminated=1): names and values by turns
 * @separator: what stands between them, such as `: `
 *
 * Returns: (transfer full): one pair a line, for bcast_secret_free()
 */
char *
bcast_authorizer_pairs_format (const char * const *pairs,
                               const char         *separator)
{
  g_return_val_if_fail (pairs != NULL && separator != NULL, NULL);

  GString *lines = g_string_new (NULL);

  for (gsize i = 0; pairs[i] != NULL && pairs[i + 1] != NULL; i += 2)
    g_string_append_printf (lines, "%s%s%s%s", i > 0 ? "\n" : "", pairs[i], separator, pairs[i + 1]);
  return g_string_free (lines, FALSE);
}
