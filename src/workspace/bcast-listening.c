/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-listening-private.h"

#include "bcast-event-name.h"

/**
 * bcast_listening_free:
 * @self: an entry
 */
void
bcast_listening_free (BcastListening *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->library);
  g_free (self->code);
  g_free (self->note);
  g_free (self);
}

/*
 * bcast_listening_add:
 * @list: where to
 * @entry: an entry whose library is not owned, and whose code and note are handed over
 */
void
bcast_listening_add (GPtrArray            *list,
                     const BcastListening *entry)
{
  BcastListening *added = g_new (BcastListening, 1);

  *added = *entry;
  added->library = g_strdup (entry->library);
  g_ptr_array_add (list, added);
}

/**
 * bcast_listening_list:
 * @channel: (nullable): the channel of an event, %NULL for one of the connection itself
 * @name: the event's name as it is on the wire
 *
 * Tells how each library has to be told the name of an event. Most libraries change names before they look
 * for them: they add a prefix, a namespace, or take off a dot.
 *
 * Returns: (transfer full) (element-type BcastListening): how to listen, then what sends such an event;
 *   empty for an event that no library passes on
 */
GPtrArray *
bcast_listening_list (const char *channel,
                      const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_listening_free);
  g_autofree char *valid_channel = channel != NULL ? g_utf8_make_valid (channel, -1) : NULL;
  g_autofree char *valid_name = g_utf8_make_valid (name, -1);
  BcastListeningEvent event = {
    .channel = valid_channel,
    .name = valid_name,
    .type = valid_channel != NULL ? bcast_channel_name_find_type (valid_channel) : BCAST_CHANNEL_PUBLIC,
    .is_reserved = bcast_event_name_is_reserved (valid_name),
  };

  event.is_client_event = bcast_event_name_is_client (valid_name)
                          && bcast_channel_type_has_client_events (event.type);
  bcast_listening_add_pusher_js (list, &event);
  bcast_listening_add_echo (list, &event);
  if (valid_channel != NULL && !event.is_reserved && !event.is_client_event)
    {
      bcast_listening_add_laravel (list, &event);
      bcast_listening_add_masonite (list, &event);
    }
  return list;
}
