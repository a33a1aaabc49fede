/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-arrivals-private.h"

#include "bcast-tls-peek-private.h"
#include "bcast-tls-stream-private.h"

/* GIO makes each handshake in one of ten threads that it has for everything in the program. */
#define MAX_HANDSHAKES 8
#define CROWDED_US     G_USEC_PER_SEC

/**
 * BcastArrivals:
 *
 * Connections between the moment they are taken and the first byte of their first request: finds out
 * whether they speak TLS, sets that up, and hands them to a #SoupServer. One that is silent stays here, and
 * one that ends before it says anything never gets there, since a #SoupServer (up to 3.2) would keep it.
 */
struct _BcastArrivals
{
  SoupServer       *server;      /* not owned */
  BcastConnections *connections; /* not owned; ends who takes too long */
  BcastSandboxTls  *tls;
  GHashTable       *arrivals;    /* Arrival, as a set */
  GQueue            waiting;     /* Arrival: for one of the handshakes to end */
  GQueue            handshakes;  /* Arrival: the eldest first */
  GSource          *hurry;       /* while any wait */
};

typedef struct
{
  BcastArrivals     *owner;
  GSocketConnection *connection;
  GSocketAddress    *local;
  GSocketAddress    *remote;
  GTlsConnection    *tls;      /* from its handshake on */
  BcastTlsStream    *stream;   /* behind it */
  GSource           *source;   /* while something is to come */
  int                awaited;  /* bytes of the first record */
  gint64             since_us; /* when its handshake began */
} Arrival;

static void look_at_socket (Arrival *arrival);
static void look_at_stream (Arrival *arrival);
static void shake_hands    (BcastArrivals *self);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  clear_source (&arrival->source);
  g_clear_object (&arrival->stream);
  g_clear_object (&arrival->tls);
  g_object_unref (arrival->connection);
  g_object_unref (arrival->local);
  g_object_unref (arrival->remote);
  g_free (arrival);
}

static GSocket *
get_socket (Arrival *arrival)
{
  return g_socket_connection_get_socket (arrival->connection);
}

/* Frees @arrival. */
static void
forget (Arrival *arrival)
{
  BcastArrivals *self = arrival->owner;

  g_queue_remove (&self->waiting, arrival);
  g_hash_table_remove (self->arrivals, arrival);
}

/* Closes it here and now: the thread of a handshake may still hold on to it. */
static void
close_arrival (Arrival *arrival)
{
  if (arrival->stream != NULL)
    g_io_stream_close (G_IO_STREAM (arrival->stream), NULL, NULL);
  g_io_stream_close (G_IO_STREAM (arrival->connection), NULL, NULL);
}

static void
drop (Arrival *arrival)
{
  close_arrival (arrival);
  forget (arrival);
}

static void
hand_over (Arrival   *arrival,
           GIOStream *stream)
{
  soup_server_accept_iostream (arrival->owner->server, stream, arrival->local, arrival->remote, NULL);
  forget (arrival);
}

static void
wait_for (Arrival     *arrival,
          GSource     *source,
          GSourceFunc  callback)
{
  arrival->source = source;
  g_source_set_callback (source, callback, arrival, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean
socket_readable_cb (GSocket      *socket,
                    GIOCondition  condition,
                    gpointer      user_data)
{
  Arrival *arrival = user_data;

  clear_source (&arrival->source);
  look_at_socket (arrival);
  return G_SOURCE_REMOVE;
}

static gboolean
stream_readable_cb (GObject  *input,
                    gpointer  user_data)
{
  Arrival *arrival = user_data;

  clear_source (&arrival->source);
  look_at_stream (arrival);
  return G_SOURCE_REMOVE;
}

static void
look_at_socket (Arrival *arrival)
{
  BcastArrivals *self = arrival->owner;

  switch (bcast_tls_peek (get_socket (arrival), &arrival->awaited))
    {
    case BCAST_SPOKEN_PLAIN:
      hand_over (arrival, G_IO_STREAM (arrival->connection));
      break;
    case BCAST_SPOKEN_TLS:
      g_queue_push_tail (&self->waiting, arrival);
      shake_hands (self);
      break;
    case BCAST_SPOKEN_HELLO:
      bcast_connections_set_stream (self->connections, arrival->remote, NULL);
      G_GNUC_FALLTHROUGH;
    case BCAST_SPOKEN_NOTHING:
      wait_for (arrival, g_socket_create_source (get_socket (arrival), G_IO_IN, NULL),
                G_SOURCE_FUNC (socket_readable_cb));
      break;
    case BCAST_SPOKEN_END:
    default:
      drop (arrival);
      break;
    }
}

static void
look_at_stream (Arrival *arrival)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (arrival->stream));

  switch (bcast_tls_stream_peek (arrival->stream))
    {
    case BCAST_PEEK_DATA:
      hand_over (arrival, G_IO_STREAM (arrival->stream));
      break;
    case BCAST_PEEK_NOTHING:
      wait_for (arrival, g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL),
                G_SOURCE_FUNC (stream_readable_cb));
      break;
    case BCAST_PEEK_END:
    default:
      drop (arrival);
      break;
    }
}

static void
handshake_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Arrival *arrival = user_data;
  BcastArrivals *self = arrival->owner;

  g_queue_remove (&self->handshakes, arrival);
  if (g_tls_connection_handshake_finish (arrival->tls, result, NULL))
    {
      arrival->stream = bcast_tls_stream_new (arrival->tls, get_socket (arrival));
      bcast_connections_set_stream (self->connections, arrival->remote, G_IO_STREAM (arrival->stream));
      look_at_stream (arrival);
    }
  else
    drop (arrival);
  shake_hands (self);
}

