/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-network-private.h"

/* How long an orderly close may take before the sockets are just dropped. */
#define CLOSE_TIMEOUT_MS 250

typedef struct
{
  BcastNetwork     *network;
  BcastNetworkFunc  func;
  gpointer          data;
  GDestroyNotify    destroy;
} Post;

static void
post_free (gpointer data)
{
  Post *post = data;

  if (post->destroy != NULL)
    post->destroy (post->data);
  g_free (post);
}

static gboolean
post_cb (gpointer data)
{
  Post *post = data;

  post->func (post->network, post->data);
  return G_SOURCE_REMOVE;
}

/*
 * bcast_network_post:
 * @data: (transfer full): for @func; freed with @destroy in the network's thread
 *
 * Runs @func in the network context, in the order of posting. Never blocks.
 */
void
bcast_network_post (BcastNetwork     *self,
                    BcastNetworkFunc  func,
                    gpointer          data,
                    GDestroyNotify    destroy)
{
  Post *post = g_new0 (Post, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  post->network = self;
  post->func = func;
  post->data = data;
  post->destroy = destroy;

  /* Not g_main_context_invoke(): that would run at once, and out of order, in the network's own
   * thread. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, post_cb, post, post_free);
  g_source_attach (source, self->context);
}

typedef struct
{
  GObject       *target;
  BcastNewsFunc  func;
  BcastNews     *news;
} Letter;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_object_unref (letter->target);
  bcast_news_free (letter->news);
  g_free (letter);
}

static gboolean
letter_cb (gpointer data)
{
  Letter *letter = data;

  letter->func (letter->news, letter->target);
  return G_SOURCE_REMOVE;
}

/*
 * bcast_network_tell:
 * @news: (transfer full): what happened
 *
 * Sends @news to the owner's context. Called in the network context.
 */
void
bcast_network_tell (BcastNetwork *self,
                    BcastNews    *news)
{
  Letter *letter = g_new0 (Letter, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  letter->target = g_object_ref (self->news_target);
  letter->func = self->news_func;
  letter->news = news;

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, letter_cb, letter, letter_free);
  g_source_attach (source, self->owner_context);
}

static gboolean
released_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/*
 * bcast_network_release_task:
 * @task: (transfer full): a task that has returned
 *
 * Gives @task up where it came from. It may be the last that keeps its workspace, which must not die in the
 * network's own thread: it waits for that to end.
 */
void
bcast_network_release_task (GTask *task)
{
  GMainContext *context = g_task_get_context (task);
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, released_cb, task, g_object_unref);
  g_source_attach (source, context);
}

/*
 * bcast_network_add_timeout:
 *
 * Returns: (transfer full): a source of the network context that calls @func after @delay_ms
 */
GSource *
bcast_network_add_timeout (BcastNetwork *self,
                           guint         delay_ms,
                           GSourceFunc   func,
                           gpointer      data)
{
  GSource *source = g_timeout_source_new (delay_ms);

  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, self->context);
  return source;
}

/*
 * bcast_network_clear_source:
 *
 * Ends a source of the network context, if there is one.
 */
void
bcast_network_clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/*
 * bcast_network_look_again:
 *
 * The computer's network changed, or it was asleep. Called in the network context.
 */
void
bcast_network_look_again (BcastNetwork *self,
                          gboolean      is_available)
{
  g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  BcastNetworkClient *client;

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &client))
    g_ptr_array_add (clients, g_object_ref (client->client));
  for (guint i = 0; i < clients->len; i++)
    bcast_client_network_changed (g_ptr_array_index (clients, i), is_available);
}

/*
 * bcast_network_take_reply:
 *
 * An answer of the HTTP API may tell what server it is. Called in the network context.
 */
void
bcast_network_take_reply (BcastNetwork        *self,
                          const BcastApiReply *reply)
{
  if (reply->status != 0)
    bcast_server_clues_add_reply (&self->clues, reply->target, reply->status, reply->body);
}

