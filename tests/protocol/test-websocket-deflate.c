/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-deflate.h"

#include <string.h>

#include "bcast-error.h"

typedef struct
{
  const char *what;
  const char *extensions;
  const char *expected; /* "none", "deflate", "alone" or "refused" */
} Answer;

static const Answer answers[] = {
  { "none", NULL, "none" },
  { "empty", "", "none" },
  { "blank", " \t", "none" },
  { "bare", "permessage-deflate", "deflate" },
  { "blanks", " permessage-deflate ;\tclient_max_window_bits = 9 ", "deflate" },
  { "server-alone", "permessage-deflate; server_no_context_takeover", "alone" },
  { "client-alone", "permessage-deflate; client_no_context_takeover", "deflate" },
  { "all", "permessage-deflate;client_no_context_takeover;server_max_window_bits=8;"
    "server_no_context_takeover;client_max_window_bits=15", "alone" },
  { "quoted", "permessage-deflate; server_max_window_bits=\"10\"", "deflate" },
  { "other", "x-webkit-deflate-frame", "refused" },
  { "two", "permessage-deflate, permessage-deflate", "refused" },
  { "one-more", "permessage-deflate, foo", "refused" },
  { "prefix", "permessage-deflate-2", "refused" },
  { "unknown-parameter", "permessage-deflate; level=9", "refused" },
  { "parameter-twice", "permessage-deflate; server_no_context_takeover; server_no_context_takeover", "refused" },
  { "value-nobody-wants", "permessage-deflate; server_no_context_takeover=1", "refused" },
  { "no-value", "permessage-deflate; server_max_window_bits", "refused" },
  { "client-no-value", "permessage-deflate; client_max_window_bits", "refused" },
  { "empty-value", "permessage-deflate; server_max_window_bits=", "refused" },
  { "low", "permessage-deflate; server_max_window_bits=7", "refused" },
  { "high", "permessage-deflate; client_max_window_bits=16", "refused" },
  { "zero-before", "permessage-deflate; client_max_window_bits=09", "refused" },
  { "sign", "permessage-deflate; client_max_window_bits=+9", "refused" },
  { "open-quote", "permessage-deflate; client_max_window_bits=\"9", "refused" },
  { "blank-in-quotes", "permessage-deflate; client_max_window_bits=\" 9\"", "refused" },
  { "no-parameter", "permessage-deflate;", "refused" },
  { "long", "permessage-deflate; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "refused" },
};

static void
test_answer (gconstpointer data)
{
  const Answer *answer = data;
  BcastWebsocketDeflate deflate;
  g_autoptr(GError) error = NULL;

  if (bcast_websocket_deflate_parse_answer (answer->extensions, &deflate, &error))
    {
      g_assert_no_error (error);
      g_assert_cmpstr (answer->expected, ==, !deflate.agreed ? "none"
                                             : deflate.server_no_context_takeover ? "alone" : "deflate");
      return;
    }

  g_assert_cmpstr (answer->expected, ==, "refused");
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "was not offered"));
  g_assert_false (deflate.agreed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strconcat ("/websocket-deflate/answer/", answers[i].what, NULL);
      g_test_add_data_func (path, &answers[i], test_answer);
    }

  return g_test_run ();
}
