/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "slow-authorizer.h"

#include "bcast-error.h"

struct _SlowAuthorizer
{
  GObject  parent_instance;

  GQueue   tasks;
  guint    n_asked;
  char    *asked;
};

static void
slow_authorizer_authorize_async (BcastAuthorizer     *authorizer,
                                 const char          *socket_id,
                                 const char          *channel,
                                 const char          *user_id,
                                 const char          *user_info,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  SlowAuthorizer *self = SLOW_AUTHORIZER (authorizer);

  self->n_asked++;
  g_free (self->asked);
  self->asked = g_strdup_printf ("%s %s %s %s", socket_id, channel, user_id, user_info);
  g_queue_push_tail (&self->tasks, g_task_new (self, cancellable, callback, user_data));
}

static BcastAuthorization *
slow_authorizer_authorize_finish (BcastAuthorizer  *authorizer,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
authorizer_init (BcastAuthorizerInterface *iface)
{
  iface->authorize_async = slow_authorizer_authorize_async;
  iface->authorize_finish = slow_authorizer_authorize_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SlowAuthorizer, slow_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BCAST_TYPE_AUTHORIZER, authorizer_init))

static void
slow_authorizer_finalize (GObject *object)
{
  g_free (SLOW_AUTHORIZER (object)->asked);

  G_OBJECT_CLASS (slow_authorizer_parent_class)->finalize (object);
}

static void
slow_authorizer_class_init (SlowAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = slow_authorizer_finalize;
}

static void
slow_authorizer_init (SlowAuthorizer *self)
{
}

SlowAuthorizer *
slow_authorizer_new (void)
{
  return g_object_new (TYPE_SLOW_AUTHORIZER, NULL);
}

guint
slow_authorizer_get_n_asked (SlowAuthorizer *self)
{
  return self->n_asked;
}

/* What was asked last: socket id, channel, user id and user info. */
const char *
slow_authorizer_get_asked (SlowAuthorizer *self)
{
  return self->asked;
}

/* Answers the question that waits longest with @authorization, which it takes. */
void
slow_authorizer_answer (SlowAuthorizer     *self,
                        BcastAuthorization *authorization)
{
  g_autoptr(GTask) task = g_queue_pop_head (&self->tasks);

  g_task_return_pointer (task, authorization, (GDestroyNotify) bcast_authorization_free);
}

/* Answers the question that waits longest. */
void
slow_authorizer_sign (SlowAuthorizer *self,
                      const char     *channel_data)
{
  slow_authorizer_answer (self, bcast_authorization_new ("key:sig", channel_data, NULL, NULL));
}

void
slow_authorizer_refuse (SlowAuthorizer *self)
{
  g_autoptr(GTask) task = g_queue_pop_head (&self->tasks);

  g_task_return_new_error (task, BCAST_ERROR, BCAST_ERROR_FORBIDDEN, "Not for you");
}
