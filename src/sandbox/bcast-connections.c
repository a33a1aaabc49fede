/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connections-private.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "bcast-sandbox-http-private.h"
#include "bcast-tls-stream-private.h"

#define CROWDED_TIMEOUT_S 1
#define READ_BYTES        4096

/**
 * BcastConnections:
 *
 * The connections that speak HTTP, WebSocket handshakes among them. A #SoupServer waits for ever for
 * the rest of a request and knows no limit for connections, so that one peer could hold all file
 * descriptors: here those that let the server wait are ended, and there are only so many at a time.
 * A #SoupServer (up to 3.2) also keeps connections that their peer closes between two requests; these
 * are taken from it. Everything in it is used in one context only.
 */
struct _BcastConnections
{
  SoupServer *server;  /* not owned */
  GHashTable *watched; /* address of the peer → Watched */
  guint       max_connections;
};

typedef enum
{
  STATE_REQUEST, /* a request is to come, or its rest */
  STATE_ANSWER,  /* the peer is to read its answer */
  STATE_IDLE,    /* kept alive for another request */
  STATE_ENDED,   /* shut down, and about to be closed */
} State;

static const guint timeouts_s[] = {
  [STATE_REQUEST] = BCAST_CONNECTIONS_REQUEST_TIMEOUT_S,
  [STATE_ANSWER] = BCAST_CONNECTIONS_REQUEST_TIMEOUT_S,
  [STATE_IDLE] = BCAST_CONNECTIONS_IDLE_TIMEOUT_S,
  [STATE_ENDED] = CROWDED_TIMEOUT_S,
};

typedef struct
{
  BcastConnections    *owner;
  BcastHttpConnection *connection; /* not owned: its end is the end of this */
  GIOStream           *stream;     /* not owned: what HTTP is spoken over, NULL when nothing may be said */
  GSocketAddress      *remote;     /* the very object by which libsoup's messages tell their connection */
  State                state;
  gint64               since_us;   /* when it came to be in this state */
  SoupServerMessage   *answered;   /* while idle: the last one, the way to its connection */
  GIOStream           *taken;      /* from libsoup, which reads no more there */
  GSource             *source;     /* while idle or taken */
} Watched;

static GSocket *
get_socket (Watched *watched)
{
  return g_socket_connection_get_socket (G_SOCKET_CONNECTION (watched->connection));
}

static void
set_source (Watched *watched,
            GSource *source)
{
  if (watched->source != NULL)
    g_source_destroy (watched->source);
  g_clear_pointer (&watched->source, g_source_unref);
  watched->source = source;
}

static void
watched_free (gpointer data)
{
  Watched *watched = data;

  set_source (watched, NULL);
  g_clear_object (&watched->answered);
  g_clear_object (&watched->taken);
  g_object_unref (watched->remote);
  g_free (watched);
}

static void closing_cb (BcastHttpConnection *connection,
                        gpointer             user_data);

/* The end of a connection is that it is closed, which happens in this context. Its memory may be given back
 * later, and in another thread: GIO makes TLS handshakes in threads of its own, and these hold on to it. */
static void
watch (Watched             *watched,
       BcastHttpConnection *connection)
{
  watched->connection = connection;
  bcast_http_connection_set_func (connection, closing_cb, watched);
}

static void
let_go (Watched *watched)
{
  bcast_http_connection_set_func (watched->connection, NULL, NULL);
}

static Watched *
find_remote (BcastConnections *self,
             GSocketAddress   *remote)
{
  return remote != NULL ? g_hash_table_lookup (self->watched, remote) : NULL;
}

static Watched *
find (BcastConnections  *self,
      SoupServerMessage *message)
{
  return find_remote (self, soup_server_message_get_remote_address (message));
}

static void
enter (Watched *watched,
       State    state)
{
  set_source (watched, NULL);
  g_clear_object (&watched->answered);
  watched->state = state;
  watched->since_us = g_get_monotonic_time ();
}

