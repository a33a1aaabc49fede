/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows what the server told of the channels with the events that were sent last. The answers stand in the
 * journal, where they arrive a moment after the server has taken the events. */

#include "bcast-composer-private.h"

#include <glib/gi18n.h>

#include "bcast-info-answer.h"
#include "bcast-limits.h"

#define MAX_SHOWN 100

static void try_answer (BcastComposer *self);

static void
stop_waiting_for_event (BcastComposer *self)
{
  if (self->answer_event != NULL)
    g_signal_handlers_disconnect_by_func (self->answer_event, try_answer, self);
  g_clear_object (&self->answer_event);
}

static void
wait_for_event (BcastComposer *self,
                BcastEvent    *event)
{
  stop_waiting_for_event (self);
  self->answer_event = g_object_ref (event);
  g_signal_connect_swapped (event, "changed", G_CALLBACK (try_answer), self);
}

static void
append_counts (GString               *text,
               const char            *channel,
               const BcastInfoCounts *counts)
{
  g_autofree char *numbers = bcast_info_counts_format (counts);

  g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "", channel, numbers);
}

static char *
format_answer (BcastComposer *self,
               GPtrArray     *events)
{
  GString *text = g_string_new (NULL);
  g_autoptr(GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal); /* several events may have one channel */
  const char *response = NULL;
  g_autoptr(BcastInfoAnswer) answer = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const BcastEventRecord *record = bcast_event_get_record (g_ptr_array_index (events, i));
      const BcastInfoCounts *counts;

      if (i == 0 || g_strcmp0 (response, record->response) != 0)
        {
          g_clear_pointer (&answer, bcast_info_answer_free);
          answer = bcast_info_answer_parse (record->response);
          response = record->response;
        }
      counts = answer != NULL ? bcast_info_answer_find (answer, record->channel, i % BCAST_LIMIT_EVENTS_PER_BATCH)
                              : NULL;
      if (counts != NULL && g_hash_table_add (told, record->channel))
        append_counts (text, record->channel, counts);
    }
  if (text->len == 0)
    g_string_append (text, _("The server took the event, and told no counts."));
  else if (self->answer_n_rows > MAX_SHOWN)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

/* Gives the rows of what was sent once all of them are settled. */
static GPtrArray *
find_events (BcastComposer *self)
{
  BcastEventList *timeline = bcast_workspace_get_timeline (self->workspace);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < MIN (self->answer_n_rows, MAX_SHOWN); i++)
    {
      BcastEvent *event = bcast_event_list_find (timeline, self->answer_id + i, NULL);

      if (event == NULL)
        return NULL;
      g_ptr_array_add (events, event);
      if (bcast_event_get_record (event)->status == 0)
        {
          wait_for_event (self, event);
          return NULL;
        }
    }
  return g_steal_pointer (&events);
}

static void
try_answer (BcastComposer *self)
{
  g_autoptr(GPtrArray) events = find_events (self);
  g_autofree char *text = NULL;

  if (events == NULL)
    return;
  text = format_answer (self, events);
  bcast_composer_forget_answer (self);
  bcast_composer_status_show_answer (self->status, text);
}

/*
 * bcast_composer_await_answer:
 * @self: a composer
 * @first_id: the journal's number of the first row that was sent
 * @n_rows: how many rows
 *
 * Shows what the server told of the channels, as soon as that is known.
 */
void
bcast_composer_await_answer (BcastComposer *self,
                             gint64         first_id,
                             guint          n_rows)
{
  bcast_composer_forget_answer (self);
  self->answer_id = first_id;
  self->answer_n_rows = n_rows;
  self->answer_timeline = G_LIST_MODEL (g_object_ref (bcast_workspace_get_timeline (self->workspace)));
  g_signal_connect_swapped (self->answer_timeline, "items-changed", G_CALLBACK (try_answer), self);
  try_answer (self);
}

/*
 * bcast_composer_forget_answer:
 * @self: a composer
 *
 * Waits for no answer any more, and shows none.
 */
void
bcast_composer_forget_answer (BcastComposer *self)
{
  stop_waiting_for_event (self);
  if (self->answer_timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->answer_timeline, try_answer, self);
  g_clear_object (&self->answer_timeline);
  if (self->status != NULL)
    bcast_composer_status_show_answer (self->status, NULL);
}
