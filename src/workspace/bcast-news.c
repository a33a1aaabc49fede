/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-news-private.h"

BcastNews *
bcast_news_new (BcastNewsKind  kind,
                const char    *client)
{
  BcastNews *self = g_new0 (BcastNews, 1);

  self->kind = kind;
  self->client = g_strdup (client);
  return self;
}

void
bcast_news_free (BcastNews *self)
{
  g_free (self->client);
  g_free (self->error);
  g_free (self->socket_id);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self->sign_in_error);
  g_free (self->signed_in_id);
  g_strfreev (self->online);
  g_free (self->channel);
  g_strfreev (self->members);
  g_clear_pointer (&self->unread, g_ptr_array_unref);
  g_free (self);
}

void
bcast_unread_free (gpointer unread)
{
  BcastUnread *self = unread;

  g_free (self->client);
  g_free (self->channel);
  g_free (self);
}
