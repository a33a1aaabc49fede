/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts the processes of the fan-out benches, and asks the system what they take. */

#include "fanout-server.h"

#include "fanout-socket.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static GDataInputStream *
read_lines (GSubprocess *process)
{
  return g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
}

/* A sandbox reads its secret from its standard input; the other server does not read. */
static gboolean
tell_secret (GSubprocess  *process,
             GError      **error)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (process);

  return g_output_stream_write_all (input, FANOUT_SECRET "\n", strlen (FANOUT_SECRET "\n"), NULL, NULL, error)
         && g_output_stream_close (input, NULL, error);
}

/**
 * fanout_server_start:
 * @argv: its command line; it says `"port":N` in its first line
 * @error: why not
 *
 * Returns: (transfer full) (nullable): a server that listens
 */
FanoutServer *
fanout_server_start (const char * const  *argv,
                     GError             **error)
{
  g_autoptr(FanoutServer) self = g_new0 (FanoutServer, 1);
  g_autoptr(GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  const char *port;

  self->process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                     error);
  if (self->process == NULL || !tell_secret (self->process, error))
    return NULL;

  self->pid = atoi (g_subprocess_get_identifier (self->process));
  output = read_lines (self->process);
  line = g_data_input_stream_read_line (output, NULL, NULL, error);
  port = line != NULL ? strstr (line, "\"port\":") : NULL;
  if (port == NULL)
    {
      g_clear_error (error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s did not start", argv[0]);
      return NULL;
    }
  self->port = (guint16) atoi (port + strlen ("\"port\":"));
  return g_steal_pointer (&self);
}

/**
 * fanout_server_stop:
 * @self: (transfer full): a server
 */
void
fanout_server_stop (FanoutServer *self)
{
  if (self->process != NULL)
    {
      g_subprocess_send_signal (self->process, SIGTERM);
      g_subprocess_wait (self->process, NULL, NULL);
      g_object_unref (self->process);
    }
  g_free (self);
}

/**
 * fanout_server_get_cpu_s:
 * @self: a server
 *
 * Returns: the CPU seconds that the process took up to now, in all of its threads
 */
double
fanout_server_get_cpu_s (FanoutServer *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", self->pid);
  g_autofree char *text = NULL;
  guint64 user = 0;
  guint64 system = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    sscanf (strrchr (text, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" G_GUINT64_FORMAT
            " %" G_GUINT64_FORMAT, &user, &system);
  return (double) (user + system) / (double) sysconf (_SC_CLK_TCK);
}

/**
 * fanout_server_get_resident_mb:
 * @self: a server
 *
 * Returns: how much memory the process has in RAM, in millions of bytes
 */
double
fanout_server_get_resident_mb (FanoutServer *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", self->pid);
  g_autofree char *text = NULL;
  guint64 resident = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    sscanf (text, "%*u %" G_GUINT64_FORMAT, &resident);
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

/**
 * fanout_start_client:
 * @output: (out) (transfer full): what it says, line by line
 * @error: why not
 * @program: what to start, and its arguments
 *
 * Returns: (transfer full) (nullable): the process
 */
GSubprocess *
fanout_start_client (GDataInputStream **output,
                     GError           **error,
                     const char        *program,
                     ...)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  GSubprocess *process;
  va_list arguments;

  va_start (arguments, program);
  for (const char *word = program; word != NULL; word = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (char *) word);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char * const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (process != NULL)
    *output = read_lines (process);
  return process;
}

/**
 * fanout_await_line:
 * @output: what a client says
 * @expected: the line it is to say next
 * @error: what it said instead
 *
 * Returns: whether it said that
 */
gboolean
fanout_await_line (GDataInputStream  *output,
                   const char        *expected,
                   GError           **error)
{
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  if (g_strcmp0 (line, expected) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "a client said “%s” and not “%s”",
               line != NULL ? line : "", expected);
  return FALSE;
}
