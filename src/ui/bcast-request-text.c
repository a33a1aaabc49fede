/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-request-text.h"

#include <string.h>

#include "bcast-request-signature.h"

#define MAX_LINE_BYTES 8192 /* longer ones are no request of ours */

static void
take_query (BcastRequestText *self,
            const char       *query)
{
  g_auto(GStrv) parameters = bcast_query_parse (query, NULL);

  if (parameters == NULL)
    return;

  const char * const *found = (const char * const *) parameters;

  self->body_md5 = g_strdup (bcast_query_find (found, "body_md5"));
  self->auth_key = g_strdup (bcast_query_find (found, "auth_key"));
  self->auth_timestamp = g_strdup (bcast_query_find (found, "auth_timestamp"));
  self->auth_signature = g_strdup (bcast_query_find (found, "auth_signature"));
}

/**
 * bcast_request_text_parse:
 * @request: the text of a request as the journal keeps it: request line, headers, empty line, body
 *
 * Returns: (transfer full) (nullable): what it is about; %NULL when it is no HTTP request, as the frame of
 *   a client event
 */
BcastRequestText *
bcast_request_text_parse (const char *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  gsize length = strcspn (request, "\r\n");

  if (length > MAX_LINE_BYTES || !g_ascii_isupper (*request))
    return NULL;

  g_autofree char *line = g_strndup (request, length);
  g_auto(GStrv) words = g_strsplit (line, " ", 3);

  if (g_strv_length (words) < 2 || words[1][0] != '/')
    return NULL;

  BcastRequestText *self = g_new0 (BcastRequestText, 1);
  char *query = strchr (words[1], '?');

  if (query != NULL)
    {
      *query = '\0';
      take_query (self, query + 1);
    }
  self->line = g_strdup_printf ("%s %s", words[0], words[1]);
  return self;
}

/**
 * bcast_request_text_free:
 * @self: (transfer full): what bcast_request_text_parse() gave
 */
void
bcast_request_text_free (BcastRequestText *self)
{
  g_free (self->line);
  g_free (self->body_md5);
  g_free (self->auth_key);
  g_free (self->auth_timestamp);
  g_free (self->auth_signature);
  g_free (self);
}
