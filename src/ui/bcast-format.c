/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-format.h"

#include <string.h>

#include <glib/gi18n.h>

#define MAX_NAMES      4
#define MAX_LINE_BYTES 400 /* more than the widest row can show */

static char *
format_local (gint64      time_us,
              const char *format)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);

  /* Only a damaged journal holds a year that GDateTime cannot count. */
  return time != NULL ? g_date_time_format (time, format) : g_strdup ("?");
}

/**
 * bcast_format_time:
 * @time_us: wall clock, microseconds since 1970
 *
 * Returns: (transfer full): the local time of day with milliseconds, `12:01:03.118`
 */
char *
bcast_format_time (gint64 time_us)
{
  g_autofree char *time = format_local (time_us, "%H:%M:%S");

  return g_strdup_printf ("%s.%03d", time, (int) (ABS (time_us) % G_USEC_PER_SEC / 1000));
}

/**
 * bcast_format_time_exact:
 * @time_us: wall clock, microseconds since 1970
 *
 * Returns: (transfer full): the local time of day with microseconds, `12:01:03.118 402`
 */
char *
bcast_format_time_exact (gint64 time_us)
{
  g_autofree char *time = bcast_format_time (time_us);

  return g_strdup_printf ("%s %03d", time, (int) (ABS (time_us) % 1000));
}

/**
 * bcast_format_date:
 * @time_us: wall clock, microseconds since 1970
 *
 * Returns: (transfer full): day and time in the user's own form, for tooltips
 */
char *
bcast_format_date (gint64 time_us)
{
  g_autofree char *date = format_local (time_us, "%A, %x");
  g_autofree char *time = bcast_format_time_exact (time_us);

  return g_strdup_printf ("%s, %s", date, time);
}

/**
 * bcast_format_duration:
 * @duration_us: microseconds, not negative
 *
 * Returns: (transfer full): the duration with two or three digits: `85 µs`, `1.9 ms`, `240 ms`, `1.4 s`
 */
char *
bcast_format_duration (gint64 duration_us)
{
  if (duration_us < 100)
    return g_strdup_printf (_("%d µs"), (int) MAX (duration_us, 0));
  if (duration_us < 99950)
    return g_strdup_printf (_("%.1f ms"), duration_us / 1000.0);
  if (duration_us < 999500)
    return g_strdup_printf (_("%.0f ms"), duration_us / 1000.0);
  return g_strdup_printf (_("%.1f s"), duration_us / 1000000.0);
}

/**
 * bcast_format_size:
 * @size_bytes: a size
 *
 * Counts in units of 1024, as the protocol's limits do.
 *
 * Returns: (transfer full): `56 B`, `1.2 KB`, `3.4 MB`
 */
char *
bcast_format_size (gsize size_bytes)
{
  if (size_bytes < 1024)
    return g_strdup_printf (_("%zu B"), size_bytes);
  if (size_bytes % 1024 == 0 && size_bytes < 1024 * 1024)
    return g_strdup_printf (_("%zu KB"), size_bytes / 1024);
  if (size_bytes < 1024 * 1024)
    return g_strdup_printf (_("%.1f KB"), size_bytes / 1024.0);
  return g_strdup_printf (_("%.1f MB"), size_bytes / (1024.0 * 1024.0));
}

/**
 * bcast_format_names:
 * @names: (array zero-terminated=1): names
 *
 * Returns: (transfer full): the first few, joined by commas, and how many more there are
 */
char *
bcast_format_names (const char * const *names)
{
  g_return_val_if_fail (names != NULL, NULL);

  GString *text = g_string_new (NULL);
  guint n_names = g_strv_length ((char **) names);

  for (guint i = 0; i < MIN (n_names, MAX_NAMES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", names[i]);
  if (n_names > MAX_NAMES)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n_names - MAX_NAMES),
                              n_names - MAX_NAMES);
    }
  return g_string_free (text, FALSE);
}

/**
 * bcast_format_line:
 * @text: any text
 *
 * Puts the beginning of a text on one line for a preview. The cost does not grow with the text.
 *
 * Returns: (transfer full): valid UTF-8 with each run of white space and control characters as one space
 */
char *
bcast_format_line (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, MAX_LINE_BYTES));
  GString *line = g_string_sized_new (strlen (valid));

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character))
        g_string_append_unichar (line, character);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }
  return g_string_free (line, FALSE);
}
