/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-faults.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bcast-api.h"
#include "bcast-client.h"
#include "bcast-error.h"
#include "bcast-local-authorizer.h"
#include "bcast-server-certificate.h"

/* Our client against our server: each is tested against the protocol elsewhere; here they meet. */
typedef struct
{
  BcastSandbox *sandbox;
  BcastClient  *alice;
  BcastClient  *bob;
  GPtrArray    *alice_events; /* `event|channel|user|data` */
  GPtrArray    *bob_events;
  char         *folder;       /* with a certificate, for a client that speaks TLS */
  char         *authority;
} Fixture;

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          GPtrArray   *events)
{
  const char *user_id = bcast_frame_get_user_id (frame);
  const char *data = bcast_frame_get_data (frame);

  g_ptr_array_add (events, g_strdup_printf ("%s|%s|%s|%s", bcast_frame_get_event (frame),
                                            bcast_frame_get_channel (frame),
                                            user_id != NULL ? user_id : "", data != NULL ? data : ""));
}

static gboolean
is_connected (gpointer user_data)
{
  return bcast_client_get_state (user_data) == BCAST_CLIENT_CONNECTED;
}

static gboolean
is_away (gpointer user_data)
{
  return bcast_client_get_state (user_data) != BCAST_CLIENT_CONNECTED;
}

static BcastClient *
make_client (BcastApp   *app,
             const char *user_id,
             GPtrArray  *events)
{
  g_autoptr(BcastAuthorizer) authorizer = bcast_local_authorizer_new (app);
  BcastClient *client = bcast_client_new (app, authorizer);

  bcast_client_set_user (client, user_id, "{\"name\":\"Test\"}");
  g_signal_connect (client, "event", G_CALLBACK (event_cb), events);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  g_assert_true (wire_wait (is_connected, client));
  return client;
}

/* Over TLS, and with the sandbox's own certificate as all there is to trust. */
static BcastApp *
dup_tls_app (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate = bcast_sandbox_dup_tls_certificate (fixture->sandbox, &error);

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("sandbox-XXXXXX", NULL);
  fixture->authority = g_build_filename (fixture->folder, "certificate.pem", NULL);
  bcast_server_certificate_save (certificate, fixture->authority, &error);
  g_assert_no_error (error);

  BcastApp *app = bcast_app_new (&(BcastAppOptions) {
    .app_id = WIRE_APP_ID,
    .key = WIRE_KEY,
    .secret = WIRE_SECRET,
    .ws_host = "127.0.0.1",
    .ws_port = bcast_sandbox_get_port (fixture->sandbox),
    .http_port = bcast_sandbox_get_port (fixture->sandbox),
    .tls = TRUE,
    .ca_file = fixture->authority,
  }, &error);

  g_assert_no_error (error);
  return app;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sandbox = wire_start_sandbox ();
  g_autoptr(BcastApp) app = bcast_sandbox_dup_app (fixture->sandbox);
  g_autoptr(BcastApp) alice_app = data != NULL ? dup_tls_app (fixture) : bcast_app_ref (app);

  fixture->alice_events = g_ptr_array_new_with_free_func (g_free);
  fixture->bob_events = g_ptr_array_new_with_free_func (g_free);
  fixture->alice = make_client (alice_app, "alice", fixture->alice_events);
  fixture->bob = make_client (app, "bob", fixture->bob_events);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->alice);
  g_object_unref (fixture->bob);
  bcast_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
  g_ptr_array_unref (fixture->alice_events);
  g_ptr_array_unref (fixture->bob_events);
  if (fixture->authority != NULL)
    {
      g_remove (fixture->authority);
      g_rmdir (fixture->folder);
    }
  g_free (fixture->authority);
  g_free (fixture->folder);
}

typedef struct
{
  gboolean  is_done;
  gboolean  is_good;
  GError   *error;
} Outcome;

static gboolean
is_done (gpointer user_data)
{
  return ((Outcome *) user_data)->is_done;
}

static void
subscribed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->is_good = bcast_client_subscribe_finish (BCAST_CLIENT (object), result, &outcome->error);
  outcome->is_done = TRUE;
}

static gboolean
try_subscribe (BcastClient  *client,
               const char   *channel,
               GError      **error)
{
  Outcome outcome = { FALSE, FALSE, NULL };

  bcast_client_subscribe_async (client, channel, NULL, subscribed_cb, &outcome);
  g_assert_true (wire_wait (is_done, &outcome));
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.is_good;
}

static void
subscribe (BcastClient *client,
           const char  *channel)
{
  g_autoptr(GError) error = NULL;

  try_subscribe (client, channel, &error);
  g_assert_no_error (error);
}

static void
triggered_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->is_good = bcast_api_request_finish (BCAST_API (object), result, NULL, &outcome->error);
  outcome->is_done = TRUE;
}

