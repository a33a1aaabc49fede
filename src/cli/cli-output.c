/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-output.h"

#include "cli-text.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

/**
 * cli_output_init:
 * @self: (out caller-allocates): the output of a command
 *
 * Writes to the standard streams. A reader that goes away (`| head -1`) then shows as a failed
 * write, which the command can end on, and not as a deadly signal.
 */
void
cli_output_init (CliOutput *self)
{
  const char *no_color = g_getenv ("NO_COLOR");
  const char *term = g_getenv ("TERM");

  signal (SIGPIPE, SIG_IGN);

  *self = (CliOutput) { .stream = stdout, .messages = stderr };
  /* Source: no-color.org: set to anything but the empty string */
  self->color = cli_output_is_terminal (self) && (no_color == NULL || *no_color == '\0')
                && g_strcmp0 (term, "dumb") != 0;
}

/**
 * cli_output_is_terminal:
 * @self: an output
 *
 * Returns: whether a person reads the data, as opposed to a file or a program
 */
gboolean
cli_output_is_terminal (CliOutput *self)
{
  return isatty (fileno (self->stream)) == 1;
}

static void
note_failure (CliOutput *self)
{
  if (errno == EPIPE)
    self->closed = TRUE;
  else if (self->failure == 0)
    self->failure = errno;
}

static void
write_line (CliOutput  *self,
            const char *text)
{
  if (self->closed || self->failure != 0)
    return;
  if (fputs (text, self->stream) == EOF || putc ('\n', self->stream) == EOF)
    note_failure (self);
}

/**
 * cli_output_line:
 * @self: an output
 * @format: printf() format of one line, without its end
 * @...: its values
 *
 * Writes a line of data with all control characters escaped.
 */
void
cli_output_line (CliOutput  *self,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  printable = cli_text_dup_printable (text);
  write_line (self, printable);
}

/**
 * cli_output_raw:
 * @self: an output
 * @text: one line without its end, its foreign parts printable already; may hold colours
 *
 * Writes a line as it is.
 */
void
cli_output_raw (CliOutput  *self,
                const char *text)
{
  write_line (self, text);
}

/**
 * cli_output_begin_json:
 *
 * Returns: (transfer full): a builder inside a new object
 */
JsonBuilder *
cli_output_begin_json (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

/* The generator leaves DEL and the C1 controls as they are, which some terminals obey. They occur
 * inside strings alone, where an escape means the same. */
static char *
escape_controls (const char *json)
{
  GString *escaped = g_string_sized_new (strlen (json));

  for (const char *p = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c))
        g_string_append_printf (escaped, "\\u%04x", c);
      else
        g_string_append_unichar (escaped, c);
    }
  return g_string_free (escaped, FALSE);
}

/**
 * cli_output_end_json:
 * @self: an output
 * @builder: what cli_output_begin_json() gave, filled
 *
 * Writes the object on a line of its own.
 */
void
cli_output_end_json (CliOutput   *self,
                     JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  line = escape_controls (json);
  write_line (self, line);
}

/**
 * cli_output_flush:
 * @self: an output
 *
 * Hands everything written to the reader: after each piece of a stream, before each wait.
 */
void
cli_output_flush (CliOutput *self)
{
  if (fflush (self->stream) == EOF)
    note_failure (self);
}

static void
write_message (CliOutput  *self,
               const char *text)
{
  g_autofree char *printable = cli_text_dup_printable (text);

  cli_output_flush (self);
  fprintf (self->messages, "broadcastctl: %s\n", printable);
  fflush (self->messages);
}

/**
 * cli_output_note:
 * @self: an output
 * @format: printf() format of a sentence
 * @...: its values
 *
 * Tells the user something beside the data.
 */
void
cli_output_note (CliOutput  *self,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  write_message (self, text);
}

/**
 * cli_output_fail:
 * @self: an output
 * @error: what went wrong
 *
 * Tells the user.
 *
 * Returns: the exit code for it
 */
CliExit
cli_output_fail (CliOutput    *self,
                 const GError *error)
{
  write_message (self, error->message);
  return cli_exit_from_error (error);
}

/**
 * cli_output_finish:
 * @self: an output
 * @exit_code: what the command ended with
 *
 * Writes what is still buffered.
 *
 * Returns: @exit_code, or that data was lost when it could not be written (a full disk); a reader
 *   that had enough is no failure
 */
CliExit
cli_output_finish (CliOutput *self,
                   CliExit    exit_code)
{
  cli_output_flush (self);
  if (self->failure == 0)
    return exit_code;

  cli_output_note (self, _("The output could not be written: %s."), g_strerror (self->failure));
  return exit_code == CLI_EXIT_OK ? CLI_EXIT_LOCAL : exit_code;
}
