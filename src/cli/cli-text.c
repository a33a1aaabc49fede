/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-text.h"

/**
 * cli_text_dup_printable:
 * @text: text from anywhere
 *
 * Makes text safe for a terminal and keeps it on one line. What servers send may hold escape
 * sequences, which a terminal would obey, and line ends, which would forge lines of output.
 *
 * Returns: (transfer full): @text as UTF-8 with every control character written as an escape
 */
char *
cli_text_dup_printable (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *printable = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        g_string_append (printable, "\\n");
      else if (c == '\r')
        g_string_append (printable, "\\r");
      else if (c == '\t')
        g_string_append (printable, "\\t");
      else if (g_unichar_iscntrl (c))
        g_string_append_printf (printable, "\\u%04x", c);
      else
        g_string_append_unichar (printable, c);
    }
  return g_string_free (printable, FALSE);
}

static guint
get_char_columns (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * cli_text_get_columns:
 * @text: printable UTF-8
 *
 * Returns: how many terminal columns it takes
 */
guint
cli_text_get_columns (const char *text)
{
  guint columns = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += get_char_columns (g_utf8_get_char (p));
  return columns;
}

/**
 * cli_text_fit:
 * @text: printable UTF-8
 * @columns: the width to fill, at least 1
 *
 * Returns: (transfer full): @text padded with spaces, or cut with an ellipsis, to exactly @columns
 */
char *
cli_text_fit (const char *text,
              guint       columns)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (columns > 0, NULL);

  gboolean cut = cli_text_get_columns (text) > columns;
  guint room = cut ? columns - 1 : columns;
  guint used = 0;
  GString *fitted = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (used + get_char_columns (c) > room)
        break;
      used += get_char_columns (c);
      g_string_append_unichar (fitted, c);
    }
  if (cut)
    {
      g_string_append (fitted, "…");
      used++;
    }
  for (; used < columns; used++)
    g_string_append_c (fitted, ' ');
  return g_string_free (fitted, FALSE);
}

static char *
format_time (gint64      time_us,
             GTimeZone  *zone,
             const char *format)
{
  g_autoptr(GDateTime) seconds = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) moment = NULL;
  g_autofree char *text = NULL;

  if (seconds == NULL)
    return g_strdup ("?");
  moment = g_date_time_to_timezone (seconds, zone);
  text = g_date_time_format (moment, format);
  return g_strdup_printf ("%s.%03d", text, (int) (time_us % G_USEC_PER_SEC / 1000));
}

/**
 * cli_text_format_time:
 * @time_us: microseconds since 1970
 *
 * Returns: (transfer full): date and time of day where the user is, with milliseconds
 */
char *
cli_text_format_time (gint64 time_us)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return format_time (time_us, zone, "%Y-%m-%d %H:%M:%S");
}

/**
 * cli_text_format_time_iso:
 * @time_us: microseconds since 1970
 *
 * Returns: (transfer full): the same moment for programs: ISO 8601 in UTC, with milliseconds
 */
char *
cli_text_format_time_iso (gint64 time_us)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *text = format_time (time_us, zone, "%Y-%m-%dT%H:%M:%S");

  return g_strconcat (text, "Z", NULL);
}

/**
 * cli_text_format_latency:
 * @latency_us: microseconds, or less than 0 when there is none
 *
 * Returns: (transfer full): the latency in milliseconds, such as `1.3 ms`
 */
char *
cli_text_format_latency (gint64 latency_us)
{
  if (latency_us < 0)
    return g_strdup ("–");
  return g_strdup_printf ("%.1f ms", latency_us / 1000.0);
}