/* Frees @watched. */
static void
close_idle (Watched *watched)
{
  g_autoptr(SoupServerMessage) message = g_steal_pointer (&watched->answered);
  g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

static void
watch_socket (Watched           *watched,
              GSocketSourceFunc  callback)
{
  GSocket *socket = get_socket (watched);

  set_source (watched, g_socket_create_source (socket, G_IO_IN, NULL));
  g_source_set_priority (watched->source, G_PRIORITY_HIGH);
  g_source_set_callback (watched->source, G_SOURCE_FUNC (callback), watched, NULL);
  g_source_attach (watched->source, g_main_context_get_thread_default ());
}

static BcastPeek
peek (Watched *watched)
{
  GSocket *socket = get_socket (watched);
  char byte;
  gssize n;

  if (BCAST_IS_TLS_STREAM (watched->stream))
    return bcast_tls_stream_peek (BCAST_TLS_STREAM (watched->stream));

  n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return BCAST_PEEK_NOTHING;
  return n > 0 ? BCAST_PEEK_DATA : BCAST_PEEK_END;
}

/* Comes before libsoup reads, since libsoup forgets a connection at whose end it comes upon. */
static gboolean
idle_readable_cb (GSocket      *socket,
                  GIOCondition  condition,
                  gpointer      user_data)
{
  Watched *watched = user_data;

  switch (peek (watched))
    {
    case BCAST_PEEK_NOTHING:
      return G_SOURCE_CONTINUE;
    case BCAST_PEEK_DATA:
      enter (watched, STATE_REQUEST);
      return G_SOURCE_REMOVE;
    case BCAST_PEEK_END:
    default:
      set_source (watched, NULL);
      close_idle (watched);
      return G_SOURCE_REMOVE;
    }
}

/* An answer is said to be finished before the connection is closed behind it, if it is. */
static gboolean
settled_cb (gpointer user_data)
{
  Watched *watched = user_data;

  watch_socket (watched, idle_readable_cb);
  return G_SOURCE_REMOVE;
}

static void
wrote_headers_cb (SoupServerMessage *message,
                  BcastConnections  *self)
{
  Watched *watched = find (self, message);

  if (watched != NULL && watched->state == STATE_REQUEST)
    enter (watched, STATE_ANSWER);
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    BcastConnections  *self)
{
  Watched *watched = find (self, message);

  bcast_sandbox_http_prepare (message);
  /* Libsoup answers what it cannot parse before it has read all of it, and does not tell of it. */
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), self);
  if (watched != NULL && watched->state != STATE_ENDED)
    enter (watched, STATE_REQUEST);
}

static void
request_read_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 BcastConnections  *self)
{
  Watched *watched = find (self, message);

  if (watched != NULL && watched->state != STATE_ENDED)
    enter (watched, STATE_ANSWER);
}

static void
request_finished_cb (SoupServer        *server,
                     SoupServerMessage *message,
                     BcastConnections  *self)
{
  Watched *watched = find (self, message);

  if (watched == NULL)
    return;

  enter (watched, STATE_IDLE);
  watched->answered = g_object_ref (message);
  soup_message_body_truncate (soup_server_message_get_request_body (message));
  soup_message_body_truncate (soup_server_message_get_response_body (message));

  watched->source = g_idle_source_new ();
  g_source_set_priority (watched->source, G_PRIORITY_HIGH);
  g_source_set_callback (watched->source, settled_cb, watched, NULL);
  g_source_attach (watched->source, g_main_context_get_thread_default ());
}

static void
say (Watched    *watched,
     const char *words)
{
  if (watched->stream == NULL)
    return;

  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (watched->stream)),
                                              words, strlen (words), NULL, NULL);
}

/* Nothing of an answer is on its way while the request is still to come, so that words fit in. An
 * idle connection is found to be at its end as if its peer had closed it. */
static void
end (Watched *watched)
{
  GSocket *socket = get_socket (watched);

  if (watched->state == STATE_REQUEST)
    {
      g_autofree char *words = bcast_sandbox_http_format_timeout ();

      say (watched, words);
    }

  watched->state = STATE_ENDED;
  watched->since_us = g_get_monotonic_time ();
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* Closing with bytes unread would take from the peer what it was told. */
static gboolean
taken_readable_cb (GSocket      *socket,
                   GIOCondition  condition,
                   gpointer      user_data)
{
  Watched *watched = user_data;
  char bytes[READ_BYTES];
  gssize n = recv (g_socket_get_fd (socket), bytes, sizeof bytes, MSG_DONTWAIT);

  if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)))
    return G_SOURCE_CONTINUE;

  g_autoptr(GIOStream) last = g_steal_pointer (&watched->taken);

  set_source (watched, NULL);
  return G_SOURCE_REMOVE;
}

