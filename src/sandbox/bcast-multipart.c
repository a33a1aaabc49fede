/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-multipart-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

#define MAX_PARTS          64
#define MAX_BOUNDARY_BYTES 70 /* RFC 2046, section 5.1.1 */
#define LINE_END           "\r\n"

/* Gives the value of `name` in a header `Content-Disposition`; `filename` ends like it. */
static char *
find_name (const char *header,
           const char *end)
{
  for (const char *at = header; (at = strstr (at, "name=\"")) != NULL && at < end; at++)
    {
      const char *start = at + strlen ("name=\"");
      const char *quote = strchr (start, '"');

      if (at > header && strchr ("; \t", at[-1]) != NULL && quote != NULL && quote < end)
        return g_strndup (start, quote - start);
    }
  return NULL;
}

/* The headers end at @end, with a line end. */
static char *
read_name (const char *headers,
           const char *end)
{
  for (const char *line = headers; line < end; )
    {
      const char *line_end = strstr (line, LINE_END);

      if (g_ascii_strncasecmp (line, "content-disposition:", strlen ("content-disposition:")) == 0)
        return find_name (line, line_end);
      line = line_end + strlen (LINE_END);
    }
  return NULL;
}

/* Reads the part at @at, which is behind its delimiter, and moves @at behind the next one. A field that
 * has no name tells nothing. */
static gboolean
take_part (const char **at,
           const char  *next_delimiter,
           GPtrArray   *params)
{
  const char *headers = *at + strspn (*at, " \t");
  const char *headers_end = strstr (headers, LINE_END LINE_END);
  const char *content = headers_end != NULL ? headers_end + strlen (LINE_END LINE_END) : NULL;
  const char *content_end = content != NULL ? strstr (content, next_delimiter) : NULL;
  g_autofree char *name = NULL;

  if (!g_str_has_prefix (headers, LINE_END) || content_end == NULL || params->len >= 2 * MAX_PARTS)
    return FALSE;

  name = read_name (headers + strlen (LINE_END), headers_end + strlen (LINE_END));
  *at = content_end + strlen (next_delimiter);
  if (name == NULL)
    return TRUE;

  g_ptr_array_add (params, g_steal_pointer (&name));
  g_ptr_array_add (params, g_strndup (content, content_end - content));
  return g_utf8_validate (params->pdata[params->len - 2], -1, NULL)
         && g_utf8_validate (params->pdata[params->len - 1], -1, NULL);
}

/**
 * bcast_multipart_parse:
 * @body: a body of `multipart/form-data`
 * @boundary: what its header `Content-Type` calls the boundary
 * @error: %BCAST_ERROR_INVALID when it is malformed or has too many fields
 *
 * What libsoup has for it does not bound what it reads.
 * Source: RFC 7578; RFC 2046, section 5.1.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): name and value by turns; free with
 *   g_strfreev()
 */
char **
bcast_multipart_parse (const char  *body,
                       const char  *boundary,
                       GError     **error)
{
  g_return_val_if_fail (body != NULL && boundary != NULL, NULL);

  g_autofree char *delimiter = g_strconcat (LINE_END "--", boundary, NULL);
  g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func (g_free);
  const char *first = delimiter + strlen (LINE_END);
  const char *at = g_str_has_prefix (body, first) ? body + strlen (first) : NULL;
  gboolean is_good = at != NULL && *boundary != '\0' && strlen (boundary) <= MAX_BOUNDARY_BYTES;

  while (is_good && !g_str_has_prefix (at, "--"))
    is_good = take_part (&at, delimiter, params);

  if (!is_good)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The body is no well-formed multipart/form-data, or has more than 64 fields. Send a form or "
                             "JSON."));
      return NULL;
    }

  g_ptr_array_add (params, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&params), FALSE);
}