static gboolean
trigger (BcastApp    *app,
         const char  *channel,
         const char  *data,
         const char  *socket_id,
         GError     **error)
{
  g_autoptr(BcastApi) api = bcast_api_new (app);
  const char *channels[] = { channel, NULL };
  g_autoptr(BcastTrigger) event = bcast_trigger_new ("greeting", channels, data, socket_id, NULL, NULL);
  Outcome outcome = { FALSE, FALSE, NULL };

  bcast_api_trigger_async (api, event, g_get_real_time () / G_USEC_PER_SEC, NULL, NULL, NULL, triggered_cb,
                           &outcome);
  g_assert_true (wire_wait (is_done, &outcome));
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.is_good;
}

static void
publish (Fixture    *fixture,
         const char *channel,
         const char *data,
         const char *socket_id)
{
  g_autoptr(BcastApp) app = bcast_sandbox_dup_app (fixture->sandbox);
  g_autoptr(GError) error = NULL;

  trigger (app, channel, data, socket_id, &error);
  g_assert_no_error (error);
}

typedef struct
{
  GPtrArray  *events;
  const char *wanted;
} Wanted;

static gboolean
has_event (gpointer user_data)
{
  Wanted *wanted = user_data;

  return g_ptr_array_find_with_equal_func (wanted->events, wanted->wanted, g_str_equal, NULL);
}

static void
expect (GPtrArray  *events,
        const char *wanted)
{
  Wanted waiting = { events, wanted };

  g_assert_true (wire_wait (has_event, &waiting));
}

static guint
count (GPtrArray  *events,
       const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < events->len; i++)
    n += g_str_has_prefix (events->pdata[i], prefix);
  return n;
}

static void
test_public (Fixture       *fixture,
             gconstpointer  data)
{
  subscribe (fixture->alice, "orders");
  subscribe (fixture->bob, "orders");
  publish (fixture, "orders", "{ \"n\": 1.0, \"s\": \"é☃😀\\u0041\" }", NULL);
  expect (fixture->alice_events, "greeting|orders||{ \"n\": 1.0, \"s\": \"é☃😀\\u0041\" }");
  expect (fixture->bob_events, "greeting|orders||{ \"n\": 1.0, \"s\": \"é☃😀\\u0041\" }");

  bcast_client_unsubscribe (fixture->bob, "orders");
  subscribe (fixture->bob, "other");
  publish (fixture, "orders", "2", NULL);
  publish (fixture, "other", "3", NULL);
  expect (fixture->bob_events, "greeting|other||3");
  g_assert_cmpuint (count (fixture->bob_events, "greeting|orders|"), ==, 1);
}

static void
test_private_and_client_event (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  subscribe (fixture->alice, "private-chat");
  subscribe (fixture->bob, "private-chat");
  bcast_client_trigger (fixture->alice, "private-chat", "client-typing", "{\"on\":true}", &error);
  g_assert_no_error (error);
  expect (fixture->bob_events, "client-typing|private-chat||{\"on\":true}");
  publish (fixture, "private-chat", "after", NULL);
  expect (fixture->alice_events, "greeting|private-chat||after");
  g_assert_cmpuint (count (fixture->alice_events, "client-typing|"), ==, 0);
}

static void
test_presence (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  subscribe (fixture->alice, "presence-room");
  subscribe (fixture->bob, "presence-room");
  expect (fixture->alice_events, "pusher:member_added|presence-room||{\"user_id\":\"bob\",\"user_info\":{\"name\":\"Test\"}}");

  BcastMemberList *members = bcast_subscription_get_members (bcast_client_find_subscription (fixture->bob, "presence-room"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (members)), ==, 2);
  g_assert_nonnull (bcast_member_list_find (members, "alice"));

  bcast_client_trigger (fixture->bob, "presence-room", "client-wave", "1", &error);
  g_assert_no_error (error);
  expect (fixture->alice_events, "client-wave|presence-room|bob|1");

  bcast_client_unsubscribe (fixture->bob, "presence-room");
  expect (fixture->alice_events, "pusher:member_removed|presence-room||{\"user_id\":\"bob\"}");
}

static void
test_exclusion (Fixture       *fixture,
                gconstpointer  data)
{
  subscribe (fixture->alice, "orders");
  subscribe (fixture->bob, "orders");
  publish (fixture, "orders", "1", bcast_client_get_socket_id (fixture->alice));
  publish (fixture, "orders", "2", NULL);
  expect (fixture->bob_events, "greeting|orders||1");
  expect (fixture->alice_events, "greeting|orders||2");
  g_assert_cmpuint (count (fixture->alice_events, "greeting|"), ==, 1);
}

