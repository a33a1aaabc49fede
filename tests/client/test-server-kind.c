/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-server-kind.h"

#include <string.h>

#define MAX_LINES 8

/* One thing that a server says: a frame, a header (name: value), or an answer (path status body). */
typedef struct
{
  const char           *what;
  const char           *host;
  const char           *lines[MAX_LINES];
  BcastServerKind       kind;
  BcastServerCertainty  certainty;
} Row;

#define ESTABLISHED(socket_id, timeout) \
  "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"" socket_id "\\\"," \
  "\\\"activity_timeout\\\":" timeout "}\"}"
#define SUCCEEDED(data) "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"orders\"" data "}"
#define CERTAIN BCAST_SERVER_IS_CERTAIN
#define LIKELY  BCAST_SERVER_IS_LIKELY

/* Answers as each server was seen to give them. */
static const Row rows[] = {
  { "nothing", NULL, { NULL }, BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "sandbox", "127.0.0.1",
    { "X-Powered-By: Broadcast", ESTABLISHED ("12.34", "120"), SUCCEEDED (",\"data\":\"{}\"") },
    BCAST_SERVER_SANDBOX, CERTAIN },

  { "pusher", "ws-eu.pusher.com", { ESTABLISHED ("12.34", "120") }, BCAST_SERVER_PUSHER, CERTAIN },
  { "pusher-api", "API-mt1.Pusher.COM.", { NULL }, BCAST_SERVER_PUSHER, CERTAIN },
  { "pusher-old", "ws.pusherapp.com", { NULL }, BCAST_SERVER_PUSHER, CERTAIN },
  { "not-pusher", "notpusher.com", { NULL }, BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "not-pusher-below", "pusher.com.example.org", { NULL }, BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "bare-domain", ".pusher.com", { NULL }, BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  /* What is right by the book may be anybody's. */
  { "faithful", "127.0.0.1",
    { ESTABLISHED ("12.34", "120"), SUCCEEDED (",\"data\":\"{}\""), "{\"event\":\"pusher:pong\",\"data\":\"{}\"}",
      "/apps/3/events 200 {}", "/apps/3/channels 401 Timestamp required" },
    BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },

  { "reverb-header", "localhost", { "x-powered-by: Laravel Reverb" }, BCAST_SERVER_REVERB, CERTAIN },
  { "reverb-health", "localhost", { "/up 200 {\"health\":\"OK\"}" }, BCAST_SERVER_REVERB, CERTAIN },
  { "reverb-frames", "localhost",
    { ESTABLISHED ("832940123.12345678", "30"), SUCCEEDED (",\"data\":\"{}\""), "{\"event\":\"pusher:pong\"}" },
    BCAST_SERVER_REVERB, LIKELY },
  { "reverb-error", "localhost",
    { ESTABLISHED ("1.2", "30"),
      "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4200,\\\"message\\\":\\\"Invalid message format\\\"}\"}" },
    BCAST_SERVER_REVERB, LIKELY },
  { "reverb-api", "localhost",
    { "/apps/3/events 422 {\"message\":\"The data field must be a string.\",\"errors\":{\"data\":[]}}" },
    BCAST_SERVER_REVERB, LIKELY },
  { "reverb-signature", "localhost", { "/apps/3/events?auth_key=x 401 Authentication signature invalid." },
    BCAST_SERVER_REVERB, LIKELY },
  { "reverb-connections", "localhost", { "/apps/3/connections?auth_key=x 200 {\"connections\":3}" },
    BCAST_SERVER_REVERB, LIKELY },
  /* Two tell it certainly; the program itself is asked first. */
  { "reverb-at-pusher", "ws.pusher.com", { "X-Powered-By: Laravel Reverb" }, BCAST_SERVER_REVERB, CERTAIN },

  { "soketi-frames", "localhost",
    { ESTABLISHED ("6412345678.9012345678", "30"), SUCCEEDED (""), "{\"event\":\"pusher:pong\",\"data\":{}}" },
    BCAST_SERVER_SOKETI, LIKELY },
  { "soketi-subscription-error", "localhost",
    { ESTABLISHED ("1.2", "30"),
      "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-x\",\"data\":{\"type\":\"AuthError\","
      "\"error\":\"The connection is unauthorized.\",\"status\":401}}" },
    BCAST_SERVER_SOKETI, LIKELY },
  { "soketi-error", "localhost",
    { "{\"event\":\"pusher:error\",\"channel\":\"orders\",\"data\":{\"code\":4301,\"message\":\"No.\"}}" },
    BCAST_SERVER_SOKETI, LIKELY },
  { "soketi-api", "localhost", { "/apps/1/events 401 {\"error\":\"Invalid signature\",\"code\":401}" },
    BCAST_SERVER_SOKETI, LIKELY },
  { "soketi-channels", "localhost",
    { "/apps/1/channels?info=a 200 {\"channels\":{\"a\":{\"subscription_count\":1,\"occupied\":true}}}" },
    BCAST_SERVER_SOKETI, LIKELY },
  { "soketi-root", "localhost", { "/ 200 OK" }, BCAST_SERVER_SOKETI, LIKELY },
  { "soketi-accepts", "localhost", { ESTABLISHED ("1.2", "30"), "/apps/1/events 200 {\"ok\":true}" },
    BCAST_SERVER_SOKETI, LIKELY },
  { "soketi-engine", "localhost", { "uWebSockets: 20" }, BCAST_SERVER_SOKETI, LIKELY },

  { "sockudo-health", "localhost", { "X-Health-Check: OK" }, BCAST_SERVER_SOCKUDO, CERTAIN },
  { "sockudo-accepts", "localhost", { ESTABLISHED ("1.2", "120"), "/apps/1/batch_events 200 {\"ok\":true}" },
    BCAST_SERVER_SOCKUDO, LIKELY },
  { "sockudo-frames", "localhost",
    { ESTABLISHED ("9223372036854775807.12", "120"), SUCCEEDED (",\"data\":\"{}\""), "{\"event\":\"pusher:pong\"}",
      "/apps/1/events 200 {\"ok\":true}" },
    BCAST_SERVER_SOCKUDO, LIKELY },
  { "sockudo-api", "localhost",
    { "/apps/1/events 401 {\"error\":\"No\",\"code\":\"auth_failed\",\"status\":401}" },
    BCAST_SERVER_SOCKUDO, LIKELY },
  { "sockudo-prefix", "localhost", { "{\"event\":\"sockudo:resume_success\",\"data\":{}}" },
    BCAST_SERVER_SOCKUDO, LIKELY },

  { "laravel-websockets-health", "localhost", { "/health 200 {\"ok\":true}" },
    BCAST_SERVER_LARAVEL_WEBSOCKETS, CERTAIN },
  { "laravel-websockets-frames", "localhost",
    { ESTABLISHED ("83294.123", "30"), SUCCEEDED (""), "{\"event\":\"pusher:pong\"}",
      "/apps/1/channels 401 {\"error\":\"Invalid auth signature provided.\"}" },
    BCAST_SERVER_LARAVEL_WEBSOCKETS, LIKELY },
  { "laravel-websockets-no-batch", "localhost",
    { ESTABLISHED ("83294.123", "30"), SUCCEEDED (""), "/apps/1/batch_events 404 Not Found" },
    BCAST_SERVER_LARAVEL_WEBSOCKETS, LIKELY },

  { "poxa", "localhost", { ESTABLISHED ("1.2", "120"), SUCCEEDED (",\"data\":{}") }, BCAST_SERVER_POXA, LIKELY },
  { "poxa-subscription-error", "localhost",
    { ESTABLISHED ("1.2", "120"), "{\"event\":\"pusher:subscription_error\",\"data\":{}}" },
    BCAST_SERVER_POXA, LIKELY },

  { "two-fit", "localhost", { ESTABLISHED ("1.2", "30"), SUCCEEDED ("") },
    BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "three-fit", "localhost", { ESTABLISHED ("1.2", "30") }, BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "saying-it-again", "localhost",
    { ESTABLISHED ("1.2", "30"), ESTABLISHED ("1.3", "30"), SUCCEEDED (""), SUCCEEDED (""), SUCCEEDED ("") },
    BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  /* The roster of a presence channel is no clue. */
  { "presence", "localhost",
    { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"presence-x\",\"data\":{}}" },
    BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "contradiction", "localhost",
    { "/apps/1/x 401 {\"error\":\"No\",\"code\":\"a\",\"status\":401}", "/apps/1/x 401 {\"error\":\"No\",\"code\":401}" },
    BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "events-of-the-app", "localhost",
    { "{\"event\":\"error\",\"channel\":\"x\",\"data\":\"{}\"}", "{\"event\":\"pusher\",\"data\":{}}", "{\"data\":1}" },
    BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
  { "web-page", "localhost",
    { "/ 200 <!DOCTYPE html>", "/up 200 fine", "/up 404 {\"health\":\"OK\"}", "X-Powered-By: PHP/8.3", "/apps 500 []" },
    BCAST_SERVER_UNKNOWN, BCAST_SERVER_IS_UNKNOWN },
};

static void
add_line (BcastServerClues *clues,
          const char       *line)
{
  if (*line == '{')
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastFrame) frame = bcast_frame_parse (line, strlen (line), &error);

      /* A frame without an event is none. */
      if (frame != NULL)
        bcast_server_clues_add_frame (clues, frame);
    }
  else if (*line == '/')
    {
      g_auto(GStrv) parts = g_strsplit (line, " ", 3);

      bcast_server_clues_add_reply (clues, parts[0], (guint) g_ascii_strtoull (parts[1], NULL, 10), parts[2]);
    }
  else
    {
      g_auto(GStrv) parts = g_strsplit (line, ": ", 2);

      bcast_server_clues_add_header (clues, parts[0], parts[1]);
    }
}

static void
test_kind (gconstpointer data)
{
  const Row *row = data;
  BcastServerClues clues;
  BcastServerCertainty certainty;

  bcast_server_clues_init (&clues, row->host);
  for (guint i = 0; i < MAX_LINES && row->lines[i] != NULL; i++)
    add_line (&clues, row->lines[i]);

  g_assert_cmpint (bcast_server_clues_get_kind (&clues, &certainty), ==, row->kind);
  g_assert_cmpint (certainty, ==, row->certainty);
}

/* What a hostile server sends must not do any harm. */
static void
test_hostile (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *path = g_strnfill (100000, '/');
  BcastServerClues clues;

  bcast_server_clues_init (&clues, "");
  bcast_server_clues_add_header (&clues, "", "");
  bcast_server_clues_add_reply (&clues, "", 0, NULL);
  bcast_server_clues_add_reply (&clues, path, 200, deep);
  bcast_server_clues_add_reply (&clues, "/channels", 200, "{\"channels\":{\"a\":[],\"b\":1,\"c\":{}}}");
  bcast_server_clues_add_reply (&clues, "/channels", 200, "{\"channels\":[]}");
  bcast_server_clues_add_reply (&clues, "?", 500, "\xff");
  add_line (&clues, ESTABLISHED ("99999999999999999999999999.1", "99999999999"));
  add_line (&clues, ESTABLISHED ("x", "-1"));
  add_line (&clues, "{\"event\":\"pusher:error\"}");
  add_line (&clues, "{\"event\":\"pusher:subscription_error\",\"data\":\"x\"}");
  add_line (&clues, "{\"event\":\"pusher_internal:subscription_succeeded\"}");
  g_assert_cmpint (bcast_server_clues_get_kind (&clues, NULL), ==, BCAST_SERVER_UNKNOWN);
}

typedef struct { BcastServerKind kind; BcastServerFeature feature; const char *word; } Lack;

static const Lack lacks[] = {
  { BCAST_SERVER_UNKNOWN, BCAST_SERVER_SIGN_IN, NULL },
  { BCAST_SERVER_PUSHER, BCAST_SERVER_SIGN_IN, NULL },
  { BCAST_SERVER_PUSHER, BCAST_SERVER_BATCH, NULL },
  { BCAST_SERVER_PUSHER, BCAST_SERVER_USERS_WITH_INFO, "ids" },
  { BCAST_SERVER_SOKETI, BCAST_SERVER_USERS_WITH_INFO, NULL },
  { BCAST_SERVER_SOKETI, BCAST_SERVER_SIGN_IN, NULL },
  { BCAST_SERVER_SOKETI, BCAST_SERVER_WATCHLIST, "watchlist" },
  { BCAST_SERVER_SOKETI, BCAST_SERVER_INFO_ON_PUBLISH, "info" },
  { BCAST_SERVER_REVERB, BCAST_SERVER_SIGN_IN, "sign-in" },
  { BCAST_SERVER_REVERB, BCAST_SERVER_TO_USER, "sign-in" },
  { BCAST_SERVER_REVERB, BCAST_SERVER_CACHE, NULL },
  { BCAST_SERVER_REVERB, BCAST_SERVER_ENCRYPTED_CACHE, "encrypted" },
  { BCAST_SERVER_REVERB, BCAST_SERVER_TERMINATE, NULL },
  { BCAST_SERVER_REVERB, BCAST_SERVER_PRESENCE_LIMIT, "limit" },
  { BCAST_SERVER_REVERB, BCAST_SERVER_WEBHOOKS, "webhooks" },
  { BCAST_SERVER_SOCKUDO, BCAST_SERVER_COUNT_EVENTS, "counts" },
  { BCAST_SERVER_SOCKUDO, BCAST_SERVER_INFO_ON_PUBLISH, NULL },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_BATCH, "batches" },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_CACHE, "cache" },
  { BCAST_SERVER_LARAVEL_WEBSOCKETS, BCAST_SERVER_TERMINATE, "end" },
  { BCAST_SERVER_POXA, BCAST_SERVER_SIGN_IN, "sign-in" },
};

