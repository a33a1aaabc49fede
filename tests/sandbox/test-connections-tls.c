/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "connections-fixture.h"

#include <string.h>

#include "wire.h"

#define REQUEST "GET / HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n"

/* The same as without TLS, where the end of a connection and the words at it are inside the encryption. */
typedef struct
{
  GSocketConnection *connection;
  GIOStream         *tls;
  gboolean           is_greeted;
  GString           *text;
  gboolean           is_ended;
} Client;

static void
greeted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr(GError) error = NULL;

  g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, &error);
  g_assert_no_error (error);
  client->is_greeted = TRUE;
}

static gboolean
accept_cb (void)
{
  return TRUE;
}

static gboolean
is_greeted (gpointer user_data)
{
  return ((Client *) user_data)->is_greeted;
}

static Client *
client_new (ConnectionsFixture *fixture)
{
  Client *self = g_new0 (Client, 1);
  g_autoptr(GError) error = NULL;

  self->text = g_string_new (NULL);
  self->connection = connections_open (fixture, "");
  self->tls = g_tls_client_connection_new (G_IO_STREAM (self->connection), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->tls, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (self->tls), G_PRIORITY_DEFAULT, NULL, greeted_cb, self);
  g_assert_true (wire_wait (is_greeted, self));
  return self;
}

static void
client_free (Client *self)
{
  g_object_unref (self->tls);
  g_object_unref (self->connection);
  g_string_free (self->text, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static void
client_write (Client     *self,
              const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (self->tls);

  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), text, strlen (text),
                                                               NULL, NULL), ==, strlen (text));
}

static void
client_read (Client *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->tls);
  g_autoptr(GError) error = NULL;
  char chunk[1024];
  gssize n;

  while ((n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), chunk, sizeof chunk,
                                                        NULL, &error)) > 0)
    g_string_append_len (self->text, chunk, n);
  self->is_ended = !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static gboolean
is_answered (gpointer user_data)
{
  Client *client = user_data;

  client_read (client);
  return strstr (client->text->str, "hello") != NULL;
}

static gboolean
is_ended (gpointer user_data)
{
  Client *client = user_data;

  client_read (client);
  return client->is_ended;
}

/* A close_notify alone: the connection below stays open. */
static void
client_say_goodbye (Client *self)
{
  g_autoptr(GError) error = NULL;

  g_output_stream_close (g_io_stream_get_output_stream (self->tls), NULL, &error);
  g_assert_no_error (error);
}

static void
test_idle (ConnectionsFixture *fixture,
           gconstpointer       data)
{
  g_autoptr(Client) client = client_new (fixture);

  client_write (client, REQUEST);
  g_assert_true (wire_wait (is_answered, client));
  connections_check_after (fixture, 59);
  g_assert_false (is_ended (client));
  connections_check_after (fixture, 61);
  g_assert_true (wire_wait (is_ended, client));
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

/* Comes as a record like any other, and is no second request. */
static void
test_goodbye_between_requests (ConnectionsFixture *fixture,
                               gconstpointer       data)
{
  g_autoptr(Client) client = client_new (fixture);

  client_write (client, REQUEST);
  g_assert_true (wire_wait (is_answered, client));
  connections_check_after (fixture, 0);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);

  client_say_goodbye (client);
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

static void
test_goodbye_before_request (ConnectionsFixture *fixture,
                             gconstpointer       data)
{
  g_autoptr(Client) client = client_new (fixture);

  connections_check_after (fixture, 0);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  client_say_goodbye (client);
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

static void
test_second_request (ConnectionsFixture *fixture,
                     gconstpointer       data)
{
  g_autoptr(Client) client = client_new (fixture);

  for (guint i = 0; i < 3; i++)
    {
      client_write (client, REQUEST);
      g_assert_true (wire_wait (is_answered, client));
      g_string_truncate (client->text, 0);
      connections_check_after (fixture, 0);
    }
}

static gboolean
is_answered_twice (gpointer user_data)
{
  Client *client = user_data;
  const char *first = is_answered (client) ? strstr (client->text->str, "hello") : NULL;

  return first != NULL && strstr (first + 1, "hello") != NULL;
}

/* In one record: nothing comes over the socket any more when the second is due. */
static void
test_two_requests_at_once (ConnectionsFixture *fixture,
                           gconstpointer       data)
{
  g_autoptr(Client) client = client_new (fixture);

  client_write (client, REQUEST REQUEST);
  g_assert_true (wire_wait (is_answered_twice, client));
}

static void
test_unfinished (ConnectionsFixture *fixture,
                 gconstpointer       data)
{
  g_autoptr(Client) client = client_new (fixture);

  client_write (client, data);
  g_assert_true (wire_wait (connections_is_started, fixture));
  connections_check_after (fixture, 19);
  g_assert_false (is_ended (client));
  connections_check_after (fixture, 21);
  g_assert_true (wire_wait (is_ended, client));
  g_assert_true (g_str_has_prefix (client->text->str, "HTTP/1.1 408 "));
  connections_check_after (fixture, 25);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 0);
}

/* Not even a goodbye fits in any more, and nobody waits for that. */
static void
test_unread_answer (ConnectionsFixture *fixture,
                    gconstpointer       data)
{
  g_autoptr(Client) client = client_new (fixture);

  client_write (client, "GET /large HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");
  g_assert_true (wire_wait (connections_is_readable, client->connection));
  connections_check_after (fixture, 19);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  connections_check_after (fixture, 21);
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

static gboolean
is_stolen (gpointer user_data)
{
  ConnectionsFixture *fixture = user_data;

  return fixture->stolen != NULL;
}

/* Writes until the connection takes no more, and closes it: the client reads nothing of it. */
static void
test_close_of_unread (ConnectionsFixture *fixture,
                      gconstpointer       data)
{
  g_autofree char *fill = g_strnfill (10000, 'x');
  g_autoptr(Client) client = client_new (fixture);
  gssize n;

  client_write (client, "GET /stolen HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");
  g_assert_true (wire_wait (is_stolen, fixture));
  do
    n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (fixture->stolen)),
                                                    fill, 10000, NULL, NULL);
  while (n > 0);

  g_io_stream_close (fixture->stolen, NULL, NULL);
  g_clear_object (&fixture->stolen);
  g_assert_true (wire_wait (is_ended, client));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char    *name;
    void         (*run) (ConnectionsFixture *fixture,
                         gconstpointer       data);
    gconstpointer  data;
  } cases[] = {
    { "idle", test_idle, NULL },
    { "goodbye-between-requests", test_goodbye_between_requests, NULL },
    { "goodbye-before-request", test_goodbye_before_request, NULL },
    { "second-request", test_second_request, NULL },
    { "two-requests-at-once", test_two_requests_at_once, NULL },
    { "unfinished/half-line", test_unfinished, "GET / HT" },
    { "unfinished/half-body", test_unfinished, "POST / HTTP/1.1\r\n" CONNECTIONS_HEAD "Content-Length: 10\r\n\r\n123" },
    { "unread-answer", test_unread_answer, NULL },
    { "close-of-unread", test_close_of_unread, NULL },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/connections-tls/", cases[i].name, NULL);
      g_test_add (path, ConnectionsFixture, cases[i].data, connections_set_up, cases[i].run, connections_tear_down);
    }

  return g_test_run ();
}
