/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "endpoint-fixture.h"

#include <string.h>

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static char *
format_headers (SoupMessageHeaders *headers)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_ptr_array_add (lines, g_strdup_printf ("%s: %s", name, value));
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  EndpointFixture *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *query_text = g_uri_get_query (soup_server_message_get_uri (message));

  self->n_requests++;
  g_free (self->target);
  g_free (self->request_body);
  g_free (self->headers);
  self->target = g_strdup_printf ("%s %s%s%s", soup_server_message_get_method (message), path,
                                  query_text != NULL ? "?" : "", query_text != NULL ? query_text : "");
  self->request_body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  self->headers = format_headers (soup_server_message_get_request_headers (message));
  if (self->stall)
    {
      soup_server_message_pause (message);
      return;
    }

  soup_message_headers_append (headers, "Set-Cookie", "kept=no; Path=/");
  if (self->status == 401)
    soup_message_headers_append (headers, "WWW-Authenticate", "Basic realm=\"app\"");
  if (self->location != NULL)
    soup_message_headers_append (headers, "Location", self->location);
  soup_server_message_set_status (message, self->status, NULL);
  if (self->body != NULL)
    soup_server_message_set_response (message, "text/html", SOUP_MEMORY_COPY, self->body,
                                      self->length < 0 ? strlen (self->body) : (gsize) self->length);
}

void
endpoint_fixture_set_up (EndpointFixture *self,
                         GTlsCertificate *certificate)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr(GError) error = NULL;
  GSList *uris;

  *self = (EndpointFixture) { .status = 200, .length = -1, .tls = certificate != NULL };
  self->server = soup_server_new (NULL, NULL);
  if (certificate != NULL)
    soup_server_set_tls_certificate (self->server, certificate);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen (self->server, address, certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
forget (EndpointFixture *self)
{
  g_clear_pointer (&self->answer, bcast_authorization_free);
  g_clear_error (&self->error);
}

void
endpoint_fixture_tear_down (EndpointFixture *self)
{
  forget (self);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->target);
  g_free (self->request_body);
  g_free (self->headers);
}

char *
endpoint_fixture_dup_url (EndpointFixture *self,
                          const char      *host,
                          const char      *path)
{
  return g_strdup_printf ("%s://%s:%u%s", self->tls ? "https" : "http", host, self->port, path);
}

BcastApp *
endpoint_fixture_dup_app (const char *host,
                          gboolean    accept_any,
                          const char *ca_file)
{
  g_autoptr(GError) error = NULL;
  BcastApp *app = bcast_app_new (&(BcastAppOptions) {
    .key = PEER_KEY,
    .secret = PEER_SECRET,
    .ws_host = host,
    .accept_any_certificate = accept_any,
    .ca_file = ca_file,
    .master_key = PEER_MASTER_KEY,
  }, &error);

  g_assert_no_error (error);
  return app;
}

/* Asks once, and keeps what comes of it. */
void
endpoint_fixture_ask (EndpointFixture            *self,
                      const BcastEndpointOptions *options,
                      const char                 *socket_id,
                      const char                 *channel)
{
  BcastAuthorizer *authorizer = bcast_endpoint_authorizer_new (options);
  Outcome outcome = { NULL, NULL };

  forget (self);
  bcast_authorizer_authorize_async (authorizer, socket_id, channel, "ignored", "{}", NULL, outcome_cb, &outcome);
  g_assert_null (outcome.result);
  WAIT_FOR (outcome.result != NULL);
  self->answer = bcast_authorizer_authorize_finish (authorizer, outcome.result, &self->error);
  g_assert_true ((self->answer == NULL) == (self->error != NULL));
  outcome_clear (&outcome);
  g_assert_finalize_object (authorizer);
}

/* Whether the last question failed as it should, and nothing that was sent is in the sentence. */
void
endpoint_fixture_expect (EndpointFixture *self,
                         BcastError       code,
                         const char      *part)
{
  const char *secrets[] = { SECRET_COOKIE, SECRET_XSRF, SECRET_BEARER, SECRET_HEADER, SECRET_PARAM, SECRET_QUERY,
                            "xsrf%2Ft0ken", "p4ram%20of", "xsrf/t0", "b3arer-of", PEER_SECRET, PEER_MASTER_KEY };

  g_assert_error (self->error, BCAST_ERROR, (int) code);
  if (strstr (self->error->message, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, self->error->message);
  if (strpbrk (self->error->message, "\n{") == self->error->message || strstr (self->error->message, "{e") != NULL)
    g_error ("Not a sentence: “%s”", self->error->message);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (self->error->message, secrets[i]) != NULL)
      g_error ("A secret is in “%s”", self->error->message);
}
