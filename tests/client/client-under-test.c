/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

#include "bcast-local-authorizer.h"

/* A client that signs for itself and is Alice. */
BcastClient *
new_client (Peer *peer)
{
  g_autoptr(BcastApp) app = peer_dup_app (peer);
  g_autoptr(BcastAuthorizer) authorizer = bcast_local_authorizer_new (app);
  BcastClient *client = bcast_client_new (app, authorizer);

  bcast_client_set_user (client, "u1", "{\"name\":\"Alice\"}");
  return client;
}

void
connect_client (BcastClient *client)
{
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_connect_async (client, NULL, outcome_cb, &outcome);
  WAIT_FOR (outcome.result != NULL);
  bcast_client_connect_finish (client, outcome.result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_CONNECTED);
  outcome_clear (&outcome);
}

/* @part is a part of the sentence that only this cause has. */
void
expect_connect_error (BcastClient *client,
                      BcastError   code,
                      const char  *part)
{
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_connect_async (client, NULL, outcome_cb, &outcome);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_connect_finish (client, outcome.result, &error));
  if (error->domain != BCAST_ERROR || error->code != (int) code || strstr (error->message, part) == NULL)
    g_error ("Expected code %d and “%s”, got code %d: %s", code, part, error->code, error->message);
  g_test_message ("%s", error->message);
  outcome_clear (&outcome);
}

void
subscribe_client (BcastClient *client,
                  const char  *channel)
{
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (client, channel, NULL, outcome_cb, &outcome);
  WAIT_FOR (outcome.result != NULL);
  bcast_client_subscribe_finish (client, outcome.result, &error);
  g_assert_no_error (error);
  outcome_clear (&outcome);
}

static void
state_changed_cb (BcastClient      *client,
                  BcastClientState  before,
                  BcastClientState  after,
                  const GError     *reason,
                  GString          *log)
{
  g_assert_cmpint (bcast_client_get_state (client), ==, after);
  g_assert_cmpint (before, !=, after);
  g_string_append_printf (log, "%s%s%s", log->len > 0 ? " " : "", bcast_client_state_to_nick (after),
                          reason != NULL ? "!" : "");
}

/* Writes down each state the client enters, with a mark when a reason was given. */
void
log_states (BcastClient *client,
            GString     *log)
{
  g_signal_connect (client, "state-changed", G_CALLBACK (state_changed_cb), log);
}

/* Proves that nothing keeps a client alive, in whatever state it is. */
void
end_client (BcastClient *client)
{
  g_assert_finalize_object (client);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