/* Gives @answer to the peer and reads on, so that it gets it, until the peer ends the connection too. */
static void
take (Watched    *watched,
      GIOStream  *stream,
      const char *answer)
{
  GSocket *socket = get_socket (watched);

  watched->taken = stream;
  enter (watched, STATE_ENDED);
  say (watched, answer);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  watch_socket (watched, taken_readable_cb);
}

/* Keeps the connection open, which libsoup is about to close, for what there is to say. Over TLS that is said
 * with the goodbye, and nothing can come behind it. Returns whether it is kept. */
static gboolean
keep (Watched    *watched,
      const char *answer)
{
  BcastHttpConnection *kept = NULL;

  if (watched->stream == G_IO_STREAM (watched->connection))
    kept = bcast_http_connection_dup (watched->connection);
  if (kept == NULL)
    return FALSE;

  let_go (watched);
  watch (watched, kept);
  watched->stream = G_IO_STREAM (kept);
  take (watched, G_IO_STREAM (kept), answer);
  return TRUE;
}

/* Libsoup cannot read the body. */
static void
request_aborted_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    BcastConnections  *self)
{
  Watched *watched = find (self, message);
  g_autofree char *answer = NULL;

  if (watched == NULL || watched->state != STATE_REQUEST
      || soup_server_message_get_status (message) != SOUP_STATUS_INTERNAL_SERVER_ERROR)
    return;

  answer = bcast_sandbox_http_format_bad_body ();
  keep (watched, answer);
}

/* Libsoup has read as many headers as it likes: it tells nobody of such a request. What it leaves unread
 * tells this from the end of a connection. */
static gboolean
keep_if_unread (Watched *watched)
{
  g_autofree char *answer = NULL;

  if (watched->state != STATE_REQUEST || g_socket_get_available_bytes (get_socket (watched)) <= 0)
    return FALSE;

  answer = bcast_sandbox_http_format_large_head ();
  return keep (watched, answer);
}

static void
closing_cb (BcastHttpConnection *connection,
            gpointer             user_data)
{
  Watched *watched = user_data;

  if (!keep_if_unread (watched))
    g_hash_table_remove (watched->owner->watched, watched->remote);
}

/* Either the peer goes on sending behind a refusal, or libsoup came upon the end of a request that it
 * had not begun to tell of, and forgot the connection. */
static void
give_up (Watched *watched)
{
  let_go (watched);
  g_io_stream_close (G_IO_STREAM (watched->connection), NULL, NULL);
}

/**
 * bcast_connections_new:
 * @server: whose requests these are; must outlive this
 * @max_connections: how many may be open at a time
 *
 * Returns: (transfer full): no connections yet
 */
BcastConnections *
bcast_connections_new (SoupServer *server,
                       guint       max_connections)
{
  g_return_val_if_fail (SOUP_IS_SERVER (server) && max_connections > 0, NULL);

  BcastConnections *self = g_new0 (BcastConnections, 1);

  self->server = server;
  self->max_connections = max_connections;
  self->watched = g_hash_table_new_full (NULL, NULL, NULL, watched_free);
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (server, "request-read", G_CALLBACK (request_read_cb), self);
  g_signal_connect (server, "request-finished", G_CALLBACK (request_finished_cb), self);
  g_signal_connect (server, "request-aborted", G_CALLBACK (request_aborted_cb), self);
  return self;
}

/**
 * bcast_connections_free:
 * @self: (transfer full): connections; they stay as they are
 */
void
bcast_connections_free (BcastConnections *self)
{
  g_return_if_fail (self != NULL);

  GHashTableIter iter;
  gpointer watched;

  g_signal_handlers_disconnect_by_data (self->server, self);
  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, NULL, &watched))
    let_go (watched);
  g_hash_table_unref (self->watched);
  g_free (self);
}

