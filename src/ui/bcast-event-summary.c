/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-summary.h"

#include <glib/gi18n.h>

#include "bcast-event-name.h"
#include "bcast-format.h"

/* How each outcome looks. The sign stands before the latency, so that colour is never the only hint. */
static const struct
{
  const char *sign;
  const char *style;
  const char *edge;
  const char *word;
} looks[] = {
  [BCAST_EVENT_WAITING]   = { "…", "waiting",   NULL,             N_("waiting") },
  [BCAST_EVENT_MATCHED]   = { "✓", "success",   NULL,             N_("matched") },
  [BCAST_EVENT_DIFFERENT] = { "≠", "warning",   "edge-different", N_("matched but different") },
  [BCAST_EVENT_PARTLY]    = { "◐", "warning",   "edge-different", N_("partly matched") },
  [BCAST_EVENT_MISSED]    = { "✗", "error",     "edge-missed",    N_("missed") },
  [BCAST_EVENT_UNHEARD]   = { "✗", "error",     "edge-missed",    N_("unheard") },
  [BCAST_EVENT_REFUSED]   = { "✗", "error",     "edge-missed",    N_("refused") },
  [BCAST_EVENT_FOREIGN]   = { "",  "dim-label", "edge-foreign",   N_("foreign") },
};

static BcastEventOutcome
find_outcome (const BcastEventRecord *record)
{
  return MIN ((guint) record->outcome, BCAST_EVENT_FOREIGN);
}

/**
 * bcast_event_summary_find_latency:
 * @event: an event
 *
 * Returns: the latency of the slowest delivery in microseconds, -1 when there is none
 */
gint64
bcast_event_summary_find_latency (BcastEvent *event)
{
  g_return_val_if_fail (BCAST_IS_EVENT (event), -1);

  gint64 slowest_us = -1;

  for (guint i = 0; i < bcast_event_get_n_deliveries (event); i++)
    slowest_us = MAX (slowest_us, bcast_event_get_delivery (event, i)->latency_us);
  return slowest_us;
}

/**
 * bcast_event_summary_dup_absent:
 * @event: an event
 *
 * Returns: (transfer full) (array zero-terminated=1): the clients that should receive it and have not
 */
char **
bcast_event_summary_dup_absent (BcastEvent *event)
{
  g_return_val_if_fail (BCAST_IS_EVENT (event), NULL);

  const BcastEventRecord *record = bcast_event_get_record (event);
  g_autoptr(GStrvBuilder) absent = g_strv_builder_new ();

  for (guint i = 0; record->expected != NULL && record->expected[i] != NULL; i++)
    if (bcast_event_find_delivery (event, record->expected[i]) == NULL)
      g_strv_builder_add (absent, record->expected[i]);
  return g_strv_builder_end (absent);
}

static char *
format_latency (BcastEvent *event,
                gint64      now_us)
{
  const BcastEventRecord *record = bcast_event_get_record (event);
  BcastEventOutcome outcome = find_outcome (record);
  gint64 latency_us = bcast_event_summary_find_latency (event);
  g_autofree char *duration = NULL;

  switch (outcome)
    {
    case BCAST_EVENT_WAITING:
      duration = g_strdup_printf (_("%.1f s"), MAX (now_us - record->time_us, 0) / 1000000.0);
      break;
    case BCAST_EVENT_MATCHED:
    case BCAST_EVENT_DIFFERENT:
      duration = bcast_format_duration (latency_us);
      break;
    case BCAST_EVENT_PARTLY:
      duration = g_strdup_printf (_("%u of %u"), bcast_event_get_n_deliveries (event),
                                  record->expected != NULL ? g_strv_length (record->expected) : 0);
      break;
    case BCAST_EVENT_MISSED:
      duration = g_strdup (_("missed"));
      break;
    case BCAST_EVENT_UNHEARD:
      duration = g_strdup (_("unheard"));
      break;
    case BCAST_EVENT_REFUSED:
      duration = record->status > 0 ? g_strdup_printf ("%u", record->status) : g_strdup (_("refused"));
      break;
    case BCAST_EVENT_FOREIGN:
      return g_strdup ("");
    }
  return g_strdup_printf ("%s %s", looks[outcome].sign, duration);
}

/* “The server accepted the event (200).”, or nothing when it was not asked: a client event has no answer.
 * Whether it was published is not known when the server hung up or was slow. */
static char *
format_answer (const BcastEventRecord *record)
{
  if (record->error != NULL)
    return g_strdup_printf (_(" The server has not confirmed it: %s"), record->error);
  if (record->status == 0)
    return g_strdup ("");
  return g_strdup_printf (_(" The server accepted the event (%u)."), record->status);
}

static char *
format_waiting (const BcastEventRecord *record,
                char                  **absent)
{
  guint n_absent = g_strv_length (absent);

  if (n_absent > 0)
    return g_strdup_printf (ngettext ("Waiting for %u client", "Waiting for %u clients", n_absent),
                            n_absent);
  if (record->status == 0)
    return g_strdup (_("Waiting for the server’s answer"));
  return g_strdup (_("Waiting"));
}

