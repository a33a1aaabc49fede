/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-misses-private.h"

/**
 * BcastWebhookMisses:
 *
 * Which cache channels the app was told to fill a moment ago. When many clients find a channel empty the app
 * is told once: not again until something was published to the channel, or until half a minute has
 * passed without that, because the app may have missed it.
 *
 * Source: Channels documentation, “Cache channels”, section “Cache miss webhooks”; the time is ours.
 */
struct _BcastWebhookMisses
{
  GHashTable *links; /* channel → its link in told; the miss owns the channel */
  GQueue      told;  /* Miss, the oldest at the head */
};

typedef struct
{
  char   *channel;
  gint64  told_us;
} Miss;

static void
free_miss (gpointer data)
{
  Miss *miss = data;

  g_free (miss->channel);
  g_free (miss);
}

/**
 * bcast_webhook_misses_new:
 *
 * Returns: (transfer full): nothing was told yet
 */
BcastWebhookMisses *
bcast_webhook_misses_new (void)
{
  BcastWebhookMisses *self = g_new0 (BcastWebhookMisses, 1);

  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->told);
  return self;
}

/**
 * bcast_webhook_misses_free:
 * @self: (transfer full): misses
 */
void
bcast_webhook_misses_free (BcastWebhookMisses *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->told, free_miss);
  g_free (self);
}

static void
forget (BcastWebhookMisses *self,
        GList              *link)
{
  Miss *miss = link->data;

  g_hash_table_remove (self->links, miss->channel);
  g_queue_delete_link (&self->told, link);
  free_miss (miss);
}

static gboolean
is_over (const Miss *miss,
         gint64      now_us)
{
  return now_us - miss->told_us >= BCAST_WEBHOOK_MISSES_S * G_USEC_PER_SEC;
}

/**
 * bcast_webhook_misses_is_new:
 * @self: misses
 * @channel: a cache channel that was found empty
 * @now_us: the monotonic clock
 *
 * Remembers it.
 *
 * Returns: whether the app is to be told
 */
gboolean
bcast_webhook_misses_is_new (BcastWebhookMisses *self,
                             const char         *channel,
                             gint64              now_us)
{
  g_return_val_if_fail (self != NULL && channel != NULL, FALSE);

  while (self->told.head != NULL
         && (is_over (self->told.head->data, now_us) || self->told.length >= BCAST_WEBHOOK_MISSES_MAX))
    forget (self, self->told.head);

  if (g_hash_table_contains (self->links, channel))
    return FALSE;

  Miss *miss = g_new0 (Miss, 1);

  miss->channel = g_strdup (channel);
  miss->told_us = now_us;
  g_queue_push_tail (&self->told, miss);
  g_hash_table_insert (self->links, miss->channel, self->told.tail);
  return TRUE;
}

/**
 * bcast_webhook_misses_forget:
 * @self: misses
 * @channel: a channel to which something was published
 */
void
bcast_webhook_misses_forget (BcastWebhookMisses *self,
                             const char         *channel)
{
  g_return_if_fail (self != NULL && channel != NULL);

  GList *link = g_hash_table_lookup (self->links, channel);

  if (link != NULL)
    forget (self, link);
}
