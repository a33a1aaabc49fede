/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Publishes over the HTTP API, on connections that are kept alive, with one request under way on each. */

#include "fanout-publisher.h"

#include "bcast-json.h"
#include "bcast-request-signature.h"
#include "fanout-socket.h"

#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CONNECTIONS 64
#define MAX_ANSWER      4096

struct _FanoutPublisher
{
  char          *request;  /* is good for as long as its signature, and so for every time */
  guint          events_per_request;
  guint          n_connections;
  struct pollfd  connections[MAX_CONNECTIONS];
  gsize          n_read[MAX_CONNECTIONS]; /* of the answer that is on its way */
  char           answers[MAX_CONNECTIONS][MAX_ANSWER];
};

static char *
make_body (const char *channel,
           guint       n_events)
{
  g_autofree char *data = fanout_make_data ();
  g_autofree char *quoted = bcast_json_quote (data);
  GString *body = g_string_new (n_events > 1 ? "{\"batch\":[" : NULL);

  for (guint i = 0; i < n_events; i++)
    g_string_append_printf (body, n_events > 1 ? "%s{\"name\":\"OrderShipped\",\"channel\":\"%s\",\"data\":%s}"
                                               : "%s{\"name\":\"OrderShipped\",\"channels\":[\"%s\"],\"data\":%s}",
                            i > 0 ? "," : "", channel, quoted);
  if (n_events > 1)
    g_string_append (body, "]}");
  return g_string_free (body, FALSE);
}

static char *
make_request (const char *channel,
              guint       n_events)
{
  const char *path = n_events > 1 ? "/apps/" FANOUT_APP_ID "/batch_events" : "/apps/" FANOUT_APP_ID "/events";
  g_autofree char *body = make_body (channel, n_events);
  g_autoptr(BcastRequestSignature) signature =
    bcast_request_signature_new (FANOUT_KEY, FANOUT_SECRET, "POST", path, NULL, body, strlen (body),
                                 g_get_real_time () / G_USEC_PER_SEC);

  return g_strdup_printf ("POST %s?%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n%s", path, signature->query, strlen (body), body);
}

/**
 * fanout_publisher_new:
 * @port: where the server is
 * @channel: where the events go
 * @events_per_request: how many stand in one request; more than one make a batch
 * @n_connections: how many requests may be under way at a time
 * @error: why not
 *
 * Returns: (transfer full) (nullable): a publisher
 */
FanoutPublisher *
fanout_publisher_new (guint16      port,
                      const char  *channel,
                      guint        events_per_request,
                      guint        n_connections,
                      GError     **error)
{
  g_autoptr(FanoutPublisher) self = g_new0 (FanoutPublisher, 1);

  self->request = make_request (channel, events_per_request);
  self->events_per_request = events_per_request;
  for (guint i = 0; i < n_connections; i++)
    {
      self->connections[i].events = POLLIN;
      self->connections[i].fd = fanout_socket_connect (port);
      self->n_connections++;
      if (self->connections[i].fd < 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the server took no connection to publish on");
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

/**
 * fanout_publisher_free:
 * @self: (transfer full): a publisher
 */
void
fanout_publisher_free (FanoutPublisher *self)
{
  for (guint i = 0; i < self->n_connections; i++)
    if (self->connections[i].fd >= 0)
      close (self->connections[i].fd);
  g_free (self->request);
  g_free (self);
}

typedef enum
{
  ANSWER_PARTIAL,
  ANSWER_GOOD,
  ANSWER_BAD,
} Answer;

/* All servers here answer what they accept with an empty object. */
static Answer
read_answer (FanoutPublisher *self,
             guint            i)
{
  char *answer = self->answers[i];
  gssize size = recv (self->connections[i].fd, answer + self->n_read[i], MAX_ANSWER - 1 - self->n_read[i], 0);

  if (size <= 0)
    return ANSWER_BAD;
  self->n_read[i] += (gsize) size;
  answer[self->n_read[i]] = '\0';
  if (!g_str_has_suffix (answer, "\r\n\r\n{}"))
    return self->n_read[i] < MAX_ANSWER - 1 ? ANSWER_PARTIAL : ANSWER_BAD;
  self->n_read[i] = 0;
  return g_str_has_prefix (answer, "HTTP/1.1 200 ") ? ANSWER_GOOD : ANSWER_BAD;
}

static gboolean
send_request (FanoutPublisher *self,
              guint            i)
{
  return fanout_socket_write (self->connections[i].fd, self->request, strlen (self->request));
}

static gboolean
run (FanoutPublisher *self,
     guint            n_requests)
{
  guint n_sent = 0;
  guint n_answered = 0;

  for (guint i = 0; i < self->n_connections && n_sent < n_requests; i++, n_sent++)
    if (!send_request (self, i))
      return FALSE;

  while (n_answered < n_requests)
    {
      poll (self->connections, self->n_connections, -1);
      for (guint i = 0; i < self->n_connections; i++)
        {
          Answer answer = self->connections[i].revents != 0 ? read_answer (self, i) : ANSWER_PARTIAL;

          if (answer == ANSWER_PARTIAL)
            continue;
          n_answered++;
          if (answer == ANSWER_BAD || (n_sent < n_requests && !send_request (self, i)))
            return FALSE;
          n_sent += n_sent < n_requests;
        }
    }
  return TRUE;
}

/**
 * fanout_publisher_run:
 * @self: a publisher
 * @n_events: how many events to publish: whole requests of them
 * @error: set when a request was refused
 *
 * Returns: whether all were accepted
 */
gboolean
fanout_publisher_run (FanoutPublisher  *self,
                      guint             n_events,
                      GError          **error)
{
  if (run (self, n_events / self->events_per_request))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the server refused to publish");
  return FALSE;
}