static void
test_lacks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lacks); i++)
    {
      const char *sentence = bcast_server_kind_lacks (lacks[i].kind, lacks[i].feature);

      if (lacks[i].word == NULL)
        g_assert_null (sentence);
      else
        g_assert_nonnull (strstr (sentence, lacks[i].word));
    }
}

/* Every sentence is about the server it stands for, and ends as one. */
static void
test_sentences (void)
{
  for (guint kind = 0; kind < BCAST_N_SERVERS; kind++)
    {
      const char *name = bcast_server_kind_get_name ((BcastServerKind) kind);

      g_assert_nonnull (name);
      for (guint feature = 0; feature < BCAST_N_SERVER_FEATURES; feature++)
        {
          const char *sentence = bcast_server_kind_lacks ((BcastServerKind) kind, (BcastServerFeature) feature);

          if (sentence == NULL)
            continue;
          g_assert_cmpuint (kind, !=, BCAST_SERVER_UNKNOWN);
          g_assert_nonnull (strstr (sentence, kind == BCAST_SERVER_SANDBOX ? "sandbox" : name));
          g_assert_true (g_str_has_suffix (sentence, "."));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/server-kind/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_kind);
    }
  g_test_add_func ("/server-kind/hostile", test_hostile);
  g_test_add_func ("/server-kind/lacks", test_lacks);
  g_test_add_func ("/server-kind/sentences", test_sentences);

  return g_test_run ();
}
