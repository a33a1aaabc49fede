/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-api-params-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-request-signature.h"

#define LIST_SUFFIX "[]"

/* Gives where @name is among @params, or where it would be next. */
static guint
find_param (GPtrArray  *params,
            const char *name)
{
  guint i = 0;

  while (i < params->len && strcmp (params->pdata[i], name) != 0)
    i += 2;
  return i;
}

/* Takes what it is given when there is no error. A list comes as `k[]=a&k[]=b` from pusher-http-ruby, as
 * `k=a,b` from pusher-http-php. */
static gboolean
add_param (GPtrArray   *params,
           const char  *name,
           const char  *value,
           GError     **error)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  gboolean is_list = g_str_has_suffix (lower, LIST_SUFFIX);

  if (is_list)
    lower[strlen (lower) - strlen (LIST_SUFFIX)] = '\0';

  guint at = find_param (params, lower);

  if (at == params->len)
    {
      g_ptr_array_add (params, g_steal_pointer (&lower));
      g_ptr_array_add (params, g_strdup (value));
      return TRUE;
    }

  if (is_list)
    {
      g_autofree char *before = params->pdata[at + 1];

      params->pdata[at + 1] = g_strconcat (before, ",", value, NULL);
      return TRUE;
    }

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("The parameter “%.*s” is there twice, and only one of them could count. Send it once."),
               bcast_error_clip (lower, 64), lower);
  return FALSE;
}

/**
 * bcast_api_params_parse:
 * @query: (nullable): the query of a request, as it came
 * @error: %BCAST_ERROR_INVALID when it is malformed or has a parameter twice
 *
 * Names are lower-cased, as they are signed. A parameter that is there twice is refused: it would be signed
 * twice, and servers differ in which of the two counts. Official libraries send none but lists, whose name ends
 * in `[]`; these become one text with commas.
 * Source: Channels documentation, “HTTP API”, section “Generating authentication signatures”.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): name and value by turns; free with
 *   g_strfreev()
 */
char **
bcast_api_params_parse (const char  *query,
                        GError     **error)
{
  g_auto(GStrv) parsed = bcast_query_parse (query, error);
  g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func (g_free);

  if (parsed == NULL)
    return NULL;

  for (guint i = 0; parsed[i] != NULL; i += 2)
    if (!add_param (params, parsed[i], parsed[i + 1], error))
      return NULL;

  g_ptr_array_add (params, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&params), FALSE);
}

enum { NAME, DATA, CHANNEL, CHANNELS, SOCKET_ID, INFO, N_MEMBERS };

static const char * const members[N_MEMBERS] = {
  [NAME] = "name",
  [DATA] = "data",
  [CHANNEL] = "channel",
  [CHANNELS] = "channels",
  [SOCKET_ID] = "socket_id",
  [INFO] = "info",
};

typedef struct
{
  gboolean has[N_MEMBERS];
  gboolean has_any;
} Body;

static gboolean
note_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Body *body = user_data;

  body->has_any = TRUE;
  for (guint i = 0; i < N_MEMBERS; i++)
    if (bcast_json_span_equals (key, members[i]))
      body->has[i] = TRUE;
  return TRUE;
}

static void
append_list (GString    *buffer,
             const char *text)
{
  g_auto(GStrv) items = g_strsplit (text, ",", -1);

  g_string_append_c (buffer, '[');
  for (guint i = 0; items[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (buffer, ',');
      bcast_json_append_quoted (buffer, items[i], -1);
    }
  g_string_append_c (buffer, ']');
}

static void
append_member (GString    *buffer,
               Body       *body,
               guint       member,
               const char *value)
{
  g_string_append_printf (buffer, "%s\"%s\":", body->has_any ? "," : "", members[member]);
  if (member == CHANNELS)
    append_list (buffer, value);
  else
    bcast_json_append_quoted (buffer, value, -1);
  body->has_any = TRUE;
}

static gsize
find_last_brace (const char *text,
                 gsize       length)
{
  while (length > 0 && text[length - 1] != '}')
    length--;
  return length > 0 ? length - 1 : 0;
}

/**
 * bcast_api_params_complete_body:
 * @request: a request that sends an event
 *
 * What an event needs may be in the query as well, where the body does not have it.
 * Source: Channels documentation, “HTTP API”, section “General”.
 *
 * Returns: (transfer full) (nullable): the body with what the query tells of the event; %NULL when it stays as it
 *   is, which holds for one that is no JSON object, too
 */
char *
bcast_api_params_complete_body (const BcastApiRequest *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  const char *text = request->body_length > 0 ? request->body : "{}";
  gsize length = request->body_length > 0 ? request->body_length : strlen ("{}");
  Body body = { { FALSE, }, FALSE };

  if (!bcast_json_scan_object (text, length, note_member, &body, NULL, NULL))
    return NULL;

  gsize end = find_last_brace (text, length);
  GString *buffer = g_string_new_len (text, end);

  body.has[CHANNEL] = body.has[CHANNELS] = body.has[CHANNEL] || body.has[CHANNELS];
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      const char *value = body.has[i] ? NULL : bcast_query_find (request->params, members[i]);

      if (value != NULL)
        append_member (buffer, &body, i, value);
    }
  g_string_append_c (buffer, '}');
  return g_string_free (buffer, buffer->len == end + 1);
}
