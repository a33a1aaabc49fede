/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "channels-fixture.h"

#include <string.h>

ChannelsFixture
channels_fixture_set_up (gboolean slow)
{
  ChannelsFixture fixture = { peer_new (), NULL, NULL };
  g_autoptr(BcastApp) app = peer_dup_app (fixture.peer);

  fixture.peer->confirm = FALSE;
  fixture.peer->greetings[1] = "{\"event\":\"pusher:connection_established\","
                               "\"data\":{\"socket_id\":\"5.6\",\"activity_timeout\":120}}";
  if (slow)
    {
      fixture.authorizer = slow_authorizer_new ();
      fixture.client = bcast_client_new (app, BCAST_AUTHORIZER (fixture.authorizer));
      bcast_client_set_user (fixture.client, "u1", "{\"n\":1}");
    }
  else
    fixture.client = new_client (fixture.peer);
  connect_client (fixture.client);
  return fixture;
}

void
channels_fixture_tear_down (ChannelsFixture *fixture)
{
  end_client (fixture->client);
  if (fixture->authorizer != NULL)
    g_assert_finalize_object (fixture->authorizer);
  peer_free (fixture->peer);
}

BcastSubscriptionState
channels_fixture_get_state (ChannelsFixture *fixture,
                            const char      *channel)
{
  BcastSubscription *subscription = bcast_client_find_subscription (fixture->client, channel);

  g_assert_nonnull (subscription);
  return bcast_subscription_get_state (subscription);
}

void
channels_fixture_expect_refused (ChannelsFixture *fixture,
                                 const char      *channel,
                                 BcastError       code,
                                 const char      *part)
{
  BcastSubscription *subscription = bcast_client_find_subscription (fixture->client, channel);
  const GError *error;

  WAIT_FOR (bcast_subscription_get_state (subscription) == BCAST_SUBSCRIPTION_REFUSED);
  error = bcast_subscription_get_error (subscription);
  g_assert_error (error, BCAST_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, error->message);
}

/* Runs the main context until what was sent before has arrived at the peer. */
void
channels_fixture_settle (ChannelsFixture *fixture)
{
  peer_send (fixture->peer, "{\"event\":\"pusher:ping\",\"data\":{}}");
  WAIT_FOR (peer_find_received (fixture->peer, "pusher:pong") != NULL);
  g_ptr_array_remove_index (fixture->peer->received, fixture->peer->received->len - 1);
}