static void
test_wrong_secret (Fixture       *fixture,
                   gconstpointer  data)
{
  const BcastAppOptions options = {
    .app_id = WIRE_APP_ID,
    .key = WIRE_KEY,
    .secret = "wrong",
    .ws_host = "127.0.0.1",
    .ws_port = bcast_sandbox_get_port (fixture->sandbox),
    .http_port = bcast_sandbox_get_port (fixture->sandbox),
  };
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BcastApp) app = bcast_app_new (&options, NULL);
  g_autoptr(BcastClient) eve = make_client (app, "eve", events);
  g_autoptr(GError) error = NULL;

  g_assert_false (try_subscribe (eve, "private-chat", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
  g_assert_nonnull (strstr (error->message, "Invalid signature"));
  g_assert_null (strstr (error->message, WIRE_SECRET));
  g_clear_error (&error);

  /* The refusal is about that channel alone. */
  subscribe (eve, "orders");
  g_assert_cmpint (bcast_client_get_state (eve), ==, BCAST_CLIENT_CONNECTED);

  g_assert_false (trigger (app, "orders", "1", NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
  g_assert_nonnull (strstr (error->message, "Invalid signature"));
}

static void
test_comes_back (Fixture       *fixture,
                 gconstpointer  data)
{
  guint16 port = bcast_sandbox_get_port (fixture->sandbox);
  g_autofree char *old_socket_id = g_strdup (bcast_client_get_socket_id (fixture->alice));
  g_autoptr(GError) error = NULL;

  subscribe (fixture->alice, "private-chat");
  bcast_sandbox_stop (fixture->sandbox);
  g_assert_true (wire_wait (is_away, fixture->alice));

  bcast_sandbox_start (fixture->sandbox, port, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (wire_wait (is_connected, fixture->alice));
  g_assert_cmpstr (bcast_client_get_socket_id (fixture->alice), !=, old_socket_id);
  subscribe (fixture->alice, "private-chat");
  publish (fixture, "private-chat", "again", NULL);
  expect (fixture->alice_events, "greeting|private-chat||again");
}

static gboolean
is_given_up (gpointer user_data)
{
  return bcast_client_get_state (user_data) == BCAST_CLIENT_DISCONNECTED;
}

typedef struct
{
  BcastClient *client;
  char        *old_socket_id;
} Return;

static gboolean
has_returned (gpointer user_data)
{
  Return *wanted = user_data;

  return is_connected (wanted->client)
         && strcmp (bcast_client_get_socket_id (wanted->client), wanted->old_socket_id) != 0;
}

/* Closes the connection of @client, which comes back with another. */
static void
close_for_now (Fixture     *fixture,
               BcastClient *client)
{
  Return wanted = { client, g_strdup (bcast_client_get_socket_id (client)) };
  g_autofree char *fault = g_strdup_printf ("close=4200,client=%s", wanted.old_socket_id);

  wire_set_faults (fixture->sandbox, fault, NULL);
  g_assert_true (wire_wait (has_returned, &wanted));
  g_free (wanted.old_socket_id);
}

/* It connects at once after 4200, and never again after 4001. */
static void
test_closed_on_purpose (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *fault = g_strdup_printf ("close=4001,client=%s", bcast_client_get_socket_id (fixture->bob));

  subscribe (fixture->alice, "orders");
  subscribe (fixture->bob, "orders");
  wire_set_faults (fixture->sandbox, fault, NULL);
  g_assert_true (wire_wait (is_given_up, fixture->bob));

  /* The end of the fault does not bring it back, while another comes back several times. */
  for (guint i = 0; i < 3; i++)
    close_for_now (fixture, fixture->alice);
  wire_clear_faults (fixture->sandbox);
  g_assert_true (is_given_up (fixture->bob));
  subscribe (fixture->alice, "orders");
  publish (fixture, "orders", "back", NULL);
  expect (fixture->alice_events, "greeting|orders||back");
  g_assert_cmpuint (count (fixture->bob_events, "greeting|"), ==, 0);
}

static const struct
{
  const char  *name;
  void       (*run) (Fixture       *fixture,
                     gconstpointer  data);
} cases[] = {
  { "public", test_public },
  { "private-and-client-event", test_private_and_client_event },
  { "presence", test_presence },
  { "exclusion", test_exclusion },
  { "wrong-secret", test_wrong_secret },
  { "comes-back", test_comes_back },
  { "closed-on-purpose", test_closed_on_purpose },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/client-against-sandbox/", cases[i].name, NULL);
      g_autofree char *tls_path = g_strconcat ("/client-against-sandbox/tls/", cases[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, cases[i].run, tear_down);
      g_test_add (tls_path, Fixture, "", set_up, cases[i].run, tear_down);
    }

  return g_test_run ();
}