/* A library that asks for HTTP/2 first is told what there is. */
static gboolean
begin_handshake (Arrival *arrival)
{
  static const char * const protocols[] = { "http/1.1", NULL };
  BcastArrivals *self = arrival->owner;
  g_autoptr(GTlsCertificate) certificate = bcast_sandbox_tls_dup_certificate (self->tls, NULL);
  GIOStream *stream;

  bcast_connections_set_stream (self->connections, arrival->remote, NULL);
  if (certificate == NULL)
    return FALSE;
  stream = g_tls_server_connection_new (G_IO_STREAM (arrival->connection), certificate, NULL);
  if (stream == NULL)
    return FALSE;

  arrival->tls = G_TLS_CONNECTION (stream);
  arrival->since_us = g_get_monotonic_time ();
  g_queue_push_tail (&self->handshakes, arrival);
  /* HTTP and WebSockets both say themselves where they end. */
  g_tls_connection_set_require_close_notify (arrival->tls, FALSE);
  g_tls_connection_set_advertised_protocols (arrival->tls, protocols);
  g_tls_connection_handshake_async (arrival->tls, G_PRIORITY_DEFAULT, NULL, handshake_cb, arrival);
  return TRUE;
}

/* The thread that makes the handshake comes upon the end. */
static void
cut (Arrival *arrival)
{
  g_socket_shutdown (get_socket (arrival), TRUE, TRUE, NULL);
}

static gboolean
hurry_cb (gpointer user_data)
{
  BcastArrivals *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  for (GList *item = self->handshakes.head; item != NULL; item = item->next)
    if (now_us - ((Arrival *) item->data)->since_us >= CROWDED_US)
      cut (item->data);
  return G_SOURCE_CONTINUE;
}

/* Begins those that have their turn. While others wait, a second is long for one. */
static void
shake_hands (BcastArrivals *self)
{
  while (self->waiting.length > 0 && self->handshakes.length < MAX_HANDSHAKES)
    {
      Arrival *arrival = g_queue_pop_head (&self->waiting);

      if (!begin_handshake (arrival))
        drop (arrival);
    }

  if (self->waiting.length == 0)
    clear_source (&self->hurry);
  else if (self->hurry == NULL)
    {
      self->hurry = g_timeout_source_new (CROWDED_US / 1000);
      g_source_set_callback (self->hurry, hurry_cb, self, NULL);
      g_source_attach (self->hurry, g_main_context_get_thread_default ());
    }
}

/**
 * bcast_arrivals_new:
 * @server: who gets the connections; must outlive this
 * @connections: who counts them and ends those that take too long; must outlive this
 * @tls: the certificate for TLS
 *
 * Returns: (transfer full): no arrivals yet
 */
BcastArrivals *
bcast_arrivals_new (SoupServer       *server,
                    BcastConnections *connections,
                    BcastSandboxTls  *tls)
{
  g_return_val_if_fail (SOUP_IS_SERVER (server) && connections != NULL && tls != NULL, NULL);

  BcastArrivals *self = g_new0 (BcastArrivals, 1);

  self->server = server;
  self->connections = connections;
  self->tls = bcast_sandbox_tls_ref (tls);
  self->arrivals = g_hash_table_new_full (NULL, NULL, arrival_free, NULL);
  g_queue_init (&self->waiting);
  g_queue_init (&self->handshakes);
  return self;
}

static void
close_all (BcastArrivals *self)
{
  GHashTableIter iter;
  gpointer arrival;

  g_hash_table_iter_init (&iter, self->arrivals);
  while (g_hash_table_iter_next (&iter, &arrival, NULL))
    close_arrival (arrival);
}

/**
 * bcast_arrivals_free:
 * @self: (transfer full): arrivals; their connections are closed
 *
 * Runs the thread-default context until no handshake is under way in another thread, which is at once.
 */
void
bcast_arrivals_free (BcastArrivals *self)
{
  g_return_if_fail (self != NULL);

  while (self->waiting.length > 0)
    drop (self->waiting.head->data);
  g_queue_foreach (&self->handshakes, (GFunc) cut, NULL);
  while (self->handshakes.length > 0)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);

  clear_source (&self->hurry);
  close_all (self);
  g_hash_table_unref (self->arrivals);
  bcast_sandbox_tls_unref (self->tls);
  g_free (self);
}

/**
 * bcast_arrivals_add:
 * @self: arrivals
 * @connection: a connection that was taken just now, and counted
 * @local: this end
 * @remote: the other end, the object by which it was counted
 */
void
bcast_arrivals_add (BcastArrivals     *self,
                    GSocketConnection *connection,
                    GSocketAddress    *local,
                    GSocketAddress    *remote)
{
  g_return_if_fail (self != NULL && G_IS_SOCKET_CONNECTION (connection));
  g_return_if_fail (G_IS_SOCKET_ADDRESS (local) && G_IS_SOCKET_ADDRESS (remote));

  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->owner = self;
  arrival->connection = g_object_ref (connection);
  arrival->local = g_object_ref (local);
  arrival->remote = g_object_ref (remote);
  g_hash_table_add (self->arrivals, arrival);
  look_at_socket (arrival);
}