static void
woken_cb (gpointer user_data)
{
  bcast_network_look_again (user_data, TRUE);
}

static gpointer
network_thread (gpointer data)
{
  BcastNetwork *self = data;

  g_main_context_push_thread_default (self->context);

  self->api = bcast_api_new (self->app);
  self->sleep_watch = bcast_sleep_watch_new (self->context, 0, NULL, woken_cb, self);
  g_main_loop_run (self->loop);

  /* Cancelled requests still have callbacks to run, which free what they hold. Who has not said goodbye by
   * now is hung up on: nobody would be there to wait for the end. */
  g_cancellable_cancel (self->hurry);
  bcast_network_clear_source (&self->stats_source);
  bcast_network_clear_source (&self->expire_source);
  g_clear_pointer (&self->sleep_watch, bcast_sleep_watch_free);
  g_hash_table_remove_all (self->clients);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->api);

  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/*
 * bcast_network_new:
 * @signers: (transfer full): who signs, and for which app
 * @journal: where everything sent and received goes
 * @miss_timeout_ms: how long a sent event waits for its deliveries
 * @news_func: called in the caller's thread-default context
 * @news_target: (transfer none): passed to @news_func
 *
 * Starts the network thread. GLib up to 2.74 may lock up for good when one thread makes a class whose making
 * registers a type with an interface, and another one registers the same type. So the classes that make those of
 * sockets are made before there are two threads.
 */
BcastNetwork *
bcast_network_new (BcastSigners  *signers,
                   BcastJournal  *journal,
                   guint          miss_timeout_ms,
                   BcastNewsFunc  news_func,
                   GObject       *news_target)
{
  BcastNetwork *self = g_new0 (BcastNetwork, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->owner_context = g_main_context_ref_thread_default ();
  self->news_func = news_func;
  self->news_target = news_target;
  self->signers = signers;
  self->app = bcast_app_ref (bcast_signers_get_app (signers));
  bcast_server_clues_init (&self->clues, bcast_app_get_ws_host (self->app));
  self->journal = g_object_ref (journal);
  self->matcher = bcast_matcher_new (miss_timeout_ms);
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, bcast_network_client_free);
  self->cancellable = g_cancellable_new ();
  self->hurry = g_cancellable_new ();
  g_type_class_unref (g_type_class_ref (BCAST_TYPE_API));
  g_type_class_unref (g_type_class_ref (G_TYPE_SOCKET_CLIENT));
  self->thread = g_thread_new ("broadcast-net", network_thread, self);
  return self;
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BcastNetwork *self = user_data;

  bcast_client_disconnect_finish (BCAST_CLIENT (object), result, NULL);
  if (--self->n_closing == 0)
    g_main_loop_quit (self->loop);
}

static gboolean
close_timeout_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
close_all (BcastNetwork *self,
           gpointer      data)
{
  GHashTableIter iter;
  BcastNetworkClient *client;
  g_autoptr(GSource) timeout = NULL;

  g_cancellable_cancel (self->cancellable);

  self->n_closing = g_hash_table_size (self->clients);
  if (self->n_closing == 0)
    {
      g_main_loop_quit (self->loop);
      return;
    }

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &client))
    bcast_client_disconnect_async (client->client, self->hurry, closed_cb, self);
  timeout = bcast_network_add_timeout (self, CLOSE_TIMEOUT_MS, close_timeout_cb, self->loop);
}

/*
 * bcast_network_free:
 *
 * Closes every client in good order, for at most a quarter of a second, and ends the thread.
 */
void
bcast_network_free (BcastNetwork *self)
{
  bcast_network_post (self, close_all, NULL, NULL);
  g_thread_join (self->thread);

  g_hash_table_unref (self->clients);
  bcast_matcher_free (self->matcher);
  g_object_unref (self->journal);
  g_object_unref (self->cancellable);
  g_object_unref (self->hurry);
  bcast_signers_free (self->signers);
  bcast_app_unref (self->app);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_main_context_unref (self->owner_context);
  g_free (self);
}