/**
 * bcast_connections_add:
 * @self: connections
 * @connection: a new one
 * @remote: the address of its peer, an object of its own that is handed to the server as well
 *
 * Counts @connection until it is closed, or until bcast_connections_forget(), and gives it 20 seconds for
 * a request.
 */
void
bcast_connections_add (BcastConnections    *self,
                       BcastHttpConnection *connection,
                       GSocketAddress      *remote)
{
  g_return_if_fail (self != NULL && BCAST_IS_HTTP_CONNECTION (connection) && G_IS_SOCKET_ADDRESS (remote));

  Watched *watched = g_new0 (Watched, 1);

  watched->owner = self;
  watched->stream = G_IO_STREAM (connection);
  watched->remote = g_object_ref (remote);
  watched->state = STATE_REQUEST;
  watched->since_us = g_get_monotonic_time ();
  watch (watched, connection);
  g_hash_table_insert (self->watched, remote, watched);
}

/**
 * bcast_connections_set_stream:
 * @self: connections
 * @remote: the address by which one was added
 * @stream: (nullable): what HTTP is spoken over there, owner of that connection; %NULL when nothing may be said
 *
 * Before this it is the connection itself, which must not be closed before @stream.
 */
void
bcast_connections_set_stream (BcastConnections *self,
                              GSocketAddress   *remote,
                              GIOStream        *stream)
{
  g_return_if_fail (self != NULL && G_IS_SOCKET_ADDRESS (remote) && (stream == NULL || G_IS_IO_STREAM (stream)));

  Watched *watched = find_remote (self, remote);

  if (watched != NULL)
    watched->stream = stream;
}

/**
 * bcast_connections_is_tls:
 * @self: connections
 * @message: a request
 *
 * Returns: whether it came over TLS
 */
gboolean
bcast_connections_is_tls (BcastConnections  *self,
                          SoupServerMessage *message)
{
  g_return_val_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message), FALSE);

  Watched *watched = find (self, message);

  return watched != NULL && BCAST_IS_TLS_STREAM (watched->stream);
}

/**
 * bcast_connections_forget:
 * @self: connections
 * @message: a handshake behind which no more HTTP comes
 */
void
bcast_connections_forget (BcastConnections  *self,
                          SoupServerMessage *message)
{
  g_return_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message));

  Watched *watched = find (self, message);

  if (watched == NULL)
    return;

  let_go (watched);
  g_hash_table_remove (self->watched, watched->remote);
}

/**
 * bcast_connections_refuse:
 * @self: connections
 * @message: a request whose headers were read and whose body must not be
 * @answer: a whole HTTP response
 *
 * Takes the connection from libsoup, which goes on to the body after any answer. The peer gets @answer and
 * has a moment to read it.
 */
void
bcast_connections_refuse (BcastConnections  *self,
                          SoupServerMessage *message,
                          const char        *answer)
{
  g_return_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message) && answer != NULL);

  Watched *watched = find (self, message);

  if (watched != NULL)
    take (watched, soup_server_message_steal_connection (message), answer);
}

/**
 * bcast_connections_count:
 * @self: connections
 *
 * Returns: how many there are
 */
guint
bcast_connections_count (BcastConnections *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->watched);
}

/**
 * bcast_connections_is_full:
 * @self: connections
 *
 * Returns: whether no more may be added
 */
gboolean
bcast_connections_is_full (BcastConnections *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_size (self->watched) >= self->max_connections;
}

/**
 * bcast_connections_check:
 * @self: connections
 * @now_us: the monotonic clock
 *
 * Ends those that let the server wait for too long: for a request or for its answer to be read 20
 * seconds, between two requests 60. While no more may be added, others wait for a place, and a second is
 * long. Who still owes a request is told so with 408.
 */
void
bcast_connections_check (BcastConnections *self,
                         gint64            now_us)
{
  g_return_if_fail (self != NULL);

  gboolean is_full = bcast_connections_is_full (self);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Watched *watched = value;
      guint timeout_s = is_full ? CROWDED_TIMEOUT_S : timeouts_s[watched->state];

      if (now_us - watched->since_us < timeout_s * G_USEC_PER_SEC)
        continue;

      if (watched->state != STATE_ENDED)
        end (watched);
      else
        {
          give_up (watched);
          g_hash_table_iter_remove (&iter);
        }
    }
}
