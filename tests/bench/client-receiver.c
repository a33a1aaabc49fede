/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-receiver.h"

#include "bcast-client.h"

#define DEADLINE_S 300

typedef struct
{
  ClientReceiver *receiver;
  GMainLoop      *loop;
  guint64         n_events;
  const guint64  *mark;
} Count;

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          Count       *count)
{
  /* The first event of a channel is that the subscription succeeded. */
  guint64 n_events = count->n_events++;

  if (count->mark != NULL && *count->mark == n_events && n_events > 0)
    {
      count->receiver->each (n_events);
      count->mark++;
    }
  if (n_events == count->receiver->n)
    g_main_loop_quit (count->loop);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gpointer
receive (gpointer data)
{
  ClientReceiver *self = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr(GSource) deadline = g_timeout_source_new_seconds (DEADLINE_S);
  BcastAppOptions options = { .key = "bench", .ws_host = "127.0.0.1", .ws_port = self->port };
  g_autoptr(BcastApp) app = bcast_app_new (&options, NULL);
  Count count = { self, loop, 0, self->marks };
  BcastClient *client;

  g_main_context_push_thread_default (context);
  g_source_set_callback (deadline, deadline_cb, loop, NULL);
  g_source_attach (deadline, context);
  client = bcast_client_new (app, NULL);
  g_signal_connect (client, "event", G_CALLBACK (event_cb), &count);
  bcast_client_subscribe_async (client, "flood", NULL, NULL, NULL);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  g_main_loop_run (loop);
  self->is_complete = count.n_events > self->n;
  g_source_destroy (deadline);
  g_object_unref (client);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* Receives @n events into a counter. */
void
client_receiver_run (ClientReceiver *self)
{
  self->is_complete = FALSE;
  g_thread_join (g_thread_new ("receiver", receive, self));
}
