/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-query-private.h"

#include <string.h>

#include "bcast-close-code.h"
#include "bcast-number.h"
#include "bcast-request-signature.h"

#define OLDEST_PROTOCOL     4 /* hosted Pusher no longer takes 1 to 3 */
#define NEWEST_PROTOCOL     7
#define VERSION_CHARACTERS  G_CSET_DIGITS G_CSET_a_2_z G_CSET_A_2_Z ".-+_"
#define MAX_LIBRARY_LENGTH  64 /* ours: it is only shown */

/* A library's version: numbers with dots between, and behind them whatever it calls a pre-release.
 * The documentation demands a format without naming it, so only what cannot be a version is refused. */
static gboolean
is_version (const char *text)
{
  gsize length = strlen (text);

  return g_ascii_isdigit (*text)
         && strspn (text, VERSION_CHARACTERS) == length
         && text[length - 1] != '.'
         && strstr (text, "..") == NULL;
}

static const char *
find (char       **params,
      const char  *name)
{
  return params != NULL ? bcast_query_find ((const char * const *) params, name) : NULL;
}

/**
 * bcast_client_query_check:
 * @query: (nullable): the query with which a client asks for a WebSocket
 *
 * A client without any query is a tool such as curl and may stay.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Error codes”.
 *
 * Returns: the code to close with, or 0 for a client that is welcome
 */
guint
bcast_client_query_check (const char *query)
{
  g_auto(GStrv) params = bcast_query_parse (query, NULL);
  const char *protocol = find (params, "protocol");
  const char *version = find (params, "version");

  if (protocol != NULL && *protocol == '\0')
    return BCAST_CLOSE_PROTOCOL_MISSING;
  if (protocol != NULL
      && !bcast_number_parse (protocol, OLDEST_PROTOCOL, NEWEST_PROTOCOL, NULL))
    return BCAST_CLOSE_PROTOCOL_UNSUPPORTED;
  if (version != NULL && !is_version (version))
    return BCAST_CLOSE_BAD_VERSION;
  return 0;
}

/**
 * bcast_client_query_dup_library:
 * @query: (nullable): the query with which a client asks for a WebSocket
 *
 * Returns: (transfer full) (nullable): what the client says it is, such as `js 8.6.0`
 */
char *
bcast_client_query_dup_library (const char *query)
{
  g_auto(GStrv) params = bcast_query_parse (query, NULL);
  const char *client = find (params, "client");
  const char *version = find (params, "version");

  if (client == NULL || *client == '\0' || !g_utf8_validate (client, -1, NULL))
    return NULL;

  g_autofree char *both = g_strjoin (" ", client, version, NULL);

  return g_utf8_substring (both, 0, MIN (g_utf8_strlen (both, -1), MAX_LIBRARY_LENGTH));
}