static char *
format_unheard (const BcastEventRecord *record)
{
  g_autofree char *answer = format_answer (record);

  if (record->excluded != NULL)
    return g_strdup_printf (_("No client here is subscribed to %s but %s, which was excluded as asked.%s"),
                            record->channel, record->excluded, answer);
  if (record->sender != NULL)
    return g_strdup_printf (_("No client here but %s is subscribed to %s."),
                            record->sender, record->channel);
  return g_strdup_printf (_("No client here is subscribed to %s.%s"), record->channel, answer);
}

static char *
format_missed (const BcastEventRecord *record,
               char                  **absent)
{
  g_autofree char *names = bcast_format_names ((const char * const *) absent);
  g_autofree char *answer = format_answer (record);

  return g_strdup_printf (_("It did not reach %s in time.%s"), names, answer);
}

static char *
format_sentence (BcastEvent *event,
                 char      **absent)
{
  const BcastEventRecord *record = bcast_event_get_record (event);

  switch (find_outcome (record))
    {
    case BCAST_EVENT_WAITING:
      return format_waiting (record, absent);
    case BCAST_EVENT_MISSED:
    case BCAST_EVENT_PARTLY:
      return format_missed (record, absent);
    case BCAST_EVENT_UNHEARD:
      return format_unheard (record);
    case BCAST_EVENT_REFUSED:
      return g_strdup (record->error != NULL ? record->error : _("The server refused the event."));
    case BCAST_EVENT_MATCHED:
    case BCAST_EVENT_DIFFERENT:
    case BCAST_EVENT_FOREIGN:
      break;
    }
  return NULL;
}

static char *
format_receiver_note (BcastEvent *event,
                      char      **absent)
{
  const BcastEventRecord *record = bcast_event_get_record (event);
  g_autofree char *names = NULL;

  switch (find_outcome (record))
    {
    case BCAST_EVENT_FOREIGN:
      return bcast_event_name_is_reserved (record->name) ? NULL : g_strdup (_("from another sender"));
    case BCAST_EVENT_DIFFERENT:
      return g_strdup (_("other bytes than sent"));
    case BCAST_EVENT_WAITING:
    case BCAST_EVENT_PARTLY:
      if (absent[0] == NULL)
        return NULL;
      names = bcast_format_names ((const char * const *) absent);
      return g_strdup_printf (record->outcome == BCAST_EVENT_WAITING ? _("waiting for %s")
                                                                     : _("missed by %s"), names);
    default:
      return NULL;
    }
}

/**
 * bcast_event_summary_new:
 * @event: an event
 * @now_us: wall clock, microseconds since 1970
 *
 * Puts an event into the words of the timeline. Parses nothing: it is called for each row that scrolls by.
 *
 * Returns: (transfer full): the summary
 */
BcastEventSummary *
bcast_event_summary_new (BcastEvent *event,
                         gint64      now_us)
{
  g_return_val_if_fail (BCAST_IS_EVENT (event), NULL);

  BcastEventSummary *self = g_new0 (BcastEventSummary, 1);
  const BcastEventRecord *record = bcast_event_get_record (event);
  g_auto(GStrv) absent = bcast_event_summary_dup_absent (event);
  BcastEventOutcome outcome = find_outcome (record);

  self->latency = format_latency (event, now_us);
  self->style = looks[outcome].style;
  self->edge = looks[outcome].edge;
  if (bcast_event_get_n_deliveries (event) == 0)
    self->sentence = format_sentence (event, absent);
  else
    self->receiver_note = format_receiver_note (event, absent);
  if (record->sender != NULL && outcome != BCAST_EVENT_FOREIGN)
    self->sender_note = g_strdup_printf (_("from %s"), record->sender);
  else if (record->excluded != NULL)
    self->sender_note = g_strdup_printf (_("not to %s"), record->excluded);
  return self;
}

/**
 * bcast_event_summary_free:
 * @self: (transfer full): a summary
 */
void
bcast_event_summary_free (BcastEventSummary *self)
{
  g_free (self->latency);
  g_free (self->sentence);
  g_free (self->sender_note);
  g_free (self->receiver_note);
  g_free (self);
}

/**
 * bcast_event_summary_dup_spoken:
 * @event: an event
 * @now_us: wall clock, microseconds since 1970
 *
 * Returns: (transfer full): the row as one sentence, for assistive technology
 */
char *
bcast_event_summary_dup_spoken (BcastEvent *event,
                                gint64      now_us)
{
  g_return_val_if_fail (BCAST_IS_EVENT (event), NULL);

  g_autoptr(BcastEventSummary) summary = bcast_event_summary_new (event, now_us);
  const BcastEventRecord *record = bcast_event_get_record (event);
  gint64 latency_us = bcast_event_summary_find_latency (event);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < bcast_event_get_n_deliveries (event); i++)
    g_strv_builder_add (builder, bcast_event_get_delivery (event, i)->client);

  g_auto(GStrv) clients = g_strv_builder_end (builder);
  g_autofree char *names = bcast_format_names ((const char * const *) clients);
  const char *word = _(looks[find_outcome (record)].word);

  if (summary->sentence != NULL)
    return g_strdup_printf (_("%s on %s, %s. %s"), record->name, record->channel, word,
                            summary->sentence);
  if (latency_us < 0)
    return g_strdup_printf (_("%s on %s, %s, received by %s"), record->name, record->channel, word, names);

  g_autofree char *duration = bcast_format_duration (latency_us);

  return g_strdup_printf (_("%s on %s, %s in %s, received by %s"), record->name, record->channel, word,
                          duration, names);
}
