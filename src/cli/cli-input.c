/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-input.h"

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/* Above any server's limit for the data of an event; keeps `--data -` from eating all memory. */
#define MAX_DATA_BYTES (1024 * 1024)

/* Two options that both take - would share the input by chance. */
static gboolean
claim_stdin (GError **error)
{
  static gboolean is_taken = FALSE;

  if (!is_taken)
    {
      is_taken = TRUE;
      return TRUE;
    }
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("Only one option can read the standard input. Put one of the texts into a file."));
  return FALSE;
}

static const int deadly_signals[] = { SIGINT, SIGTERM };

/* A terminal, a pipe and the open() of a FIFO wait for somebody else, and the main loop, whose handlers
 * would take the signal, does not run meanwhile. Nothing is under way yet that would have to end in good
 * order. */
static void
end_cb (int number)
{
  _exit (number == SIGTERM ? CLI_EXIT_TERMINATED : CLI_EXIT_INTERRUPTED);
}

static void
begin_wait (struct sigaction *before)
{
  struct sigaction action = { .sa_handler = end_cb };

  for (guint i = 0; i < G_N_ELEMENTS (deadly_signals); i++)
    {
      sigaction (deadly_signals[i], NULL, &before[i]);
      /* A shell lets what runs behind it not notice Ctrl+C. */
      if (before[i].sa_handler != SIG_IGN)
        sigaction (deadly_signals[i], &action, NULL);
    }
}

static void
end_wait (const struct sigaction *before)
{
  for (guint i = 0; i < G_N_ELEMENTS (deadly_signals); i++)
    sigaction (deadly_signals[i], &before[i], NULL);
}

static gboolean
read_all (int          fd,
          const char  *path,
          gsize        max_bytes,
          GString     *text,
          GError     **error)
{
  char buffer[4096];
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE, _("%s cannot be read: %s."),
                       path, g_strerror (errno));
          return FALSE;
        }
      if (text->len + n > max_bytes)
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                       _("%s holds more than %u bytes. Make it smaller."),
                       path, (guint) max_bytes);
          return FALSE;
        }
      g_string_append_len (text, buffer, n);
    }
  return TRUE;
}

static gboolean
read_file (const char  *path,
           const char  *shown,
           gsize        max_bytes,
           GString     *text,
           gboolean    *is_exposed,
           GError     **error)
{
  gboolean is_stdin = g_str_equal (path, "-");
  struct stat status;
  gboolean is_read;
  int fd = is_stdin ? STDIN_FILENO : g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE, _("%s cannot be opened: %s."),
                   shown, g_strerror (errno));
      return FALSE;
    }
  if (is_exposed != NULL)
    *is_exposed = fstat (fd, &status) == 0 && S_ISREG (status.st_mode)
                  && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  is_read = read_all (fd, shown, max_bytes, text, error);
  if (!is_stdin)
    close (fd);
  return is_read;
}

/**
 * cli_input_load:
 * @path: a file, or `-` for the standard input
 * @max_bytes: refuse more than this
 * @is_exposed: (out) (optional): whether other users of this machine may read the file
 * @error: %BCAST_ERROR_UNAVAILABLE when it cannot be read, %BCAST_ERROR_TOO_LARGE, or
 *   %BCAST_ERROR_INVALID when it is no UTF-8 text
 *
 * Reads a text, leaving out one line end at its end, which editors and `echo` add. SIGINT and SIGTERM
 * end the program while it waits for the text.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL with @error set; it may be a secret
 */
char *
cli_input_load (const char  *path,
                gsize        max_bytes,
                gboolean    *is_exposed,
                GError     **error)
{
  gboolean is_stdin = g_str_equal (path, "-");
  const char *shown = is_stdin ? _("The standard input") : path;
  g_autoptr(GString) text = g_string_new (NULL);
  struct sigaction before[G_N_ELEMENTS (deadly_signals)];
  gboolean is_read;

  if (is_stdin && !claim_stdin (error))
    return NULL;
  begin_wait (before);
  is_read = read_file (path, shown, max_bytes, text, is_exposed, error);
  end_wait (before);
  if (!is_read)
    return NULL;

  if (!g_utf8_validate (text->str, text->len, NULL))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("%s is not UTF-8 text, and only such text can be used here. Look whether it is the right "
                     "one."), shown);
      return NULL;
    }
  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  if (text->len > 0 && text->str[text->len - 1] == '\r')
    g_string_truncate (text, text->len - 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * cli_input_load_data:
 * @argument: what the user gave: a text, `@FILE`, or `-` for the standard input
 * @error: why it cannot be read
 *
 * Returns: (transfer full) (nullable): the text meant, or %NULL with @error set
 */
char *
cli_input_load_data (const char  *argument,
                     GError     **error)
{
  if (g_str_equal (argument, "-"))
    return cli_input_load (argument, MAX_DATA_BYTES, NULL, error);
  if (argument[0] == '@')
    return cli_input_load (argument + 1, MAX_DATA_BYTES, NULL, error);
  return g_strdup (argument);
}

/**
 * cli_input_check_json:
 * @text: what should be JSON
 * @option: (nullable): the option that gave it, %NULL for the data of an event
 * @error: %BCAST_ERROR_INVALID with line and column of the first mistake
 *
 * Returns: whether @text is one JSON value
 */
gboolean
cli_input_check_json (const char  *text,
                      const char  *option,
                      GError     **error)
{
  g_autoptr(GError) reason = NULL;
  gsize offset = 0;
  guint line;
  guint column;

  if (bcast_json_scan (text, strlen (text), NULL, &offset, &reason))
    return TRUE;

  bcast_json_locate (text, offset, &line, &column);
  if (option != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("%s is not JSON: line %u, column %u: %s"), option, line, column, reason->message);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The data is not JSON: line %u, column %u: %s"), line, column, reason->message);
  return FALSE;
}

/**
 * cli_input_check_channels:
 * @channels: (array zero-terminated=1): names that the user gave
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, telling which name and why
 *
 * Returns: whether all can be names of channels
 */
gboolean
cli_input_check_channels (const char * const  *channels,
                          GError             **error)
{
  for (guint i = 0; channels[i] != NULL; i++)
    {
      if (!bcast_channel_name_check (channels[i], BCAST_LIMIT_CHANNEL_NAME_LENIENT, error))
        {
          g_prefix_error (error, "“%s”: ", channels[i]);
          return FALSE;
        }
    }
  return TRUE;
}
