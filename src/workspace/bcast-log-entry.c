/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-log-entry.h"

#include <string.h>

#include "bcast-json.h"

/**
 * BcastLogEntry:
 *
 * One row of the sandbox's log: what was reported, or how many reports were lost there.
 */
struct _BcastLogEntry
{
  GObject      parent_instance;

  BcastReport *report; /* %NULL where reports were lost */
  guint64      n_lost;
  guint64      serial;
  gint64       time_us;
};

G_DEFINE_FINAL_TYPE (BcastLogEntry, bcast_log_entry, G_TYPE_OBJECT)

static void
bcast_log_entry_finalize (GObject *object)
{
  BcastLogEntry *self = BCAST_LOG_ENTRY (object);

  g_clear_pointer (&self->report, bcast_report_free);

  G_OBJECT_CLASS (bcast_log_entry_parent_class)->finalize (object);
}

static void
bcast_log_entry_class_init (BcastLogEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_log_entry_finalize;
}

static void
bcast_log_entry_init (BcastLogEntry *self)
{
}

/**
 * bcast_log_entry_new:
 * @report: (transfer full): what was reported
 * @serial: its place among all entries of its log
 *
 * Returns: (transfer full): a row for it
 */
BcastLogEntry *
bcast_log_entry_new (BcastReport *report,
                     guint64      serial)
{
  g_return_val_if_fail (report != NULL, NULL);

  BcastLogEntry *self = g_object_new (BCAST_TYPE_LOG_ENTRY, NULL);

  self->report = report;
  self->serial = serial;
  self->time_us = report->time_us;
  return self;
}

/**
 * bcast_log_entry_new_lost:
 * @n_lost: how many reports nobody was quick enough to read
 * @time_us: when that was noticed, in microseconds of the wall clock since 1970
 * @serial: its place among all entries of its log
 *
 * Returns: (transfer full): a row in their place
 */
BcastLogEntry *
bcast_log_entry_new_lost (guint64 n_lost,
                          gint64  time_us,
                          guint64 serial)
{
  BcastLogEntry *self = g_object_new (BCAST_TYPE_LOG_ENTRY, NULL);

  self->n_lost = n_lost;
  self->serial = serial;
  self->time_us = time_us;
  return self;
}

/**
 * bcast_log_entry_get_report:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what was reported; %NULL where reports were lost
 */
const BcastReport *
bcast_log_entry_get_report (BcastLogEntry *self)
{
  g_return_val_if_fail (BCAST_IS_LOG_ENTRY (self), NULL);

  return self->report;
}

/**
 * bcast_log_entry_get_n_lost:
 * @self: a row
 *
 * Returns: how many reports were lost there; 0 for a report
 */
guint64
bcast_log_entry_get_n_lost (BcastLogEntry *self)
{
  g_return_val_if_fail (BCAST_IS_LOG_ENTRY (self), 0);

  return self->n_lost;
}

/**
 * bcast_log_entry_get_serial:
 * @self: a row
 *
 * Returns: its place among all entries of its log
 */
guint64
bcast_log_entry_get_serial (BcastLogEntry *self)
{
  g_return_val_if_fail (BCAST_IS_LOG_ENTRY (self), 0);

  return self->serial;
}

/**
 * bcast_log_entry_get_time_us:
 * @self: a row
 *
 * Returns: when it happened, in microseconds of the wall clock since 1970
 */
gint64
bcast_log_entry_get_time_us (BcastLogEntry *self)
{
  g_return_val_if_fail (BCAST_IS_LOG_ENTRY (self), 0);

  return self->time_us;
}

/* Letters of ASCII count as equal in both cases. Nothing is copied: a flood is searched row by row. */
static gboolean
contains (const char *text,
          const char *needle)
{
  gsize length = strlen (needle);
  const char both[] = { g_ascii_tolower (*needle), g_ascii_toupper (*needle), '\0' };

  for (const char *c = text; c != NULL && (c = strpbrk (c, both)) != NULL; c++)
    if (g_ascii_strncasecmp (c, needle, length) == 0)
      return TRUE;
  return FALSE;
}

/**
 * bcast_log_entry_matches:
 * @self: a row
 * @kinds: bits of #BcastReportKind
 * @needle: (nullable): what to look for in channel, event, user, socket, text and data; %NULL for anything
 *
 * Returns: whether it is of one of @kinds and has @needle; always where reports were lost
 */
gboolean
bcast_log_entry_matches (BcastLogEntry *self,
                         guint          kinds,
                         const char    *needle)
{
  g_return_val_if_fail (BCAST_IS_LOG_ENTRY (self), FALSE);

  const BcastReport *report = self->report;

  if (report == NULL)
    return TRUE;
  if ((kinds & 1u << report->kind) == 0)
    return FALSE;
  return needle == NULL || *needle == '\0'
         || contains (report->channel, needle) || contains (report->event, needle)
         || contains (report->user_id, needle) || contains (report->socket_id, needle)
         || contains (report->text, needle) || contains (report->data, needle);
}

static void
append_text (GString    *json,
             const char *name,
             const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (json, ",\"%s\":", name);
  bcast_json_append_quoted (json, value, -1);
}

static void
append_number (GString    *json,
               const char *name,
               gint64      value)
{
  if (value != 0)
    g_string_append_printf (json, ",\"%s\":%" G_GINT64_FORMAT, name, value);
}

/**
 * bcast_log_entry_dup_json:
 * @self: a row
 *
 * Returns: (transfer full): the row as a JSON object, with the fields that it has
 */
char *
bcast_log_entry_dup_json (BcastLogEntry *self)
{
  g_return_val_if_fail (BCAST_IS_LOG_ENTRY (self), NULL);

  const BcastReport *report = self->report;
  g_autoptr(GDateTime) seconds = g_date_time_new_from_unix_utc (self->time_us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) time = g_date_time_add (seconds, self->time_us % G_USEC_PER_SEC);
  g_autofree char *iso = g_date_time_format_iso8601 (time);
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"time\":\"%s\",\"kind\":\"%s\"", iso,
                          report != NULL ? bcast_report_kind_to_string (report->kind) : "lost");
  append_number (json, "lost", (gint64) self->n_lost);
  if (report != NULL)
    {
      append_text (json, "app", report->app_id);
      append_text (json, "socket", report->socket_id);
      append_text (json, "channel", report->channel);
      append_text (json, "event", report->event);
      append_text (json, "user", report->user_id);
      append_text (json, "data", report->data);
      append_text (json, "text", report->text);
      append_number (json, "code", report->code);
      append_number (json, "duration_us", report->duration_us);
    }
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}
