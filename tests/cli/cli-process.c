/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define DEADLINE_S 40

struct _Process
{
  GSubprocess      *subprocess;
  GDataInputStream *lines;
};

static const char * const variables[] = {
  "BROADCAST_APP_ID", "BROADCAST_CLUSTER", "BROADCAST_HOST", "BROADCAST_KEY", "BROADCAST_PORT",
  "BROADCAST_SECRET", "PUSHER_URL", "DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE", "NO_COLOR",
};

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("Nothing happened for %d s", DEADLINE_S);
  return G_SOURCE_REMOVE;
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
await (GAsyncResult **result)
{
  guint id = g_timeout_add_seconds (DEADLINE_S, too_late_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

Home *
home_new (void)
{
  static const char * const folders[] = {
    "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
  };
  Home *self = g_new0 (Home, 1);

  self->folder = g_dir_make_tmp ("broadcast-cli-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                              | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_subprocess_launcher_unsetenv (self->launcher, variables[i]);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    g_subprocess_launcher_setenv (self->launcher, folders[i], self->folder, TRUE);
  g_subprocess_launcher_setenv (self->launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_subprocess_launcher_setenv (self->launcher, "LC_ALL", "C", TRUE);
  self->secret_file = home_write (self, "secret", SECRET "\n", 0600);
  return self;
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
home_free (Home *self)
{
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->secret_file);
  g_object_unref (self->launcher);
  g_free (self);
}

char *
home_write (Home       *self,
            const char *name,
            const char *text,
            int         mode)
{
  char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, mode, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static GSubprocess *
spawn (Home               *home,
       const char * const *arguments)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) argv = NULL;
  GSubprocess *subprocess;

  g_assert_nonnull (g_getenv ("BROADCASTCTL"));
  g_strv_builder_add (builder, g_getenv ("BROADCASTCTL"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_strv_builder_add (builder, arguments[i]);
  argv = g_strv_builder_end (builder);
  subprocess = g_subprocess_launcher_spawnv (home->launcher, (const char * const *) argv, &error);
  g_assert_no_error (error);
  return subprocess;
}

static char **
collect (va_list args)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *argument;

  while ((argument = va_arg (args, const char *)) != NULL)
    g_strv_builder_add (builder, argument);
  return g_strv_builder_end (builder);
}

Run *
run_newv (Home               *home,
          const char         *input,
          const char * const *arguments)
{
  g_autoptr(GSubprocess) subprocess = spawn (home, arguments);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Run *self = g_new0 (Run, 1);

  g_subprocess_communicate_utf8_async (subprocess, input != NULL ? input : "", NULL, ready_cb, &result);
  await (&result);
  g_subprocess_communicate_utf8_finish (subprocess, result, &self->out, &self->err, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_exited (subprocess))
    g_test_message ("ended by a signal, stderr: %s", self->err);
  g_assert_true (g_subprocess_get_if_exited (subprocess));
  self->exit_code = g_subprocess_get_exit_status (subprocess);

  /* Whatever was asked for: the secret is told by nobody. */
  assert_lacks (self->out, SECRET);
  assert_lacks (self->err, SECRET);
  return self;
}

Run *
run_new (Home       *home,
         const char *input,
         ...)
{
  g_auto(GStrv) arguments = NULL;
  va_list args;

  va_start (args, input);
  arguments = collect (args);
  va_end (args);
  return run_newv (home, input, (const char * const *) arguments);
}

void
run_free (Run *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_dup_object (node);
}

JsonObject *
run_get_json (Run   *self,
              guint  line)
{
  g_auto(GStrv) lines = g_strsplit (self->out, "\n", -1);

  g_assert_cmpuint (line, <, g_strv_length (lines));
  return parse (lines[line]);
}

guint
run_count_lines (Run *self)
{
  guint n = 0;

  for (const char *p = self->out; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

Process *
process_newv (Home               *home,
              const char * const *arguments)
{
  Process *self = g_new0 (Process, 1);

  self->subprocess = spawn (home, arguments);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->subprocess));
  return self;
}

Process *
process_new (Home *home,
             ...)
{
  g_auto(GStrv) arguments = NULL;
  va_list args;

  va_start (args, home);
  arguments = collect (args);
  va_end (args);
  return process_newv (home, (const char * const *) arguments);
}

void
process_free (Process *self)
{
  g_subprocess_force_exit (self->subprocess);
  g_object_unref (self->lines);
  g_object_unref (self->subprocess);
  g_free (self);
}

/* The next line of its standard output, NULL at the end. */
char *
process_read_line (Process *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *line;

  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, NULL, ready_cb, &result);
  await (&result);
  line = g_data_input_stream_read_line_finish_utf8 (self->lines, result, NULL, &error);
  g_assert_no_error (error);
  return line;
}

JsonObject *
process_read_json (Process *self)
{
  g_autofree char *line = process_read_line (self);

  g_assert_nonnull (line);
  return parse (line);
}

const char *
process_get_pid (Process *self)
{
  return g_subprocess_get_identifier (self->subprocess);
}

int
process_wait (Process *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_subprocess_wait_async (self->subprocess, NULL, ready_cb, &result);
  await (&result);
  g_subprocess_wait_finish (self->subprocess, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (self->subprocess));
  return g_subprocess_get_exit_status (self->subprocess);
}

int
process_stop (Process *self,
              int      signal_number)
{
  g_subprocess_send_signal (self->subprocess, signal_number);
  return process_wait (self);
}

/* A sandbox with the credentials above on a free port; returned once it accepts connections. */
Process *
process_new_server (Home  *home,
                    char **port)
{
  Process *self = process_new (home, "serve", "--json", "--port", "0", "--app-id", APP_ID, "--key", KEY,
                               "--secret-file", home->secret_file, NULL);
  g_autoptr(JsonObject) ready = process_read_json (self);

  g_assert_true (json_object_get_boolean_member (ready, "ready"));
  *port = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (ready, "port"));
  return self;
}
