/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-held-answers-private.h"

/**
 * BcastHeldAnswers:
 *
 * HTTP answers that are ready and wait. Whose connection goes meanwhile is forgotten.
 */
struct _BcastHeldAnswers
{
  GHashTable *answers; /* SoupServerMessage → Answer; the answer owns the message */
};

typedef struct
{
  BcastHeldAnswers  *owner;
  SoupServerMessage *message;
  guint64            serial; /* of the fault that holds it back */
  GSource           *timer;
} Answer;

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  g_signal_handlers_disconnect_by_data (answer->message, answer);
  g_source_destroy (answer->timer);
  g_source_unref (answer->timer);
  g_object_unref (answer->message);
  g_free (answer);
}

/**
 * bcast_held_answers_new:
 *
 * Returns: (transfer full): no answers
 */
BcastHeldAnswers *
bcast_held_answers_new (void)
{
  BcastHeldAnswers *self = g_new0 (BcastHeldAnswers, 1);

  self->answers = g_hash_table_new_full (NULL, NULL, NULL, free_answer);
  return self;
}

/**
 * bcast_held_answers_free:
 * @self: (transfer full): answers; those that wait do so until their connection is closed
 */
void
bcast_held_answers_free (BcastHeldAnswers *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->answers);
  g_free (self);
}

static void
gone_cb (SoupServerMessage *message,
         Answer            *answer)
{
  g_hash_table_remove (answer->owner->answers, message);
}

static gboolean
timer_cb (gpointer user_data)
{
  Answer *answer = user_data;

  soup_server_message_unpause (answer->message);
  g_hash_table_remove (answer->owner->answers, answer->message);
  return G_SOURCE_REMOVE;
}

/**
 * bcast_held_answers_hold:
 * @self: answers
 * @message: a request that has its answer, while it is handled
 * @serial: the fault for which it waits
 * @delay_ms: how long
 *
 * Keeps the answer back.
 */
void
bcast_held_answers_hold (BcastHeldAnswers  *self,
                         SoupServerMessage *message,
                         guint64            serial,
                         guint              delay_ms)
{
  g_return_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message));

  Answer *answer = g_new0 (Answer, 1);

  answer->owner = self;
  answer->message = g_object_ref (message);
  answer->serial = serial;
  answer->timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (answer->timer, timer_cb, answer, NULL);
  g_source_attach (answer->timer, g_main_context_get_thread_default ());
  /* Libsoup takes no unpausing of what has no connection any more. */
  g_signal_connect (message, "disconnected", G_CALLBACK (gone_cb), answer);
  g_signal_connect (message, "finished", G_CALLBACK (gone_cb), answer);
  g_hash_table_replace (self->answers, message, answer);
  soup_server_message_pause (message);
}

/**
 * bcast_held_answers_release:
 * @self: answers
 * @serial: a fault that has ended
 *
 * Lets the answers go out that waited for it.
 */
void
bcast_held_answers_release (BcastHeldAnswers *self,
                            guint64           serial)
{
  g_return_if_fail (self != NULL);

  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Answer *answer = value;

      if (answer->serial != serial)
        continue;
      soup_server_message_unpause (answer->message);
      g_hash_table_iter_remove (&iter);
    }
}
