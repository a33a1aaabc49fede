/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the answers of the HTTP API give away. */

#include "bcast-server-clues-private.h"

#include <string.h>

#include "bcast-json.h"

#define OK             200
#define NOT_FOUND      404
#define UNPROCESSABLE  422
#define MAX_BODY_BYTES (1024 * 1024)

/* How hosted Pusher puts a refusal. */
static const char * const words_of_pusher[] = {
  "Missing parameter: ", "Unknown auth_key", "Version required", "Version not supported", "Timestamp required",
  "Timestamp expired: ", "Invalid signature: you should have sent HmacSHA256Hex(",
};

/* The members of an answer that tell servers apart. */
typedef struct
{
  guint         n_members;
  gboolean      ok;
  gboolean      health_ok;
  gboolean      has_connections;
  gboolean      has_error;
  gboolean      has_errors;
  gboolean      has_message;
  gboolean      has_status;
  gboolean      has_code;
  BcastJsonType code;
  BcastJsonSpan channels;
} Members;

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Members *members = user_data;

  members->n_members++;
  if (bcast_json_span_equals (key, "ok"))
    members->ok = value->type == BCAST_JSON_TRUE;
  else if (bcast_json_span_equals (key, "health"))
    members->health_ok = bcast_json_span_equals (value, "OK");
  else if (bcast_json_span_equals (key, "connections"))
    members->has_connections = value->type == BCAST_JSON_NUMBER;
  else if (bcast_json_span_equals (key, "error"))
    members->has_error = TRUE;
  else if (bcast_json_span_equals (key, "errors"))
    members->has_errors = TRUE;
  else if (bcast_json_span_equals (key, "message"))
    members->has_message = TRUE;
  else if (bcast_json_span_equals (key, "status"))
    members->has_status = TRUE;
  else if (bcast_json_span_equals (key, "channels") && value->type == BCAST_JSON_OBJECT)
    members->channels = *value;
  else if (bcast_json_span_equals (key, "code"))
    {
      members->has_code = TRUE;
      members->code = value->type;
    }
  return TRUE;
}

static gboolean
find_occupied (const BcastJsonSpan *key,
               const BcastJsonSpan *value,
               gpointer             user_data)
{
  gboolean *is_occupied = user_data;

  *is_occupied = *is_occupied || bcast_json_span_equals (key, "occupied");
  return TRUE;
}

static gboolean
take_channel (const BcastJsonSpan *name,
              const BcastJsonSpan *attributes,
              gpointer             user_data)
{
  if (attributes->type == BCAST_JSON_OBJECT)
    bcast_json_scan_object (attributes->start, attributes->length, find_occupied, user_data, NULL, NULL);
  return TRUE;
}

static gboolean
is_at (const char *path,
       gsize       length,
       const char *end)
{
  gsize tail = strlen (end);

  return length >= tail && strncmp (path + length - tail, end, tail) == 0;
}

static void
add_accepted (BcastServerClues *self,
              const char       *path,
              gsize             length,
              const Members    *members)
{
  gboolean is_occupied = FALSE;

  if (is_at (path, length, "/up") && members->health_ok)
    bcast_server_clues_add (self, BCAST_CLUE_HEALTH_OF_REVERB);
  else if (is_at (path, length, "/health") && members->ok)
    bcast_server_clues_add (self, BCAST_CLUE_HEALTH_OF_LARAVEL);
  else if (is_at (path, length, "/events") || is_at (path, length, "/batch_events"))
    {
      if (members->ok)
        bcast_server_clues_add (self, BCAST_CLUE_ACCEPTS_WITH_OK);
      else if (members->n_members == 0)
        bcast_server_clues_add (self, BCAST_CLUE_ACCEPTS_WITH_EMPTY);
    }
  else if (is_at (path, length, "/connections") && members->has_connections)
    bcast_server_clues_add (self, BCAST_CLUE_COUNTS_CONNECTIONS);
  else if (is_at (path, length, "/channels") && members->channels.start != NULL)
    {
      bcast_json_scan_object (members->channels.start, members->channels.length, take_channel, &is_occupied,
                              NULL, NULL);
      if (is_occupied)
        bcast_server_clues_add (self, BCAST_CLUE_CHANNELS_ARE_OCCUPIED);
    }
}

static void
add_refused (BcastServerClues *self,
             guint             status,
             const Members    *members)
{
  if (members->has_error && members->has_status && members->has_code && members->code == BCAST_JSON_STRING)
    bcast_server_clues_add (self, BCAST_CLUE_ERROR_WITH_STATUS);
  else if (members->has_error && members->has_code && members->code == BCAST_JSON_NUMBER)
    bcast_server_clues_add (self, BCAST_CLUE_ERROR_WITH_NUMBER);
  else if (members->has_error && members->n_members == 1)
    bcast_server_clues_add (self, BCAST_CLUE_ERROR_ALONE);
  else if (status == UNPROCESSABLE && members->has_message && members->has_errors)
    bcast_server_clues_add (self, BCAST_CLUE_ERROR_OF_VALIDATOR);
}

static void
add_text (BcastServerClues *self,
          const char       *path,
          gsize             length,
          guint             status,
          const char       *text)
{
  if (status == OK && length == 1 && *path == '/' && strcmp (text, "OK") == 0)
    bcast_server_clues_add (self, BCAST_CLUE_ROOT_IS_OK);
  if (status < 400)
    return;
  if (g_str_has_prefix (text, "Authentication signature invalid."))
    bcast_server_clues_add (self, BCAST_CLUE_WORDS_OF_REVERB);
  for (guint i = 0; i < G_N_ELEMENTS (words_of_pusher); i++)
    if (g_str_has_prefix (text, words_of_pusher[i]))
      bcast_server_clues_add (self, BCAST_CLUE_WORDS_OF_PUSHER);
}

/**
 * bcast_server_clues_add_reply:
 * @self: clues
 * @path: the path of a request, with or without a query
 * @status: the status of the answer
 * @body: (nullable): its body
 *
 * Takes in an answer of the HTTP API, or of one of the paths that tell how a server is: `/`, `/up`, `/health`.
 */
void
bcast_server_clues_add_reply (BcastServerClues *self,
                              const char       *path,
                              guint             status,
                              const char       *body)
{
  g_return_if_fail (self != NULL && path != NULL);

  gsize length = strcspn (path, "?");
  gsize body_length = body != NULL ? strnlen (body, MAX_BODY_BYTES) : 0;
  Members members = { .channels = { .start = NULL } };

  if (status == NOT_FOUND && is_at (path, length, "/batch_events"))
    bcast_server_clues_add (self, BCAST_CLUE_NO_BATCH);
  if (body == NULL)
    return;
  if (!bcast_json_scan_object (body, body_length, take_member, &members, NULL, NULL))
    add_text (self, path, length, status, body);
  else if (status == OK)
    add_accepted (self, path, length, &members);
  else if (status >= 400)
    add_refused (self, status, &members);
}
